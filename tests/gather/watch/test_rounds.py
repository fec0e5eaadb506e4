"""Rounds over feeds: what is fetched, what is kept, what is left alone, and what is refused."""

from __future__ import annotations

import json
from hashlib import sha256

import pytest
from warcio.archiveiterator import ArchiveIterator

from tidings.gather import gather
from tidings.gather.watch import seconds_to_next

PAGE = """<html lang="en"><head><title>{t}</title></head><body><article><h1>{t}</h1>
<p>JUBA - The army left the airfield of {t} on Wednesday, residents said, after three days of fighting with rebels.</p>
<p>At least 12 people were killed and dozens wounded, a doctor at the hospital of {t} told the Courier by telephone.</p>
</article></body></html>"""


def test_new_pages_are_kept_and_built_from(server, settings, go):
    """A page that a feed names is kept as a WARC whose hashes hold, and the folder gives it as a report with its publisher."""
    server.page("/a", PAGE.format(t="Rubkona"))
    server.feed("/a")

    done = go()
    (kept,) = done.kept
    (document,) = gather([settings.folder]).documents
    row = json.loads((kept.file.parent / "reports.jsonl").read_text())

    assert (done.asked, done.unchanged, done.refusals, done.notes) == (1, 0, (), ())
    assert document.title == "Rubkona"
    assert (document.publisher, document.url, document.language) == ("Nile Courier", f"{server.url}/a", "en")
    assert (document.published.edtf(), document.published_basis) == ("2014-03-06", "sidecar")
    assert row["file_sha256"] == kept.file_sha256 == sha256(kept.file.read_bytes()).hexdigest()
    assert row["page_sha256"] == kept.page_sha256 == sha256(PAGE.format(t="Rubkona").encode()).hexdigest()
    assert row["fetched"] == "2014-03-06T23:53:22Z"


def test_what_is_kept_can_be_read_by_another_program(server, go):
    """The library warcio reads the three records, and finds that every digest fits its block and its payload."""
    server.page("/a", PAGE.format(t="Rubkona"))
    server.feed("/a")
    (kept,) = go().kept

    with kept.file.open("rb") as stream:
        records = []
        for record in ArchiveIterator(stream, check_digests="raise"):
            body = record.content_stream().read()
            records.append((record.rec_type, record.rec_headers.get_header("WARC-Target-URI"), len(body) > 0))

    assert records == [
        ("warcinfo", None, True),
        ("request", f"{server.url}/a", False),
        ("response", f"{server.url}/a", True),
    ]


def test_a_server_is_asked_only_for_what_changed(server, settings, clock, go):
    """The server's own marks go back to it, pages that were kept are not fetched again, and a feed is not asked before it is due."""

    def feed(request):
        if (
            request.headers.get("If-None-Match") == '"1"'
            and request.headers.get("If-Modified-Since") == "Thu, 06 Mar 2014"
        ):
            return 304, {}, b""
        status, headers, body = plain
        return status, {**headers, "ETag": '"1"', "Last-Modified": "Thu, 06 Mar 2014"}, body

    server.page("/a", PAGE.format(t="Rubkona"))
    server.feed("/a")
    plain = server.answers["/feed"]
    server.answers["/feed"] = feed

    assert len(go().kept) == 1
    assert go(all_now=False).asked == 0
    assert 1700 < seconds_to_next(settings, clock()) <= 1800
    clock.now += 1800
    again = go(all_now=False)
    assert (again.asked, again.unchanged, again.kept) == (1, 1, ())
    assert server.paths().count("/a") == 1
    assert server.asked[0][1]["user-agent"] == "Tidings/0 (+mailto:desk@example.org)"


def test_robots_are_kept_to(server, go):
    """A page that robots.txt closes is refused and never asked for; a wish to go slowly is kept to."""
    server.answers["/robots.txt"] = (200, {}, b"User-agent: *\nDisallow: /private\nCrawl-delay: 7\n")
    server.page("/private/a", PAGE.format(t="Rubkona"))
    server.page("/b", PAGE.format(t="Bentiu"))
    server.page("/c", PAGE.format(t="Mayom"))
    server.feed("/private/a", "/b", "/c")

    done = go()

    assert [kept.url for kept in done.kept] == [f"{server.url}/b", f"{server.url}/c"]
    assert [(row.path, row.reason) for row in done.refusals] == [
        (f"{server.url}/private/a", "its server's robots.txt asks programs to stay away")
    ]
    assert "/private/a" not in server.paths()


def test_a_server_that_cannot_say_what_it_wants_is_left_alone(server, go):
    """While robots.txt ends in an error of the server, nothing of it is fetched."""
    server.answers["/robots.txt"] = (503, {}, b"")
    server.feed("/a")

    done = go()

    assert [row.reason for row in done.refusals] == ["its server's robots.txt asks programs to stay away"]
    assert server.paths() == ["/robots.txt"]


def test_a_feed_that_fails_is_left_alone_for_longer_and_longer(server, settings, clock, go):
    """Each failure doubles the time to the next try, a server's own wish is kept to, and a good answer ends it."""
    server.answers["/feed"] = (500, {}, b"")
    waits = []
    for _ in range(3):
        go()
        waits.append(seconds_to_next(settings, clock()))
        assert go().asked == 0
        clock.now += waits[-1] + 1
    server.answers["/feed"] = (503, {"Retry-After": "40000"}, b"")
    refused = go().refusals
    waits.append(seconds_to_next(settings, clock()))
    clock.now += 40_001
    server.feed()
    go()

    assert waits == [3600, 7200, 14400, 40000]
    assert [(row.reason, row.advice) for row in refused] == [
        ("its server answers 503", "Open it in a browser to see why. It is asked again in 11 hours.")
    ]
    assert seconds_to_next(settings, clock()) == 1800


def test_a_feed_that_is_gone_is_not_asked_again(server, clock, go):
    """After 410 Gone the feed is left out for good."""
    server.answers["/feed"] = (410, {}, b"")

    assert [row.reason for row in go().refusals] == ["its server says that it is gone for good"]
    clock.now += 1e6
    assert go().asked == 0


def test_a_feed_that_has_moved_is_told(server, go):
    """A redirect for good is followed and said."""
    server.answers["/feed"] = (301, {"Location": "/new"}, b"")
    server.feed("/a", path="/new")
    server.page("/a", PAGE.format(t="Rubkona"))

    done = go()

    assert len(done.kept) == 1
    assert done.notes == (f"{server.url}/feed has moved for good to {server.url}/new; change it in the file of feeds.",)


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ((302, {"Location": "/a"}, b""), "its redirects go round in a circle"),
        ((302, {"Location": "http://localhost:1/x"}, b""), "localhost lies in a private network"),
        ((302, {"Location": "http://169.254.169.254/latest"}, b""), "169.254.169.254 lies in a private network"),
        ((302, {"Location": "file:///etc/passwd"}, b""), "it leads to no address of a page"),
        ((404, {}, b""), "its server answers 404"),
        ((200, {"Content-Encoding": "gzip"}, b"\x1f\x8bbroken"), "the compressed data is damaged"),
    ],
)
def test_a_bad_page_is_refused_and_the_others_are_kept(server, go, answer, reason):
    """Circles, ways into a private network, errors and damaged pages are told; a page after them is kept."""
    server.answers["/a"] = answer
    server.page("/b", PAGE.format(t="Bentiu"))
    server.feed("/a", "/b")

    done = go()

    assert [kept.url for kept in done.kept] == [f"{server.url}/b"]
    (refusal,) = done.refusals
    assert refusal.path == f"{server.url}/a"
    assert refusal.reason.startswith(reason)
    assert refusal.advice.endswith("It is tried again at the next round.")


def test_a_page_that_fails_is_tried_four_times(server, go):
    """After four rounds it is given up, and said."""
    server.feed("/a")

    told = [row.advice for _ in range(6) for row in go().refusals]

    assert len(told) == 4
    assert told[-1].endswith("It is not tried again.")


def test_a_page_that_fails_is_tried_again_though_its_feed_did_not_change(server, go):
    """A server that answers "not changed" would hide what is still to be had: its marks go back only when nothing is left."""

    def feed(request):
        status, headers, body = plain
        same = request.headers.get("If-None-Match") == '"1"'
        return (304, {}, b"") if same else (status, {**headers, "ETag": '"1"'}, body)

    server.page("/a", PAGE.format(t="Rubkona"))
    server.answers["/b"] = (503, {}, b"")
    server.answers["/c"] = (200, {"Content-Type": "text/html"}, b" \n")
    server.feed("/a", "/b", "/c")
    plain = server.answers["/feed"]
    server.answers["/feed"] = feed

    first = go()
    server.page("/b", PAGE.format(t="Bentiu"))
    server.page("/c", PAGE.format(t="Mayom"))
    second = go()
    third = go()

    assert [row.reason for row in first.refusals] == ["its server answers 503", "its server sends an empty page"]
    assert [kept.url for kept in second.kept] == [f"{server.url}/b", f"{server.url}/c"]
    assert (third.unchanged, server.paths().count("/a")) == (1, 1)


def test_a_feed_with_very_many_pages_comes_in_parts(server, settings, clock):
    """No more than the number set are fetched at once; the rest comes with the next rounds."""
    from dataclasses import replace

    from tidings.gather.watch import one_round

    for number in range(5):
        server.page(f"/{number}", PAGE.format(t=f"Town {number}"))
    server.feed(*(f"/{number}" for number in range(5)))
    small = replace(settings, feeds=(replace(settings.feeds[0], most_pages=2),))

    kept = [len(one_round(small, version="0", clock=clock, sleep=clock.sleep, all_now=True).kept) for _ in range(4)]

    assert kept == [2, 2, 1, 0]


def test_without_leave_no_private_address_is_asked(server, settings, clock):
    """A feed on this machine is refused unless the file of feeds names its host."""
    from dataclasses import replace

    from tidings.gather.watch import one_round

    done = one_round(replace(settings, allow=()), version="0", clock=clock, sleep=clock.sleep)

    assert [row.reason for row in done.refusals] == ["127.0.0.1 lies in a private network (127.0.0.1)"]
    assert server.asked == []


def test_what_is_no_feed_is_refused(server, go):
    """A web page under a feed's address is told from a feed."""
    server.page("/feed", PAGE.format(t="Rubkona"))

    assert [row.reason for row in go().refusals] == ["it is no RSS or Atom feed"]

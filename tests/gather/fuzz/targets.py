"""What each reader of bytes must hold, whatever it is given: a document that gives its original back, or a refusal with a reason.

A target takes bytes and raises where something does not hold. Seeds are small files of the kind, made here.
"""

from __future__ import annotations

import gzip
import io
import json
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.gather.made import answer, docx, page, paragraph, pdf, record, warc, zipped

from tidings.ask.answer import grounded
from tidings.ask.passages import passages
from tidings.errors import TidingsError
from tidings.gather import Undecodable, decoded_original, gather, restore, take_in
from tidings.gather.brought import brought_documents
from tidings.gather.sidecar import load_sidecar
from tidings.gather.watch.feed import entries
from tidings.gather.watch.robots import rules_of
from tidings.resolve import formats
from tidings.testing import doc

__all__ = ["TARGETS", "Target"]


@dataclass(frozen=True)
class Target:
    """A reader: what is done with bytes, and bytes to begin with."""

    run: Callable[[bytes], None]
    seeds: tuple[bytes, ...]


def report(ending: str) -> Callable[[bytes], None]:
    """Return a target that takes bytes in as one report."""

    def run(data: bytes) -> None:
        try:
            document = take_in(data, f"a{ending}")
        except Undecodable as error:
            told(error.reason, error.advice)
            return
        if restore(document.text, document.removed) != decoded_original(data, f"a{ending}"):
            msg = "text and furniture do not give the original back"
            raise AssertionError(msg)

    return run


def several(ending: str) -> Callable[[bytes], None]:
    """Return a target that takes a file of several reports in, with a good report beside it that must not be lost."""

    def run(data: bytes) -> None:
        folder = place()
        (folder / f"a{ending}").write_bytes(data)
        gathered = gather([folder])
        paths = [document.path for document in gathered.documents]
        if "good.txt" not in paths:
            msg = f"the good report is lost: {gathered.refusals}"
            raise AssertionError(msg)
        for refusal in gathered.refusals:
            told(refusal.reason, refusal.advice)
            if "could not be taken apart" in refusal.reason or "could not be opened to its end" in refusal.reason:
                raise AssertionError(refusal.reason)
        for document in gathered.documents:
            if restore(document.text, document.removed) != decoded_original(
                gathered.originals[document.sha256], document.path
            ):
                msg = f"{document.path}: text and furniture do not give the original back"
                raise AssertionError(msg)

    return run


@cache
def place() -> Path:
    """Return a folder with one good report."""
    folder = Path(tempfile.mkdtemp(prefix="fuzz"))
    (folder / "good.txt").write_text("The army left Rubkona on Monday after two days of fighting, residents said.")
    return folder


def told(reason: str, advice: str) -> None:
    """Raise where a refusal says no reason or no advice."""
    if not reason or not advice.rstrip().endswith((".", ")")):
        msg = f"a refusal without words: {reason!r} {advice!r}"
        raise AssertionError(msg)


def feed(data: bytes) -> None:
    """Take bytes for a feed, and for a robots.txt."""
    rules_of(data.decode("utf-8", "replace"), "Tidings").allow("https://n.example/a/b?c=d")
    try:
        found = entries(data, "https://n.example/feed")
    except Undecodable as error:
        told(error.reason, error.advice)
        return
    if not all(entry.url.startswith(("http://", "https://")) for entry in found):
        msg = "an address that is none of a page"
        raise AssertionError(msg)


def gazetteer(ending: str) -> Callable[[bytes], None]:
    """Return a target that takes bytes for a gazetteer file."""

    def run(data: bytes) -> None:
        path = place().parent / f"{place().name}{ending}"
        path.write_bytes(data)
        try:
            form = formats.form_of(path)
            if form == "osm":
                return
            for _ in formats.read_rows(path, form, lambda where, why: told(why, "given.")):
                pass
        except TidingsError as error:
            told(str(error), "given.")

    return run


def analyst_table(data: bytes) -> None:
    """Take bytes for an analyst's own table: rows come in whole or are refused with the line."""
    path = place().parent / f"{place().name}.brought.csv"
    path.write_bytes(data)
    try:
        brought = brought_documents(path, by="A")
    except TidingsError as error:
        told(str(error), "given.")
        return
    for refused in brought.refused:
        told(str(refused), "given.")
    if not all(document.text and document.publisher == "A" for document in brought.documents):
        msg = "a row without words, or of somebody else"
        raise AssertionError(msg)


def sidecar(ending: str) -> Callable[[bytes], None]:
    """Return a target that takes bytes for a sidecar."""

    def run(data: bytes) -> None:
        path = place().parent / f"{place().name}.sidecar{ending}"
        path.write_bytes(data)
        _, refusals = load_sidecar(path)
        for refusal in refusals:
            told(refusal.reason, refusal.advice)

    return run


def model_answer(data: bytes) -> None:
    """Take bytes for what a language model answered: whatever comes through quotes the passage."""
    passage = passages(doc(WORDS))[0]
    for found in grounded(passage, data.decode("utf-8", "replace")).found:
        if not 0 <= found.start < found.end <= len(WORDS):
            msg = "a claim that quotes nothing"
            raise AssertionError(msg)


FEED = b"""<?xml version="1.0"?><rss version="2.0"><channel><item><title>A &amp; B</title><link>/a</link><pubDate>Thu, 06 Mar 2014
 23:10:00 +0200</pubDate></item><item><guid>https://n.example/b</guid></item></channel></rss>"""
ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>t</title><link rel="alternate" href="/c"/><published>2014-03-06T01:02:03Z</published></entry></feed>"""
ROBOTS = b"User-agent: *\nDisallow: /a*b$\nAllow: /a\nCrawl-delay: 3\n"
WORDS = (
    "The army shelled the market of Bor on Monday, and four people died there, a doctor of the town said by telephone."
)
CSV = f'title,text,source,date\nShells,"{WORDS}\nMore.",Nile Courier,2014-03-07\nx,"{WORDS}",,\n'.encode()
JSONL = b"\n".join(
    json.dumps({"title": "Shells", "content": f"<p>{WORDS}</p>", "source": {"name": "x"}, "date": "2014"}).encode()
    for _ in range(2)
)
MAIL = f'From: "A" <a@n.example>\nSubject: =?utf-8?q?Sh=C3=A9lls?=\nDate: Thu, 06 Mar 2014 23:10:00 +0200\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: text/plain; charset=windows-1252\nContent-Transfer-Encoding: quoted-printable\n\n{WORDS} =93\n> q\n--x\nContent-Type: text/html; name="a.html"\nContent-Transfer-Encoding: base64\n\nPHA+eA==\n--x--\n'.encode()
WARC = warc(
    record(answer(page("Bor"))), record(answer(gzip.compress(page("Wau")), Content_Encoding="gzip")), packed=False
)
GEONAMES = (
    "\t".join(
        [
            "1",
            "Bor",
            "Bor",
            "Bohr,بور",
            "6.2",
            "31.5",
            "P",
            "PPL",
            "SS",
            "",
            "07",
            "",
            "",
            "",
            "26782",
            "",
            "420",
            "Africa/Juba",
            "2015-01-01",
        ]
    ).encode()
    + b"\n"
)
GEOJSON = b'{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"name": "Bor"}, "geometry": {"type": "Point", "coordinates": [31.5, 6.2]}}, {"type": "Feature", "properties": {"name": "Bor"}, "geometry": {"type": "Polygon", "coordinates": [[[1, 1], [2, 1], [2, 2], [1, 1]]]}}]}'
PCODES = b'[{"id": "SS01", "name": "Bor", "aliases": ["x"], "centroid": {"lat": 6.2, "lon": 31.5}, "externalIds": {}}]'


def _tar() -> bytes:
    import tarfile

    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        info = tarfile.TarInfo("a.txt")
        info.size = len(WORDS)
        archive.addfile(info, io.BytesIO(WORDS.encode()))
    return out.getvalue()


TARGETS = {
    "html": Target(report(".html"), (page("Bor"), b"<meta charset=windows-1251><p>\xe1\xee\xe8 " * 5, b"<table><tr><td>x<script>y</script>")),
    "text": Target(report(".txt"), (WORDS.encode(), WORDS.encode("utf-16"), b"Posted by A on 1/2/2014\r\n\r\n" + WORDS.encode())),
    "markdown": Target(report(".md"), (b"---\ntitle: x\n---\n# Shells\n\n**a** [b](c) " + WORDS.encode(),)),
    "pdf": Target(report(".pdf"), (pdf([[(50, 100, WORDS), (50, 780, "1")], [(50, 100, "More words (here)")]]), pdf([[]], image=True))),
    "docx": Target(report(".docx"), (docx(paragraph(WORDS)),)),
    "document.xml": Target(lambda data: report(".docx")(zipped({"word/document.xml": data})), (b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>a</w:t><w:tab/></w:r><w:del/></w:p></w:body></w:document>',)),
    "mail": Target(report(".eml"), (MAIL,)),
    "mbox": Target(several(".mbox"), (b"From a Thu\n" + MAIL + b"\nFrom b Thu\n" + MAIL,)),
    "csv": Target(several(".csv"), (CSV, CSV.replace(b",", b";"))),
    "jsonl": Target(several(".jsonl"), (JSONL,)),
    "warc": Target(several(".warc"), (WARC,)),
    "warc.gz": Target(several(".warc.gz"), (warc(record(answer(page("Bor")))),)),
    "http": Target(report(".warc#record=1"), (answer(page("Bor")), answer(b"3\r\nabc\r\n0\r\n\r\n", Transfer_Encoding="chunked"))),
    "wacz": Target(several(".wacz"), (zipped({"archive/a.warc": WARC, "pages/pages.jsonl": b'{"url": "http://n.example/1"}', "datapackage.json": b'{"resources": [{"path": "archive/a.warc", "hash": "sha256:0"}]}'}),)),
    "zip": Target(several(".zip"), (zipped({"a.txt": WORDS.encode(), "b/c.html": page("Wau")}),)),
    "tar": Target(several(".tar"), (_tar(),)),
    "import": Target(analyst_table, (b'name,type,places,earliest,killed,lat,lon,note\nShells fell,shelling,Bor,2014-03-06,3-5,,,"a ""b"""\n', b"Wer;Wo;Date;Deaths\nA|B;Bor;2014;20+\n")),
    "sidecar.jsonl": Target(sidecar(".jsonl"), (b'{"id": "a", "publisher": "P", "published": "2014-03-06", "language": "en"}\n{"id": "b"}\n',)),
    "sidecar.csv": Target(sidecar(".csv"), (b"id,publisher,published\na,P,2014-03-06\n",)),
    "sidecar.toml": Target(sidecar(".toml"), (b'[[reports]]\nid = "a"\npublisher = "P"\npublished = 2014-03-06\n',)),
    "answer": Target(model_answer, (json.dumps({"claims": [{"quote": "The army shelled the market of Bor", "kind": "event", "type": "shelling", "mode": "asserted", "agents": ["The army"], "places": ["Bor"], "count": "four"}]}).encode(),)),
    "feed": Target(feed, (FEED, ATOM, ROBOTS)),
    "geonames": Target(gazetteer(".txt"), (GEONAMES * 2,)),
    "analyst_csv": Target(gazetteer(".csv"), (b"name,lat,lon,kind,aliases\nBor,6.2,31.5,town,x | y\nWau,7.7,28,,\n",)),
    "geojson": Target(gazetteer(".geojson"), (GEOJSON,)),
    "pcodes": Target(gazetteer(".json"), (PCODES,)),
}  # fmt: skip
"""All readers of bytes, by name."""

"""``tidings build`` over a folder of every kind of file, good and bad."""

from __future__ import annotations

import gzip
from pathlib import Path

from tests.gather.made import answer, docx, page, paragraph, pdf, record, warc, zipped

import tidings as product

WORDS = (
    "The army shelled the market of {0} on Monday, and four people died there, a doctor of the town said by telephone."
)


def say(name: str) -> bytes:
    return WORDS.format(name).encode()


GOOD = {
    "a.txt": say("Bor"),
    "b.html": page("Wau"),
    "c.pdf": pdf([[(50, 100, WORDS.format("Yei")[:60]), (50, 114, WORDS.format("Yei")[60:])]]),
    "d.docx": docx(paragraph(WORDS.format("Torit")), {"word/vbaProject.bin": b"x"}),
    "e.eml": b"From: Amal <a@n.example>\nSubject: Shells\n\n" + say("Kapoeta") + b"\n",
    "f.mbox": b"From a\nFrom: Amal <a@n.example>\nSubject: More\n\n" + say("Juba") + b"\n",
    "g.csv": b'text\n"' + say("Aweil") + b'"\n',
    "h.jsonl": b'{"text": "' + say("Raga") + b'"}\n',
    "i.warc.gz": warc(record(answer(page("Renk")))),
    "j.wacz": zipped({"archive/a.warc": record(answer(page("Pibor")))}),
    "k.zip": zipped({"l/l.txt": say("Nasir")}),
    "m.txt.gz": gzip.compress(say("Akobo")),
}
BAD = {
    "bomb.zip": (zipped({"b.txt": bytes(10_000_000)}), "a decompression bomb"),
    "bomb.txt.gz": (gzip.compress(bytes(10_000_000)), "a decompression bomb"),
    "cut.warc.gz": (
        warc(record(answer(page("Yirol"))), record(answer(page("Rumbek"))))[:-60],
        "the compressed data breaks off",
    ),
    "pictures.pdf": (pdf([[]], image=True), "it needs OCR"),
    "mystery.html": ("<meta charset=x-mystery><p>ሀለሐመ".encode("utf-16-le")[:-1] + b"\xff\xfe\x81", "is binary data"),
    "broken.docx": (b"PK\x03\x04", "it is no Word document"),
}


def test_a_folder_of_every_kind_is_built_without_options(tidings, tmp_path: Path) -> None:
    """Every kind is a report whose original gives its words back; every bad file is named with its reason; the code is 3."""
    for name, data in GOOD.items():
        (tmp_path / "in" / name).parent.mkdir(exist_ok=True)
        (tmp_path / "in" / name).write_bytes(data)
    for name, (data, _) in BAD.items():
        (tmp_path / "in" / name).write_bytes(data)

    done = tidings("build", tmp_path / "in", "-o", tmp_path / "war.tidings")
    checked = tidings("check", tmp_path / "war.tidings")
    with product.open(tmp_path / "war.tidings") as record_file:
        paths = [row["path"] for row in record_file.documents()]
        refusals = (
            {row.path.partition("#")[0]: row.reason for row in record_file.last_build.refusals}
            if record_file.last_build
            else {}
        )

    assert done.code == 3
    assert checked.code == 0, checked.out
    assert sorted(path.partition("#")[0] for path in paths) == sorted([*GOOD, "cut.warc.gz"])
    for name, (_, reason) in BAD.items():
        assert name in done.out
        assert not refusals or reason in refusals[name], refusals
    assert "It holds macros; they were not run and not looked at." in " ".join(done.out.split())


def test_what_was_passed_over_is_counted_and_named(tidings, tmp_path: Path) -> None:
    """Pictures and tables beside reports are no fault, and a build says that it passed them over: how many, why, which."""
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_bytes(say("Bor"))
    for n in range(7):
        (folder / f"map{n}.png").write_bytes(b"\x89PNG" + bytes([n]))
    (folder / "towns.csv").write_text("name,people\nBor,100\n")

    done = tidings("build", folder, "-o", tmp_path / "war.tidings")

    words = " ".join(done.out.split())
    assert done.code == 0
    assert "Passed over: 8" in words
    assert "map0.png, map1.png, map2.png, map3.png, map4.png and 2 more" in words
    assert "towns.csv" in words

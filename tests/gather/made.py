"""Files of every kind, made here from words of our own."""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Iterable, Mapping

PAGE = """<!DOCTYPE html><html lang="en"><head><title>{t} | Nile Courier</title><meta property="og:site_name" content="Nile Courier">
<meta property="article:published_time" content="2014-03-05T08:00:00+02:00"></head><body><nav><a href="/">Home</a></nav><article>
<h1>{t}</h1><p>JUBA - The army left the airfield near {t} on Wednesday, residents said, after three days of fighting with rebels.</p>
<p>At least 12 people were killed and dozens wounded, a doctor at the hospital of {t} told the Courier by telephone.</p>
</article></body></html>"""


def page(name: str) -> bytes:
    """Return a web page with a report about a place."""
    return PAGE.format(t=name).encode()


def answer(body: bytes, status: str = "200 OK", **headers: str) -> bytes:
    """Return what a server sends: status, headers, body."""
    named = {"Content-Type": "text/html; charset=utf-8"} | {
        key.replace("_", "-"): value for key, value in headers.items()
    }
    head = "".join(f"{key}: {value}\r\n" for key, value in named.items())
    return f"HTTP/1.1 {status}\r\n{head}\r\n".encode() + body


def record(
    block: bytes, url: str = "http://n.example/1", kind: str = "response", media: str = "application/http"
) -> bytes:
    """Return one record of a WARC."""
    head = (
        f"WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2014-03-06T00:00:00Z\r\n"
        f"Content-Type: {media}; msgtype={kind}\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def warc(*records: bytes, packed: bool = True) -> bytes:
    """Return a WARC, each record packed by itself."""
    return b"".join(gzip.compress(one, mtime=0) if packed else one for one in records)


def zipped(files: Mapping[str, bytes] | Iterable[tuple[str, bytes]], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a ZIP of files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as archive:
        for name, data in files.items() if isinstance(files, Mapping) else files:
            archive.writestr(zipfile.ZipInfo(name, (2014, 3, 6, 0, 0, 0)), data, compression)
    return out.getvalue()


W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def docx(body: str, more: Mapping[str, bytes] | None = None) -> bytes:
    """Return a Word document with the given XML in its body and more entries beside it."""
    document = f'<?xml version="1.0"?><w:document xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><w:body>{body}</w:body></w:document>'
    return zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": document.encode(), **(more or {})})


def paragraph(words: str) -> str:
    """Return a paragraph of a Word document."""
    return f'<w:p><w:r><w:t xml:space="preserve">{words}</w:t></w:r></w:p>'


def pdf(pages: Iterable[Iterable[tuple[float, float, str]]], *, size: float = 11, image: bool = False) -> bytes:
    """Return a PDF whose pages hold words at places: points from the left, points from the top, words."""
    pages = [list(one) for one in pages]
    objects: list[bytes] = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    kids = []
    for words in pages:
        drawn = b"".join(
            b"BT /F1 %g Tf 1 0 0 1 %g %g Tm (%s) Tj ET\n"
            % (
                size,
                left,
                800 - top,
                text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)").encode("cp1252"),
            )
            for left, top, text in words
        )
        if image:
            drawn += b"q 400 0 0 600 50 100 cm BI /W 2 /H 2 /CS /G /BPC 8 ID \x00\xff\x00\xff EI Q\n"
        objects.append(b"<< /Length %d >>\nstream\n%sendstream" % (len(drawn), drawn))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents %d 0 R /Resources << /Font << /F1 3 0 R >> >> >>"
            % len(objects)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), len(kids))
    out = io.BytesIO()
    out.write(b"%PDF-1.4\n")
    places = []
    for number, held in enumerate(objects, start=1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, held))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % place for place in places))
    out.write(b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start))
    return out.getvalue()

"""Files of every form as documents."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kgcheck.errors import InputError
from kgcheck.extract import extract
from kgcheck.extract.reading import read_source

PAGE = """<!doctype html><html><head><title>Waits fall</title>
<meta property="og:site_name" content="The Courier">
<meta property="article:published_time" content="2023-05-02">
<script>var rate = "99%";</script><style>p { width: 98% }</style></head>
<body><nav>Home | News | 97 comments</nav><div class="cookie">We use cookies. Accept all cookies</div>
<article><h1>Waits fall at the General</h1>
<p>The hospital treated 78.4% of emergency patients within four hours in April, its chief
executive said on Tuesday.</p>
<p>It recorded 14,302 attendances in the month, far more than in any month before, and the
board met to discuss them.</p>
<table><tr><th>Month</th><th>Patients</th></tr><tr><td>March 2023</td><td>13,900</td></tr>
<tr><td>April 2023</td><td>14,302</td></tr></table>
</article><footer>Copyright 2023. Call 0800 123 4567.</footer></body></html>"""


def test_plain_text_is_read_as_it_stands(tmp_path: Path) -> None:
    file = tmp_path / "a story.txt"
    file.write_bytes("\ufeffRates\r\n\r\nIt was 5%.\r\n".encode())
    source = read_source(file)
    assert source.identifier == "a-story"
    assert source.text == "\ufeffRates\r\n\r\nIt was 5%.\r\n"
    assert not source.cleaned
    assert [claim.quote for claim in extract(source).proposals] == ["5%"]


def test_what_stands_beside_is_known(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text("The rate was 5% today.\n")
    told = {
        "title": "T",
        "publisher": "P",
        "published": "2019-01 (inferred)",
        "address": "https://example.org/a",
    }
    (tmp_path / "x.json").write_text(json.dumps(told))
    source = read_source(tmp_path / "x.txt")
    assert (source.title, source.publisher, source.address) == ("T", "P", "https://example.org/a")
    assert str(source.issued.core) == "2019-01-01/2019-01-31"


def test_a_page_loses_its_furniture(tmp_path: Path) -> None:
    pytest.importorskip("trafilatura")
    (tmp_path / "page.html").write_text(PAGE)
    source = read_source(tmp_path / "page.html")
    assert source.cleaned
    assert source.publisher == "The Courier"
    assert str(source.issued.core) == "2023-05-02/2023-05-02"
    for furniture in ("99%", "98%", "cookies", "0800"):
        assert furniture not in source.text
    claims = extract(source).proposals
    assert {"78.4%", "14,302 attendances", "13,900"} <= {claim.quote for claim in claims}
    assert all(source.text[claim.start : claim.end] == claim.quote for claim in claims)


def test_a_word_document_with_a_table(tmp_path: Path) -> None:
    docx = pytest.importorskip("docx")
    document = docx.Document()
    document.add_heading("School report", 1)
    document.add_paragraph("Attendance rose to 94.5% last term.")
    table = document.add_table(rows=2, cols=2)
    for cell, words in zip(
        (*table.rows[0].cells, *table.rows[1].cells), ("Year", "Pupils", "2022", "1,046"), strict=True
    ):
        cell.text = words
    document.save(str(tmp_path / "report.docx"))
    claims = extract(read_source(tmp_path / "report.docx")).proposals
    assert [claim.quote for claim in claims] == ["94.5%", "1,046"]


def test_a_pdf_without_text_says_so(tmp_path: Path) -> None:
    pypdf = pytest.importorskip("pypdf")
    writer = pypdf.PdfWriter()
    writer.add_blank_page(72, 72)
    with (tmp_path / "scan.pdf").open("wb") as file:
        writer.write(file)
    with pytest.raises(InputError, match="pictures"):
        read_source(tmp_path / "scan.pdf")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("broken.txt", b"\xff\xfe\xfa"),
        ("latin.txt", "50 £ für".encode("latin-1")),
        ("broken.pdf", b"%PDF-1.4 nothing"),
        ("broken.docx", b"PK\x03\x04"),
        ("empty.html", b"<html></html>"),
        ("claims.csv", b"a,b"),
    ],
)
def test_what_cannot_be_read_is_named(tmp_path: Path, name: str, data: bytes) -> None:
    for library, ending in (("pypdf", ".pdf"), ("docx", ".docx"), ("trafilatura", ".html")):
        if name.endswith(ending):
            pytest.importorskip(library)
    (tmp_path / name).write_bytes(data)
    with pytest.raises(InputError) as caught:
        read_source(tmp_path / name)
    assert caught.value.path == tmp_path / name


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        read_source(tmp_path / "nowhere.txt")

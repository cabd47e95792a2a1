"""Files of every form as documents."""

from __future__ import annotations

import json
import time
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


SPREAD = """<html><head><title>Waits</title></head><body><article><h1>Waits by specialty</h1>
<p>The board of the hospital met on Tuesday and talked at length about the figures of both years.</p>
<table><thead><tr><th rowspan="2">Specialty</th><th colspan="2">2022</th><th colspan="2">2023</th></tr>
<tr><th>Number</th><th>%</th><th>Number</th><th>%</th></tr></thead>
<tbody><tr><td>Cardiology</td><td>1,204</td><td>60.2</td><td>1,310</td><td>62.4</td></tr>
<tr><td>Oncology</td><td>796</td><td>39.8</td><td>790</td><td>37.6</td></tr>
<tr><th>Total</th><td>2,000</td><td>100</td><td>2,100</td><td>100</td></tr></tbody></table>
</article></body></html>"""


def test_heads_of_a_page_that_spread_over_columns_and_rows(tmp_path: Path) -> None:
    pytest.importorskip("trafilatura")
    (tmp_path / "waits.html").write_text(SPREAD)
    claims = {claim.quote: claim for claim in extract(read_source(tmp_path / "waits.html")).proposals}
    assert len(claims) == 11  # "100" stands twice
    assert (claims["60.2"].unit, claims["60.2"].period_iso, claims["60.2"].notes["row"]) == (
        "percent",
        "2022",
        "Cardiology",
    )
    assert (claims["1,310"].unit, claims["1,310"].period_iso) == ("count", "2023")
    operation, operands = claims["2,100"].notes["computed"]
    assert (operation, [one.quote for one in operands]) == ("sum", ["1,310", "790"])


def pdf(pages: list[list[str]], title: str = "", author: str = "") -> bytes:
    """A small PDF with these lines of text on its pages."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    kids = []
    for lines in pages:
        shown = b"".join(b"(%s) Tj T*\n" % line.encode("latin-1").translate(None, b"()\\") for line in lines)
        stream = b"BT /F1 11 Tf 14 TL 72 760 Td\n" + shown + b"ET"
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R >> >> >>" % len(objects)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), len(kids))
    objects.append(b"<< /Title (%s) /Author (%s) >>" % (title.encode(), author.encode()))
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    index = b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table)
    tail = b"trailer\n<< /Size %d /Root 1 0 R /Info %d 0 R >>\nstartxref\n%d\n%%%%EOF"
    return out + index + tail % (size, size - 1, len(out))


def test_a_pdf_with_a_table_over_two_pages(tmp_path: Path) -> None:
    """Its columns are parted by single blanks; its title and author are told in it."""
    pytest.importorskip("pypdf")
    first = [
        "Labour market overview",
        "Published: 14 March 2023",
        "",
        "The employment rate was 75.0% in the three months to January",
        "2023, the agency said.",
        "Page 1 of 2",
    ]
    second = [
        "Employment by region, thousands",
        "Region 2021 2022 Change",
        "North East 1,203 1,211 8",
        "South East 4,760 4,700 -60",
        "Wales 1,461 1,470 9",
        "Page 2 of 2",
    ]
    (tmp_path / "bulletin.pdf").write_bytes(pdf([first, second], "Labour market", "Ann Writer"))
    source = read_source(tmp_path / "bulletin.pdf")
    assert source.cleaned
    assert (source.title, source.byline) == ("Labour market", "Ann Writer")
    extraction = extract(source)
    assert str(extraction.source.issued.core) == "2023-03-14/2023-03-14"
    found = {claim.quote: (claim.value, claim.period_iso) for claim in extraction.proposals}
    assert found["75.0%"][0] == 75
    assert found["1,203"] == (1_203_000, "2021")
    assert found["4,700"] == (4_700_000, "2022")
    assert found["-60"][0] == 60_000
    assert all(source.text[claim.start : claim.end] == claim.quote for claim in extraction.proposals)


def test_a_word_document_with_heads_that_spread(tmp_path: Path) -> None:
    docx = pytest.importorskip("docx")
    document = docx.Document()
    document.core_properties.title, document.core_properties.author = "Arrests", "Jo Sands"
    document.add_paragraph("The force set out its figures.")
    table = document.add_table(rows=4, cols=5)
    rows = [
        ["", "2022", "", "2023", ""],
        ["Area", "Arrests", "%", "Arrests", "%"],
        ["North | East", "4,000", "80", "4,400", "82.5"],
        ["West", "1,000", "20", "930", "17.5"],
    ]
    for row, words in zip(table.rows, rows, strict=True):
        for cell, word in zip(row.cells, words, strict=True):
            cell.text = word
    table.cell(0, 1).merge(table.cell(0, 2))
    table.cell(0, 3).merge(table.cell(0, 4))
    document.save(str(tmp_path / "arrests.docx"))
    source = read_source(tmp_path / "arrests.docx")
    assert (source.title, source.byline) == ("Arrests", "Jo Sands")
    found = [
        (claim.quote, claim.unit, claim.period_iso, claim.notes["row"])
        for claim in extract(source).proposals
        if "row" in claim.notes
    ]
    assert found[:3] == [
        ("4,000", "count", "2022", "North / East"),
        ("80", "percent", "2022", "North / East"),
        ("4,400", "count", "2023", "North / East"),
    ]
    assert len(found) == 8


@pytest.mark.parametrize(
    "page",
    [
        "<p>The rate was 5%, the board said.</p>" + "<div>" * 20_000,
        "<table><tr><td colspan='100000000'>A</td><td rowspan='99999999'>5</td></tr></table>" * 20,
        "<script>if (a<5) {}</script><p>It was 5%.</p>" * 2_000,
        "<p>\x00 rate of 5% \x00</p>" * 2_000,
        "<p><b><i>5% " * 2_000,
    ],
    ids=["nested", "spans", "scripts", "nulls", "unclosed"],
)
def test_hostile_pages_end(tmp_path: Path, page: str) -> None:
    """They are read, or named as holding no article, within a few seconds."""
    pytest.importorskip("trafilatura")
    (tmp_path / "page.html").write_text(page)
    begun = time.process_time()
    try:
        source = read_source(tmp_path / "page.html")
    except InputError:
        return
    finally:
        assert time.process_time() - begun < 20
    for claim in extract(source).proposals:
        assert source.text[claim.start : claim.end] == claim.quote


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

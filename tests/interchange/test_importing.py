"""What an import does besides reading rows: files in the way, earlier imports, texts, reports."""

from __future__ import annotations

from pathlib import Path

import pytest

from kgcheck.errors import InputError, SheetError, UsageError
from kgcheck.interchange.importing import LOCAL, ImportReport, import_sheet, sheet_vocabulary
from kgcheck.interchange.project import Project
from kgcheck.model.vocabulary import Vocabulary
from kgcheck.namespaces import expand
from kgcheck.semantics import load_policy

HEAD = "document,publisher,quote,stated,measure,area,period\n"
ROW = "report,The Trust,62% in time,62%,Seen in time,Northtown,2021/22\n"
OTHER = "notice,The Trust,61% in time,61%,Seen in time,Northtown,2020/21\n"


def run(folder: Path, rows: str, out: str = "claims", **options: object) -> ImportReport:
    sheet = folder / "sheet.csv"
    sheet.write_text(HEAD + rows, encoding="utf-8")
    arguments: dict[str, object] = {"project": None, "vocabulary": Vocabulary(), **options}
    return import_sheet(sheet, out=folder / out, policy=load_policy("default"), **arguments)  # type: ignore[arg-type]


def test_the_report(tmp_path: Path) -> None:
    report = run(tmp_path, ROW + OTHER + "notice,,6% in Northtwn,6%,Seen in time,Northtwn,2019/20\n")
    assert report.claims == 3
    assert report.documents == ("notice", "report")
    assert [(new.role, new.label, new.rows) for new in report.minted] == [
        ("agent", "The Trust", (2, 3)),
        ("area", "Northtown", (2, 3)),
        ("area", "Northtwn", (4,)),
        ("measure", "Seen in time", (2, 3, 4)),
    ]
    assert report.alike == (("Northtown", "Northtwn"),)
    assert all(new.iri.startswith(LOCAL) for new in report.minted)
    assert report.files == tuple(tmp_path / "claims" / f"{n}.ttl" for n in ("imported", "notice", "report"))
    assert report.vocabulary == report.files[0]
    assert report.open_periods == ()


def test_words_that_leave_the_days_open_are_reported(tmp_path: Path) -> None:
    report = run(tmp_path, OTHER + ROW.replace("2021/22", "autumn 2021"))
    assert report.open_periods == ((3, "autumn 2021"),)


def test_links_are_reported(tmp_path: Path) -> None:
    area = expand("kgc:Area")
    known = Vocabulary(labels={"urn:x:n": "Northtowne"}, types={"urn:x:n": frozenset({area})})
    report = run(tmp_path, ROW, vocabulary=known)
    assert [(link.label, link.iri, link.how, link.score) for link in report.fuzzy] == [
        ("Northtown", "urn:x:n", "fuzzy", 94.7)
    ]
    assert run(tmp_path, ROW, vocabulary=known, threshold=96).fuzzy == ()


def test_one_file_for_one_document(tmp_path: Path) -> None:
    report = run(tmp_path, ROW, out="here.ttl")
    assert report.files == (tmp_path / "here-imported.ttl", tmp_path / "here.ttl")


def test_one_file_for_two_documents_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"2 documents.*name a folder"):
        run(tmp_path, ROW + OTHER, out="here.ttl")
    assert [path.name for path in tmp_path.iterdir()] == ["sheet.csv"]


def test_other_formats_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="Turtle alone"):
        run(tmp_path, ROW, out="here.jsonld")


def test_files_of_other_hands_are_left_alone(tmp_path: Path) -> None:
    place = tmp_path / "claims" / "report.ttl"
    place.parent.mkdir()
    place.write_text("# mine\n", encoding="utf-8")
    with pytest.raises(InputError, match="was not made from this sheet"):
        run(tmp_path, OTHER + ROW)
    assert [path.name for path in place.parent.iterdir()] == ["report.ttl"]
    assert place.read_text("utf-8") == "# mine\n"


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "claims").touch()
    with pytest.raises(InputError, match="the folder cannot be made"):
        run(tmp_path, ROW)


def test_the_vocabulary_is_added_to_and_never_rewritten(tmp_path: Path) -> None:
    run(tmp_path, ROW)
    place = tmp_path / "claims" / "imported.ttl"
    mine = place.read_text("utf-8").replace(
        'skos:prefLabel "Northtown"', 'skos:prefLabel "Northtown" ;\n    skos:altLabel "The North"'
    )
    place.write_text(mine, encoding="utf-8")
    report = run(tmp_path, ROW.replace("Northtown", "the north") + OTHER.replace("Northtown", "Southtown"))
    assert [new.label for new in report.minted] == ["Southtown"]
    assert [link.label for link in report.linked if link.how == "alternative"] == ["the north"]
    text = place.read_text("utf-8")
    assert text.startswith(mine)
    assert text.count("@prefix area:") == 1


def test_a_claim_keeps_its_name_when_what_is_incidental_changes(tmp_path: Path) -> None:
    def names(rows: str) -> list[str]:
        run(tmp_path, rows)
        text = (tmp_path / "claims" / "report.ttl").read_text("utf-8")
        return sorted(line.split()[0] for line in text.splitlines() if line.startswith(":"))

    second = "report,,60% in time,60%,Seen in time,Northtown,2019/20\n"
    before = names(ROW + second)
    assert names(second.replace("report,,", "report,The Trust,") + ROW) == before
    assert names(ROW + second.replace("60%", "59%")) != before


def test_the_sheet_may_name_concepts_by_iri(tmp_path: Path) -> None:
    area = expand("kgc:Area")
    known = Vocabulary(labels={"urn:x:n": "Northtown"}, types={"urn:x:n": frozenset({area})})
    report = run(tmp_path, ROW.replace("Northtown", "urn:x:n"), vocabulary=known)
    assert "Northtown" not in {new.label for new in report.minted}
    with pytest.raises(SheetError, match="<urn:x:m> is no known area"):
        run(tmp_path, ROW.replace("Northtown", "urn:x:m"), vocabulary=known)


def test_a_label_of_two_concepts_asks(tmp_path: Path) -> None:
    area = frozenset({expand("kgc:Area")})
    known = Vocabulary(
        labels={"urn:x:a": "Northtown", "urn:x:b": "Northtown"}, types={"urn:x:a": area, "urn:x:b": area}
    )
    with pytest.raises(SheetError, match="'Northtown' may mean Northtown <urn:x:a> or Northtown <urn:x:b>"):
        run(tmp_path, ROW, vocabulary=known)


def test_quotes_have_to_stand_in_the_text(tmp_path: Path) -> None:
    texts = tmp_path / "texts"
    texts.mkdir()
    (texts / "report.txt").write_text("They said 63% in time.", encoding="utf-8")
    with pytest.raises(SheetError, match="does not stand in the document's text"):
        run(tmp_path, ROW, texts=texts)


def test_what_the_sheets_of_a_project_may_link_to(tmp_path: Path) -> None:
    def project(ontology: tuple[str, ...] | None) -> Project:
        (tmp_path / "vocabulary").mkdir(exist_ok=True)
        return Project(
            tmp_path / "kgcheck.toml",
            "x",
            "https://x.org/",
            (),
            (tmp_path / "vocabulary",),
            ontology=ontology,
        )

    everything, alone = sheet_vocabulary(project(None)), sheet_vocabulary(project(()))
    assert alone.measures == {}
    assert everything.measures
    assert sheet_vocabulary(project(("policing",))).measures == everything.measures
    with pytest.raises(UsageError, match="no packaged vocabulary 'polcing'"):
        sheet_vocabulary(project(("polcing",)))


def test_without_a_project_the_packaged_people_are_known() -> None:
    people = {expand("foaf:Person")}
    assert any(types & people for types in sheet_vocabulary(None).types.values())

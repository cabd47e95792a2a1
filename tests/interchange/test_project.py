"""Project folders: finding, reading and laying them out."""

from __future__ import annotations

from pathlib import Path

import pytest

from kgcheck.engines.local import run_check
from kgcheck.errors import InputError, KgcheckError, SyntaxInFile, UsageError
from kgcheck.interchange.importing import import_sheet, sheet_vocabulary
from kgcheck.interchange.project import TEMPLATES, find_project, init_project, load_project
from kgcheck.model.verdict import Verdict
from kgcheck.semantics import load_policy

HEAD = 'name = "Waits"\nnamespace = "https://example.org/waits/"\n'


def write(folder: Path, text: str) -> Path:
    path = folder / "kgcheck.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_defaults(tmp_path: Path) -> None:
    project = load_project(write(tmp_path, HEAD))
    assert (project.name, project.namespace) == ("Waits", "https://example.org/waits/")
    assert project.data == (tmp_path / "claims",)
    assert project.vocabulary == (tmp_path / "vocabulary",)
    assert (project.policy, project.texts, project.checks, project.waivers) == ("default", None, (), ())
    assert project.ontology is None


def test_all_keys(tmp_path: Path) -> None:
    text = HEAD + (
        'data = ["a.ttl", "b/"]\nvocabulary = ["v.ttl"]\nchecks = ["c/"]\npolicy = "strict"\n'
        'texts = "t/"\nontology = ["policing"]\n[[waivers]]\nfinding = "f"\n'
    )
    project = load_project(write(tmp_path, text))
    assert project.data == (tmp_path / "a.ttl", tmp_path / "b")
    assert project.checks == (tmp_path / "c",)
    assert (project.policy, project.texts) == ("strict", tmp_path / "t")
    assert project.ontology == ("policing",)
    assert project.waivers == ({"finding": "f"},)


@pytest.mark.parametrize(
    ("text", "line", "message", "remedy"),
    [
        (HEAD + 'polcy = "strict"\n', 3, "there is no key 'polcy'", "did you mean 'policy'?"),
        (HEAD + "data = 3\n", 3, "'data' must be a list of files and folders", 'write data = ["claims/"]'),
        (HEAD + "waivers = [1]\n", 3, "'waivers' must be a list of tables", "write [[waivers]] tables"),
        ('name = "Waits"\n', None, "the key 'namespace' is missing", "add namespace = "),
        (
            'name = "Waits"\nnamespace = "waits"\n',
            2,
            "'namespace' must be an absolute IRI ending in /",
            "write namespace = ",
        ),
    ],
)
def test_what_makes_no_project(
    tmp_path: Path, text: str, line: int | None, message: str, remedy: str
) -> None:
    with pytest.raises(InputError) as caught:
        load_project(write(tmp_path, text))
    assert (caught.value.line, caught.value.message) == (line, message)
    assert (caught.value.remedy or "").startswith(remedy)


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [('name = "Waits"\nnamespace = = 3\n', 2, 13), ("name = 'Waits", None, None)],
)
def test_what_is_no_toml(tmp_path: Path, text: str, line: int | None, column: int | None) -> None:
    with pytest.raises(SyntaxInFile, match="the file is not TOML") as caught:
        load_project(write(tmp_path, text))
    assert (caught.value.line, caught.value.column) == (line, column)


def test_what_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        load_project(tmp_path / "kgcheck.toml")
    path = write(tmp_path, "")
    path.write_bytes(b'name = "\xe4"')
    with pytest.raises(SyntaxInFile, match="not in UTF-8"):
        load_project(path)


def test_finding_goes_up(tmp_path: Path) -> None:
    path = write(tmp_path, HEAD)
    below = tmp_path / "claims" / "deeper"
    below.mkdir(parents=True)
    assert find_project(below) == path.resolve()
    assert find_project(tmp_path) == path.resolve()


def test_places_that_are_not_there(tmp_path: Path) -> None:
    project = load_project(write(tmp_path, HEAD))
    with pytest.raises(InputError, match=r"'data' names .*claims, which is not there"):
        project.data_files()
    (tmp_path / "claims").mkdir()
    assert project.data_files() == []
    (tmp_path / "claims" / "a.ttl").touch()
    (tmp_path / "claims" / "note.txt").touch()
    assert project.data_files() == [tmp_path / "claims" / "a.ttl"]


def test_a_new_project_goes_from_sheet_to_findings(tmp_path: Path) -> None:
    folder = tmp_path / "waits"
    written = init_project(folder, name='"Waits" & more')
    assert written == [folder / target for target in TEMPLATES]
    project = load_project(folder / "kgcheck.toml")
    assert project.name == '"Waits" & more'
    assert project.namespace == "https://example.org/waits-more/"
    report = import_sheet(
        folder / "sheets" / "example.csv",
        out=project.data[0],
        project=project,
        vocabulary=sheet_vocabulary(project),
        policy=load_policy(project.policy),
    )
    assert report.claims == 9
    assert report.vocabulary == folder / "vocabulary" / "imported.ttl"
    found = run_check(project.data_files(), vocabulary=project.vocabulary_files())
    verdicts = [finding.verdict for finding in found.findings]
    assert verdicts.count(Verdict.CONTRADICTION) == 3
    assert Verdict.APPARENT in verdicts
    assert Verdict.REPETITION in verdicts
    assert found.incomplete == ()


def test_a_new_project_overwrites_nothing(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match="is there already"):
        init_project(tmp_path, name="Waits")
    assert [path.name for path in tmp_path.iterdir()] == ["README.md"]
    assert (tmp_path / "README.md").read_text("utf-8") == "mine"


@pytest.mark.parametrize(
    ("name", "namespace"),
    [
        (" ", None),
        ("a\nb", None),
        ("Waits", "waits/"),
        ("Waits", "https://x.org/#"),
        ("W", "https://x.org/a"),
    ],
)
def test_names_that_cannot_be_used(tmp_path: Path, name: str, namespace: str | None) -> None:
    with pytest.raises(UsageError):
        init_project(tmp_path / "new", name=name, namespace=namespace)
    assert not (tmp_path / "new").exists()


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(KgcheckError):
        init_project(tmp_path / "file", name="Waits")

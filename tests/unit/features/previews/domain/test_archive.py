"""Under which names artifacts and their files leave the program."""

import time
from io import BytesIO
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatdesk.features.previews.domain.archive import zip_of
from chatdesk.features.previews.domain.artifact import Artifact, ArtifactKind, SourceFile
from chatdesk.features.previews.domain.file_names import file_name_of
from chatdesk.kernel.text.file_name import safe_file_name
from tests.unit.features.previews.fences import only

NAMES = st.one_of(
    st.text(max_size=120),
    st.lists(st.sampled_from(["..", ".", "/", "\\", "a", "A", "con", ".css", "C:", "\0", "\u202e", " ", "é" * 90])).map(
        "".join
    ),
)
KINDS = st.sampled_from(list(ArtifactKind))
ARTIFACTS = st.builds(
    lambda kind, title, names: Artifact(
        kind, title, tuple(SourceFile(name, f"{number}\ud800", number) for number, name in enumerate(names))
    ),
    KINDS,
    st.one_of(st.none(), NAMES),
    st.lists(NAMES, min_size=1, max_size=6),
)


def entries(artifact: Artifact) -> dict[str, str]:
    with ZipFile(BytesIO(zip_of(artifact))) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name).decode() for name in archive.namelist()}


@pytest.mark.parametrize(
    ("parts", "name"),
    [
        (("html", "<title>Snake Game</title>"), "Snake Game.html"),
        (("html", "<p>x"), "index.html"),
        (("html", "<title>Snake</title>", "games/snake.htm"), "snake.htm"),
        (("html", "<title>3.5 mm: a/b</title>"), "3.5 mm a b.html"),
        (("html", "<p>", "run.exe"), "run.exe.html"),
        (("tsx", "export default function Clock() {}"), "Clock.tsx"),
        (("tsv", "a\tb"), "data.tsv"),
        (("xml", "<svg></svg>"), "drawing.svg"),
        (("mermaid", "graph TD"), "diagram.mmd"),
        (("js", "// Snake v1.2\n"), "Snake v1.2.js"),
        (("html", "<title>con</title>"), "_con.html"),
    ],
)  # fmt: skip
def test_an_artifact_is_saved_under_what_it_is_called(parts: tuple[str, ...], name: str) -> None:
    assert file_name_of(only(parts)) == name  # type: ignore[arg-type]


def test_what_is_made_of_an_artifact_has_its_name() -> None:
    assert file_name_of(only(("html", "<title>Snake</title>")), ".zip") == "Snake.zip"


@given(ARTIFACTS)
def test_a_name_is_always_one_that_every_system_takes(artifact: Artifact) -> None:
    name = file_name_of(artifact)
    assert name == safe_file_name(name)
    assert 0 < len(name.encode()) <= 255
    assert name.rpartition(".")[2].lower() in {"html", "htm", "xhtml", "svg", "md", "markdown", "mmd", "mermaid", "dot", "gv",
        "graphviz", "json", "geojson", "csv", "tsv", "js", "mjs", "cjs", "javascript", "ecmascript", "es6", "jsx", "tsx",
        "javascriptreact", "typescriptreact", "react"}  # fmt: skip


def test_an_archive_has_the_files_where_the_page_looks_for_them() -> None:
    artifact = only(("html", '<link rel=stylesheet href="css/a.css">'), ("css", "p{}", "css/a.css"))
    assert entries(artifact) == {"index.html": artifact.main.text, "css/a.css": "p{}"}


@pytest.mark.parametrize("name", ["../../a.js", "/etc/a.js", "C:\\a.js", "..\\..\\a.js", "a/../../../a.js"])
def test_no_name_leads_out_of_an_archive(name: str) -> None:
    (path,) = entries(Artifact(ArtifactKind.JAVASCRIPT, None, (SourceFile(name, "", 0),)))
    assert not path.startswith("/")
    assert not {"..", "C:"} & set(path.replace("\\", "/").split("/"))


def test_an_archive_has_nothing_that_a_click_would_start() -> None:
    assert list(entries(Artifact(ArtifactKind.HTML, None, (SourceFile("a.html.exe", "", 0),)))) == ["a.html.exe.txt"]


@given(ARTIFACTS)
def test_every_file_is_in_the_archive_under_a_name_of_its_own(artifact: Artifact) -> None:
    found = entries(artifact)
    assert list(found.values()) == [f"{number}\ufffd" for number in range(len(artifact.files))]
    folders = {name.lower().rpartition("/")[0] for name in found}
    assert len({name.lower() for name in found}) == len(found)
    assert not {name.lower() for name in found} & folders
    for name in found:
        assert all(part == safe_file_name(part) and part and len(part.encode()) <= 255 for part in name.split("/"))


def test_the_same_files_make_the_same_archive(monkeypatch: pytest.MonkeyPatch) -> None:
    artifact = only(("html", "<p>"), ("css", "p{}"))
    first = zip_of(artifact)
    monkeypatch.setattr(time, "time", lambda: 2e9)
    assert zip_of(artifact) == first

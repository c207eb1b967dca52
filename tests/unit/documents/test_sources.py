"""Files of folders and archives: which are listed, and what is read of them."""

import io
import os
import stat
import sys
import tarfile
import zipfile
from collections.abc import AsyncIterator, Mapping
from pathlib import Path

import pytest

from chatdesk.documents.process import DocumentProcess
from chatdesk.documents.readers.ignore_rules import IgnoreRules
from chatdesk.documents.readers.reading import UnreadableDocument
from chatdesk.documents.readers.sources import list_sources, read_sources
from chatdesk.kernel.documents.document_text import Section
from chatdesk.kernel.documents.kinds import DocumentKind
from chatdesk.kernel.documents.sources import SourceFile, SourceUse
from chatdesk.kernel.errors.attachment_errors import AttachmentUnreadable, DocumentDamaged, DocumentUnsafe
from tests.fakes.document_files import docx, paragraph

PROJECT = {
    "README.md": b"# Project\n",
    ".gitignore": b"build/\n*.log\n!keep.log\n/only-here.txt\n",
    ".env": b"KEY=secret\n",
    "src/main.py": b"print('main')\n",
    "src/lib/tools.py": "# 工具\n".encode(),
    "src/lib/only-here.txt": b"here",
    "src/only-here.txt": b"here",
    "only-here.txt": b"not here",
    "src/.gitignore": b"lib/secret.py\n",
    "src/lib/secret.py": b"secret",
    "debug.log": b"noise",
    "src/keep.log": b"kept",
    "build/out.py": b"noise",
    "node_modules/left-pad/index.js": b"noise",
    "uv.lock": b"generated",
    "logo.bin": b"\0\1",
    "empty.py": b"",
}
LISTED = (
    *("README.md", "uv.lock", "src/keep.log", "src/main.py", "src/only-here.txt"),
    *("src/lib/only-here.txt", "src/lib/tools.py"),
)


def folder(place: Path, files: Mapping[str, bytes]) -> Path:
    for name, data in files.items():
        path = place / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return place


def zip_file(place: Path, files: Mapping[str, bytes]) -> Path:
    path = place / "project.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return path


def tar_file(place: Path, files: Mapping[str, bytes], mode: str = "gz") -> Path:
    path = place / f"project.tar.{mode}"
    with tarfile.open(path, f"w:{mode}") as archive:
        for name, data in files.items():
            member = tarfile.TarInfo(f"./{name}")
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    return path


def paths(place: Path) -> tuple[str, ...]:
    return tuple(each.path for each in list_sources(place))


@pytest.mark.parametrize("make", [folder, zip_file, tar_file])
def test_sources_are_listed_without_what_is_ignored(tmp_path: Path, make: object) -> None:
    assert callable(make)
    assert paths(make(tmp_path, PROJECT)) == LISTED


@pytest.mark.parametrize("make", [folder, zip_file, tar_file])
def test_the_chosen_files_are_sections(tmp_path: Path, make: object) -> None:
    assert callable(make)
    reading = read_sources(make(tmp_path, PROJECT), ["src/lib/tools.py", "README.md"])
    assert tuple(reading.sections) == (Section("# Project\n", "README.md"), Section("# 工具\n", "src/lib/tools.py"))


@pytest.mark.parametrize("mode", ["bz2", "xz"])
def test_other_compressions_are_read(tmp_path: Path, mode: str) -> None:
    place = tar_file(tmp_path, {"a.txt": b"words"}, mode)
    assert [section.text for section in read_sources(place, ["a.txt"]).sections] == ["words"]


def test_what_programs_have_written_is_marked(tmp_path: Path) -> None:
    files = {each.path: each.use for each in list_sources(folder(tmp_path, PROJECT))}
    assert files["uv.lock"] is SourceUse.GENERATED
    assert files["README.md"] is SourceUse.TEXT


def test_documents_in_a_folder_are_listed_and_those_in_an_archive_are_not(tmp_path: Path) -> None:
    files = {"plan.docx": docx(paragraph("Plan"))}
    place = folder(tmp_path / "folder", files)
    assert tuple(list_sources(place)) == (SourceFile("plan.docx", len(files["plan.docx"]), SourceUse.DOCUMENT),)
    assert paths(zip_file(tmp_path, files)) == ()


def test_a_file_that_is_no_text_does_not_stop_the_others(tmp_path: Path) -> None:
    place = folder(tmp_path, {"a.txt": b"\0\1\2", "b.txt": b"words", "c.ipynb": b"{"})
    texts = [section.text for section in read_sources(place, ["a.txt", "b.txt", "c.ipynb", "gone.txt"]).sections]
    assert texts[1] == "words"
    assert [text[:10] for text in (texts[0], *texts[2:])] == ["[This file"] * 3


@pytest.mark.skipif(sys.platform == "win32", reason="links and pipes")
def test_links_and_pipes_are_not_followed(tmp_path: Path) -> None:
    folder(tmp_path / "outside", {"secret.txt": b"secret"})
    place = folder(tmp_path / "folder", {"a.txt": b"words"})
    (place / "link.txt").symlink_to(tmp_path / "outside" / "secret.txt")
    (place / "out").symlink_to(tmp_path / "outside")
    os.mkfifo(place / "pipe.txt")
    assert paths(place) == ("a.txt",)
    asked = [
        "out/secret.txt",
        "link.txt",
        "../outside/secret.txt",
        str(tmp_path / "outside" / "secret.txt"),
        "pipe.txt",
    ]
    assert not any("secret" in section.text for section in read_sources(place, asked).sections)


@pytest.mark.skipif(sys.platform == "win32", reason="links and pipes")
def test_links_in_archives_are_left_out(tmp_path: Path) -> None:
    path = tmp_path / "links.tar"
    with tarfile.open(path, "w") as archive:
        for name, kind in (
            ("a", tarfile.SYMTYPE),
            ("b", tarfile.LNKTYPE),
            ("c", tarfile.FIFOTYPE),
            ("d", tarfile.CHRTYPE),
        ):
            member = tarfile.TarInfo(name)
            member.type, member.linkname = kind, "/etc/passwd"
            archive.addfile(member)
    assert paths(path) == ()
    info = zipfile.ZipInfo("link.txt")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "links.zip", "w") as zipped:
        zipped.writestr(info, "/etc/passwd")
    assert paths(tmp_path / "links.zip") == ()


@pytest.mark.parametrize("name", ["../../x", "/abs", "C:\\x", "..\\x", "a/../../b", "n" * 1_001])
@pytest.mark.parametrize("make", [zip_file, tar_file])
def test_an_archive_with_a_path_that_leads_out_is_refused(tmp_path: Path, make: object, name: str) -> None:
    assert callable(make)
    path = make(tmp_path, {"a.txt": b"words"})
    if path.suffix == ".zip":
        with zipfile.ZipFile(path, "a") as archive:
            archive.writestr(name, b"x")
    else:
        with tarfile.open(path, "w:gz") as archive:
            archive.addfile(tarfile.TarInfo(name))
    with pytest.raises(UnreadableDocument):
        paths(path)


def test_names_of_chinese_windows_are_decoded(tmp_path: Path) -> None:
    path = tmp_path / "项目.zip"
    name = "源代码说明/这是一份很长的中文文件名称.txt"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("x" * len(name.encode("gb18030")), b"words")
    path.write_bytes(path.read_bytes().replace(b"x" * len(name.encode("gb18030")), name.encode("gb18030")))
    assert paths(path) == (name,)


def test_a_tar_that_expands_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chatdesk.documents.readers.sources._MAX_TAR_BYTES", 100_000)
    with pytest.raises(UnreadableDocument):
        paths(tar_file(tmp_path, {"a.txt": b"x" * 200_000}))


@pytest.mark.parametrize(
    ("pattern", "ignored", "included"),
    [
        ("*.py[cod]", "a/b.pyc", "a/b.py"),
        ("docs/**/draft.md", "docs/a/b/draft.md", "draft.md"),
        ("a?c", "x/abc", "abbc"),
        ("# comment", "x", "# comment"),
        ("\\#file", "#file", "file"),
        ("folder/", "folder/x", "x/file"),
        ("logs/**", "logs/a/b", "logs2/a"),
        ("[!a].txt", "b.txt", "a.txt"),
        ("*" * 50 + "a", "nothing", "a" * 100),
    ],
)
def test_patterns_mean_what_they_mean_to_git(pattern: str, ignored: str, included: str) -> None:
    rules = IgnoreRules()
    rules.add("", pattern)
    assert not rules.ignores(included)
    assert rules.ignores(ignored) is (ignored not in {"x", "nothing"})


@pytest.fixture
async def process() -> AsyncIterator[DocumentProcess]:
    process = DocumentProcess(lambda _id: 0)
    yield process
    await process.close()


async def test_a_folder_is_listed_and_read_by_the_process(process: DocumentProcess, tmp_path: Path) -> None:
    place = folder(tmp_path, {f"{number:04}.txt": b"words" for number in range(1_200)})
    found = await process.list_sources(place, "folder")
    assert len(found.files) == 1_200
    assert not found.is_cut
    text = await process.read(place, "folder", DocumentKind.SOURCES, options={"files": ["0007.txt"]})
    assert text.sections == (Section("words", "0007.txt"),)


@pytest.mark.skipif(sys.platform == "win32", reason="pipes")
async def test_what_cannot_be_listed_is_one_error(process: DocumentProcess, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.zip")
    (tmp_path / "broken.zip").write_bytes(b"PK\x03\x04broken")
    zip_file(tmp_path, {"../x": b"x"})
    errors = {
        "gone": AttachmentUnreadable,
        "pipe.zip": AttachmentUnreadable,
        "broken.zip": DocumentDamaged,
        "project.zip": DocumentUnsafe,
    }
    for name, error in errors.items():
        with pytest.raises(error):
            await process.list_sources(tmp_path / name, name)
    assert process.is_running

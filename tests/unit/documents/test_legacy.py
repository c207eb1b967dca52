"""Old formats, which an installed LibreOffice converts."""

import asyncio
import os
import socket
import sys
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from chatdesk.documents.child import MAX_MEMORY
from chatdesk.documents.process import DocumentProcess
from chatdesk.documents.readers.legacy import _without_network, read_legacy
from chatdesk.documents.readers.reading import UnreadableDocument
from chatdesk.kernel.documents.document_text import DocumentText
from chatdesk.kernel.documents.kinds import DocumentKind
from chatdesk.kernel.errors.attachment_errors import DocumentNotConverted, DocumentReaderEnded
from chatdesk.system.libreoffice import find_libreoffice
from tests.paths import ROOT

DOCUMENTS = ROOT / "tests/data/documents"
needs_libreoffice = pytest.mark.skipif(find_libreoffice() is None, reason="LibreOffice is not installed")

REGISTRIES = ("share/registry", "Resources/registry")
"""Below LibreOffice's folder; on macOS, the second one."""


def has_impress() -> bool:
    """Whether the part of LibreOffice for slides is installed, which is a package of its own: it registers its filters in a file."""
    office = find_libreoffice()
    folders = [Path(office).resolve().parent.parent] if office else []
    return any((each / place / "impress.xcd").exists() for each in folders for place in REGISTRIES)


needs_impress = pytest.mark.skipif(not has_impress(), reason="LibreOffice is not installed, or without Impress")
needs_posix = pytest.mark.skipif(sys.platform == "win32", reason="the program is a script")
pytestmark = pytest.mark.timeout(90)


@pytest.fixture
async def process() -> AsyncIterator[DocumentProcess]:
    process = DocumentProcess(lambda _id: 0)
    yield process
    await process.close()


@pytest.fixture
def scratch(tmp_path: Path) -> Path:
    place = tmp_path / "scratch"
    place.mkdir()
    return place


def program(folder: Path, script: str) -> str:
    """Return a program in the place of LibreOffice."""
    path = folder / "soffice"
    path.write_text(f"#!{sys.executable}\n{script}", "utf-8")
    path.chmod(0o755)
    return str(path)


async def convert(process: DocumentProcess, path: Path, office: str, scratch: Path) -> DocumentText:
    return await process.convert(path, path.name, DocumentKind.WORD, office, scratch)


@needs_libreoffice
@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("report-en.doc", ["What we promised", "30% less packaging", "| Travel |", "84,200"]),
        ("report-zh.doc", ["我们的承诺", "第一项涉及包装", "差旅", "纸板"]),
    ],
)
async def test_a_text_document_is_read(process: DocumentProcess, scratch: Path, name: str, words: list[str]) -> None:
    office = find_libreoffice()
    assert office
    text = (await convert(process, DOCUMENTS / name, office, scratch)).sections[0].text
    places = [text.find(word) for word in words]
    assert -1 not in places
    assert places == sorted(places)


@needs_impress
async def test_slides_are_read_with_their_notes(process: DocumentProcess, scratch: Path) -> None:
    office = find_libreoffice()
    assert office
    text = await process.convert(DOCUMENTS / "talk.odp", "talk.ppt", DocumentKind.SLIDES, office, scratch)
    assert [("Packaging" in each.text, "包装" in each.text) for each in text.sections] == [(True, False), (False, True)]
    assert "Say it slowly" in text.sections[0].text


@needs_libreoffice
@pytest.mark.parametrize("content", ["only zeros", "half of a document", "streams of another program"])
async def test_what_is_no_document_is_said_to_be(
    process: DocumentProcess, scratch: Path, tmp_path: Path, content: str
) -> None:
    office = find_libreoffice()
    assert office
    document = (DOCUMENTS / "report-en.doc").read_bytes()
    stream, other = (name.encode("utf-16-le") for name in ("WordDocument", "XordDocument"))
    assert stream in document
    path = tmp_path / "broken.doc"
    path.write_bytes(
        {
            "only zeros": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
            "half of a document": document[: len(document) // 2],
            "streams of another program": document.replace(stream, other),
        }[content]
    )
    with pytest.raises(DocumentNotConverted):
        await convert(process, path, office, scratch)


@needs_posix
@pytest.mark.parametrize(
    ("stream", "program_runs"),
    [
        ("WordDocument", True),
        ("PowerPoint Document", True),
        ("CONTENTS", True),  # Works for Windows, text
        ("MatOST", True),  # Works for Windows, before version 5
        ("MN0", True),  # Works for the Mac
        ("Workbook", False),
    ],
)
async def test_only_compound_files_with_a_document_reach_the_program(
    process: DocumentProcess, scratch: Path, tmp_path: Path, stream: str, program_runs: bool
) -> None:
    path = tmp_path / "old.doc"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + stream.encode("utf-16-le") + bytes(64))
    with pytest.raises(DocumentNotConverted) as caught:
        await convert(process, path, program(tmp_path, "print('the program ran')"), scratch)
    assert (caught.value.detail == "the program ran") is program_runs


@needs_posix
async def test_its_profile_turns_off_macros_links_and_the_network(
    process: DocumentProcess, scratch: Path, tmp_path: Path
) -> None:
    (tmp_path / "old.doc").write_bytes(b"x")
    with pytest.raises(DocumentNotConverted):
        await convert(process, tmp_path / "old.doc", program(tmp_path, "print('no')"), scratch)
    written = (scratch / "profile/user/registrymodifications.xcu").read_text("utf-8")
    for setting, value in {"DisableMacrosExecution": "true", "Link": "2", "ooInetHTTPSProxyPort": "9"}.items():
        assert f'<prop oor:name="{setting}" oor:op="fuse"><value>{value}</value>' in written


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no limit of their own")
async def test_it_may_have_more_memory_than_the_process_that_starts_it(
    process: DocumentProcess, scratch: Path, tmp_path: Path
) -> None:
    (tmp_path / "old.doc").write_bytes(b"x")
    source = f"""
import os, resource, time
def parent():
    lines = open(f"/proc/{{os.getppid()}}/limits").readlines()
    return int(next(line for line in lines if line.startswith("Max address space")).split()[3])
end = time.monotonic() + 10
while parent() != {MAX_MEMORY} and time.monotonic() < end:
    time.sleep(0.01)
print(parent(), resource.getrlimit(resource.RLIMIT_AS)[0])
"""
    with pytest.raises(DocumentNotConverted) as caught:
        await convert(process, tmp_path / "old.doc", program(tmp_path, source), scratch)
    assert caught.value.detail == f"{MAX_MEMORY} {2 * MAX_MEMORY}"


@needs_posix
async def test_it_gets_a_copy_and_a_folder_of_its_own(process: DocumentProcess, scratch: Path, tmp_path: Path) -> None:
    (tmp_path / "old.doc").write_bytes(b"x")
    source = "import sys; sys.exit(' '.join(sys.argv[1:]))"
    with pytest.raises(DocumentNotConverted) as caught:
        await convert(process, tmp_path / "old.doc", program(tmp_path, source), scratch)
    assert f"-env:UserInstallation={(scratch / 'profile').as_uri()} --headless --norestore" in caught.value.detail
    assert str(tmp_path / "old.doc") not in caught.value.detail


@needs_posix
@pytest.mark.parametrize("ends", ["cancelled", "too slow"])
async def test_it_is_ended_with_its_children(tmp_path: Path, scratch: Path, ends: str) -> None:
    process = DocumentProcess(lambda _id: 0, max_seconds=60.0 if ends == "cancelled" else 2.0)
    ids = tmp_path / "id"
    lines = (
        "import subprocess, time",
        "child = subprocess.Popen(['sleep', '60'])",
        f"open('{ids}', 'w').write(f'{{child.pid}} ')",
        "time.sleep(60)",
    )
    (tmp_path / "old.doc").write_bytes(b"x")
    converting = asyncio.ensure_future(
        convert(process, tmp_path / "old.doc", program(tmp_path, "\n".join(lines)), scratch)
    )
    while not is_written(ids):
        assert not converting.done()
        await asyncio.sleep(0.02)
    if ends == "cancelled":
        converting.cancel()
    with pytest.raises(asyncio.CancelledError if ends == "cancelled" else DocumentReaderEnded):
        await converting
    await until_gone(int(written(ids)))
    assert not process.is_running


def written(path: Path) -> str:
    return path.read_text("utf-8") if path.exists() else ""


def is_written(path: Path) -> bool:
    return written(path).endswith(" ")


async def until_gone(process_id: int) -> None:
    """Wait until a process has ended. One without a parent that collects it stays as a zombie."""
    status = Path(f"/proc/{process_id}/status")
    end = time.monotonic() + 10
    while time.monotonic() < end:
        try:
            os.kill(process_id, 0)
            if "State:\tZ" in written(status):
                return
        except OSError:
            return
        await asyncio.sleep(0.02)
    pytest.fail("the process has not ended")


@needs_libreoffice
def test_no_remote_picture_is_loaded(tmp_path: Path, scratch: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It would tell the author of the document who reads it. With LibreOffice's usual settings, this file loads its picture."""
    monkeypatch.setattr("chatdesk.documents.readers.legacy._without_network", list)
    path, office = tmp_path / "remote.doc", find_libreoffice()
    assert office
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = str(server.getsockname()[1])
        data = (DOCUMENTS / "remote-picture.doc").read_bytes()
        assert data.count(b"127.0.0.1:18765") == 1
        path.write_bytes(data.replace(b"127.0.0.1:18765", f"127.0.0.1:{port:0>5}".encode()))
        reading = read_legacy(path, DocumentKind.WORD, "doc", office, scratch)
        assert [section.text for section in reading.sections] == ["Words"]
        server.settimeout(0)
        with pytest.raises(BlockingIOError):
            server.accept()


@needs_libreoffice
@pytest.mark.skipif(sys.platform != "linux", reason="networks are separated on Linux only")
def test_it_has_no_network_where_the_system_allows_that(tmp_path: Path, scratch: Path) -> None:
    office = program(
        tmp_path, "import sys; sys.exit(','.join(l.split(':')[0].strip() for l in open('/proc/net/dev') if ':' in l))"
    )
    (tmp_path / "old.doc").write_bytes(b"x")
    with pytest.raises(UnreadableDocument) as caught:
        read_legacy(tmp_path / "old.doc", DocumentKind.WORD, "doc", office, scratch)
    assert caught.value.detail == "lo" or not _without_network()

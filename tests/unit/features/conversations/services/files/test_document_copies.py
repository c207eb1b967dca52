"""Copies of documents next to an exported file."""

from pathlib import Path

from chatdesk.features.conversations.services.files.document_copies import DocumentCopies
from chatdesk.kernel.chat.message import DocumentPart

FILES = {"1": b"one", "2": b"two"}


def document(sha256: str, name: str) -> DocumentPart:
    return DocumentPart(sha256, "text/plain", name)


async def finished_copies(path: Path, *documents: DocumentPart) -> None:
    copies = DocumentCopies(path, FILES.get)
    await copies.add(documents)
    copies.finish()


def names(folder: Path) -> set[str]:
    return {each.name for each in folder.iterdir()}


async def test_documents_are_copied_under_names_of_their_own(tmp_path: Path) -> None:
    copies = DocumentCopies(tmp_path / "Chat.md", FILES.get)
    found = await copies.add([document("1", "a.txt"), document("2", "a.txt"), document("3", "lost.txt")])
    copies.finish()
    assert found == {"1": "Chat_files/a.txt", "2": "Chat_files/a (2).txt"}
    assert (tmp_path / "Chat_files/a (2).txt").read_bytes() == b"two"


async def test_what_is_copied_already_is_used_again(tmp_path: Path) -> None:
    for _ in range(2):
        await finished_copies(tmp_path / "Chat.md", document("1", "a.txt"))
    assert names(tmp_path / "Chat_files") == {"a.txt"}


async def test_of_a_file_that_is_not_written_nothing_remains(tmp_path: Path) -> None:
    copies = DocumentCopies(tmp_path / "Chat.md", FILES.get)
    await copies.add([document("1", "a.txt"), document("2", "b.txt")])
    copies.finish()
    copies.remove()
    assert names(tmp_path) == set()


async def test_before_the_file_is_written_there_is_only_an_unfinished_folder(tmp_path: Path) -> None:
    copies = DocumentCopies(tmp_path / "Chat.md", FILES.get)
    await copies.add([document("1", "a.txt"), document("2", "A.txt")])
    (unfinished,) = names(tmp_path)
    assert unfinished.endswith(".chatdesk-unfinished")
    assert names(tmp_path / unfinished) == {"a.txt", "A (2).txt"}
    copies.remove()
    assert names(tmp_path) == set()


async def test_what_was_there_before_remains(tmp_path: Path) -> None:
    await finished_copies(tmp_path / "Chat.md", document("1", "a.txt"))
    copies = DocumentCopies(tmp_path / "Chat.md", FILES.get)
    await copies.add([document("1", "a.txt"), document("2", "b.txt")])
    copies.finish()
    assert names(tmp_path / "Chat_files") == {"a.txt", "b.txt"}
    copies.remove()
    assert names(tmp_path / "Chat_files") == {"a.txt"}

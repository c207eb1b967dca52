"""Documents in the file of a chat: each once, and of a hostile file nothing that refers to a file of this computer."""

import base64
import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatdesk.features.conversations.importing.readers import own_files
from chatdesk.features.conversations.services.files import chat_documents
from chatdesk.features.conversations.services.files.chat_documents import (
    ChatDocuments,
    ImportedFile,
    ImportedText,
    stored,
)
from chatdesk.features.conversations.services.files.chat_json import chat_json
from chatdesk.features.conversations.services.files.chat_reading import ChatHead, ChatRecord, ImportedMessage
from chatdesk.kernel.chat.message import DocumentPart, SentAs
from chatdesk.kernel.documents.document_text import DocumentText, Section
from chatdesk.kernel.presets.preset_import import ImportRefused
from tests.unit.features.conversations.services.files.own_files import records_in
from tests.unit.features.conversations.services.files.test_chat_reading import ANYTHING, GOOD, chat, message

DATA = b"%PDF-1.7 words"
SHA256 = hashlib.sha256(DATA).hexdigest()
KEY = "a" * 64
TEXT = {"version": 1, "unit": "page", "sections": [{"text": "words"}]}
PART = {"kind": "file", "sha256": SHA256, "text_sha256": KEY, "name": "report.pdf", "media_type": "application/pdf"}


def read(path: Path, documents: object, *parts: object, version: int = 2) -> list[ChatRecord]:
    path.write_text(json.dumps(chat({**GOOD, "parts": list(parts)}, version=version, documents=documents)), "utf-8")
    return records_in(path)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "chat.json"


def document(found: list[ChatRecord]) -> DocumentPart:
    (only,) = (each for each in found if isinstance(each, ImportedMessage))
    (part,) = only.message.documents
    return part


def test_a_document_of_many_questions_stands_in_the_file_once() -> None:
    text = DocumentText((Section("a text that is long"),))
    asked = [message(number, None, DocumentPart(SHA256, "", "report.pdf", text_sha256=KEY)) for number in range(3)]
    written = chat_json(asked, "", None, documents=ChatDocuments({KEY: text}, {SHA256: DATA}))
    assert written.count("a text that is long") == 1
    assert written.count(base64.b64encode(DATA).decode()) == 1


def test_a_file_must_have_the_hash_under_which_it_stands(path: Path) -> None:
    encoded = base64.b64encode(DATA).decode()
    files = {SHA256: encoded, "b" * 64: encoded, "c" * 64: "no base64", "d" * 64: 5, "../x": encoded}
    found = read(path, {"files": files}, PART)
    files_read = {each.sha256: each.data for each in found if isinstance(each, ImportedFile)}
    assert files_read == {SHA256: DATA, "b" * 64: b"", "c" * 64: b"", "d" * 64: b""}


def test_a_file_that_is_too_large_is_left_out(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chat_documents, "MAX_DOCUMENT_BYTES", len(DATA) - 1)
    found = read(path, {"files": {SHA256: base64.b64encode(DATA).decode()}}, PART)
    assert [each.data for each in found if isinstance(each, ImportedFile)] == [b""]


def test_no_more_than_the_most_are_read(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own_files, "_MAX_DOCUMENTS", 2)
    texts = {f"{number:064}": TEXT for number in range(5)}
    files = {f"{number:064}": "" for number in range(5)}
    found = read(path, {"texts": texts, "files": files}, PART)
    assert [sum(isinstance(each, kind) for each in found) for kind in (ImportedText, ImportedFile)] == [2, 2]


def test_its_name_is_the_last_part_of_a_path_and_hides_nothing(path: Path) -> None:
    hostile = {**PART, "name": "../../etc/photo\u202egnp.exe", "media_type": "text/\u202eplain\n" + "x" * 900}
    part = document(read(path, {"texts": {KEY: TEXT}}, hostile))
    assert part.name == "photognp.exe"
    assert "\n" not in part.media_type
    assert len(part.media_type) <= 200


@pytest.mark.parametrize(
    ("changed", "field", "value"),
    [
        ({"selected": "1-4,7"}, "selected", "1-4,7"),
        ({"selected": "1; DROP"}, "selected", ""),
        ({"selected": "1," * 9_000}, "selected", ""),
        ({"size": -5}, "size", 0),
        ({"tokens": 10**30}, "tokens", 0),
        ({"sections": "many"}, "sections", 0),
        ({"sent_as": "telepathy"}, "sent_as", SentAs.TEXT),
        ({"sent_as": ["text"]}, "sent_as", SentAs.TEXT),
        ({"passages": [[1, 5, 2], ["a", 1, 2], [0, 1, 2]]}, "passages", ()),
    ],
)
def test_what_is_not_as_it_should_be_becomes_the_default(
    path: Path, changed: Mapping[str, object], field: str, value: object
) -> None:
    assert getattr(document(read(path, {"texts": {KEY: TEXT}}, {**PART, **changed})), field) == value


def test_a_document_without_a_text_of_its_own_is_lost(path: Path) -> None:
    found = read(path, {}, {**PART, "text_sha256": "no hash"})
    (only,) = (each for each in found if isinstance(each, ImportedMessage))
    assert (only.message.documents, only.lost) == ((), ("file",))


def test_version_1_has_no_documents_of_its_own(path: Path) -> None:
    found = read(path, {"texts": {KEY: TEXT}}, {**PART, "text": "words"}, version=1)
    assert [type(each) for each in found] == [ChatHead, ImportedMessage]


def test_a_document_refers_to_nothing_that_did_not_come_with_it() -> None:
    part = DocumentPart(SHA256, "", "report.pdf", size=9, text_sha256=KEY, sent_as=SentAs.PICTURES)
    assert stored(part, {}, {}) == DocumentPart("", "", "report.pdf")
    summary = DocumentPart("", "", "report.pdf", text_sha256=KEY, sent_as=SentAs.SUMMARY, summary_sha256="b" * 64)
    assert stored(summary, {}, {KEY: "c" * 64}) == DocumentPart("", "", "report.pdf", text_sha256="c" * 64)


@given(st.dictionaries(st.sampled_from(["texts", "files"]), st.dictionaries(st.just(KEY), ANYTHING)) | ANYTHING)
@settings(max_examples=150)
def test_whatever_stands_there_a_chat_comes_of_it(tmp_path_factory, documents: object) -> None:
    found = read(tmp_path_factory.getbasetemp() / "hostile.json", documents, {"kind": "text", "text": "Hello."})
    if isinstance(found[0], ImportRefused):  # numbers that JSON does not have
        return
    assert isinstance(found[0], ChatHead)
    assert isinstance(found[-1], ImportedMessage)
    assert found[-1].message.text == "Hello."

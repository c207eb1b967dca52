"""A chat that waits for a model: the real program continues its download from a hub, uses it there, and the real engine answers with it."""

import json
from pathlib import Path

import pytest

from chatdesk.engine.installation import find_starter_model
from chatdesk.kernel.chat.message import MessageState
from chatdesk.kernel.errors.engine_errors import EngineError
from chatdesk.kernel.models.hubs import DownloadFile, HubKind, HubRepository, ModelDownload
from chatdesk.storage.files.model_store import encoded_download
from tests.e2e.person import Person
from tests.e2e.stored_chats import stored_messages
from tests.fakes.scripted_hub import HubRepo, ScriptedHub, sha256_of, size_of

NAME, FILE, MODEL = "acme/Wren-135M-GGUF", "Wren-135M-Q4_1.gguf", "Wren-135M-Q4_1"


def missing() -> str:
    try:
        find_starter_model()
    except EngineError as error:
        return str(error)
    return ""


pytestmark = [pytest.mark.engine, pytest.mark.skipif(bool(missing()), reason=missing())]


def remember(home: Path, content: Path, conversation: str) -> None:
    """Write down a download that an earlier run began, as the program does."""
    file = DownloadFile(FILE, size_of(content), sha256_of(content))
    download = ModelDownload("Wren 135M", (file,), (HubRepository(HubKind.HUGGING_FACE, NAME),))
    row = {
        "server": "built-in",
        "model": MODEL,
        "expected": file.size,
        "completed": 1,
        "total": file.size,
        "goes_on": True,
        "conversation": conversation,
        "download": encoded_download(download),
    }
    (home / "downloads.json").write_text(json.dumps({"downloads": [row]}), "utf-8")


def ask(person: Person, home: Path, question: str, number: int) -> None:
    person.until(lambda: person.focused() == "Message", "the keyboard in the composer")
    person.type(question)
    person.press("Return")

    def is_answered() -> bool:
        messages = stored_messages(home)
        return len(messages) == 2 * number and messages[-1].state is MessageState.COMPLETE

    person.until(is_answered, "the answer")


def test_a_downloaded_model_answers_in_the_chat_that_waited_for_it(home: Path, xvfb: dict[str, str]) -> None:
    content = find_starter_model().path
    with ScriptedHub(HubRepo(NAME, {FILE: content})).on_thread() as hub:
        home.mkdir(exist_ok=True)
        (home / "settings.json").write_text(json.dumps(hub.settings), "utf-8")
        hub.trouble.cuts = [30_000_000]
        person = Person(home, xvfb)
        with person:
            person.sees("Ready now")
            ask(person, home, "Name three colours.", 1)
            assert person.leave() == 0
            remember(home, content, stored_messages(home)[0].conversation_id)
            person.start()
            person.sees("Use Wren 135M in this chat")
            person.click("Use Wren 135M in this chat")
            ask(person, home, "Name two animals.", 2)
            assert person.leave() == 0
        assert [request.headers["range"] for request in hub.storage.requests] == ["bytes=0-", "bytes=30000000-"]
    first, second = stored_messages(home)[1], stored_messages(home)[3]
    assert first.model
    assert second.model
    assert first.model.model_id != second.model.model_id == MODEL
    assert second.text
    assert (home / "models" / NAME / FILE).stat().st_size == content.stat().st_size
    assert json.loads((home / "downloads.json").read_text()) == {"downloads": []}

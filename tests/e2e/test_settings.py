"""The settings, as a person uses them: the real program in a real window, beside a scripted server that wants a key."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from tests.e2e.person import Person
from tests.fakes.scripted_models import ScriptedAnswer, ScriptedModel, scripted_openai
from tests.fakes.scripted_server import ScriptedServer, on_thread

KEY = "sk-canary-0123456789"
MODEL = "deepseek-chat"
NAME = "My provider"


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with on_thread(
        scripted_openai(ScriptedAnswer(("A plain ", "answer.")), (ScriptedModel(MODEL),), key=KEY)
    ) as server:
        yield server


@pytest.fixture
def person(home: Path, xvfb: dict[str, str]) -> Person:
    return Person(home, xvfb)


def open_servers(person: Person) -> None:
    person.sees("Ready now")
    person.press("Ctrl+,")
    person.sees("Back to chats")
    person.click("Providers")
    person.sees("Another address…")


def begin(person: Person) -> None:
    """Begin a server of any kind that speaks OpenAI's protocol."""
    person.click("More, ")
    person.press("End")
    person.press("Return")
    person.until(lambda: person.focused() == "Address", "the keyboard in the address")


def fill(person: Person, name: str, text: str) -> None:
    def has_keyboard() -> bool:
        if person.focused() == name:
            return True
        person.click(name)  # again if it has moved meanwhile, as a person does
        return False

    person.until(has_keyboard, f"the keyboard in {name}")
    person.press("Ctrl+A")
    person.type(text)


def add(person: Person, address: str, key: str = KEY) -> None:
    """Add the server with its key, and save it."""
    begin(person)
    fill(person, "Address", address)
    fill(person, "API key", key)
    person.click("Save")
    person.until(lambda: "Save" not in person.names(), "the form to be saved")


def files_with(folder: Path, text: str) -> list[Path]:
    return [file for file in folder.rglob("*") if file.is_file() and text.encode() in file.read_bytes()]


def test_a_server_is_added_with_its_key_tested_and_chatted_with(
    person: Person, home: Path, server: ScriptedServer
) -> None:
    with person:
        open_servers(person)
        person.click("OpenAI")
        person.click("DeepSeek")
        person.until(lambda: person.focused() == "API key", "the keyboard in the key")
        person.click("Advanced")
        fill(person, "Address", f"{server.url}/v1")
        fill(person, "API key", KEY)
        person.press("Return")
        assert person.sees("OK: ").startswith("OK: 1 model")
        person.until(lambda: person.focused() == "Use it now", "the keyboard on the way to the chat")
        person.press("Space")
        person.until(lambda: person.focused() == "Message", "the keyboard in the composer")
        person.type("Hello.")
        person.press("Return")
        person.sees(f"{MODEL}: A plain answer.")
        assert {request.headers.get("authorization") for request in server.requests} == {f"Bearer {KEY}"}
        assert files_with(home, KEY) == []
        assert person.leave() == 0
    assert files_with(home, KEY) == []
    assert files_with(home, "canary") == []
    assert files_with(home, "DeepSeek")


def test_a_wrong_key_and_a_wrong_port_are_reported_with_the_way_out(person: Person, server: ScriptedServer) -> None:
    with person:
        open_servers(person)
        begin(person)
        fill(person, "Address", f"{server.url}/v1")
        fill(person, "API key", "sk-wrong")
        person.click("Test")
        assert person.sees(f"{NAME} rejected the API key (401).")
        person.until(lambda: person.focused() == "API key", "the keyboard in the key")
        person.type(KEY)  # it is selected: what is typed replaces it
        person.press("Return")
        person.sees("OK: ")
        person.click("Save")
        person.sees(f"{NAME}, Connected")
        fill(person, "Address", "http://127.0.0.1:9/v1")
        person.sees("The saved API key belongs to the old address")
        person.click("Test")
        message = person.sees(f"{NAME} does not respond at http://127.0.0.1:9/v1.")
        assert "Start the server, or check the address." in message
        person.click("Cancel")
        assert person.read("Address") == f"{server.url}/v1"
        assert person.leave() == 0


def test_a_key_over_plain_http_goes_only_with_leave(person: Person, home: Path) -> None:
    with person:
        open_servers(person)
        begin(person)
        fill(person, "Address", "http://192.0.2.1:8000/v1")
        assert "Send anyway" not in person.names()
        fill(person, "API key", KEY)
        person.sees("This address is not encrypted (http)")
        person.click("Test")
        person.sees(f"The API key for {NAME} was not sent")
        person.click("Send anyway")
        person.sees("The API key is sent unencrypted, as you allowed.")
        person.click("Stop sending")
        person.click("Save")
        person.sees(f"{NAME}, API key not sent")
        assert files_with(home, "http://192.0.2.1:8000")
        assert person.leave() == 0


def test_a_removed_server_comes_back_with_its_key(person: Person, server: ScriptedServer) -> None:
    with person:
        open_servers(person)
        add(person, f"{server.url}/v1")
        person.sees(f"{NAME}, Connected")
        person.click(f"Remove {NAME}")
        person.sees(f"{NAME} was removed")
        person.until(lambda: person.focused() == "Undo", "the keyboard on the way back")
        person.press("Space")
        person.sees(f"{NAME}, Connected")
        assert person.leave() == 0


def choose_language(person: Person, now: str, language: str) -> None:
    """Choose a language with the keyboard, in the box that shows the present one. On Linux a box is named by its choice."""
    person.until(lambda: person.press("Tab") or person.focused() == now, "the keyboard in the box")
    person.press("Home")
    person.until(lambda: person.focused() == language or person.press("Down"), language)


def test_the_whole_window_changes_its_language_at_once(person: Person) -> None:
    with person:
        person.sees("Ready now")
        person.sees("Other choices")  # the offer of a model comes last
        before = set(person.names())
        offered = {line.split(": ", 1)[1] for line in before if line.startswith(("Get: ", "Download: ", "Licence: "))}
        assert len(offered) == 3, before  # they are names and a size, the same in all languages
        person.press("Ctrl+,")
        person.sees("Language")
        choose_language(person, "Follow the system", "简体中文")
        person.sees("语言")
        assert not {"Language", "General", "Back to chats"} & set(person.names())
        assert person.focused() == "简体中文"
        person.press("Esc")
        chinese = set(person.until(lambda: "新对话" in (names := person.names()) and names, "the chats in Chinese"))
        assert {name for name in chinese & before if name.isascii()} <= {"Polish my English", *offered}
        person.press("Ctrl+,")
        choose_language(person, "简体中文", "English")
        person.sees("Language")
        person.press("Esc")
        person.sees("Ready now")
        person.until(lambda: set(person.names()) == before, "what was there before")
        assert person.leave() == 0


def test_the_theme_changes_at_once_and_is_kept(person: Person, tmp_path: Path) -> None:
    def lightness() -> int:
        person.grab(tmp_path / "window.png")
        image = QImage(str(tmp_path / "window.png"))
        return image.pixelColor(image.width() - 5, image.height() - 5).lightness()

    with person:
        person.sees("Ready now")
        person.press("Ctrl+,")
        person.click("Appearance")
        person.sees("Follow the system")
        person.click("Light")
        person.until(lambda: lightness() > 200, "a light window")
        person.click("Dark")
        person.until(lambda: lightness() < 60, "a dark window")
        person.leave()
        person.start()
        person.sees("Ready now")
        assert lightness() < 60
        assert person.leave() == 0

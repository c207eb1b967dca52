"""A chat with an application (Dify) in the window, by keys: what it says first, its form, its steps, what it proposes, Stop, versions."""

import asyncio
import json
import re
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QFileDialog, QWidget

from chatdesk.features.chat.ui.composer.offered_files import OfferedFiles
from chatdesk.features.chat.ui.composer.question_cards import QuestionCards
from chatdesk.features.chat.ui.composer.suggestions import SuggestionCard
from chatdesk.features.chat.ui.transcript.controls import Verb
from chatdesk.features.conversations.services.files.exported_chat import ExportLabels
from chatdesk.kernel.chat.stream_events import AnswerStage
from chatdesk.kernel.models.model import ModelRef
from chatdesk.kernel.servers.server import ServerConfig, ServerProtocol
from chatdesk.ui_kit.widgets.label import Label
from tests.fakes.scripted_applications import ScriptedDify, dify_answer, dify_event
from tests.fakes.scripted_server import Hang, chunk, head, reply
from tests.gui.window.harness import Harness
from tests.own_time import OwnTime

APP = ModelRef("5e7f", "Travel planner")
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
async def dify() -> AsyncIterator[ScriptedDify]:
    app = ScriptedDify()
    async with app.server:
        yield app


@pytest.fixture
async def app_harness(harness: Harness, dify: ScriptedDify) -> Harness:
    """The program with that app set up and chosen."""
    await harness.program.servers.servers.save(
        ServerConfig("5e7f", "Dify", "dify", ServerProtocol.DIFY, dify.server.url + "/v1")
    )
    await let_in(harness)
    harness.models.choose(APP)
    await harness.until(lambda: harness.models.chosen and harness.models.chosen.ref == APP)
    return harness


async def let_in(harness: Harness) -> None:
    await harness.program.servers.servers.set_key(harness.program.servers.servers.find("5e7f"), "app-secret")
    await harness.until(lambda: harness.program.servers.models.find(APP))


def shown(harness: Harness, name: str) -> QWidget | None:
    found = harness.window.findChild(QWidget, name)
    return found if found is not None and found.isVisible() else None


def proposed(harness: Harness) -> list[str]:
    return [card.text() for cards in harness.window.findChildren(QuestionCards) if cards.isVisible()
            for card in cards.findChildren(SuggestionCard) if card.isVisible()]  # fmt: skip


def press_card(harness: Harness, text: str) -> None:
    (card,) = (card for card in harness.window.findChildren(SuggestionCard) if card.isVisible() and card.text() == text)
    card.setFocus()
    QTest.keyClick(card, Qt.Key.Key_Space)


def fill_in(harness: Harness, **values: str) -> None:
    for name, value in values.items():
        QTest.keyClicks(harness.part(f"variable_{name}").focusProxy() or harness.part(f"variable_{name}"), value)


async def begin(harness: Harness, city: str = "Rome", question: str = "Plan it") -> None:
    fill_in(harness, city=city)
    await harness.ask_and_wait(question)


async def test_it_says_something_first_proposes_questions_and_asks_for_what_it_needs(app_harness: Harness) -> None:
    greeting = app_harness.part("greeting")
    assert (greeting.text(), greeting.isVisible()) == ("Hello! Where do you want to go?", True)
    assert proposed(app_harness) == ["Three days in Rome", "A weekend by the sea"]
    strip = shown(app_harness, "applicationStrip")
    assert strip is not None
    assert isinstance(app_harness.part("variable_tone"), QComboBox)
    app_harness.models.choose(ModelRef("ollama", "scripted:1b"))
    await app_harness.until(lambda: not shown(app_harness, "applicationStrip") and not proposed(app_harness))
    assert not app_harness.part("greeting").isVisible()


async def test_what_is_needed_is_asked_for_before_anything_is_sent(app_harness: Harness, dify: ScriptedDify) -> None:
    app_harness.ask("Plan it")
    await asyncio.sleep(0.05)
    assert app_harness.edit.text() == "Plan it"
    assert dify.asked() == []
    field = app_harness.part("variable_city")
    assert field.hasFocus() or (field.focusProxy() and field.focusProxy().hasFocus())
    fill_in(app_harness, city="Rome")
    app_harness.press(Qt.Key.Key_Return)
    await app_harness.until(lambda: app_harness.answer() == "Yes." and not app_harness.streaming())
    assert dify.asked()[0]["inputs"] == {"city": "Rome", "days": 3}
    assert shown(app_harness, "applicationStrip") is None


async def test_the_form_is_asked_for_once_and_remembered_also_after_a_restart(
    app_harness: Harness, dify: ScriptedDify, open_harness
) -> None:
    await begin(app_harness)
    await app_harness.ask_and_wait("And then?")
    await app_harness.close()
    again = await open_harness()
    await let_in(again)  # there is no keyring here
    assert shown(again, "applicationStrip") is None
    await again.ask_and_wait("And after that?")
    assert [body["inputs"] for body in dify.asked()] == [{"city": "Rome", "days": 3}] * 3
    assert [body["conversation_id"] for body in dify.asked()] == ["", "c-1", "c-1"]
    assert [body["query"] for body in dify.asked()] == ["Plan it", "And then?", "And after that?"]


async def test_a_proposed_question_is_asked_by_one_press_and_others_come_after_the_answer(
    app_harness: Harness, dify: ScriptedDify
) -> None:
    fill_in(app_harness, city="Rome")
    press_card(app_harness, "Three days in Rome")
    await app_harness.until(lambda: app_harness.answer() == "Yes." and not app_harness.streaming())
    assert dify.asked()[0]["query"] == "Three days in Rome"
    await app_harness.until(lambda: proposed(app_harness) == ["What about food?", "How much is it?"])
    press_card(app_harness, "What about food?")
    await app_harness.until(lambda: len(dify.asked()) == 2)
    assert dify.asked()[1]["query"] == "What about food?"


async def test_a_proposal_never_takes_the_place_of_what_is_typed(app_harness: Harness, dify: ScriptedDify) -> None:
    await begin(app_harness)
    await app_harness.until(lambda: proposed(app_harness))
    app_harness.type("By the way")
    press_card(app_harness, "What about food?")
    assert app_harness.edit.text() == "By the way\n\nWhat about food?"
    assert len(dify.asked()) == 1


async def test_its_steps_are_reported_while_it_works(app_harness: Harness, dify: ScriptedDify) -> None:
    step = dify_event("node_started", data={"title": "Knowledge\nsearch"})
    dify.answers.append([head(), chunk(f"data: {json.dumps(step)}\n\n"), Hang()])
    fill_in(app_harness, city="Rome")
    app_harness.ask("Plan it")

    def stage() -> str:
        document = app_harness.transcript.document
        body = getattr(document[len(document) - 1], "body", None) if len(document) else None
        return body.stage.text(body._page, 0) if body and body.stage.stage is AnswerStage.WORKING else ""

    await app_harness.until(lambda: stage() == "Working: Knowledge search")


async def test_stop_reaches_the_app_within_a_second(app_harness: Harness, dify: ScriptedDify) -> None:
    dify.answers.append([head(), chunk(f"data: {json.dumps(dify_event('message', answer='Endless'))}\n\n"), Hang()])
    fill_in(app_harness, city="Rome")
    app_harness.ask("Plan it")
    await app_harness.until(lambda: app_harness.answer() == "Endless")
    app_harness.press(Qt.Key.Key_Escape)
    with OwnTime() as waited:
        await app_harness.until(lambda: not app_harness.streaming() and dify.stopped())
    assert waited.seconds < 1
    assert dify.stopped()[0].json() == {"user": dify.asked()[0]["user"]}
    assert dify.asked()[0]["user"] == "chatdesk-5e7f"


async def test_another_version_opens_a_conversation_of_its_own(app_harness: Harness, dify: ScriptedDify) -> None:
    await begin(app_harness)
    await app_harness.ask_and_wait("And then?")
    app_harness.press(Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    await app_harness.until(lambda: len(dify.asked()) == 3 and not app_harness.streaming())
    assert [body["conversation_id"] for body in dify.asked()] == ["", "c-1", ""]
    assert "User: Plan it" in dify.asked()[2]["query"]
    await app_harness.ask_and_wait("Resume")
    assert dify.asked()[3]["conversation_id"] == "c-2"


async def test_what_was_taken_back_is_gone_from_the_screen(app_harness: Harness, dify: ScriptedDify) -> None:
    dify.says(
        dify_event("message", answer="Something rude"),
        dify_event("message_replace", answer="I will not say that."),
        dify_event("message_end"),
    )
    await begin(app_harness)
    assert app_harness.answer() == "I will not say that."


async def test_an_unpublished_app_is_reported_with_its_next_step(app_harness: Harness, dify: ScriptedDify) -> None:
    dify.answers.append([reply({"code": "app_unavailable", "message": "App unavailable", "status": 400}, 400)])
    await begin(app_harness)
    message, *steps = app_harness.notices()
    assert message == "The application at Dify is not published, or is turned off."
    assert steps[-1] == "[Try again]"
    dify.says(*dify_answer("Yes."))
    app_harness.click_control(Verb.FAILURE_ACTION, action="retry")
    await app_harness.until(lambda: app_harness.answer() == "Yes.")


async def test_an_app_that_remembers_nothing_says_so_once(
    app_harness: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:

    models = app_harness.program.servers.models
    state = models._states["5e7f"]
    forgetful = tuple(replace(model, application=replace(model.application, remembers=False)) for model in state.models)
    models._states["5e7f"] = replace(state, models=forgetful)
    await begin(app_harness)
    assert app_harness.toast() == []
    await app_harness.ask_and_wait("And then?")
    await app_harness.until(app_harness.toast)
    assert app_harness.toast()[0] == "Travel planner does not see earlier messages"


@pytest.fixture
def contract(dify: ScriptedDify) -> None:
    """The app demands a file."""
    field = {"label": "Contract", "variable": "contract", "required": True, "allowed_file_extensions": [".pdf"]}
    dify.parameters = {"user_input_form": [{"file": field}], "system_parameters": {"file_size_limit": 1}}


def choose_file(harness: Harness, path: Path) -> None:
    button = harness.part("variable_contract")
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)
    dialog = harness.window.findChild(QFileDialog, "uploadDialog")
    assert dialog is not None
    assert dialog.nameFilters() == ["*.pdf"]
    dialog.filesSelected.emit([str(path)])
    dialog.close()


async def test_a_file_the_form_wants_is_sent_when_it_is_chosen(
    contract: None, app_harness: Harness, dify: ScriptedDify, tmp_path: Path
) -> None:
    path = tmp_path / "lease.pdf"
    path.write_bytes(b"%PDF-1.7")
    app_harness.ask("Is it fair?")
    await asyncio.sleep(0.05)
    assert dify.asked() == []
    choose_file(app_harness, path)
    await app_harness.until(
        lambda: any(label.text() == "lease.pdf" for label in app_harness.window.findChildren(Label))
    )
    app_harness.edit.setFocus()
    app_harness.press(Qt.Key.Key_Return)
    await app_harness.until(lambda: app_harness.answer() == "Yes." and not app_harness.streaming())
    file = {"type": "document", "transfer_method": "local_file", "upload_file_id": "f-1"}
    assert dify.asked()[0]["inputs"] == {"contract": file}
    (upload,) = (request for request in dify.server.requests if request.path == "/v1/files/upload")
    assert b"%PDF-1.7" in upload.body


async def test_a_file_larger_than_the_app_takes_is_not_sent(
    contract: None, app_harness: Harness, dify: ScriptedDify, tmp_path: Path
) -> None:
    path = tmp_path / "large.pdf"
    path.write_bytes(bytes((1 << 20) + 1))
    choose_file(app_harness, path)
    await app_harness.until(app_harness.toast)
    assert app_harness.toast()[0] == "large.pdf is larger than 1 MB, the maximum size for attachments."
    assert not [request for request in dify.server.requests if request.path == "/v1/files/upload"]
    assert app_harness.part("variable_contract").isEnabled()


@pytest.fixture
def addition(dify: ScriptedDify) -> None:
    """The app takes a file, and does not need it."""
    field = {"label": "Contract", "variable": "contract", "required": False, "allowed_file_extensions": [".pdf"]}
    dify.parameters = {"user_input_form": [{"file": field}], "system_parameters": {"file_size_limit": 1}}


async def test_a_question_waits_for_a_file_that_is_on_its_way(
    addition: None, app_harness: Harness, dify: ScriptedDify, tmp_path: Path
) -> None:
    path = tmp_path / "lease.pdf"
    path.write_bytes(b"%PDF-1.7")
    choose_file(app_harness, path)
    await asyncio.sleep(0)
    app_harness.ask("Is it fair?")
    assert dify.asked() == []
    assert app_harness.edit.text() == "Is it fair?"
    await app_harness.until(
        lambda: any(label.text() == "lease.pdf" for label in app_harness.window.findChildren(Label))
    )
    app_harness.edit.setFocus()
    app_harness.press(Qt.Key.Key_Return)
    await app_harness.until(lambda: app_harness.answer() == "Yes." and not app_harness.streaming())
    assert dify.asked()[0]["inputs"]["contract"]["upload_file_id"] == "f-1"


async def test_what_follows_is_asked_for_once_though_two_windows_show_the_chat(
    app_harness: Harness, dify: ScriptedDify
) -> None:
    await begin(app_harness)
    await app_harness.until(lambda: proposed(app_harness))
    app_harness.window.show_quick()
    await app_harness.window._quick.get()._chat.open(app_harness.chat())
    before = len(asked_what_follows(dify))
    await app_harness.ask_and_wait("And then?")
    await app_harness.until(lambda: proposed(app_harness) == ["What about food?", "How much is it?"])
    assert len(asked_what_follows(dify)) == before + 1


def asked_what_follows(dify: ScriptedDify) -> list[str]:
    return [request.path for request in dify.server.requests if request.path.partition("?")[0].endswith("/suggested")]


async def test_what_an_answer_is_based_on_stays_with_it_and_goes_into_files_not_into_questions(
    app_harness: Harness, dify: ScriptedDify, open_harness
) -> None:
    resource = {
        "position": 1,
        "dataset_name": "Guides",
        "document_name": "Rome.pdf",
        "score": 0.9,
        "content": "At *8*.",
    }
    dify.says(*dify_answer("Go early.", sources=[resource]))
    await begin(app_harness)
    chat = app_harness.chat_presenter.conversation_id
    (expected,) = app_harness.chat_page.transcript.document.message(1).sources
    assert (expected.title, expected.passage, expected.score) == ("Rome.pdf", "At *8*.", 0.9)
    labels = ExportLabels("You", "Answer", "Instructions", "Tool", "", "Sources")
    assert (
        "1. Rome.pdf · Guides · 0.9\n\n   > At &#42;8&#42;."
        in await app_harness.program.conversations.exporting.turns(chat, labels)
    )
    await app_harness.close()
    again = await open_harness()
    await let_in(again)
    shown_again = again.chat_page.transcript.document.message(1)
    assert (shown_again.text, shown_again.sources) == ("Go early.", (expected,))
    again.models.choose(ModelRef("ollama", "scripted:1b"))
    await again.ask_and_wait("And then?")
    assert all("Rome.pdf" not in json.dumps(body) for body in dify.asked())


async def test_all_files_of_a_list_are_sent_as_many_as_the_form_takes(
    app_harness: Harness, dify: ScriptedDify, tmp_path: Path
) -> None:
    field = {"label": "Pages", "variable": "pages", "required": True, "max_length": 3}
    dify.parameters = {"user_input_form": [{"file-list": field}], "system_parameters": {"file_size_limit": 1}}
    await app_harness.program.servers.models.refresh()
    paths = [tmp_path / f"page-{number}.pdf" for number in range(5)]
    for path in paths:
        path.write_bytes(b"%PDF-1.7 " + path.name.encode())
    paths[1].write_bytes(bytes((1 << 20) + 1))
    await app_harness.until(lambda: shown(app_harness, "variable_pages"))
    app_harness.part("variable_pages").click()
    dialog = app_harness.window.findChild(QFileDialog, "uploadDialog")
    assert dialog.fileMode() is QFileDialog.FileMode.ExistingFiles
    dialog.filesSelected.emit([str(path) for path in paths[:2]])
    dialog.close()
    await app_harness.until(app_harness.toast)
    assert app_harness.toast()[0].startswith("page-1.pdf is larger")
    app_harness.part("variable_pages").click()
    dialog = app_harness.window.findChildren(QFileDialog, "uploadDialog")[-1]
    dialog.filesSelected.emit([str(path) for path in paths[2:]])
    dialog.close()

    def names() -> list[str]:
        labels = [label for label in app_harness.window.findChildren(Label) if label.isVisible()]
        return [label.text() for label in labels if re.fullmatch(r"page-\d\.pdf", label.text())]

    await app_harness.until(lambda: names() == ["page-0.pdf", "page-2.pdf", "page-3.pdf"])
    assert any(label.text() == "Maximum 3 files" for label in app_harness.window.findChildren(Label))
    assert not app_harness.part("variable_pages").isEnabled()
    app_harness.part("remove_pages_1").click()
    await app_harness.until(lambda: names() == ["page-0.pdf", "page-3.pdf"])
    await app_harness.ask_and_wait("Are they in order?")
    sent = dify.asked()[0]["inputs"]["pages"]
    uploaded = [request.body for request in dify.server.requests if request.path == "/v1/files/upload"]
    assert len(sent) == 2
    assert [b"page-0.pdf" in uploaded[0], b"page-2.pdf" in uploaded[1], b"page-3.pdf" in uploaded[2]] == [True] * 3


async def test_a_document_goes_to_an_app_as_text(app_harness: Harness, dify: ScriptedDify, tmp_path: Path) -> None:
    (tmp_path / "notes.md").write_text("The promise was thirty percent less packaging.", "utf-8")
    await begin(app_harness)
    app_harness.chat_page.composer.files_offered.emit(OfferedFiles((tmp_path / "notes.md",)))
    await app_harness.until(app_harness.chat_page.composer.attachments)
    await app_harness.ask_and_wait("What was promised?")
    query = dify.asked()[-1]["query"]
    assert "The promise was thirty percent less packaging." in query
    assert query.endswith("What was promised?")
    assert dify.asked()[-1]["files"] == []

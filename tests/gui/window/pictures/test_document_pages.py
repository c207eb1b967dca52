"""Scanned documents in the window: their pages are sent as pictures, and counted as such."""

import os
import sys
from base64 import b64decode
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QContextMenuEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu

from chatdesk.features.chat.ui.composer.document_options.password_popup import PasswordPopup
from chatdesk.kernel.chat.message import SentAs, TextQuality
from chatdesk.kernel.documents.fitting import as_pictures
from chatdesk.kernel.models.model import ModelRef
from chatdesk.kernel.servers.server import ServerConfig, ServerProtocol
from chatdesk.ui_kit.pictures.option_button import OptionButton
from tests.fakes.document_files import pdf, scanned_pdf
from tests.fakes.scripted_server import LAST_CHUNK, Request, ScriptedServer, Step, chunk, head, reply
from tests.fakes.scripted_tesseract import write_tesseract
from tests.gui.window.chat import document_steps
from tests.gui.window.chat.document_steps import buttons, strip
from tests.gui.window.chat.document_steps import text_of as said
from tests.gui.window.harness import FakeModel, Harness
from tests.gui.window.pictures.attach_steps import attach, chips, drop, notice, pictures, sent_pictures

UNSEEN = "contract.pdf is sent as pictures, which blind:1b does not support."


@pytest.fixture
def contract(tmp_path: Path) -> Path:
    path = tmp_path / "contract.pdf"
    path.write_bytes(scanned_pdf(2))
    return path


async def test_the_pages_of_a_scanned_document_are_sent_as_pictures(
    harness: Harness, fake_model: FakeModel, contract: Path
) -> None:
    await attach(harness, contract)
    await harness.ask_and_wait("Who signed?")
    sent = [QImage.fromData(data) for data in sent_pictures(fake_model)]
    assert [(image.width(), image.height()) for image in sent] == [(1212, 1568)] * 2
    assert [image.pixelColor(600, 700).lightness() // 16 for image in sent] == [85 // 16, 170 // 16]
    content = fake_model.asked[-1]["messages"][-1]["content"]
    assert 'name="contract.pdf" content="pictures" pages="1-2"' in content
    assert "These pages are attached as pictures, in this order." in content


async def test_the_pages_are_parts_of_the_message_in_the_protocol_of_openai(harness: Harness, contract: Path) -> None:
    asked, model = list[dict](), ModelRef("5e7f", "seer")

    def answer(request: Request) -> list[Step]:
        if request.method == "GET":
            return [reply({"object": "list", "data": [{"id": model.model_id}]})]
        asked.append(request.json())
        return [
            head(),
            chunk('data: {"choices": [{"delta": {"content": "Yes."}, "finish_reason": "stop"}]}\n\n'),
            LAST_CHUNK,
        ]

    async with ScriptedServer(answer) as server:
        config = ServerConfig(model.server_id, "Seer", "custom", ServerProtocol.OPENAI, f"{server.url}/v1")
        await harness.program.servers.servers.save(config)
        await harness.until(lambda: harness.program.servers.models.find(model))
        harness.models.choose(model)
        await harness.until(lambda: harness.models.chosen and harness.models.chosen.ref == model)
        await attach(harness, contract)
        await harness.ask_and_wait("Who signed?")
    text, *pages = asked[-1]["messages"][-1]["content"]
    assert 'content="pictures" pages="1-2"' in text["text"]
    urls = [page["image_url"]["url"] for page in pages]
    assert [url.partition(",")[0] for url in urls] == ["data:image/jpeg;base64"] * 2
    assert [QImage.fromData(b64decode(url.partition(",")[2])).height() for url in urls] == [1568] * 2


async def test_the_next_turn_sends_the_same_pictures(harness: Harness, fake_model: FakeModel, contract: Path) -> None:
    await attach(harness, contract)
    await harness.ask_and_wait("Who signed?")
    await harness.ask_and_wait("And when?")
    first, second = (asked["messages"] for asked in fake_model.asked[-2:])
    assert second[: len(first)] == first


async def test_only_the_first_pages_of_a_long_scanned_document_are_chosen(harness: Harness, tmp_path: Path) -> None:
    path = tmp_path / "book.pdf"
    path.write_bytes(scanned_pdf(30))
    await attach(harness, path)
    (document,) = pictures(harness)
    assert (document.sent_as, document.selected, document.sections) == (SentAs.PICTURES, "1-8", 30)


async def test_a_model_that_cannot_see_is_said_before_sending(
    harness: Harness, fake_model: FakeModel, contract: Path, tmp_path: Path
) -> None:
    harness.choose_model("blind")
    await attach(harness, contract)
    await harness.until(lambda: document_steps.text_of(harness) == UNSEEN)
    harness.type("Who signed?")
    harness.press(Qt.Key.Key_Return)
    assert fake_model.asked == []
    assert "Leave out" in document_steps.buttons(harness)
    document_steps.press(harness, "leave_out")
    await harness.until(lambda: document_steps.strip(harness) is None)
    (tmp_path / "text.pdf").write_bytes(pdf([["A page with words in it, enough of them to be read"]]))
    await attach(harness, tmp_path / "text.pdf")
    assert document_steps.strip(harness) is None


async def test_another_model_can_be_chosen_for_a_scanned_document(harness: Harness, contract: Path) -> None:
    harness.choose_model("blind")
    await attach(harness, contract)
    await harness.until(lambda: "Use a model with vision…" in document_steps.buttons(harness))
    document_steps.press(harness, "see")
    await harness.until(lambda: harness.part("modelSearch").isVisible())


async def test_a_document_with_text_can_be_sent_as_text_instead(
    harness: Harness, fake_model: FakeModel, tmp_path: Path
) -> None:
    (tmp_path / "text.pdf").write_bytes(pdf([["A page with words in it, enough of them to be read"]]))
    await attach(harness, tmp_path / "text.pdf")
    (document,) = pictures(harness)
    harness.chat_page.composer.replace_attachments({document: as_pictures(document)})
    harness.choose_model("blind")
    await harness.until(lambda: "Send the text" in document_steps.buttons(harness))
    document_steps.press(harness, "text")
    await harness.until(lambda: document_steps.strip(harness) is None)
    await harness.ask_and_wait("Which words?")
    assert "A page with words in it" in fake_model.last_question()


def button(harness: Harness) -> OptionButton | None:
    return next((each for chip in chips(harness) for each in chip.findChildren(OptionButton) if each.isVisible()), None)


def texts_of(harness: Harness) -> list[str]:
    """The name and what is said of each attachment."""
    return [chip.accessibleName() for chip in chips(harness)]


async def choose(harness: Harness, text: str) -> None:
    """Open the choice of the chip and choose an action."""
    actions = await offered(harness)
    menu = actions[text].parent()
    actions[text].trigger()
    menu.close()


async def offered(harness: Harness) -> dict[str, QAction]:
    """Open the choice of the chip, and return its actions by their texts."""
    QTest.mouseClick(button(harness), Qt.MouseButton.LeftButton)
    return await shown_actions(harness)


async def shown_actions(harness: Harness) -> dict[str, QAction]:
    """Wait for the choice, and return its actions by their texts."""
    await harness.until(lambda: any(menu.isVisible() for menu in harness.window.findChildren(QMenu, "documentForms")))
    menu = next(menu for menu in harness.window.findChildren(QMenu, "documentForms") if menu.isVisible())
    return {action.text(): action for action in menu.actions()}


async def test_the_chip_says_that_a_document_is_scanned_and_offers_all_pages(harness: Harness, tmp_path: Path) -> None:
    path = tmp_path / "book.pdf"
    path.write_bytes(scanned_pdf(9))
    await attach(harness, path)
    assert texts_of(harness) == ["book.pdf, PDF, Scanned, 8 of 9 pages"]
    assert button(harness).text() == "As pictures"
    await choose(harness, "All 9 page(s) as pictures")
    assert texts_of(harness) == ["book.pdf, PDF, Scanned, no text"]
    (document,) = pictures(harness)
    assert len(document.page_pictures) == 9


async def test_scanned_pages_that_do_not_fit_are_said_before_sending(
    harness: Harness, fake_model: FakeModel, tmp_path: Path
) -> None:
    path = tmp_path / "book.pdf"
    path.write_bytes(scanned_pdf(9))
    await attach(harness, path)
    await harness.until(lambda: strip(harness))
    assert said(harness).startswith("book.pdf is longer than the model can read here: about ")
    assert "Use the relevant passages" not in buttons(harness)
    harness.type("What is this?")
    harness.press(Qt.Key.Key_Return)
    assert fake_model.asked == []
    assert harness.part("document.choose").hasFocus()


async def test_more_pages_than_a_request_can_have_are_said_before_sending(harness: Harness, tmp_path: Path) -> None:
    path = tmp_path / "book.pdf"
    path.write_bytes(scanned_pdf(30))
    await attach(harness, path)
    assert not [text for text in await offered(harness) if text.startswith("All")]
    (document,) = pictures(harness)
    harness.chat_page.composer.replace_attachments({document: replace(document, selected="1-21")})
    assert notice(harness) == "A message can have at most 20 pictures, and the chosen pages make it 21."


async def test_a_scanned_document_can_be_left_out(harness: Harness, contract: Path) -> None:
    await attach(harness, contract)
    await choose(harness, "Leave out")
    assert chips(harness) == []


async def test_tesseract_is_not_offered_where_it_is_not_installed(
    harness: Harness, contract: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    await attach(harness, contract)
    assert "Read with Tesseract" not in await offered(harness)


@pytest.fixture
def tesseract(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder with a program that behaves like Tesseract."""
    folder = tmp_path / "programs"
    folder.mkdir()
    write_tesseract(folder)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    return folder


@pytest.mark.skipif(sys.platform == "win32", reason="a script as a program")
async def test_the_text_that_tesseract_reads_is_sent_in_place_of_pictures(
    harness: Harness, fake_model: FakeModel, contract: Path, tesseract: Path
) -> None:
    harness.choose_model("blind")
    await attach(harness, contract)
    await harness.until(lambda: "Read with Tesseract" in document_steps.buttons(harness))
    document_steps.press(harness, "recognise")
    await harness.until(lambda: pictures(harness) and button(harness).text() == "Recognised text")
    await harness.until(lambda: document_steps.strip(harness) is None)
    await harness.ask_and_wait("Who signed?")
    assert "[page 1]\nRecognised P5" in fake_model.asked[-1]["messages"][-1]["content"]
    assert sent_pictures(fake_model) == []


@pytest.mark.skipif(sys.platform == "win32", reason="a script as a program")
async def test_reading_with_tesseract_can_be_stopped(harness: Harness, contract: Path, tesseract: Path) -> None:
    (tesseract / "wait").touch()
    await attach(harness, contract)
    await choose(harness, "Read with Tesseract")
    await harness.until(lambda: texts_of(harness) == ["contract.pdf, PDF, Reading, 0 of 2 pages"])
    QTest.mouseClick(chips(harness)[0].cross, Qt.MouseButton.LeftButton)
    await harness.until(lambda: texts_of(harness) == ["contract.pdf, PDF, Scanned, no text"])


@pytest.mark.skipif(sys.platform == "win32", reason="a script as a program")
async def test_a_message_that_waits_for_the_text_is_not_sent_without_it(
    harness: Harness, fake_model: FakeModel, contract: Path, tesseract: Path
) -> None:
    (tesseract / "wait").touch()
    await attach(harness, contract)
    await choose(harness, "Read with Tesseract")
    await harness.until((tesseract / "started").exists)
    harness.type("Who signed?")
    harness.press(Qt.Key.Key_Return)
    QTest.mouseClick(chips(harness)[0].cross, Qt.MouseButton.LeftButton)
    await harness.until(lambda: texts_of(harness) == ["contract.pdf, PDF, Scanned, no text"])
    assert fake_model.asked == []
    assert harness.chat_page.composer.text() == "Who signed?"


async def test_text_of_unknown_characters_is_offered_as_pictures(harness: Harness, tmp_path: Path) -> None:
    path = tmp_path / "old.pdf"
    path.write_bytes(pdf([["These words stand for others, which the file does not say"]]))
    await attach(harness, path)
    (document,) = pictures(harness)
    poor = replace(document, quality=TextQuality.POOR)
    harness.chat_page.composer.set_attachments([poor])
    assert texts_of(harness) == ["old.pdf, PDF, Its text cannot be read reliably"]
    await choose(harness, "As pictures, for models with vision")
    assert texts_of(harness) == ["old.pdf, PDF, 1 page(s) as pictures"]
    await choose(harness, "As text")
    await harness.until(lambda: texts_of(harness) == ["old.pdf, PDF, Its text cannot be read reliably"])


async def test_the_menu_of_a_document_with_text_offers_pictures_of_its_pages(
    harness: Harness, fake_model: FakeModel, tmp_path: Path
) -> None:
    path = tmp_path / "charts.pdf"
    path.write_bytes(pdf([["Sales grew in each quarter of the year"]]))
    await attach(harness, path)
    assert button(harness) is None
    chip = chips(harness)[0]
    QApplication.sendEvent(
        chip,
        QContextMenuEvent(
            QContextMenuEvent.Reason.Keyboard, chip.rect().center(), chip.mapToGlobal(chip.rect().center())
        ),
    )
    actions = await shown_actions(harness)
    actions["As pictures, for models with vision"].trigger()
    actions["As text"].parent().close()
    assert texts_of(harness) == ["charts.pdf, PDF, 1 page(s) as pictures"]
    await harness.ask_and_wait("Which quarter was best?")
    assert len(sent_pictures(fake_model)) == 1


async def lock(harness: Harness, tmp_path: Path) -> None:
    """Drop a document that needs a password, and write a question."""
    path = tmp_path / "secret.pdf"
    path.write_bytes(pdf([["The secret words of this page"]], password="open sesame"))
    drop(harness, path)
    await harness.until(lambda: texts_of(harness) == ["secret.pdf, PDF, Needs a password"])
    harness.type("What is secret?")


async def enter(harness: Harness, password: str) -> QLineEdit:
    await harness.until(lambda: harness.window.findChild(PasswordPopup))
    field = harness.window.findChild(PasswordPopup).findChild(QLineEdit, "documentPassword")
    await harness.until(field.isEnabled)
    field.clear()
    QTest.keyClicks(field, password)
    QTest.keyClick(field, Qt.Key.Key_Return)
    return field


async def test_a_document_is_opened_with_its_password(harness: Harness, fake_model: FakeModel, tmp_path: Path) -> None:
    await lock(harness, tmp_path)
    QTest.mouseClick(button(harness), Qt.MouseButton.LeftButton)
    field = await enter(harness, "wrong")
    await harness.until(lambda: field.accessibleDescription() == "This password is wrong.")
    await enter(harness, "open sesame")
    await harness.until(lambda: pictures(harness) != ())
    assert not harness.window.findChild(PasswordPopup)
    harness.press(Qt.Key.Key_Return)
    await harness.until(lambda: fake_model.asked)
    assert "The secret words of this page" in fake_model.asked[-1]["messages"][-1]["content"]


async def test_sending_asks_for_the_password_first(harness: Harness, fake_model: FakeModel, tmp_path: Path) -> None:
    await lock(harness, tmp_path)
    harness.press(Qt.Key.Key_Return)
    await harness.until(lambda: harness.window.findChild(PasswordPopup))
    assert fake_model.asked == []
    await enter(harness, "open sesame")
    await harness.until(lambda: pictures(harness) != ())
    (document,) = pictures(harness)
    path = harness.program.chat.attachments.documents._files.path(document.sha256)
    assert b"/Encrypt" not in path.read_bytes()


async def test_a_locked_document_can_be_removed(harness: Harness, tmp_path: Path) -> None:
    await lock(harness, tmp_path)
    QTest.mouseClick(chips(harness)[0].cross, Qt.MouseButton.LeftButton)
    assert chips(harness) == []

"""A server that cannot be reached: from the failed answer to the doctor, what mends it, and the question asked again. By clicks."""

import asyncio
import ssl
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QLineEdit, QWidget

from chatdesk.features.chat.ui.transcript.controls import Verb
from chatdesk.features.servers.domain.diagnosis import Check
from chatdesk.features.servers.services.doctor.doctor import StartFailed
from chatdesk.features.servers.services.doctor.doctor_examination import CHECK_SECONDS
from chatdesk.kernel.servers.ollama_installation import Installation, UnitKind
from chatdesk.kernel.servers.server import ServerConfig
from chatdesk.ui_kit.widgets.label import Label
from tests.fakes.scripted_models import ScriptedPull, scripted_ollama, scripted_openai
from tests.fakes.scripted_server import Hang, ScriptedServer, on_thread, reply
from tests.gui.window.desk import MODELS, Desk, Speaker
from tests.gui.window.doctor_steps import (
    INSTALLED,
    ask_in_vain,
    at_rest,
    button,
    card,
    click,
    click_shown,
    head,
    lines,
    move,
    shown,
)
from tests.paths import CERTIFICATES


async def test_a_dead_port_leads_to_the_right_one_and_the_question_is_asked_again(
    desk: Desk, speaker: Speaker, dead: int
) -> None:
    assert speaker.server is not None
    told = replace(INSTALLED, is_running=True, hosts=(f"127.0.0.1:{speaker.server.port}",))
    await move(desk, f"http://127.0.0.1:{dead}", told)
    await ask_in_vain(desk)
    assert desk.notices()[-1] == "[Troubleshoot]"
    desk.click_control(Verb.FAILURE_ACTION, action="diagnose")
    await desk.until(lambda: at_rest(desk) and button(desk, "remedy.use_address"))
    assert head(desk) == f"Ollama does not respond at 127.0.0.1:{dead}"
    assert lines(desk) == [
        "Ollama 0.34.0 is installed",
        f"Ollama is running, but not on port {dead}",
        f"Ollama responds at {speaker.server.url}",
    ]
    assert desk.transcript.isVisible(), "the chat stays readable"
    click(desk, "remedy.use_address")
    await desk.until(lambda: button(desk, "askAgain"))
    assert head(desk) == f"Ollama responds at 127.0.0.1:{speaker.server.port}"
    click(desk, "askAgain")
    await desk.until(lambda: desk.answer() == "Yes.")
    assert card(desk) is None
    assert speaker.last_question() == "Hello?"


async def test_the_card_stands_in_the_chat_in_the_place_of_the_notice(desk: Desk, speaker: Speaker, dead: int) -> None:
    await move(desk, f"http://127.0.0.1:{dead}")
    await ask_in_vain(desk)
    view, index = desk.transcript, len(desk.messages()) - 1
    before = view.document.bottom(index) - view.document.top(index)
    desk.click_control(Verb.FAILURE_ACTION, action="diagnose")
    await desk.until(lambda: at_rest(desk))
    shown_card = card(desk)
    assert shown_card is not None
    assert shown_card.parentWidget() is view.viewport()
    spoken = QAccessible.queryAccessibleInterface(view)
    told = [spoken.child(number).text(QAccessible.Text.Name) for number in range(spoken.childCount())]
    assert told[-1] == head(desk), "a screen reader finds it behind the messages"
    assert desk.control(Verb.FAILURE_ACTION, action="diagnose") is None, "what it was called with is not left pressed"
    await desk.until(lambda: view.viewport().rect().contains(shown_card.geometry()))
    again = desk.control(Verb.REGENERATE)
    assert again is not None
    assert again.rect.top() >= shown_card.geometry().bottom(), "actions stand below it"
    assert desk.edit.isVisible()
    bar = view.verticalScrollBar()
    desk.window.resize(desk.window.width(), 380)
    await desk.until(lambda: bar.maximum() >= 10 and bar.value() == bar.maximum())
    place = shown_card.y()
    bar.setValue(bar.value() - 10)
    assert shown_card.y() == place + 10, "it moves with the page"
    bar.setValue(bar.maximum())
    click(desk, "closeDoctor")
    assert card(desk) is None
    assert desk.control(Verb.FAILURE_ACTION, action="diagnose") is not None
    assert view.document.bottom(index) - view.document.top(index) == before


async def test_the_keyboard_goes_through_the_card_and_back_to_the_chat(desk: Desk, speaker: Speaker, dead: int) -> None:
    await move(desk, f"http://127.0.0.1:{dead}")
    await ask_in_vain(desk)
    desk.click_control(Verb.FAILURE_ACTION, action="diagnose")
    await desk.until(lambda: at_rest(desk))
    inside = card(desk)
    assert inside is not None
    assert inside.isAncestorOf(desk.window.focusWidget())
    reached = []
    for _ in range(12):
        if not inside.isAncestorOf(desk.window.focusWidget()):
            break
        reached.append(desk.window.focusWidget().objectName())
        QTest.keyClick(desk.window.focusWidget(), Qt.Key.Key_Tab)
    assert {"remedy.start", "remedy.edit_address", "copyReport", "checkAgain"} <= set(reached)
    assert not inside.isAncestorOf(desk.window.focusWidget())
    QTest.keyClick(desk.window.focusWidget(), Qt.Key.Key_Backtab)
    assert inside.isAncestorOf(desk.window.focusWidget())
    assert reached[-1] == "checkAgain"


async def test_another_version_of_the_answer_takes_the_card_away(desk: Desk, speaker: Speaker, dead: int) -> None:
    await move(desk, f"http://127.0.0.1:{dead}")
    await ask_in_vain(desk)
    desk.click_control(Verb.FAILURE_ACTION, action="diagnose")
    await desk.until(lambda: at_rest(desk))
    desk.click_control(Verb.REGENERATE)
    await desk.until(lambda: card(desk) is None)
    assert desk.window._steps.doctor._visit is None


async def test_without_an_answer_it_stands_over_the_composer(desk: Desk, speaker: Speaker, dead: int) -> None:
    await move(desk, f"http://127.0.0.1:{dead}")
    desk.window._steps.doctor.open()
    await desk.until(lambda: at_rest(desk))
    over = card(desk)
    assert over is not None
    assert desk.window._page.composer.isAncestorOf(over)


async def test_starting_ollama_leads_to_an_answer(desk: Desk, speaker: Speaker, dead: int) -> None:
    """It fails once; then it starts, where it is looked for."""
    async with scripted_ollama() as gone:
        port = gone.port
    late, loop = scripted_ollama(speaker.answer, MODELS), asyncio.get_running_loop()
    late.port = port
    await move(desk, f"http://127.0.0.1:{port}")
    await ask_in_vain(desk)
    desk.click_control(Verb.FAILURE_ACTION, action="diagnose")
    await desk.until(lambda: at_rest(desk))
    started: list[str] = []

    def start(_installation: Installation, host: str) -> None:
        started.append(host)
        if len(started) == 1:
            raise StartFailed("exit code 1", code=1)
        asyncio.run_coroutine_threadsafe(late.__aenter__(), loop).result()

    desk.program.doctor.get()._start = start
    click(desk, "remedy.start")
    await desk.until(lambda: "Ollama stopped right after it was started" in lines(desk))
    click(desk, "remedy.start")
    await desk.until(lambda: button(desk, "askAgain"))
    assert started == [f"127.0.0.1:{port}"] * 2
    click(desk, "askAgain")
    await desk.until(lambda: desk.answer() == "Yes.")
    await late.__aexit__()


async def test_a_service_of_the_system_is_told_as_a_command(desk: Desk, speaker: Speaker, dead: int) -> None:
    await move(desk, f"http://127.0.0.1:{dead}", replace(INSTALLED, unit=UnitKind.SYSTEM))
    await ask_in_vain(desk)
    desk.click_control(Verb.FAILURE_ACTION, action="diagnose")
    await desk.until(lambda: at_rest(desk))
    assert button(desk, "remedy.start") is None
    click(desk, "remedy.run_command")
    click(desk, "copyCommand")
    assert QGuiApplication.clipboard().text() == "sudo systemctl start ollama"


async def test_it_looks_again_by_itself_once_the_server_answers(desk: Desk, speaker: Speaker, dead: int) -> None:
    assert speaker.server is not None
    moved = await move(desk, f"http://127.0.0.1:{dead}")
    desk.window._steps.doctor.open()
    await desk.until(lambda: at_rest(desk))
    back = replace(moved, base_url=speaker.server.url)
    await desk.program.servers.save(back)
    await desk.until(lambda: head(desk).startswith("Ollama responds at"))


async def test_a_missing_model_is_downloaded_from_the_card(desk: Desk, speaker: Speaker) -> None:
    assert speaker.server is not None
    await move(desk, speaker.server.url)
    gate = asyncio.Event()
    speaker.pulls["qwen3:8b"] = ScriptedPull(gate, size=5_000_000_000)
    presenter = desk.window._steps.doctor
    server = desk.program.servers.find("ollama")
    presenter._call(server, "qwen3:8b", "")
    await desk.until(lambda: at_rest(desk))
    assert "qwen3:8b is not available on this server" in lines(desk)
    click(desk, "remedy.pull_model")
    shown = card(desk)
    assert shown is not None
    meanings = shown.findChildren(Label, "findingMeaning")
    await desk.until(lambda: any(label.text().startswith("2.5 GB of 5.0 GB") for label in meanings))
    gate.set()
    await desk.until(lambda: "qwen3:8b is available" in lines(desk))


@pytest.mark.parametrize("way", ["a question", "another chat"])
async def test_a_card_with_nothing_wrong_goes_when_the_chat_goes_on(desk: Desk, speaker: Speaker, way: str) -> None:
    await desk.ask_and_wait("Hello")
    desk.window._steps.doctor.open()
    await desk.until(
        lambda: card(desk) is not None and at_rest(desk) and desk.window._steps.doctor._visit.has_found_all_well
    )
    if way == "a question":
        await desk.ask_and_wait("And now?")
    else:
        desk.click("newChat")
    await desk.until(lambda: card(desk) is None)


async def test_a_rejected_key_leads_to_its_field(desk: Desk, speaker: Speaker) -> None:
    async with scripted_openai(key="sk-RIGHT0123456789abc") as other:
        server = ServerConfig(
            "mine", "Mine", "custom", desk.program.servers.vendors["custom"].protocol, f"{other.url}/v1"
        )
        await desk.program.servers.save(server)
        await desk.program.servers.set_key(server, "sk-WRONG0123456789abc")
        desk.window._steps.doctor._call(server, "", "")
        await desk.until(lambda: at_rest(desk))
        assert head(desk) == "Mine rejected the API key"
        click(desk, "remedy.edit_key")
        await desk.until(lambda: desk.window.focusWidget() and desk.window.focusWidget().objectName() == "serverKey")


async def test_the_report_is_copied_without_secrets(desk: Desk, speaker: Speaker) -> None:
    canary = "sk-CANARY0123456789abcdef"
    async with ScriptedServer(lambda _: [reply({"error": {"message": f"no {canary}"}}, 401)]) as other:
        server = ServerConfig(
            "mine", "Mine", "custom", desk.program.servers.vendors["custom"].protocol, f"{other.url}/v1"
        )
        await desk.program.servers.save(server)
        await desk.program.servers.set_key(server, canary)
        desk.window._steps.doctor._call(server, "", "")
        await desk.until(lambda: at_rest(desk))
        click(desk, "copyReport")
    text = QGuiApplication.clipboard().text()
    assert "bad: key_rejected" in text
    assert canary not in text


async def test_it_can_be_stopped_and_closed(desk: Desk, speaker: Speaker) -> None:
    async with ScriptedServer(lambda _: [Hang()]) as other:
        await move(desk, other.url, asks=False)
        desk.window._steps.doctor.open()
        await desk.until(lambda: button(desk, "stopDoctor"))
        click(desk, "stopDoctor")
        await desk.until(lambda: at_rest(desk))
        click(desk, "closeDoctor")
        assert card(desk) is None
        assert desk.edit.hasFocus()


async def test_a_check_that_takes_too_long_ends_by_itself(desk: Desk, speaker: Speaker) -> None:
    async with ScriptedServer(lambda _: [Hang()]) as other:
        doctor = desk.program.doctor.get()
        doctor._check_seconds = {**CHECK_SECONDS, Check.ANSWERING: 0.2, Check.ELSEWHERE: 0.2}
        await move(desk, other.url, asks=False)
        desk.window._steps.doctor.open()
        await desk.until(lambda: at_rest(desk))
        assert any(line.startswith("No response within") for line in lines(desk))


async def test_a_file_of_authorities_is_chosen_on_the_card(desk: Desk, speaker: Speaker, tmp_path: Path) -> None:
    folder = CERTIFICATES
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(folder / "self_signed.pem")
    other = scripted_openai()
    other.tls = context
    with on_thread(other):  # Qt's loop keeps a connection that ends before its handshake
        server = ServerConfig(
            "mine", "Mine", "custom", desk.program.servers.vendors["custom"].protocol, f"{other.url}/v1"
        )
        await desk.program.servers.save(server)
        desk.window._steps.doctor._call(server, "", "")
        await desk.until(lambda: at_rest(desk))
        assert "The certificate is not from a trusted authority" in lines(desk)
        click(desk, "remedy.choose_authorities")
        dialog = desk.window.findChild(QFileDialog, "doctorAuthorities")
        assert dialog is not None
        dialog.fileSelected.emit(str(folder / "self_signed.pem"))
        dialog.close()
        await desk.until(lambda: head(desk).startswith("Mine responds at"))


async def test_the_picker_and_the_palette_lead_there_too(desk: Desk, speaker: Speaker, dead: int) -> None:
    await move(desk, f"http://127.0.0.1:{dead}")
    desk.window._picker.open_popup()
    found: QWidget = desk.part("doctorFromPicker")
    assert found.isVisible()
    QTest.mouseClick(found, Qt.MouseButton.LeftButton)
    await desk.until(lambda: card(desk))
    click(desk, "closeDoctor" if button(desk, "closeDoctor") else "stopDoctor")
    commands = desk.window.commands()
    next(command for command in commands if command.id == "doctor").run()
    await desk.until(lambda: card(desk))


async def test_another_chat_takes_the_card_of_a_failed_answer_away(desk: Desk, speaker: Speaker, dead: int) -> None:
    await move(desk, f"http://127.0.0.1:{dead}")
    await ask_in_vain(desk)
    desk.click_control(Verb.FAILURE_ACTION, action="diagnose")
    await desk.until(lambda: card(desk))
    desk.window.navigation.new_chat()
    await desk.until(lambda: card(desk) is None)


async def test_a_test_in_the_settings_that_fails_leads_to_the_doctor_there(
    desk: Desk, speaker: Speaker, dead: int
) -> None:
    assert speaker.server is not None
    told = replace(INSTALLED, is_running=True, hosts=(f"127.0.0.1:{speaker.server.port}",))
    await move(desk, f"http://127.0.0.1:{dead}", told)
    desk.window._places.show_server("ollama", "address")
    await desk.until(lambda: desk.window.focusWidget() and desk.window.focusWidget().objectName() == "serverAddress")
    buttons = desk.window.findChildren(QAbstractButton, "testServer")
    next(each for each in buttons if each.isVisible()).click()
    why = desk.window.findChildren(QAbstractButton, "findOutWhy")
    await desk.until(lambda: any(each.isVisible() for each in why))
    next(each for each in why if each.isVisible()).click()
    await desk.until(lambda: at_rest(desk))
    click(desk, "remedy.use_address")
    await desk.until(lambda: head(desk).startswith("Ollama responds at"))
    fields = desk.window.findChildren(QLineEdit, "serverAddress")
    assert speaker.server.url in [field.text() for field in fields if field.isVisible()]


async def test_the_page_of_models_leads_there_for_a_server(desk: Desk, speaker: Speaker, dead: int) -> None:
    await move(desk, f"http://127.0.0.1:{dead}")
    desk.click("modelsPage")
    await desk.until(lambda: desk.window._models_page._presenter)
    presenter = desk.window._models_page._presenter
    assert presenter is not None
    next(action for action in presenter._actions_of("ollama") if action.key == "doctor").act()
    await desk.until(lambda: at_rest(desk))
    assert "127.0.0.1" in head(desk)


async def test_what_is_typed_in_the_form_stays_while_the_doctor_mends_the_address(
    desk: Desk, speaker: Speaker, dead: int
) -> None:
    assert speaker.server is not None
    told = replace(INSTALLED, is_running=True, hosts=(f"127.0.0.1:{speaker.server.port}",))
    await move(desk, f"http://127.0.0.1:{dead}", told)
    desk.window._places.show_server("ollama", "address")
    await desk.until(lambda: desk.window.focusWidget() and desk.window.focusWidget().objectName() == "serverAddress")
    click_shown(desk, "testServer")
    await desk.until(lambda: shown(desk, QAbstractButton, "findOutWhy"))
    click_shown(desk, "findOutWhy")
    await desk.until(lambda: at_rest(desk))
    shown(desk, QLineEdit, "serverName")[0].setText("Mine")
    click(desk, "remedy.use_address")
    await desk.until(lambda: at_rest(desk) and head(desk).startswith("Ollama responds at"))
    assert shown(desk, QLineEdit, "serverName")[0].text() == "Mine"
    assert shown(desk, QLineEdit, "serverAddress")[0].text() == speaker.server.url
    click_shown(desk, "saveServer")
    await desk.until(lambda: desk.program.servers.find("ollama").name == "Mine")
    assert desk.program.servers.find("ollama").base_url == speaker.server.url

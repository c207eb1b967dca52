"""A server that cannot be reached: from the failed answer to the doctor, what mends it, and the question asked again. By clicks."""

import asyncio
import ssl
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QLineEdit, QListView

from chatdesk.features.chat.ui.transcript.controls import Verb
from chatdesk.features.servers.domain.diagnosis import Check
from chatdesk.features.servers.services.doctor.doctor import StartFailed
from chatdesk.features.servers.services.doctor.doctor_examination import CHECK_SECONDS
from chatdesk.kernel.servers.ollama_installation import Installation, UnitKind
from chatdesk.kernel.servers.server import ServerConfig
from chatdesk.ui_kit.widgets.label import Label
from tests.fakes.scripted_models import ScriptedPull, scripted_ollama, scripted_openai
from tests.fakes.scripted_server import Hang, ScriptedServer, on_thread, reply
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
from tests.gui.window.harness import MODELS, FakeModel, Harness
from tests.paths import CERTIFICATES


async def test_a_dead_port_leads_to_the_right_one_and_the_question_is_asked_again(
    harness: Harness, fake_model: FakeModel, dead: int
) -> None:
    assert fake_model.server is not None
    installation = replace(INSTALLED, is_running=True, hosts=(f"127.0.0.1:{fake_model.server.port}",))
    await move(harness, f"http://127.0.0.1:{dead}", installation)
    await ask_in_vain(harness)
    assert harness.notices()[-1] == "[Troubleshoot]"
    harness.click_control(Verb.FAILURE_ACTION, action="diagnose")
    await harness.until(lambda: at_rest(harness) and button(harness, "remedy.use_address"))
    assert head(harness) == f"Ollama does not respond at 127.0.0.1:{dead}"
    assert lines(harness) == [
        "Ollama 0.34.0 is installed",
        f"Ollama is running, but not on port {dead}",
        f"Ollama responds at {fake_model.server.url}",
    ]
    assert harness.transcript.isVisible(), "the chat stays readable"
    click(harness, "remedy.use_address")
    await harness.until(lambda: button(harness, "askAgain"))
    assert head(harness) == f"Ollama responds at 127.0.0.1:{fake_model.server.port}"
    click(harness, "askAgain")
    await harness.until(lambda: harness.answer() == "Yes.")
    assert card(harness) is None
    assert fake_model.last_question() == "Hello?"


async def test_the_card_stands_in_the_chat_in_the_place_of_the_notice(
    harness: Harness, fake_model: FakeModel, dead: int
) -> None:
    await move(harness, f"http://127.0.0.1:{dead}")
    await ask_in_vain(harness)
    view, index = harness.transcript, len(harness.messages()) - 1
    before = view.document.bottom(index) - view.document.top(index)
    harness.click_control(Verb.FAILURE_ACTION, action="diagnose")
    await harness.until(lambda: at_rest(harness))
    shown_card = card(harness)
    assert shown_card is not None
    assert shown_card.parentWidget() is view.viewport()
    spoken = QAccessible.queryAccessibleInterface(view)
    accessible_names = [spoken.child(number).text(QAccessible.Text.Name) for number in range(spoken.childCount())]
    assert accessible_names[-1] == head(harness), "a screen reader finds it behind the messages"
    assert harness.control(Verb.FAILURE_ACTION, action="diagnose") is None, (
        "what it was called with is not left pressed"
    )
    await harness.until(lambda: view.viewport().rect().contains(shown_card.geometry()))
    again = harness.control(Verb.REGENERATE)
    assert again is not None
    assert again.rect.top() >= shown_card.geometry().bottom(), "actions stand below it"
    assert harness.edit.isVisible()
    bar = view.verticalScrollBar()
    harness.window.resize(harness.window.width(), 380)
    await harness.until(lambda: bar.maximum() >= 10 and bar.value() == bar.maximum())
    place = shown_card.y()
    bar.setValue(bar.value() - 10)
    assert shown_card.y() == place + 10, "it moves with the page"
    bar.setValue(bar.maximum())
    click(harness, "closeDoctor")
    assert card(harness) is None
    assert harness.control(Verb.FAILURE_ACTION, action="diagnose") is not None
    assert view.document.bottom(index) - view.document.top(index) == before


async def test_the_keyboard_goes_through_the_card_and_back_to_the_chat(
    harness: Harness, fake_model: FakeModel, dead: int
) -> None:
    await move(harness, f"http://127.0.0.1:{dead}")
    await ask_in_vain(harness)
    harness.click_control(Verb.FAILURE_ACTION, action="diagnose")
    await harness.until(lambda: at_rest(harness))
    inside = card(harness)
    assert inside is not None
    assert inside.isAncestorOf(harness.window.focusWidget())
    reached = []
    for _ in range(12):
        if not inside.isAncestorOf(harness.window.focusWidget()):
            break
        reached.append(harness.window.focusWidget().objectName())
        QTest.keyClick(harness.window.focusWidget(), Qt.Key.Key_Tab)
    assert {"remedy.start", "remedy.edit_address", "copyReport", "checkAgain"} <= set(reached)
    assert not inside.isAncestorOf(harness.window.focusWidget())
    QTest.keyClick(harness.window.focusWidget(), Qt.Key.Key_Backtab)
    assert inside.isAncestorOf(harness.window.focusWidget())
    assert reached[-1] == "checkAgain"


async def test_another_version_of_the_answer_takes_the_card_away(
    harness: Harness, fake_model: FakeModel, dead: int
) -> None:
    await move(harness, f"http://127.0.0.1:{dead}")
    await ask_in_vain(harness)
    harness.click_control(Verb.FAILURE_ACTION, action="diagnose")
    await harness.until(lambda: at_rest(harness))
    harness.click_control(Verb.REGENERATE)
    await harness.until(lambda: card(harness) is None)
    await harness.until(lambda: harness.next_steps.doctor._visit is None)  # a turn of the loop later


async def test_without_an_answer_it_stands_over_the_composer(
    harness: Harness, fake_model: FakeModel, dead: int
) -> None:
    await move(harness, f"http://127.0.0.1:{dead}")
    harness.next_steps.doctor.open()
    await harness.until(lambda: at_rest(harness))
    over = card(harness)
    assert over is not None
    assert harness.chat_page.composer.isAncestorOf(over)


async def test_starting_ollama_leads_to_an_answer(harness: Harness, fake_model: FakeModel, dead: int) -> None:
    """It fails once; then it starts, where it is looked for."""
    async with scripted_ollama() as gone:
        port = gone.port
    late, loop = scripted_ollama(fake_model.answer, MODELS), asyncio.get_running_loop()
    late.port = port
    await move(harness, f"http://127.0.0.1:{port}")
    await ask_in_vain(harness)
    harness.click_control(Verb.FAILURE_ACTION, action="diagnose")
    await harness.until(lambda: at_rest(harness))
    started: list[str] = []

    def start(_installation: Installation, host: str) -> None:
        started.append(host)
        if len(started) == 1:
            raise StartFailed("exit code 1", code=1)
        asyncio.run_coroutine_threadsafe(late.__aenter__(), loop).result()

    harness.program.servers.doctor.get()._start = start
    click(harness, "remedy.start")
    await harness.until(lambda: "Ollama stopped right after it was started" in lines(harness))
    click(harness, "remedy.start")
    await harness.until(lambda: button(harness, "askAgain"))
    assert started == [f"127.0.0.1:{port}"] * 2
    click(harness, "askAgain")
    await harness.until(lambda: harness.answer() == "Yes.")
    await late.__aexit__()


async def test_a_service_of_the_system_is_reported_as_a_command(
    harness: Harness, fake_model: FakeModel, dead: int
) -> None:
    await move(harness, f"http://127.0.0.1:{dead}", replace(INSTALLED, unit=UnitKind.SYSTEM))
    await ask_in_vain(harness)
    harness.click_control(Verb.FAILURE_ACTION, action="diagnose")
    await harness.until(lambda: at_rest(harness))
    assert button(harness, "remedy.start") is None
    click(harness, "remedy.run_command")
    click(harness, "copyCommand")
    assert QGuiApplication.clipboard().text() == "sudo systemctl start ollama"


async def test_it_looks_again_by_itself_once_the_server_answers(
    harness: Harness, fake_model: FakeModel, dead: int
) -> None:
    assert fake_model.server is not None
    moved = await move(harness, f"http://127.0.0.1:{dead}")
    harness.next_steps.doctor.open()
    await harness.until(lambda: at_rest(harness))
    back = replace(moved, base_url=fake_model.server.url)
    await harness.program.servers.servers.save(back)
    await harness.until(lambda: head(harness).startswith("Ollama responds at"))


async def test_a_card_above_the_composer_closes_when_the_problem_is_solved(
    harness: Harness, fake_model: FakeModel, dead: int
) -> None:
    assert fake_model.server is not None
    installation = replace(INSTALLED, is_running=True, hosts=(f"127.0.0.1:{fake_model.server.port}",))
    await move(harness, f"http://127.0.0.1:{dead}", installation)
    harness.next_steps.doctor.open_for_server("ollama")
    await harness.until(lambda: at_rest(harness) and button(harness, "remedy.use_address"))
    click(harness, "remedy.use_address")
    await harness.until(lambda: card(harness) is None)
    assert harness.toast()[0] == f"Ollama responds at 127.0.0.1:{fake_model.server.port}."


async def test_another_chat_takes_a_card_above_the_composer_away(
    harness: Harness, fake_model: FakeModel, dead: int
) -> None:
    await harness.ask_and_wait("Hello")
    await move(harness, f"http://127.0.0.1:{dead}")
    harness.next_steps.doctor.open_for_server("ollama")
    await harness.until(lambda: at_rest(harness))
    assert card(harness).height() < harness.window.height() / 2
    harness.click("newChat")
    await harness.until(lambda: card(harness) is None)


async def test_a_missing_model_is_downloaded_from_the_card(harness: Harness, fake_model: FakeModel) -> None:
    assert fake_model.server is not None
    await move(harness, fake_model.server.url)
    gate = asyncio.Event()
    fake_model.pulls["qwen3:8b"] = ScriptedPull(gate, size=5_000_000_000)
    presenter = harness.next_steps.doctor
    server = harness.program.servers.servers.find("ollama")
    presenter._examine(server, "qwen3:8b", "")
    await harness.until(lambda: at_rest(harness))
    assert "qwen3:8b is not available on this server" in lines(harness)
    click(harness, "remedy.pull_model")
    shown = card(harness)
    assert shown is not None
    meanings = shown.findChildren(Label, "findingMeaning")
    await harness.until(lambda: any(label.text().startswith("2.5 GB of 5.0 GB") for label in meanings))
    gate.set()
    await harness.until(lambda: "qwen3:8b is available" in lines(harness))


@pytest.mark.parametrize("cause", ["a question", "another chat"])
async def test_a_card_with_nothing_wrong_goes_when_the_chat_goes_on(
    harness: Harness, fake_model: FakeModel, cause: str
) -> None:
    await harness.ask_and_wait("Hello")
    harness.next_steps.doctor.open()
    await harness.until(
        lambda: card(harness) is not None and at_rest(harness) and harness.next_steps.doctor._visit.found_no_problem
    )
    if cause == "a question":
        await harness.ask_and_wait("And now?")
    else:
        harness.click("newChat")
    await harness.until(lambda: card(harness) is None)


async def test_a_rejected_key_leads_to_its_field(harness: Harness, fake_model: FakeModel) -> None:
    async with scripted_openai(key="sk-RIGHT0123456789abc") as other:
        server = ServerConfig(
            "mine", "Mine", "custom", harness.program.servers.servers.vendors["custom"].protocol, f"{other.url}/v1"
        )
        await harness.program.servers.servers.save(server)
        await harness.program.servers.servers.set_key(server, "sk-WRONG0123456789abc")
        harness.next_steps.doctor._examine(server, "", "")
        await harness.until(lambda: at_rest(harness))
        assert head(harness) == "Mine rejected the API key"
        click(harness, "remedy.edit_key")
        await harness.until(
            lambda: harness.window.focusWidget() and harness.window.focusWidget().objectName() == "serverKey"
        )


async def test_the_report_is_copied_without_secrets(harness: Harness, fake_model: FakeModel) -> None:
    canary = "sk-CANARY0123456789abcdef"
    async with ScriptedServer(lambda _: [reply({"error": {"message": f"no {canary}"}}, 401)]) as other:
        server = ServerConfig(
            "mine", "Mine", "custom", harness.program.servers.servers.vendors["custom"].protocol, f"{other.url}/v1"
        )
        await harness.program.servers.servers.save(server)
        await harness.program.servers.servers.set_key(server, canary)
        harness.next_steps.doctor._examine(server, "", "")
        await harness.until(lambda: at_rest(harness))
        click(harness, "copyReport")
    text = QGuiApplication.clipboard().text()
    assert "bad: key_rejected" in text
    assert canary not in text


async def test_it_can_be_stopped_and_closed(harness: Harness, fake_model: FakeModel) -> None:
    async with ScriptedServer(lambda _: [Hang()]) as other:
        await move(harness, other.url, asks=False)
        harness.next_steps.doctor.open()
        await harness.until(lambda: button(harness, "stopDoctor"))
        click(harness, "stopDoctor")
        await harness.until(lambda: at_rest(harness))
        click(harness, "closeDoctor")
        assert card(harness) is None
        assert harness.edit.hasFocus()


async def test_a_check_that_takes_too_long_ends_by_itself(harness: Harness, fake_model: FakeModel) -> None:
    async with ScriptedServer(lambda _: [Hang()]) as other:
        doctor = harness.program.servers.doctor.get()
        doctor._check_seconds = {**CHECK_SECONDS, Check.ANSWERING: 0.2, Check.ELSEWHERE: 0.2}
        await move(harness, other.url, asks=False)
        harness.next_steps.doctor.open()
        await harness.until(lambda: at_rest(harness))
        assert any(line.startswith("No response within") for line in lines(harness))


async def test_a_file_of_authorities_is_chosen_on_the_card(
    harness: Harness, fake_model: FakeModel, tmp_path: Path
) -> None:
    folder = CERTIFICATES
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(folder / "self_signed.pem")
    other = scripted_openai()
    other.tls = context
    with on_thread(other):  # Qt's loop keeps a connection that ends before its handshake
        server = ServerConfig(
            "mine", "Mine", "custom", harness.program.servers.servers.vendors["custom"].protocol, f"{other.url}/v1"
        )
        await harness.program.servers.servers.save(server)
        harness.next_steps.doctor._examine(server, "", "")
        await harness.until(lambda: at_rest(harness))
        assert "The certificate is not from a trusted authority" in lines(harness)
        click(harness, "remedy.choose_authorities")
        dialog = harness.window.findChild(QFileDialog, "doctorAuthorities")
        assert dialog is not None
        dialog.fileSelected.emit(str(folder / "self_signed.pem"))
        dialog.close()
        await harness.until(lambda: head(harness).startswith("Mine responds at"))


async def test_the_picker_and_the_palette_lead_there_too(harness: Harness, fake_model: FakeModel, dead: int) -> None:
    await move(harness, f"http://127.0.0.1:{dead}")
    await harness.until(lambda: harness.models.server_failed)
    harness.window._picker.open_popup()
    rows = harness.part("modelList")
    assert isinstance(rows, QListView)
    model = rows.model()
    (stopped,) = [index for row in range(model.rowCount()) if (index := model.index(row, 0)).data() == "Ollama"]
    assert stopped.data(Qt.ItemDataRole.AccessibleTextRole) == "Ollama, Not running, Fix"
    QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=rows.visualRect(stopped).center())
    await harness.until(lambda: card(harness))
    click(harness, "closeDoctor" if button(harness, "closeDoctor") else "stopDoctor")
    commands = harness.window.commands()
    next(command for command in commands if command.id == "doctor").run()
    await harness.until(lambda: card(harness))


async def test_another_chat_takes_the_card_of_a_failed_answer_away(
    harness: Harness, fake_model: FakeModel, dead: int
) -> None:
    await move(harness, f"http://127.0.0.1:{dead}")
    await ask_in_vain(harness)
    harness.click_control(Verb.FAILURE_ACTION, action="diagnose")
    await harness.until(lambda: card(harness))
    harness.window.navigation.new_chat()
    await harness.until(lambda: card(harness) is None)


async def test_a_test_in_the_settings_that_fails_leads_to_the_doctor_there(
    harness: Harness, fake_model: FakeModel, dead: int
) -> None:
    assert fake_model.server is not None
    installation = replace(INSTALLED, is_running=True, hosts=(f"127.0.0.1:{fake_model.server.port}",))
    await move(harness, f"http://127.0.0.1:{dead}", installation)
    harness.router.show_server("ollama", "address")
    await harness.until(
        lambda: harness.window.focusWidget() and harness.window.focusWidget().objectName() == "serverAddress"
    )
    buttons = harness.window.findChildren(QAbstractButton, "testServer")
    next(each for each in buttons if each.isVisible()).click()
    why = harness.window.findChildren(QAbstractButton, "findOutWhy")
    await harness.until(lambda: any(each.isVisible() for each in why))
    next(each for each in why if each.isVisible()).click()
    await harness.until(lambda: at_rest(harness))
    click(harness, "remedy.use_address")
    await harness.until(lambda: card(harness) is None)
    fields = harness.window.findChildren(QLineEdit, "serverAddress")
    assert fake_model.server.url in [field.text() for field in fields if field.isVisible()]


async def test_the_page_of_models_leads_there_for_a_server(harness: Harness, fake_model: FakeModel, dead: int) -> None:
    await move(harness, f"http://127.0.0.1:{dead}")
    harness.click("modelsPage")
    await harness.until(lambda: harness.window._models_page.presenter)
    presenter = harness.window._models_page.presenter
    assert presenter is not None
    next(action for action in presenter._actions_of("ollama") if action.key == "doctor").act()
    await harness.until(lambda: at_rest(harness))
    assert "127.0.0.1" in head(harness)


async def test_what_is_typed_in_the_form_stays_while_the_doctor_mends_the_address(
    harness: Harness, fake_model: FakeModel, dead: int
) -> None:
    assert fake_model.server is not None
    installation = replace(INSTALLED, is_running=True, hosts=(f"127.0.0.1:{fake_model.server.port}",))
    await move(harness, f"http://127.0.0.1:{dead}", installation)
    harness.router.show_server("ollama", "address")
    await harness.until(
        lambda: harness.window.focusWidget() and harness.window.focusWidget().objectName() == "serverAddress"
    )
    click_shown(harness, "testServer")
    await harness.until(lambda: shown(harness, QAbstractButton, "findOutWhy"))
    click_shown(harness, "findOutWhy")
    await harness.until(lambda: at_rest(harness))
    shown(harness, QLineEdit, "serverName")[0].setText("Mine")
    click(harness, "remedy.use_address")
    await harness.until(lambda: at_rest(harness) and head(harness).startswith("Ollama responds at"))
    assert shown(harness, QLineEdit, "serverName")[0].text() == "Mine"
    assert shown(harness, QLineEdit, "serverAddress")[0].text() == fake_model.server.url
    click_shown(harness, "saveServer")
    await harness.until(lambda: harness.program.servers.servers.find("ollama").name == "Mine")
    assert harness.program.servers.servers.find("ollama").base_url == fake_model.server.url

"""The parameters of one chat, set by keys in the panel beside it."""

import asyncio
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit

from chatdesk.features.chat.ui.chat_settings.chat_settings_panel import ChatSettingsPanel
from chatdesk.kernel.chat.applied_presets import AppliedPreset
from chatdesk.kernel.models.model import ModelRef
from chatdesk.kernel.models.parameters import Parameters
from chatdesk.kernel.servers.server import Protocol
from chatdesk.ui_kit.widgets.label import Label
from tests.fakes.scripted_models import ScriptedModel, scripted_openai
from tests.gui.window.desk import Desk, Speaker


def toggle(desk: Desk) -> None:
    desk.press(Qt.Key.Key_Period, Qt.KeyboardModifier.ControlModifier)


def panel(desk: Desk) -> ChatSettingsPanel:
    found = desk.window.findChild(ChatSettingsPanel)
    assert found is not None
    return found


def line(desk: Desk, name: str) -> QLineEdit:
    return panel(desk).fields[name].edit


def note(desk: Desk, name: str) -> str:
    return line(desk, name).accessibleDescription()


def write(desk: Desk, name: str, text: str) -> None:
    edit = line(desk, name)
    edit.setFocus(Qt.FocusReason.TabFocusReason)
    edit.selectAll()
    QTest.keyClicks(edit, text)
    QTest.keyClick(edit, Qt.Key.Key_Return)


async def test_what_is_set_is_sent_and_kept_with_the_chat_alone(desk: Desk, speaker: Speaker) -> None:
    await desk.ask_and_wait("Hi")
    first = desk.chat()
    toggle(desk)
    assert line(desk, "temperature").hasFocus()
    write(desk, "temperature", "0.3")
    write(desk, "stop", r"###, \n")
    write(desk, "keep_alive", "10m")
    await desk.until(lambda: desk.program.conversations.get(first).parameters.keep_alive == "10m")
    await desk.ask_and_wait("Resume")
    assert speaker.asked[-1]["options"] == {"num_ctx": 4096, "temperature": 0.3, "stop": ["###", "\n"]}
    assert speaker.asked[-1]["keep_alive"] == "10m"
    desk.press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    await desk.until(lambda: line(desk, "temperature").text() == "")
    await desk.ask_and_wait("Another chat")
    assert speaker.asked[-1]["options"] == {"num_ctx": 4096}
    await desk.window._chat.open(first)
    await desk.until(lambda: line(desk, "temperature").text() == "0.3")


async def test_a_new_chat_can_be_set_before_its_first_question(desk: Desk, speaker: Speaker) -> None:
    toggle(desk)
    write(desk, "seed", "7")
    await desk.ask_and_wait("Hi")
    assert speaker.asked[-1]["options"] == {"num_ctx": 4096, "seed": 7}
    assert desk.program.conversations.get(desk.chat()).parameters == Parameters(seed=7)
    desk.press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    await desk.ask_and_wait("Another chat")
    assert "seed" not in speaker.asked[-1]["options"]


async def test_what_cannot_be_is_told_and_changes_nothing(desk: Desk) -> None:
    await desk.ask_and_wait("Hi")
    toggle(desk)
    for name, text, words in (
        ("temperature", "9", "Enter a number from 0 to 5"),
        ("top_k", "1.5", "Enter a whole number from 0 to"),
        ("keep_alive", "soon", "Enter a time such as 10m"),
        ("format", "yaml", "Enter json"),
    ):
        write(desk, name, text)
        assert words in note(desk, name)
        assert line(desk, name).text() == text
    assert desk.program.conversations.get(desk.chat()).parameters == Parameters()


async def test_a_value_is_taken_back_by_its_button_and_all_of_them_by_one(desk: Desk) -> None:
    await desk.ask_and_wait("Hi")
    toggle(desk)
    for name, text in (("temperature", "1"), ("seed", "7"), ("format", "json")):
        write(desk, name, text)
    own = lambda: desk.program.conversations.get(desk.chat()).parameters  # noqa: E731
    await desk.until(lambda: own() == Parameters(temperature=1.0, seed=7, format="json"))
    desk.part("reset.seed").click()
    await desk.until(lambda: own() == Parameters(temperature=1.0, format="json"))
    assert line(desk, "seed").text() == ""
    desk.part("resetParameters").click()
    await desk.until(lambda: own() == Parameters())
    await desk.until(lambda: line(desk, "temperature").text() == "")


async def test_where_a_value_comes_from_is_said_while_none_is_set(desk: Desk, speaker: Speaker) -> None:
    await desk.ask_and_wait("Hi")
    preset = AppliedPreset("own:calm", "Calm", parameters=Parameters(temperature=0.1))
    await desk.program.conversations.set_preset(desk.chat(), preset)
    first = desk.chat()
    desk.press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    await desk.window._chat.open(first)
    toggle(desk)
    assert line(desk, "temperature").placeholderText() == "0.1"
    assert note(desk, "temperature") == "From the preset “Calm”"
    assert line(desk, "top_p").placeholderText() == "Default"
    assert line(desk, "num_ctx").placeholderText() == "4096"
    write(desk, "temperature", "0.9")
    await desk.until(lambda: desk.program.conversations.get(desk.chat()).parameters.temperature == 0.9)
    await desk.ask_and_wait("Resume")
    assert speaker.asked[-1]["options"]["temperature"] == 0.9


async def test_what_a_server_does_not_know_is_said_not_to_be_sent(desk: Desk) -> None:
    async with scripted_openai(models=[ScriptedModel("scripted:1b")]) as elsewhere:
        ours = next(server for server in desk.program.servers.enabled() if server.protocol is Protocol.OLLAMA)
        await desk.program.servers.save(
            replace(
                ours, name="Elsewhere", vendor_id="mistral", protocol=Protocol.OPENAI, base_url=f"{elsewhere.url}/v1"
            )
        )
        await desk.program.models.refresh()
        desk.window._models.choose(ModelRef(ours.id, "scripted:1b"))
        desk.click("chatSettingsToggle")
        await desk.until(lambda: "Not supported by" in note(desk, "top_k"))
    assert note(desk, "top_k") == "Not supported by Elsewhere"
    assert "Not supported by" in note(desk, "num_ctx")
    assert "Not supported by" not in note(desk, "temperature")


async def test_typing_is_kept_without_leaving_the_line_and_when_the_panel_goes(desk: Desk) -> None:
    await desk.ask_and_wait("Hi")
    toggle(desk)
    QTest.keyClicks(line(desk, "temperature"), "0.4")
    QTest.keyClick(line(desk, "temperature"), Qt.Key.Key_Escape)
    await desk.until(lambda: desk.program.conversations.get(desk.chat()).parameters.temperature == 0.4)
    assert not panel(desk).isVisible()
    assert desk.edit.hasFocus()


async def test_a_model_in_memory_is_unloaded_and_said_to_be(desk: Desk, speaker: Speaker) -> None:
    toggle(desk)
    memory = desk.part("modelMemory")
    assert isinstance(memory, Label)
    await desk.until(lambda: memory.text().startswith("Loaded until"))
    desk.part("unloadModel").click()
    await desk.until(lambda: memory.text() == "Not loaded. It is loaded with the next question.")
    assert not desk.part("unloadModel").isVisible()
    gate = asyncio.Event()
    speaker.says("Yes", gate)
    desk.ask("Are you there again?")
    await desk.until(lambda: desk.answer() == "Yes")
    await asyncio.sleep(0.1)
    gate.set()
    await desk.until(lambda: memory.text().startswith("Loaded until"))


async def test_the_list_of_models_says_what_is_in_memory_when_it_is_opened(desk: Desk, speaker: Speaker) -> None:
    await desk.ask_and_wait("Hi")
    assert speaker.server is not None
    asked = [request.path for request in speaker.server.requests].count("/api/ps")
    desk.press(Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    await desk.until(lambda: [request.path for request in speaker.server.requests].count("/api/ps") == asked + 1)
    rows = desk.part("modelList").model()
    said = [str(rows.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole)) for row in range(rows.rowCount())]
    assert any(words.startswith("scripted:1b") and "loaded" in words for words in said)
    assert any(words.startswith("thinker:8b") and "loaded" not in words for words in said)


async def test_the_panel_stands_beside_the_outline_and_the_toggle_shows_that_it_is_open(desk: Desk) -> None:
    await desk.ask_and_wait("Hi")
    button = desk.part("chatSettingsToggle")
    button.click()
    assert panel(desk).isVisible()
    assert button.isChecked()
    desk.part("outlineToggle").click()
    assert desk.part("outline").isVisible()
    assert panel(desk).isVisible()
    desk.part("closeChatSettings").click()
    assert not button.isChecked()


async def test_what_is_being_typed_belongs_to_the_chat_it_is_typed_for(desk: Desk, speaker: Speaker) -> None:
    await desk.ask_and_wait("Hi")
    first = desk.chat()
    toggle(desk)
    line(desk, "temperature").setFocus()
    QTest.keyClicks(line(desk, "temperature"), "0.7")
    desk.window._chat.new_chat()
    assert line(desk, "temperature").text() == ""
    await desk.until(lambda: desk.program.conversations.get(first).parameters.temperature == 0.7)
    await desk.ask_and_wait("Another chat")
    assert "temperature" not in speaker.asked[-1]["options"]


async def test_tab_goes_from_line_to_line_and_what_is_typed_stays_in_the_panel(desk: Desk) -> None:
    toggle(desk)
    names = list(panel(desk).fields)
    for value in ("0.9", "20"):
        QTest.keyClicks(QApplication.focusWidget(), value)
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert [line(desk, name).text() for name in names[:3]] == ["0.9", "20", ""]
    assert line(desk, names[2]).hasFocus()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Backtab)
    assert QApplication.focusWidget().objectName() == f"reset.{names[1]}"
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    assert line(desk, names[1]).text() == ""
    assert line(desk, names[1]).hasFocus()


async def test_what_is_typed_at_a_button_of_the_panel_goes_into_no_message(desk: Desk) -> None:
    toggle(desk)
    write(desk, "temperature", "0.9")
    for name in ("reset.temperature", "closeChatSettings"):
        button = panel(desk).findChild(QAbstractButton, name)
        button.setFocus(Qt.FocusReason.TabFocusReason)
        QTest.keyClicks(button, "20")
        assert button.hasFocus()
    assert desk.edit.toPlainText() == ""

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
from chatdesk.kernel.servers.server import ServerProtocol
from chatdesk.ui_kit.widgets.label import Label
from tests.fakes.scripted_models import ScriptedModel, scripted_openai
from tests.gui.window.harness import FakeModel, Harness


def toggle(harness: Harness) -> None:
    harness.press(Qt.Key.Key_Period, Qt.KeyboardModifier.ControlModifier)


def panel(harness: Harness) -> ChatSettingsPanel:
    found = harness.window.findChild(ChatSettingsPanel)
    assert found is not None
    return found


def line(harness: Harness, name: str) -> QLineEdit:
    return panel(harness).fields[name].edit


def note(harness: Harness, name: str) -> str:
    return line(harness, name).accessibleDescription()


def write(harness: Harness, name: str, text: str) -> None:
    edit = line(harness, name)
    edit.setFocus(Qt.FocusReason.TabFocusReason)
    edit.selectAll()
    QTest.keyClicks(edit, text)
    QTest.keyClick(edit, Qt.Key.Key_Return)


async def test_what_is_set_is_sent_and_kept_with_the_chat_alone(harness: Harness, fake_model: FakeModel) -> None:
    await harness.ask_and_wait("Hi")
    first = harness.chat()
    toggle(harness)
    assert line(harness, "temperature").hasFocus()
    write(harness, "temperature", "0.3")
    write(harness, "stop", r"###, \n")
    write(harness, "keep_alive", "10m")
    await harness.until(lambda: harness.program.chat.conversations.get(first).parameters.keep_alive == "10m")
    await harness.ask_and_wait("Resume")
    assert fake_model.asked[-1]["options"] == {"num_ctx": 4096, "temperature": 0.3, "stop": ["###", "\n"]}
    assert fake_model.asked[-1]["keep_alive"] == "10m"
    harness.press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    await harness.until(lambda: line(harness, "temperature").text() == "")
    await harness.ask_and_wait("Another chat")
    assert fake_model.asked[-1]["options"] == {"num_ctx": 4096}
    await harness.window._chat.open(first)
    await harness.until(lambda: line(harness, "temperature").text() == "0.3")


async def test_a_new_chat_can_be_set_before_its_first_question(harness: Harness, fake_model: FakeModel) -> None:
    toggle(harness)
    write(harness, "seed", "7")
    await harness.ask_and_wait("Hi")
    assert fake_model.asked[-1]["options"] == {"num_ctx": 4096, "seed": 7}
    assert harness.program.chat.conversations.get(harness.chat()).parameters == Parameters(seed=7)
    harness.press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    await harness.ask_and_wait("Another chat")
    assert "seed" not in fake_model.asked[-1]["options"]


async def test_what_cannot_be_is_told_and_changes_nothing(harness: Harness) -> None:
    await harness.ask_and_wait("Hi")
    toggle(harness)
    for name, text, words in (
        ("temperature", "9", "Enter a number from 0 to 5"),
        ("top_k", "1.5", "Enter a whole number from 0 to"),
        ("keep_alive", "soon", "Enter a time such as 10m"),
        ("format", "yaml", "Enter json"),
    ):
        write(harness, name, text)
        assert words in note(harness, name)
        assert line(harness, name).text() == text
    assert harness.program.chat.conversations.get(harness.chat()).parameters == Parameters()


async def test_a_value_is_taken_back_by_its_button_and_all_of_them_by_one(harness: Harness) -> None:
    await harness.ask_and_wait("Hi")
    toggle(harness)
    for name, text in (("temperature", "1"), ("seed", "7"), ("format", "json")):
        write(harness, name, text)
    own = lambda: harness.program.chat.conversations.get(harness.chat()).parameters  # noqa: E731
    await harness.until(lambda: own() == Parameters(temperature=1.0, seed=7, format="json"))
    harness.part("reset.seed").click()
    await harness.until(lambda: own() == Parameters(temperature=1.0, format="json"))
    assert line(harness, "seed").text() == ""
    harness.part("resetParameters").click()
    await harness.until(lambda: own() == Parameters())
    await harness.until(lambda: line(harness, "temperature").text() == "")


async def test_where_a_value_comes_from_is_said_while_none_is_set(harness: Harness, fake_model: FakeModel) -> None:
    await harness.ask_and_wait("Hi")
    preset = AppliedPreset("own:calm", "Calm", parameters=Parameters(temperature=0.1))
    await harness.program.chat.conversations.set_preset(harness.chat(), preset)
    first = harness.chat()
    harness.press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    await harness.window._chat.open(first)
    toggle(harness)
    assert line(harness, "temperature").placeholderText() == "0.1"
    assert note(harness, "temperature") == "From the preset “Calm”"
    assert line(harness, "top_p").placeholderText() == "Default"
    assert line(harness, "num_ctx").placeholderText() == "4096"
    write(harness, "temperature", "0.9")
    await harness.until(lambda: harness.program.chat.conversations.get(harness.chat()).parameters.temperature == 0.9)
    await harness.ask_and_wait("Resume")
    assert fake_model.asked[-1]["options"]["temperature"] == 0.9


async def test_what_a_server_does_not_know_is_said_not_to_be_sent(harness: Harness) -> None:
    async with scripted_openai(models=[ScriptedModel("scripted:1b")]) as elsewhere:
        ours = next(
            server for server in harness.program.servers.servers.enabled() if server.protocol is ServerProtocol.OLLAMA
        )
        await harness.program.servers.servers.save(
            replace(
                ours,
                name="Elsewhere",
                vendor_id="mistral",
                protocol=ServerProtocol.OPENAI,
                base_url=f"{elsewhere.url}/v1",
            )
        )
        await harness.program.servers.models.refresh()
        harness.window._models.choose(ModelRef(ours.id, "scripted:1b"))
        harness.click("chatSettingsToggle")
        await harness.until(lambda: "Not supported by" in note(harness, "top_k"))
    assert note(harness, "top_k") == "Not supported by Elsewhere"
    assert "Not supported by" in note(harness, "num_ctx")
    assert "Not supported by" not in note(harness, "temperature")


async def test_typing_is_kept_without_leaving_the_line_and_when_the_panel_goes(harness: Harness) -> None:
    await harness.ask_and_wait("Hi")
    toggle(harness)
    QTest.keyClicks(line(harness, "temperature"), "0.4")
    QTest.keyClick(line(harness, "temperature"), Qt.Key.Key_Escape)
    await harness.until(lambda: harness.program.chat.conversations.get(harness.chat()).parameters.temperature == 0.4)
    assert not panel(harness).isVisible()
    assert harness.edit.hasFocus()


async def test_a_model_in_memory_is_unloaded_and_said_to_be(harness: Harness, fake_model: FakeModel) -> None:
    toggle(harness)
    memory = harness.part("modelMemory")
    assert isinstance(memory, Label)
    await harness.until(lambda: memory.text().startswith("Loaded until"))
    harness.part("unloadModel").click()
    await harness.until(lambda: memory.text() == "Not loaded. It is loaded with the next question.")
    assert not harness.part("unloadModel").isVisible()
    gate = asyncio.Event()
    fake_model.says("Yes", gate)
    harness.ask("Are you there again?")
    await harness.until(lambda: harness.answer() == "Yes")
    await asyncio.sleep(0.1)
    gate.set()
    await harness.until(lambda: memory.text().startswith("Loaded until"))


async def test_the_list_of_models_says_what_is_in_memory_when_it_is_opened(
    harness: Harness, fake_model: FakeModel
) -> None:
    await harness.ask_and_wait("Hi")
    assert fake_model.server is not None
    asked = [request.path for request in fake_model.server.requests].count("/api/ps")
    harness.press(Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    await harness.until(lambda: [request.path for request in fake_model.server.requests].count("/api/ps") == asked + 1)
    rows = harness.part("modelList").model()
    said = [str(rows.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole)) for row in range(rows.rowCount())]
    assert any(words.startswith("scripted:1b") and "loaded" in words for words in said)
    assert any(words.startswith("thinker:8b") and "loaded" not in words for words in said)


async def test_the_panel_stands_beside_the_outline_and_the_toggle_shows_that_it_is_open(harness: Harness) -> None:
    await harness.ask_and_wait("Hi")
    button = harness.part("chatSettingsToggle")
    button.click()
    assert panel(harness).isVisible()
    assert button.isChecked()
    harness.part("outlineToggle").click()
    assert harness.part("outline").isVisible()
    assert panel(harness).isVisible()
    harness.part("closeChatSettings").click()
    assert not button.isChecked()


async def test_what_is_being_typed_belongs_to_the_chat_it_is_typed_for(harness: Harness, fake_model: FakeModel) -> None:
    await harness.ask_and_wait("Hi")
    first = harness.chat()
    toggle(harness)
    line(harness, "temperature").setFocus()
    QTest.keyClicks(line(harness, "temperature"), "0.7")
    harness.window._chat.new_chat()
    assert line(harness, "temperature").text() == ""
    await harness.until(lambda: harness.program.chat.conversations.get(first).parameters.temperature == 0.7)
    await harness.ask_and_wait("Another chat")
    assert "temperature" not in fake_model.asked[-1]["options"]


async def test_tab_goes_from_line_to_line_and_what_is_typed_stays_in_the_panel(harness: Harness) -> None:
    toggle(harness)
    names = list(panel(harness).fields)
    for value in ("0.9", "20"):
        QTest.keyClicks(QApplication.focusWidget(), value)
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert [line(harness, name).text() for name in names[:3]] == ["0.9", "20", ""]
    assert line(harness, names[2]).hasFocus()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Backtab)
    assert QApplication.focusWidget().objectName() == f"reset.{names[1]}"
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    assert line(harness, names[1]).text() == ""
    assert line(harness, names[1]).hasFocus()


async def test_what_is_typed_at_a_button_of_the_panel_goes_into_no_message(harness: Harness) -> None:
    toggle(harness)
    write(harness, "temperature", "0.9")
    for name in ("reset.temperature", "closeChatSettings"):
        button = panel(harness).findChild(QAbstractButton, name)
        button.setFocus(Qt.FocusReason.TabFocusReason)
        QTest.keyClicks(button, "20")
        assert button.hasFocus()
    assert harness.edit.toPlainText() == ""

"""The settings of one chat, set by keys in the panel beside it."""

import asyncio
from dataclasses import replace

from PySide6.QtCore import QLocale, QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget

from chatdesk.features.chat.ui.chat_settings.chat_settings_panel import ChatSettingsPanel
from chatdesk.features.presets.ui.use.preset_popup import PresetPopup
from chatdesk.kernel.chat.applied_presets import AppliedPreset
from chatdesk.kernel.chat.conversation import Conversation
from chatdesk.kernel.chat.instructions import MAX_INSTRUCTIONS_LENGTH, AnswerLength
from chatdesk.kernel.models.model import ModelRef
from chatdesk.kernel.models.parameters import Parameters
from chatdesk.kernel.servers.server import ServerProtocol
from chatdesk.kernel.settings.declarations import CHAT_SETTINGS_ADVANCED
from chatdesk.ui_kit.forms.folding_edit import FoldingEdit
from chatdesk.ui_kit.widgets.label import Label
from tests.fakes.scripted_models import ScriptedModel, scripted_openai
from tests.gui.window.harness import FakeModel, Harness


def toggle(harness: Harness) -> None:
    harness.press(Qt.Key.Key_Period, Qt.KeyboardModifier.ControlModifier)


def open_advanced(harness: Harness) -> None:
    if not harness.chat_page.side_panel.pane:
        toggle(harness)
    if not line(harness, "temperature").isVisible():
        harness.click("advancedChatSettings")


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
    open_advanced(harness)
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
    await harness.chat_presenter.open(first)
    await harness.until(lambda: line(harness, "temperature").text() == "0.3")


async def test_a_new_chat_can_be_set_before_its_first_question(harness: Harness, fake_model: FakeModel) -> None:
    open_advanced(harness)
    write(harness, "seed", "7")
    await harness.ask_and_wait("Hi")
    assert fake_model.asked[-1]["options"] == {"num_ctx": 4096, "seed": 7}
    assert harness.program.chat.conversations.get(harness.chat()).parameters == Parameters(seed=7)
    harness.press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    await harness.ask_and_wait("Another chat")
    assert "seed" not in fake_model.asked[-1]["options"]


async def test_what_cannot_be_is_reported_and_changes_nothing(harness: Harness) -> None:
    await harness.ask_and_wait("Hi")
    open_advanced(harness)
    for name, text, content in (
        ("temperature", "9", "Enter a number from 0 to 5"),
        ("top_k", "1.5", "Enter a whole number from 0 to"),
        ("keep_alive", "soon", "Enter a time such as 10m"),
        ("format", "yaml", "Enter json"),
    ):
        write(harness, name, text)
        assert content in note(harness, name)
        assert line(harness, name).text() == text
    assert harness.program.chat.conversations.get(harness.chat()).parameters == Parameters()


async def test_a_value_is_taken_back_by_its_button_and_all_of_them_by_one(harness: Harness) -> None:
    await harness.ask_and_wait("Hi")
    open_advanced(harness)
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
    await harness.chat_presenter.open(first)
    open_advanced(harness)
    assert line(harness, "temperature").placeholderText() == "0.1"
    assert note(harness, "temperature") == "From the preset “Calm”"
    assert line(harness, "top_p").placeholderText() == "Default"
    assert line(harness, "num_ctx").placeholderText() == "4096"
    write(harness, "temperature", "0.9")
    await harness.until(lambda: harness.program.chat.conversations.get(harness.chat()).parameters.temperature == 0.9)
    await harness.ask_and_wait("Resume")
    assert fake_model.asked[-1]["options"]["temperature"] == 0.9


async def test_what_the_provider_lacks_is_not_shown(harness: Harness) -> None:
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
        harness.models.choose(ModelRef(ours.id, "scripted:1b"))
        open_advanced(harness)
        await harness.until(lambda: not line(harness, "top_k").isVisible())
    assert not line(harness, "num_ctx").isVisible()
    assert line(harness, "temperature").isVisible()


async def test_typing_is_kept_without_leaving_the_line_and_when_the_panel_goes(harness: Harness) -> None:
    await harness.ask_and_wait("Hi")
    open_advanced(harness)
    line(harness, "temperature").setFocus()
    QTest.keyClicks(line(harness, "temperature"), "0.4")
    QTest.keyClick(line(harness, "temperature"), Qt.Key.Key_Escape)
    await harness.until(lambda: harness.program.chat.conversations.get(harness.chat()).parameters.temperature == 0.4)
    assert not panel(harness).isVisible()
    assert harness.edit.hasFocus()


async def test_a_model_in_memory_is_unloaded_and_said_to_be(harness: Harness, fake_model: FakeModel) -> None:
    open_advanced(harness)
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
    assert any(text.startswith("scripted:1b") and "loaded" in text for text in said)
    assert any(text.startswith("thinker:8b") and "loaded" not in text for text in said)


async def test_what_is_being_typed_belongs_to_the_chat_it_is_typed_for(harness: Harness, fake_model: FakeModel) -> None:
    await harness.ask_and_wait("Hi")
    first = harness.chat()
    open_advanced(harness)
    line(harness, "temperature").setFocus()
    QTest.keyClicks(line(harness, "temperature"), "0.7")
    harness.chat_presenter.new_chat()
    assert line(harness, "temperature").text() == ""
    await harness.until(lambda: harness.program.chat.conversations.get(first).parameters.temperature == 0.7)
    await harness.ask_and_wait("Another chat")
    assert "temperature" not in fake_model.asked[-1]["options"]


async def test_tab_goes_from_line_to_line_and_what_is_typed_stays_in_the_panel(harness: Harness) -> None:
    open_advanced(harness)
    names = list(panel(harness).fields)
    line(harness, names[0]).setFocus()
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
    open_advanced(harness)
    write(harness, "temperature", "0.9")
    for name in ("reset.temperature", "closeSidePanel"):
        button = harness.window.findChild(QAbstractButton, name)
        button.setFocus(Qt.FocusReason.TabFocusReason)
        QTest.keyClicks(button, "20")
        assert button.hasFocus()
    assert harness.edit.toPlainText() == ""


def instructions(harness: Harness) -> FoldingEdit:
    found = harness.part("chatInstructions")
    assert isinstance(found, FoldingEdit)
    return found


def own(harness: Harness) -> Conversation:
    return harness.program.chat.conversations.get(harness.chat())


def segment(harness: Harness, row: str, label: str) -> QAbstractButton:
    return next(each for each in harness.part(row).findChildren(QAbstractButton) if each.text() == label)


def system_message(fake_model: FakeModel) -> str:
    return "".join(each["content"] for each in fake_model.asked[-1]["messages"] if each["role"] == "system")


async def test_undo_never_brings_the_instructions_of_another_chat(harness: Harness) -> None:
    await harness.ask_and_wait("First chat")
    toggle(harness)
    QTest.keyClicks(instructions(harness), "Rhyme")
    QTest.keyClick(instructions(harness), Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(instructions(harness), Qt.Key.Key_Delete)
    harness.press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(instructions(harness), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert instructions(harness).text() == ""


async def test_instructions_are_written_first_and_sent_with_every_question(
    harness: Harness, fake_model: FakeModel
) -> None:
    toggle(harness)
    assert instructions(harness).hasFocus()
    QTest.keyClicks(instructions(harness), "In Latin.")
    await harness.ask_and_wait("Hi")  # at once: what was just typed goes along
    assert system_message(fake_model) == "In Latin."
    assert own(harness).instructions == "In Latin."
    await harness.ask_and_wait("Again")
    assert system_message(fake_model) == "In Latin."
    harness.press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert instructions(harness).text() == ""


async def test_instructions_are_saved_while_the_keys_never_rest(harness: Harness, fake_model: FakeModel) -> None:
    await harness.ask_and_wait("Hi")
    toggle(harness)
    await harness.until(lambda: QTest.keyClicks(instructions(harness), "x") or own(harness).instructions)
    written = own(harness).instructions
    await harness.until(lambda: QTest.keyClicks(instructions(harness), "y") or own(harness).instructions != written)
    assert instructions(harness).text().startswith(own(harness).instructions)


async def test_instructions_of_one_chat_are_shown_with_it_alone(harness: Harness) -> None:
    await harness.ask_and_wait("Hi")
    first = harness.chat()
    toggle(harness)
    QTest.keyClicks(instructions(harness), "In Latin.")
    harness.press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert instructions(harness).text() == ""
    await harness.chat_presenter.open(first)
    assert instructions(harness).text() == "In Latin."


async def test_a_length_is_asked_for_in_the_instructions(harness: Harness, fake_model: FakeModel) -> None:
    toggle(harness)
    segment(harness, "answerLength", "Short").click()
    await harness.ask_and_wait("Hi")
    assert system_message(fake_model) == AnswerLength.SHORT.sentence
    assert own(harness).answer_length is AnswerLength.SHORT
    segment(harness, "answerLength", "Default").click()
    await harness.ask_and_wait("Again")
    assert system_message(fake_model) == ""


async def test_creativity_is_a_temperature_and_default_sends_none(harness: Harness, fake_model: FakeModel) -> None:
    toggle(harness)
    segment(harness, "creativity", "Precise").click()
    await harness.ask_and_wait("Hi")
    assert fake_model.asked[-1]["options"]["temperature"] == 0.3
    segment(harness, "creativity", "Default").click()
    await harness.ask_and_wait("Again")
    assert "temperature" not in fake_model.asked[-1]["options"]


async def test_a_number_set_by_hand_is_the_fifth_word_of_creativity(harness: Harness) -> None:
    open_advanced(harness)
    write(harness, "temperature", "0.42")
    assert segment(harness, "creativity", "0.42").isChecked()
    segment(harness, "creativity", "Balanced").click()
    assert line(harness, "temperature").text() == "0.7"
    assert "0.42" not in [
        each.text() for each in harness.part("creativity").findChildren(QAbstractButton) if each.isVisible()
    ]


async def test_reasoning_is_offered_for_a_model_that_has_it(harness: Harness, fake_model: FakeModel) -> None:
    toggle(harness)
    await harness.until(lambda: harness.models.chosen)
    assert not harness.part("chatThinking").isVisible()
    harness.choose_model("thinker:8b")
    await harness.until(lambda: harness.part("chatThinking").isVisible())
    segment(harness, "chatThinking", "Off").click()
    await harness.ask_and_wait("Hi")
    assert fake_model.asked[-1]["think"] is False


async def test_advanced_is_folded_counts_what_is_changed_and_stays_as_it_was_left(harness: Harness) -> None:
    toggle(harness)
    assert not line(harness, "top_k").isVisible()
    open_advanced(harness)
    write(harness, "top_k", "20")
    assert harness.part("advancedChatSettings")._end == "1 changed"
    assert harness.program.settings.get(CHAT_SETTINGS_ADVANCED)
    harness.part("reset.top_k").click()
    assert harness.part("advancedChatSettings")._end == ""


async def test_an_error_keeps_advanced_open(harness: Harness) -> None:
    open_advanced(harness)
    write(harness, "top_k", "many")
    harness.click("advancedChatSettings")
    assert line(harness, "top_k").isVisible()
    assert line(harness, "top_k").hasFocus()


async def test_the_wheel_changes_nothing(harness: Harness) -> None:
    open_advanced(harness)
    write(harness, "top_k", "20")
    before = own_settings(harness)
    for name in ("creativity", "answerLength", "parameter.top_k", "parameter.temperature"):
        turn_wheel(harness.part(name))
    assert own_settings(harness) == before


def own_settings(harness: Harness) -> Conversation:
    return harness.chat_presenter.conversation


def turn_wheel(widget: QWidget) -> None:
    position = QPointF(widget.rect().center())
    no_buttons, no_keys = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
    event = QWheelEvent(
        position,
        QPointF(widget.mapToGlobal(position)),
        QPoint(),
        QPoint(0, -120),
        no_buttons,
        no_keys,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget, event)


async def test_instructions_are_saved_as_a_preset_without_leaving_the_chat(harness: Harness) -> None:
    toggle(harness)
    button = harness.part("saveInstructionsAsPreset")
    assert not button.isEnabled()
    QTest.keyClicks(instructions(harness), "Answer in {{Latin}}. Be brief.")
    button.click()
    await harness.until(lambda: "Saved as preset “Answer in {{Latin}}”" in harness.toast())
    preset = next(each for each in harness.program.presets.presets.all() if each.name == "Answer in {{Latin}}")
    applied = AppliedPreset.of(preset)
    assert applied.system_text({}) == "Answer in {{Latin}}. Be brief."
    assert panel(harness).isVisible()


async def test_a_preset_is_chosen_from_the_list_that_the_slash_opens(harness: Harness) -> None:
    toggle(harness)
    harness.click("usePreset")
    await harness.until(lambda: (popup := harness.window.findChild(PresetPopup)) and popup.isVisible())


async def test_instructions_that_are_too_long_are_marked_and_not_sent(harness: Harness, fake_model: FakeModel) -> None:
    toggle(harness)
    instructions(harness).set_text("x" * (MAX_INSTRUCTIONS_LENGTH + 1))
    await harness.ask_and_wait("Hi")
    assert system_message(fake_model) == ""
    text = f"Enter at most {QLocale().toString(MAX_INSTRUCTIONS_LENGTH)} characters."
    assert text in [each.text() for each in panel(harness).findChildren(Label)]


async def test_instructions_of_an_unsent_chat_are_kept_in_its_draft(harness: Harness, fake_model: FakeModel) -> None:
    toggle(harness)
    QTest.keyClicks(instructions(harness), "In Latin.")
    harness.press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    await harness.until(lambda: harness.listed()[:2] == ["Drafts", "Draft"])
    assert instructions(harness).text() == ""
    harness.click_row("Draft")
    await harness.until(lambda: instructions(harness).text() == "In Latin.")
    await harness.ask_and_wait("Hi")
    assert system_message(fake_model) == "In Latin."

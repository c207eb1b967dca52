"""What the person does where a chat does not fit, and in the settings of one chat."""

from dataclasses import replace

from PySide6.QtCore import Qt

from chatdesk.kernel.context.context_plan import ContextChoice, OverflowPolicy, Summary
from chatdesk.kernel.models.parameters import Parameters
from tests.shots.acts import Act
from tests.shots.window_driver import WindowDriver

_SUMMARY = Summary("- Savings of 200 a month at 5 %\n- Wants the sum after 20 years, with a fee of 0.5 %", "")


def outgrow(choice: ContextChoice = ContextChoice.ASK, *, summary: bool = False) -> Act:
    """Let the chat be longer than its model can read; `choice` is what was chosen before."""

    async def act(driver: WindowDriver) -> None:
        conversation_id = driver.window._chat.conversation_id
        path, _ = await driver.program.chat.chat.path(conversation_id)
        policy = OverflowPolicy(choice, replace(_SUMMARY, until=path[-1].id) if summary else None)
        conversations = driver.program.chat.conversations
        await conversations.set_context(conversation_id, policy)
        await conversations.set_parameters(conversation_id, Parameters(num_ctx=128))
        driver.type("And with a fee?")
        await driver.settle(1.0)

    return act


def show_meter(size: int) -> Act:
    """Write a message in a chat whose model reads so many tokens, and open the card of the meter."""

    async def act(driver: WindowDriver) -> None:
        conversations, conversation_id = driver.program.chat.conversations, driver.window._chat.conversation_id
        await conversations.set_parameters(conversation_id, Parameters(num_ctx=size))
        driver.type("And what would a fee of 0.5 % a year do to that, over the same twenty years?")
        await driver.settle(1.0)
        driver.part("contextMeter").setFocus(Qt.FocusReason.TabFocusReason)
        await driver.settle(0.3)

    return act


async def send_too_much(driver: WindowDriver) -> None:
    """Begin a chat with a text that is longer than the context that was chosen for its model."""
    driver.window._chat.new_chat()
    await driver.settle(1.0)
    model = driver.window._models.chosen
    assert model is not None
    driver.program.models.preferences.set_context(model.ref, 256)
    driver.window._page.composer.set_text("Interest is paid on interest. " * 250)
    await driver.settle(0.5)
    driver.press(Qt.Key.Key_Return)
    await driver.settle(1.5)


async def read_summary(driver: WindowDriver) -> None:
    """Open the summary that goes along in place of the beginning."""
    await outgrow(ContextChoice.SUMMARISE, summary=True)(driver)
    driver.part("context.read").click()
    await driver.settle(0.5)


def come_to_border(choice: ContextChoice = ContextChoice.LEAVE_OUT, *, summary: bool = False) -> Act:
    """Go on in a chat of which the model sees the end only, and look where that begins; the pointer is over the line."""

    async def act(driver: WindowDriver) -> None:
        await outgrow(choice, summary=summary)(driver)
        driver.press(Qt.Key.Key_Return)
        await driver.settle(1.5)
        transcript = driver.window._page.transcript
        bar = transcript.verticalScrollBar()
        bar.setValue(transcript.document.top(2) - transcript.viewport().height() // 2)
        await driver.settle(0.3)

    return act


async def set_chat(driver: WindowDriver) -> None:
    """Set some parameters of the chat, one of them wrongly."""
    conversation_id = driver.window._chat.conversation_id
    parameters = Parameters(temperature=0.3, stop=("###", "\n\n"), keep_alive="1h")
    await driver.program.chat.conversations.set_parameters(conversation_id, parameters)
    driver.part("chatSettingsToggle").click()
    await driver.settle(0.5)
    top_k = driver.part("parameter.top_k")
    top_k.setText("many")
    top_k.textEdited.emit("many")
    await driver.settle(0.5)


async def set_chat_below(driver: WindowDriver) -> None:
    """Look at what is further down in the panel."""
    await set_chat(driver)
    driver.part("unloadModel").setFocus()
    bar = driver.part("chatSettings").findChild(type(driver.part("chatSettings")._area))
    bar.verticalScrollBar().setValue(bar.verticalScrollBar().maximum())
    await driver.settle(0.3)


async def set_nothing(driver: WindowDriver) -> None:
    """Open the settings of a chat that has not begun."""
    driver.part("chatSettingsToggle").click()
    await driver.settle(0.5)

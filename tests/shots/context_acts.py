"""What the person does where a chat does not fit, and in the settings of one chat."""

from dataclasses import replace

from PySide6.QtCore import Qt

from chatdesk.kernel.context.context_plan import ContextChoice, ContextWish, Summary
from chatdesk.kernel.models.parameters import Parameters
from tests.shots.acts import Act
from tests.shots.stage import Stage

_SUMMARY = Summary("- Savings of 200 a month at 5 %\n- Wants the sum after 20 years, with a fee of 0.5 %", "")


def outgrow(choice: ContextChoice = ContextChoice.ASK, *, summary: bool = False) -> Act:
    """Let the chat be longer than its model can read; `choice` is what was chosen before."""

    async def act(stage: Stage) -> None:
        conversation_id = stage.window._chat.conversation_id
        path, _ = await stage.program.chat.path(conversation_id)
        wish = ContextWish(choice, replace(_SUMMARY, until=path[-1].id) if summary else None)
        conversations = stage.program.conversations
        await conversations.set_context(conversation_id, wish)
        await conversations.set_parameters(conversation_id, Parameters(num_ctx=128))
        stage.type("And with a fee?")
        await stage.settle(1.0)

    return act


async def send_too_much(stage: Stage) -> None:
    """Begin a chat with a text that is longer than the context that was chosen for its model."""
    stage.window._chat.new_chat()
    await stage.settle(1.0)
    model = stage.window._models.chosen
    assert model is not None
    stage.program.preferences.set_context(model.ref, 256)
    stage.window._page.composer.set_text("Interest is paid on interest. " * 250)
    await stage.settle(0.5)
    stage.press(Qt.Key.Key_Return)
    await stage.settle(1.5)


async def read_summary(stage: Stage) -> None:
    """Open the summary that goes along in place of the beginning."""
    await outgrow(ContextChoice.SUMMARISE, summary=True)(stage)
    stage.part("context.read").click()
    await stage.settle(0.5)


def come_to_border(choice: ContextChoice = ContextChoice.LEAVE_OUT, *, summary: bool = False) -> Act:
    """Go on in a chat of which the model sees the end only, and look where that begins; the pointer is over the line."""

    async def act(stage: Stage) -> None:
        await outgrow(choice, summary=summary)(stage)
        stage.press(Qt.Key.Key_Return)
        await stage.settle(1.5)
        transcript = stage.window._page.transcript
        bar = transcript.verticalScrollBar()
        bar.setValue(transcript.document.top(2) - transcript.viewport().height() // 2)
        await stage.settle(0.3)

    return act


async def set_chat(stage: Stage) -> None:
    """Set some parameters of the chat, one of them wrongly."""
    conversation_id = stage.window._chat.conversation_id
    parameters = Parameters(temperature=0.3, stop=("###", "\n\n"), keep_alive="1h")
    await stage.program.conversations.set_parameters(conversation_id, parameters)
    stage.part("chatSettingsToggle").click()
    await stage.settle(0.5)
    top_k = stage.part("parameter.top_k")
    top_k.setText("many")
    top_k.textEdited.emit("many")
    await stage.settle(0.5)


async def set_chat_below(stage: Stage) -> None:
    """Look at what is further down in the panel."""
    await set_chat(stage)
    stage.part("unloadModel").setFocus()
    bar = stage.part("chatSettings").findChild(type(stage.part("chatSettings")._area))
    bar.verticalScrollBar().setValue(bar.verticalScrollBar().maximum())
    await stage.settle(0.3)


async def set_nothing(stage: Stage) -> None:
    """Open the settings of a chat that has not begun."""
    stage.part("chatSettingsToggle").click()
    await stage.settle(0.5)

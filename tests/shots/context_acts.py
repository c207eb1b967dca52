"""What the person does where a chat does not fit, and in the settings of one chat."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from chatdesk.kernel.chat.applied_presets import AppliedPreset
from chatdesk.kernel.chat.request import Thinking
from chatdesk.kernel.context.context_plan import ContextChoice, OverflowPolicy, Summary
from chatdesk.kernel.models.parameters import Parameters
from chatdesk.kernel.settings.declarations import CHAT_SETTINGS_ADVANCED, INSTRUCTIONS
from tests.shots.acts import Act
from tests.shots.window_driver import WindowDriver

_SUMMARY = Summary("- Savings of 200 a month at 5 %\n- Wants the sum after 20 years, with a fee of 0.5 %", "")

_ENGLISH = {
    "all": "I live in Dublin. Use metric units, euros and the 24-hour clock.",
    "folder": "Money",
    "folder instructions": "Never give advice on single shares.",
    "preset": "Study tutor",
    "preset instructions": "You are a patient tutor. Explain one idea at a time, with a small example first and the rule after "
    "it. Ask a short question at the end of each step, and wait for the answer before you go on. Praise what is right, and "
    "show with the student's own numbers where an error begins. Never give the whole solution at once.",
    "chat": "Answer in British English. Show each step of a calculation on its own line. No introduction, no summary "
    "at the end.",
}
_CHINESE = {
    "all": "我住在上海。使用公制单位、人民币和 24 小时制。",
    "folder": "理财",
    "folder instructions": "不要对单只股票提出建议。",
    "preset": "学习辅导",
    "preset instructions": "你是一位耐心的老师。一次只讲一个概念，先举一个小例子，再给出规则。"
    "每一步结束时提一个简短的问题，等学生回答后再继续。肯定正确的部分，用学生自己的数字指出错误从哪里开始。不要一次给出完整的解答。",
    "chat": "用简体中文回答。每一步计算单独成行。不要开场白，结尾不要总结。",
}


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
    """Open the summary that is sent in place of the beginning."""
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


async def instruct(driver: WindowDriver) -> None:
    """Give instructions for all chats, the folder, the preset and this chat, and choose how it answers."""
    program, chinese = driver.program, driver.language == "zh_CN"
    conversations, chat_id = program.chat.conversations, driver.window._chat.conversation_id
    texts = _CHINESE if chinese else _ENGLISH
    program.settings.set(INSTRUCTIONS, texts["all"])
    folder = await program.conversations.folders.create(texts["folder"])
    await program.conversations.folders.set_instructions(folder.id, texts["folder instructions"])
    await program.conversations.folders.move_chats((chat_id,), folder.id)
    preset = AppliedPreset("", texts["preset"], prompt=texts["preset instructions"], opened=True)
    await conversations.set_preset(chat_id, preset)
    settings = {
        "instructions": texts["chat"],
        "parameters": Parameters(temperature=0.5, top_k=20),
        "thinking": Thinking.ON,
    }
    await conversations.change_settings(chat_id, lambda chat: replace(chat, **settings))
    driver.window._chat.new_chat()
    await driver.window._chat.open(chat_id)
    driver.part("chatSettingsToggle").click()
    await driver.settle(0.5)


async def set_advanced(driver: WindowDriver) -> None:
    """Set some parameters of the chat, one of them wrongly."""
    conversation_id = driver.window._chat.conversation_id
    parameters = Parameters(temperature=0.42, stop=("###", "\n\n"), keep_alive="1h")
    await driver.program.chat.conversations.set_parameters(conversation_id, parameters)
    driver.program.settings.set(CHAT_SETTINGS_ADVANCED, value=True)
    driver.part("chatSettingsToggle").click()
    await driver.settle(0.5)
    top_k = driver.part("parameter.top_k")
    top_k.setText("many")
    top_k.textEdited.emit("many")
    _scroll(driver, 380)
    await driver.settle(0.5)


async def set_advanced_below(driver: WindowDriver) -> None:
    """Look at what is further down in the panel."""
    await set_advanced(driver)
    driver.part("unloadModel").setFocus()
    _scroll(driver, 10_000)
    await driver.settle(0.3)


def _scroll(driver: WindowDriver, value: int) -> None:
    bar = driver.part("chatSettings")._area.verticalScrollBar()
    bar.setValue(min(value, bar.maximum()))


async def see_instructions(driver: WindowDriver) -> None:
    """Look at the instructions that the model gets."""
    await instruct(driver)
    driver.part("instructionsCard").click()
    await driver.settle(0.5)


async def edit_instructions(driver: WindowDriver) -> None:
    """Add instructions for the model there."""
    await see_instructions(driver)
    driver.part("edit.model").click()
    QTest.keyClicks(driver.part("instructions.model"), "Be brief.")
    await driver.settle(0.5)


async def see_instructions_of_answer(driver: WindowDriver) -> None:
    """Look at the instructions that the model got for an answer."""
    await instruct(driver)
    driver.press(Qt.Key.Key_Escape)
    driver.window._page.composer.focus()
    driver.type("And with a fee?")
    driver.press(Qt.Key.Key_Return)
    await driver.settle(1.5)
    transcript = driver.window._page.transcript
    transcript.instructions_requested.emit(transcript.last_answer_id())
    await driver.settle(0.5)


async def set_nothing(driver: WindowDriver) -> None:
    """Open the settings of a chat that has not begun."""
    driver.part("chatSettingsToggle").click()
    await driver.settle(0.5)


async def tell_nothing(driver: WindowDriver) -> None:
    """Look at the instructions that the model gets in a chat that has not begun."""
    await set_nothing(driver)
    driver.part("instructionsCard").click()
    await driver.settle(0.5)

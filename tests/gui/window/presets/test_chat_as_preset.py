"""A chat made a preset: the one that is shown, or any other from its menu in the sidebar."""

from tests.gui.window.desk import Desk, Speaker


async def test_a_chat_becomes_a_preset(desk: Desk, speaker: Speaker) -> None:
    await desk.ask_and_wait("Use {{braces}} as they are")
    desk.window._chat.presets.save_chat()
    await desk.until(lambda: desk.program.presets.find("own:use-braces-as-they-are"))
    made = desk.program.presets.find("own:use-braces-as-they-are")
    assert made.question == "Use {{{{braces}} as they are"
    assert made.variables == ()


async def test_a_chat_that_is_not_shown_becomes_a_preset_and_the_one_that_is_shown_stays(
    desk: Desk, speaker: Speaker
) -> None:
    await desk.ask_and_wait("The first chat")
    desk.click("newChat")
    await desk.ask_and_wait("The second chat")
    first = next(each.id for each in desk.program.conversations.all() if each.title == "The first chat")
    desk.window._sidebar.preset_requested.emit(first)
    await desk.until(lambda: desk.program.presets.find("own:the-first-chat"))
    assert desk.program.presets.find("own:the-first-chat").question == "The first chat"
    await desk.until(lambda: desk.window._middle.shown == "presets")
    assert desk.chat() != first

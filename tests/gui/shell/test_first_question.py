"""From an empty window to an answer on the screen."""

from tests.gui.shell.desk import Desk, Speaker


async def test_the_first_question_makes_a_chat_with_a_title_and_a_row(desk: Desk, speaker: Speaker) -> None:
    speaker.says("It scatters ", "**blue** light.")
    desk.ask("Why is the sky blue?")
    await desk.until(lambda: desk.messages() == ["Why is the sky blue?", "It scatters blue light."])
    await desk.until(lambda: not desk.streaming())
    assert desk.title() == desk.window.windowTitle() == "Why is the sky blue?"
    assert desk.listed() == ["Today", "Why is the sky blue?"]
    assert desk.edit.text() == ""
    assert desk.edit.hasFocus()
    assert speaker.last_question() == "Why is the sky blue?"

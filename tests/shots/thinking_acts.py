"""What a person does in the scenes about thinking."""

from PySide6.QtWidgets import QPlainTextEdit

from tests.shots.acts import Act, settings, write
from tests.shots.stage import Stage


def think_as(model: str, *, menu: bool = False) -> Act:
    """Have a model answer that can be told how much to think; look at what it can be told."""

    async def act(stage: Stage) -> None:
        await write(stage)
        await stage.until(lambda: stage.program.models.was_asked)
        found = next(known for known in stage.program.models.all() if known.name.startswith(model))
        stage.window._choose_model(found.ref)
        if menu:
            stage.window._chat.thinking.choose("high")
            stage.window._page.composer.change_thinking()

    return act


async def name_tags(stage: Stage) -> None:
    """Name the tags of two models, the second in a way that is told as wrong."""
    await settings("chat")(stage)
    edit = stage.part("reasoningTags")
    assert isinstance(edit, QPlainTextEdit)
    edit.setPlainText("my-model:8b <musing> </musing>\nanother === ===")
    edit.setFocus()

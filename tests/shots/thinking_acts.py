"""What a person does in the scenes about thinking."""

from tests.shots.acts import Act, write
from tests.shots.stage import Stage


def think_as(model: str, *, menu: bool = False) -> Act:
    """Have a model answer that can be told how much to think; look at what it can be told."""

    async def act(stage: Stage) -> None:
        await write(stage)
        while not stage.program.models.was_asked:
            await stage.settle(0.05)
        found = next(known for known in stage.program.models.all() if known.name.startswith(model))
        stage.window._choose_model(found.ref)
        if menu:
            stage.window._chat.thinking.choose("high")
            stage.window._page.composer.change_thinking()

    return act

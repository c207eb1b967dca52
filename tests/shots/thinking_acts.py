"""What a person does in the scenes about thinking."""

from PySide6.QtWidgets import QPlainTextEdit

from tests.shots.acts import Act, settings, write
from tests.shots.window_driver import WindowDriver


def think_as(model: str, *, menu: bool = False) -> Act:
    """Have a model answer whose reasoning effort can be set; look at its choices."""

    async def act(driver: WindowDriver) -> None:
        await write(driver)
        await driver.until(lambda: driver.program.servers.models.was_asked)
        found = next(known for known in driver.program.servers.models.all() if known.name.startswith(model))
        driver.window._choose_model(found.ref)
        if menu:
            driver.window._chat.thinking.choose("high")
            driver.window._page.composer.change_thinking()

    return act


async def name_tags(driver: WindowDriver) -> None:
    """Name the tags of two models, the second in a form that is reported as wrong."""
    await settings("chat")(driver)
    edit = driver.part("reasoningTags")
    assert isinstance(edit, QPlainTextEdit)
    edit.setPlainText("my-model:8b <musing> </musing>\nanother === ===")
    edit.setFocus()

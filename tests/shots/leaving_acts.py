"""Closing the window and quitting while the program works."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from chatdesk.kernel.running_work import JobKind
from tests.shots import acts
from tests.shots.scene import MODELS
from tests.shots.stage import Stage


async def close_while_answering(stage: Stage) -> None:
    """Close the window while one answer is being written, and something else goes on."""
    await acts.ask(stage)
    stage.window.close()
    await stage.settle()


async def quit_while_working(stage: Stage) -> None:
    """Quit by key while much goes on."""
    await acts.ask(stage)
    program = stage.program
    model = (await stage.until(program.models.all))[0].ref
    download = program.work.begin(JobKind.DOWNLOAD, lambda: MODELS[1].name, model)
    download.hear(0.62)
    batch = program.work.begin(
        JobKind.BATCH, lambda: "Translate and explain, with a rather long name of its own", model
    )
    batch.hear(0.3)
    QTest.keyClick(stage.part("message"), Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier)
    await stage.settle()

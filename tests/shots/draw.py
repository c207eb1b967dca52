"""Draws the scenes at one scale: the process that `tests.shots` starts for each of them."""

import faulthandler
import os
import sys
import tempfile
import traceback
from dataclasses import replace
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QSize
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QApplication

from chatdesk.app.composition import open_program
from chatdesk.app.event_loop import run_until_quit
from chatdesk.app.program import Program
from chatdesk.app.shell.main_window import MainWindow
from chatdesk.features.previews.ui.panel.previews import Previews
from chatdesk.kernel.lazy import Lazy
from chatdesk.kernel.redaction import Redactor
from chatdesk.kernel.settings.declarations import SHORTCUT_KEYS
from chatdesk.system.folders import Folders
from chatdesk.system.resources import Resources
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.style import Style
from chatdesk.ui_kit.translations import Translations
from tests.fakes.fixed_preferences import FixedPreferences
from tests.fakes.scripted_preview_host import ScriptedPreviewHosts
from tests.shots.looks import LOOKS
from tests.shots.picture import picture
from tests.shots.scene import Scene
from tests.shots.scenes import SCENES
from tests.shots.window_driver import WindowDriver


async def draw_all(
    application: QApplication, folder: Path, scale: str, size: str, looks: list[str], wanted: list[str]
) -> int:
    """Draw the wanted scenes, or all; `size` as in "900x600", or "" for the size that each scene has."""
    QCursor.setPos(application.primaryScreen().geometry().bottomRight())  # over nothing
    resources, preferences = Resources.locate(), FixedPreferences()
    appearance = Appearance(application, resources.resources, preferences)
    application.setStyle(Style(application, appearance))
    translations = Translations(application, resources.translations)
    failed = 0
    in_events: list[BaseException] = []

    def on_error(kind: type[BaseException], error: BaseException, place: TracebackType | None) -> None:
        """Print an error of an event handler, which Qt's loop reports here, and remember it."""
        in_events.append(error)
        sys.__excepthook__(kind, error, place)

    sys.excepthook = on_error
    for scene in SCENES:
        if wanted and scene.name not in wanted:
            continue
        for name in looks:
            look = LOOKS[name]
            preferences.set(high_contrast=look.high_contrast)
            appearance.set_scheme(look.scheme)
            appearance.set_language(translations.use(look.language))
            file = folder / f"{scene.name}-{f'{size}-' if size else ''}{name}-{scale}x.png"
            sized = replace(scene, size=_pair(size)) if size else scene
            in_events.clear()
            try:
                await draw(sized, look.language, appearance, file)
            except Exception:  # noqa: BLE001 - whatever it is, the other scenes are drawn
                failed += 1
                sys.stdout.write(f"{file.name}: FAILED\n{traceback.format_exc()}")
            else:
                failed += bool(in_events)
                sys.stdout.write(f"{file.name}{': FAILED' if in_events else ''}\n")
            sys.stdout.flush()
    return min(failed, 1)


def _pair(size: str) -> tuple[int, int]:
    width, height = map(int, size.split("x"))
    return width, height


async def draw(scene: Scene, language: str, appearance: Appearance, file: Path) -> None:
    with tempfile.TemporaryDirectory() as home:
        folders = Folders.locate({"CHATDESK_HOME": home})
        folders.make()
        async with scene.server() as server:
            os.environ["OLLAMA_HOST"] = server.url if server else "http://127.0.0.1:9"
            async with open_program(folders, Resources.locate(), Redactor()) as program:
                await scene.prepare(program, language)
                await _show(scene, program, language, appearance, file)


async def _show(scene: Scene, program: Program, language: str, appearance: Appearance, file: Path) -> None:
    settings = program.settings
    settings.changes.subscribe(lambda _: appearance.set_shortcuts(settings.get(SHORTCUT_KEYS)))
    appearance.set_shortcuts("")  # an earlier scene may have changed them
    hosts = ScriptedPreviewHosts(scene.obstacle)
    previews = Previews(Lazy(lambda: hosts), Resources.locate().resources / "preview")
    window = MainWindow(appearance, program, previews)
    window.resize(QSize(*scene.size))
    await window.open_last_chat()
    window.show()
    window.activateWindow()
    window.begin()
    driver = WindowDriver(window, program, language)
    try:
        await driver.settle()
        await scene.act(driver)
        await driver.settle()
        if not (QApplication.activePopupWidget() or QApplication.activeModalWidget()):
            window.activateWindow()  # without a screen Qt takes the keyboard away now and then
            await driver.settle(0.05)
        if not picture(window).save(str(file)):
            raise OSError(f"cannot write {file}")
    finally:
        driver.close_floating()
        await window.end()


if __name__ == "__main__":
    faulthandler.enable()  # an error in a paint event leaves its painter behind, and Qt ends the process
    target, scale_factor, window_size, look_names, *scene_names = sys.argv[1:]
    app = QApplication(sys.argv[:1])
    chosen_looks = look_names.split(",")
    sys.exit(
        run_until_quit(app, lambda: draw_all(app, Path(target), scale_factor, window_size, chosen_looks, scene_names))
    )

"""A program that plays WebGL pages where there is no graphics card, and tells as JSON what came of it.

Only here Chromium is told to use Mesa's software for them: `chatdesk/features/previews/web_engine/chromium.py` never does
(docs/decisions.md, 15). All
else is as in Chatdesk, so what is seen here is what a machine with a card shows.
"""

import json
import os
import re
import sys
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from chatdesk.features.previews.web_engine.chromium import prepare_environment
from tests.descendants import descendants
from tests.preview.harness import Harness, Heartbeat, wait_until

SWITCHES = ("--ignore-gpu-blocklist", "--disable-gpu-compositing")
_GAME = (Path(__file__).parent / "pages/webgl/lander.html").read_text(encoding="utf-8")
_TEXTURES = """<canvas id=c></canvas><script>
const gl = c.getContext('webgl'), all = []; var lost = 0; c.addEventListener('webglcontextlost', () => lost++);
setInterval(() => { const t = gl.createTexture(); all.push(t); gl.bindTexture(gl.TEXTURE_2D, t);
  gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA, 4096, 4096, 0, gl.RGBA, gl.UNSIGNED_BYTE, null);
  const f = gl.createFramebuffer(); gl.bindFramebuffer(gl.FRAMEBUFFER, f);
  gl.framebufferTexture2D(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0, gl.TEXTURE_2D, t, 0);
  gl.clearColor(Math.random(), 0, 0, 1); gl.clear(gl.COLOR_BUFFER_BIT); gl.finish() }, 20)</script>"""


def play(harness: Harness) -> dict[str, object]:
    """The lander flies, is steered, lands, and goes on after its context was lost."""
    run = harness.open(_GAME)
    harness.host.setFocus()
    harness.until_page("document.hasFocus() && frames > 3")
    harness.keys(Qt.Key.Key_Right)
    harness.until_page("s.textContent === 'landed'")
    QTest.qWait(200)
    landed = _pixels(harness)
    harness.ask("(window.loser = gl.getExtension('WEBGL_lose_context'), loser.loseContext(), 1)")
    harness.until_page("losses === 1")
    harness.ask("(loser.restoreContext(), 1)")
    harness.until_page("!gl.isContextLost()")
    return {
        "landed": landed,
        "x": harness.ask("x"),
        "restored": harness.ask("!gl.isContextLost()"),
        "console": [line.text for line in run.console.lines],
    }


def fill_with_textures(harness: Harness) -> dict[str, object]:
    with Heartbeat() as heartbeat:
        run = harness.begin(_TEXTURES)
        wait_until(lambda: run.is_over, 40_000)
    ended = [end.name for end in harness.ends]
    harness.open("<h1>next</h1>")
    return {"ended": ended, "late": heartbeat.longest, "next": harness.ask("document.body.textContent")}


def processes() -> list[str]:
    """Which kinds of processes the engine has started."""
    kinds = set()
    for process in descendants(os.getpid()):
        try:  # a process may have made one word of its own
            command = Path(f"/proc/{process}/cmdline").read_text(encoding="utf-8", errors="replace")
        except OSError:
            continue
        if "QtWebEngineProcess" in command:
            kinds |= set(re.findall(r"--type=([a-z-]+)", command))
    return sorted(kinds)


def _pixels(harness: Harness) -> dict[str, str]:
    corner = harness.host.mapToGlobal(harness.host.rect().topLeft())
    image = harness.screen().grabWindow(0, corner.x(), corner.y(), 300, 300).toImage()
    # The triangle lies at the bottom, right of the middle: x from 180 to 240, y from 225 to 285.
    return {"triangle": image.pixelColor(210, 270).name(), "sky": image.pixelColor(90, 270).name()}


def main() -> None:
    prepare_environment(os.environ, *SWITCHES)
    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)
    application = QApplication(["graphics"])
    harness = Harness()
    harness.show()
    QTest.qWaitForWindowExposed(harness)
    harness.activateWindow()
    found = {"game": play(harness), "processes": processes()}
    harness.ends.clear()
    found["textures"] = fill_with_textures(harness)
    harness.take_down()
    application.processEvents()
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main()

"""A program that opens all pages of tests/preview/attacks.py and prints the results as JSON: `attacker PORT NET_LOG` or `attacker NET_LOG`.

With a port, the pages run in the preview. Without one, they run in a browser that has only Chromium's own sandbox, and must reach a canary
in this process; otherwise the canary could not hear them at all. It is in this process so that each page stays open until it was heard.
"""

import json
import os
import socket
import sys
from collections import Counter
from itertools import batched, count
from pathlib import Path

import shiboken6
from PySide6.QtCore import QCoreApplication, Qt, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWebEngineCore import QWebEnginePage, QWebEngineProfile
from PySide6.QtWidgets import QApplication

from chatdesk.features.previews.web_engine.chromium import prepare_environment
from tests.preview.attacks import pages, reached_by
from tests.preview.canary import Canary
from tests.preview.harness import Harness, wait_until

LAST_NAME = "all-attempts-are-made-"
"""Begins the names that are asked for once everything that must be in the log has happened."""
_AT_ONCE = 6
"""Pages of the open browser that wait beside each other."""


def attack_the_preview(port: int) -> dict[str, dict[str, object]]:
    harness = Harness()
    harness.show()
    found: dict[str, dict[str, object]] = {}
    for name, page in pages(port).items():
        run = harness.open(page)
        harness.until_page("marks.includes('settled')")
        at = run.page.url().toString() if run.page else ""
        found[name] = {
            "marks": harness.ask("marks"),
            "blocked": run.guard.blocked,
            "stayed": at.partition("#")[0] == run.url.toString(),
            "windows": run.page.windows_refused if run.page else 0,
        }
    found["main"]["confinement"] = confinement(harness)
    harness.take_down()
    return found


def attack_an_open_browser(canary: Canary) -> dict[str, dict[str, object]]:
    """Open a few pages at a time: each has a profile of its own, and most of the time they wait for what they asked for."""
    found: dict[str, dict[str, object]] = {}
    for some in batched(pages(canary.port).items(), _AT_ONCE):
        opened: dict[str, tuple[QWebEngineProfile, QWebEnginePage]] = {}
        loaded: list[bool] = []
        for name, html in some:
            profile = QWebEngineProfile()
            page = QWebEnginePage(profile)
            page.loadFinished.connect(loaded.append)
            page.setHtml(html, QUrl(f"http://127.0.0.1:{canary.port}/"))
            opened[name] = profile, page
        wait_until(lambda loaded=loaded, some=some: len(loaded) >= len(some))
        for name, (_, page) in opened.items():
            found[name] = {"marks": _marks_when_settled(page)}
        expected = Counter(name for name, _ in some for name in reached_by(name))
        wait_until(lambda expected=expected: expected <= canary.names())
        for profile, page in opened.values():
            shiboken6.delete(page)
            shiboken6.delete(profile)
    return found


def _marks_when_settled(page: QWebEnginePage) -> list[str]:
    """Return the marks of the attempts once all are made; none if the page has left for another one, which has no marks."""
    for _ in range(100):
        seen: list[str] = []
        page.runJavaScript("JSON.stringify(window.marks || null)", seen.append)
        wait_until(lambda seen=seen: seen)
        marks: list[str] = json.loads(seen[0]) if seen[0] else []
        if not marks or "settled" in marks:
            return marks or []
        QTest.qWait(100)
    return marks


def write_out(net_log: Path) -> None:
    """Ask for names of our own until the log has them, and so all that came before: Chromium writes its events in order, some at a time.

    At its end it does not wait for the thread that writes the last ones.
    """
    profile = QWebEngineProfile()
    page = QWebEnginePage(profile)
    for number in count():
        page.load(QUrl(f"http://{LAST_NAME}{number}/"))
        QTest.qWait(50)
        if LAST_NAME in net_log.read_text(encoding="utf-8"):
            break
    shiboken6.delete(page)
    shiboken6.delete(profile)


def confinement(harness: Harness) -> dict[str, object]:
    """How the system holds the page's process: what it says of it, and whether it has a network of its own."""
    assert harness.host.run
    assert harness.host.run.page
    status = Path(f"/proc/{harness.host.run.page.renderProcessPid()}/status").read_text(encoding="ascii")
    lines = (line.partition(":") for line in status.splitlines())
    return {name: value.split()[-1] for name, _, value in lines if name in {"Seccomp", "NoNewPrivs", "CapEff", "NSpid"}}


def main(*arguments: str) -> None:
    *port, net_log = arguments
    debugging_port = int(os.environ["QTWEBENGINE_REMOTE_DEBUGGING"].rpartition(":")[2])
    if not port:
        os.environ.pop("QTWEBENGINE_REMOTE_DEBUGGING", None)
        os.environ.pop("QTWEBENGINE_DISABLE_SANDBOX", None)
        os.environ["QTWEBENGINE_CHROMIUM_FLAGS"] = f"--log-net-log={net_log}"
    else:
        prepare_environment(os.environ, f"--log-net-log={net_log}")
    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)
    application = QApplication(["attacker"])
    heard: list[str] = []
    if port:
        found = attack_the_preview(int(*port))
    else:
        with Canary() as canary:
            found = attack_an_open_browser(canary)
        heard = canary.heard
    application.processEvents()
    write_out(Path(net_log))
    with socket.socket() as knock:
        found["debugging port"] = {"open": knock.connect_ex(("127.0.0.1", debugging_port)) == 0}
    sys.stdout.write(json.dumps({"pages": found, "heard": heard}))


if __name__ == "__main__":
    main(*sys.argv[1:])

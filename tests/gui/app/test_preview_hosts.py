"""Where no page can run, nothing is loaded for one."""

import os

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from chatdesk.app.preview_hosts import EnginePreviewHosts
from chatdesk.features.previews.web_engine import sandbox_probe
from chatdesk.features.previews.web_engine.sandbox_probe import Sandbox
from chatdesk.system.resources import Resources


@pytest.mark.parametrize("sandbox", [Sandbox.FORBIDDEN, Sandbox.SUPERUSER])
def test_without_a_sandbox_nothing_is_warmed_up(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch, qapp) -> None:
    monkeypatch.setattr(sandbox_probe, "probe_sandbox", lambda: sandbox)
    before = dict(os.environ)
    parent = QObject()
    preview_hosts = EnginePreviewHosts(Resources.locate().resources / "preview")
    preview_hosts.warm_up(parent, lambda: True)
    preview_hosts.stop_warm_up()
    assert parent.children() == []
    assert dict(os.environ) == before
    assert preview_hosts.obstacle() is not None


def test_a_diagram_that_cannot_be_drawn_without_a_sandbox_says_so(
    monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr(sandbox_probe, "probe_sandbox", lambda: Sandbox.FORBIDDEN)
    parent, answers = QObject(), []
    preview_hosts = EnginePreviewHosts(Resources.locate().resources / "preview")
    preview_hosts.draw(b"<p>", 100, lambda *answer: answers.append(answer), parent)
    qtbot.waitUntil(lambda: len(answers) == 1)
    picture, _scale, reason = answers[0]
    assert picture == b""
    assert "this system does not allow" in reason

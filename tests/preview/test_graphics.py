"""Pages that draw in three dimensions, and screens without drivers."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtGui import QColor

from tests.own_time import PROCESS_TIMEOUT
from tests.preview.chromium_says import without_chromium
from tests.preview.graphics import SWITCHES
from tests.preview.harness import Harness
from tests.preview.test_bombs import PROMISE

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="where there is no card, Mesa draws in its place")


@pytest.fixture(scope="module")
def played() -> Iterator[dict[str, Any]]:
    """What tests/preview/graphics.py saw."""
    command = [sys.executable, "-m", "tests.preview.graphics"]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=PROCESS_TIMEOUT, check=False)
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout)


@pytest.mark.alone
def test_a_game_in_webgl_is_steered_and_drawn(played: dict[str, Any]) -> None:
    game = played["game"]
    assert game["x"] == 0.4
    assert game["landed"] == {"triangle": "#ffff00", "sky": "#00004c"}
    assert game["console"] == []


@pytest.mark.alone
def test_a_game_that_loses_its_graphics_gets_them_back(played: dict[str, Any]) -> None:
    assert played["game"]["restored"]


@pytest.mark.alone
def test_there_is_no_process_of_graphics_to_lose(played: dict[str, Any]) -> None:
    """Qt draws in our own: what a page asks of the graphics card runs beside the chat, so Chromium's list of unsafe cards is kept."""
    assert "zygote" in played["processes"]
    assert "gpu-process" not in played["processes"]


@pytest.mark.alone
def test_a_page_that_fills_the_graphics_memory_is_ended(played: dict[str, Any]) -> None:
    assert played["textures"]["ended"] == ["STOPPED", "MEMORY"]
    assert played["textures"]["late"] <= PROMISE
    assert played["textures"]["next"] == "next"


def test_webgl_is_there_where_a_card_makes_it_safe_and_else_reported_once(harness: Harness) -> None:
    received: list[bool] = []
    run = harness.begin(
        "<canvas></canvas><script>var ask = kind => !!document.createElement('canvas').getContext(kind);"
        "var all = ['webgl', 'webgl2', 'experimental-webgl', '2d'].map(ask)</script>"
    )
    assert run.page
    run.page.graphics_missing.connect(lambda: received.append(True))
    harness.until_page("window.all")
    there = harness.ask("all")
    assert there in ([True, True, True, True], [False, False, False, True])
    assert received == ([] if there[0] else [True])
    assert [line.text.startswith("WebGL is not available") for line in run.console.lines] == (
        [] if there[0] else [True]
    )


def test_a_canvas_that_draws_in_two_dimensions_is_no_reason_to_tell(harness: Harness) -> None:
    run = harness.open(
        "<script>const c = document.createElement('canvas'); c.getContext('2d'); var flat = c.getContext('2d') !== null</script>"
    )
    assert harness.ask("flat")
    assert run.console.lines == ()


def test_no_switch_lets_chromium_draw_with_software(qapp: object) -> None:
    flags = os.environ["QTWEBENGINE_CHROMIUM_FLAGS"]
    assert not [switch for switch in (*SWITCHES, "swiftshader", "use-angle", "use-gl") if switch in flags]


def test_without_any_driver_pages_are_drawn_all_the_same() -> None:
    command = [sys.executable, "-m", "tests.preview.undriven"]
    environment = os.environ | {"QT_XCB_GL_INTEGRATION": "none"}
    ran = subprocess.run(command, capture_output=True, text=True, timeout=PROCESS_TIMEOUT, check=False, env=environment)
    assert (ran.returncode, ran.stdout) == (0, QColor("lime").name()), ran.stderr
    expected = ("Cannot create platform ", "Failed to create", "GPUInfo not initialized")
    assert [line for line in without_chromium(ran.stderr) if not any(text in line for text in expected)] == []

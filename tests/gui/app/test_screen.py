"""Which way to the screen is taken on Linux, where a session offers both."""

from pathlib import Path

import pytest

from chatdesk.app.window import prefer_x_without_driver

BOTH = {"WAYLAND_DISPLAY": "wayland-0", "DISPLAY": ":0"}


@pytest.mark.parametrize(
    ("environment", "devices", "expected"),
    [
        (BOTH, [], "xcb"),
        (BOTH, ["card0"], "xcb"),
        (BOTH, ["card0", "renderD128"], None),
        ({"WAYLAND_DISPLAY": "wayland-0"}, [], None),
        ({"DISPLAY": ":0"}, [], None),
        ({**BOTH, "QT_QPA_PLATFORM": "wayland"}, [], "wayland"),
        ({}, [], None),
    ],
)
def test_x_is_preferred_only_where_nothing_can_draw_pages_over_wayland(
    environment: dict[str, str], devices: list[str], expected: str | None, tmp_path: Path
) -> None:
    for name in devices:
        (tmp_path / name).touch()
    chosen = dict(environment)
    prefer_x_without_driver(chosen, tmp_path)
    assert chosen.get("QT_QPA_PLATFORM") == expected

"""Every icon that the code names is there, and every icon is used."""

import ast
import re
from collections.abc import Iterator

import pytest

from chatdesk.ui_kit.style.style import STANDARD_ICONS
from tests.architecture.sources import python_files
from tests.paths import RESOURCES

ICONS = {file.stem for file in (RESOURCES / "icons").glob("*.svg")}
ICON_ARGUMENT = {
    "IconButton": 1,
    "IconLabel": 1,
    "Chip": 2,
    "ToggleChip": 2,
    "live_icon": 1,
    "draw_icon": 2,
    "set_icon": 0,
    "pixmap": 0,
}
"""Which argument of a call is the name of an icon; `icon=` is one everywhere."""

COMING = frozenset(
    (
        *("panel-right-close", "minimize-2"),  # the preview beside the chat
        "at-sign",  # models in the composer
    )
)
"""Icons that nobody names yet; whoever does takes them out."""


@pytest.fixture(scope="module")
def in_code() -> tuple[set[str], set[str]]:
    """All strings of the code, and those that stand where a call takes the name of an icon."""
    strings: set[str] = set()
    names: set[str] = set()
    for file in python_files():
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                strings.add(node.value)
            elif isinstance(node, ast.Call):
                for argument in icon_arguments(node):
                    names |= set(strings_in(argument))
    return strings, names


def test_every_icon_that_the_code_names_is_there(in_code: tuple[set[str], set[str]]) -> None:
    names = in_code[1] | {name for name, _ in STANDARD_ICONS.values()}
    assert len(names) > 10
    assert names - ICONS == set()


def test_every_icon_is_used_or_will_be(in_code: tuple[set[str], set[str]]) -> None:
    named = {name.removesuffix(".svg") for name in in_code[0]} | set(icons_of_presets())
    assert ICONS - named == COMING


def icons_of_presets() -> Iterator[str]:
    for file in (RESOURCES / "presets").rglob("*.md"):
        yield from re.findall(r'^icon = "(.+)"$', file.read_text("utf-8"), re.MULTILINE)


def icon_arguments(call: ast.Call) -> Iterator[ast.expr]:
    function = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    place = ICON_ARGUMENT.get(function)
    if place is not None and place < len(call.args):
        yield call.args[place]
    if function[:1].isupper():
        yield from (keyword.value for keyword in call.keywords if keyword.arg == "icon")


def strings_in(expression: ast.expr) -> Iterator[str]:
    """The string itself, or both of `a if x else b`."""
    match expression:
        case ast.Constant(value=str(name)) if name:
            yield name
        case ast.IfExp(body=body, orelse=orelse):
            yield from strings_in(body)
            yield from strings_in(orelse)

"""A screen reader that answers questions, for a program whose inside nobody sees. Run by the system's own Python: it has the bindings.

One JSON question a line on standard input, one JSON answer a line on standard output: {"do": "find", "name": N} gives the place and the
text of what has this name, or begins with it; {"do": "names"} all names in view; {"do": "focused"} the name of what has the keyboard.
"""

import json
import sys

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402 - the version has to be asked for first


def everything():
    desktop = Atspi.get_desktop(0)
    desktop.clear_cache()
    waiting = [desktop.get_child_at_index(index) for index in range(desktop.get_child_count())]
    while waiting:
        one = waiting.pop(0)
        if one is None:
            continue
        try:
            one.clear_cache()
            states = one.get_state_set()
            if one.get_role() != Atspi.Role.APPLICATION and not states.contains(Atspi.StateType.SHOWING):
                continue
            yield one, states
            waiting += [one.get_child_at_index(index) for index in range(one.get_child_count())]
        except GLib.Error:
            continue  # gone while we looked


def described(one):
    text, place = one.get_text_iface(), one.get_component_iface()
    rect = place.get_extents(Atspi.CoordType.SCREEN)
    content = Atspi.Text.get_text(text, 0, -1) if text else ""
    return {
        "text": content or one.get_description() or one.get_name(),
        "place": [rect.x, rect.y, rect.width, rect.height],
    }


def find(name):
    """What can have the keyboard comes before its label, and what has the name before what begins with it."""
    best, rank = None, 0
    for one, states in everything():
        found = one.get_name() or ""
        if found.startswith(name):
            worth = 1 + 2 * (found == name) + states.contains(Atspi.StateType.FOCUSABLE)
            if worth > rank:
                best, rank = one, worth
    return described(best) if best else None


def answer(question):
    if question["do"] == "find":
        return find(question["name"])
    if question["do"] == "focused":
        wanted = (
            Atspi.StateType.FOCUSED,
            Atspi.StateType.FOCUSABLE,
        )  # what holds the one that has it is focused as well
        focused = [one.get_name() for one, states in everything() if all(map(states.contains, wanted))]
        return focused[-1] if focused else ""
    return sorted({one.get_name() for one, _ in everything() if one.get_name()})


for line in sys.stdin:
    try:
        reply = answer(json.loads(line))
    except GLib.Error:
        reply = None  # the program is gone, or comes
    sys.stdout.write(json.dumps(reply) + "\n")
    sys.stdout.flush()

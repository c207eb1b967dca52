"""A screen reader's eyes, run by the system's own Python, which has the bindings of AT-SPI: `screen_reader.py PID ROLE NAME`.

Looks through what the program with this process id shows until there is something of a role whose name begins so, then writes everything
there is as JSON: a list of role, name, text, description, attributes, states, place on the screen, and place in a table. Exit code 1 after
20 seconds without it.
"""

import json
import sys
import time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402 - the version has to be asked for first


def everything(process: int) -> list[dict]:
    desktop = Atspi.get_desktop(0)
    desktop.clear_cache()
    applications = [desktop.get_child_at_index(index) for index in range(desktop.get_child_count())]
    found = []
    waiting = [one for one in applications if one and one.get_process_id() == process]
    while waiting:
        one = waiting.pop(0)
        try:
            one.clear_cache()
            text = one.get_text_iface()
            place = one.get_component_iface()
            rect = place.get_extents(Atspi.CoordType.SCREEN) if place else None
            cell = one.get_table_cell()
            found.append(
                {
                    "role": one.get_role_name(),
                    "name": one.get_name(),
                    "description": one.get_description(),
                    "text": Atspi.Text.get_text(text, 0, -1) if text else None,
                    "attributes": one.get_attributes(),
                    "place": [rect.x, rect.y, rect.width, rect.height] if rect else None,
                    "states": [state.value_nick for state in one.get_state_set().get_states()],
                    "cell": list(Atspi.TableCell.get_position(cell)[1:]) if cell else None,
                    "actions": one.get_n_actions() if one.get_action_iface() else 0,
                }
            )
            waiting[:0] = [child for n in range(one.get_child_count()) if (child := one.get_child_at_index(n))]
        except GLib.Error:
            continue  # gone while we looked
    return found


def main(process: int, role: str, name: str) -> int:
    end = time.monotonic() + 40
    while time.monotonic() < end:
        found = everything(process)
        if any(one["role"] == role and one["name"].startswith(name) for one in found):
            json.dump(found, sys.stdout)
            return 0
        time.sleep(0.2)  # there is no event to wait on that cannot be missed
    json.dump(everything(process), sys.stdout)
    return 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), sys.argv[2], sys.argv[3]))

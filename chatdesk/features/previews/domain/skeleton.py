"""What pages of ours are built of: their beginning, values and scripts inside them."""

import json
from base64 import b64encode

from chatdesk.features.previews.domain.page import encoded

HEAD = '<!doctype html>\n<meta charset="utf-8">\n<meta name="viewport" content="width=device-width, initial-scale=1">\n'
LIGHT_AND_DARK = (
    "<style>:root { color-scheme: light dark } body { font: 16px/1.5 system-ui, sans-serif; margin: 16px }</style>\n"
)
LIGHT = "<style>:root { color-scheme: light } body { font-family: system-ui, sans-serif }</style>\n"
"""What brings its own colours was made for white paper, as every browser shows it."""


def data_address(script: str) -> str:
    """Return a script as an address that has it in itself."""
    return f"data:text/javascript;charset=utf-8;base64,{b64encode(encoded(script)).decode()}"


def json_text(value: object) -> str:
    """Return a value as JavaScript that can stand in a script element, whatever texts it has."""
    return json.dumps(value).replace("<", "\\u003c")


def style(text: str) -> str:
    """Return a style sheet of ours as an element."""
    return f"<style>\n{text}</style>\n"


def script(text: str) -> str:
    """Return a script of ours, or of a library, as an element. It must not have the end of one in it: a test sees to that."""
    return f"<script>\n{text}\n</script>\n"


def value_script(name: str, value: object) -> str:
    """Return an element that gives a value to the scripts behind it."""
    return f"<script>\nconst {name} = {json_text(value)};\n</script>\n"

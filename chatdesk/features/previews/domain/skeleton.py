"""Building blocks of generated pages: their head, and elements for values and scripts."""

import json
from base64 import b64encode

from chatdesk.features.previews.domain.page import encoded

HEAD = '<!doctype html>\n<meta charset="utf-8">\n<meta name="viewport" content="width=device-width, initial-scale=1">\n'
LIGHT_AND_DARK = (
    "<style>:root { color-scheme: light dark } body { font: 16px/1.5 system-ui, sans-serif; margin: 16px }</style>\n"
)
LIGHT = "<style>:root { color-scheme: light } body { font-family: system-ui, sans-serif }</style>\n"
"""For content with colors of its own, which is designed for a white background."""


def data_address(script: str) -> str:
    """Return a script as a data URL."""
    return f"data:text/javascript;charset=utf-8;base64,{b64encode(encoded(script)).decode()}"


def json_text(value: object) -> str:
    """Return a value as JavaScript that is safe in a script element, whatever texts it contains."""
    return json.dumps(value).replace("<", "\\u003c")


def style(text: str) -> str:
    """Return a bundled style sheet as an element."""
    return f"<style>\n{text}</style>\n"


def script(text: str) -> str:
    """Return a bundled script or library as an element. It must not contain a closing script tag; a test checks this."""
    return f"<script>\n{text}\n</script>\n"


def value_script(name: str, value: object) -> str:
    """Return an element that defines a constant for the scripts after it."""
    return f"<script>\nconst {name} = {json_text(value)};\n</script>\n"

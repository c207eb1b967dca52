"""The script that runs before a page's own: resources/preview/shims.js, called with what the page's last run left behind.

That is text from a page. It stands in the script as a string of JSON, written so that none of it can end the string, and is read as data.
"""

import json

from chatdesk.kernel.chat.kept_items import MOST_BYTES, MOST_ITEMS, KeptItems, write_items


def shim_call(shims: str, kept: KeptItems, question: str) -> str:
    """Return the whole script. `question` is the name of the event by which the page's storage is asked for."""
    data = f"JSON.parse({_literal(write_items(kept))})"
    return f"{shims.rstrip()}({data}, {_literal(question)}, {MOST_ITEMS}, {MOST_BYTES});\n"


def _literal(text: str) -> str:
    """Return a text as JavaScript writes it: in ASCII, and without what would end a script if it stood in a page."""
    return json.dumps(text).replace("<", "\\u003c").replace(">", "\\u003e")

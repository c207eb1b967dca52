"""Makes the table of words that the command line reads, of a file of translations: `console_words.py SOURCE.ts TABLE.json`.

The window has Qt read its translations; the command line starts without Qt. Standard library only: `dev.py`, the wheel's build hook and
the Flatpak run it.
"""

from __future__ import annotations

import json
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

CONTEXTS = ("Console", "Errors", "Import")
"""Those whose texts the command line says (`chatdesk/app/console/texts.py`)."""


def table(source: Path) -> dict[str, dict[str, str]]:
    """Return the translations by context and English text. What is not translated is left out."""
    found: dict[str, dict[str, str]] = {}
    for context in ET.parse(source).iter("context"):  # noqa: S314 - our own file
        name = context.findtext("name", "")
        for message in context.iter("message") if name in CONTEXTS else ():
            translation = message.find("translation")
            if translation is not None and translation.text and "type" not in translation.attrib:
                found.setdefault(name, {})[message.findtext("source", "")] = translation.text
    return found


def main() -> None:
    """Write the table."""
    source, output = map(Path, sys.argv[1:])
    output.write_text(json.dumps(table(source), ensure_ascii=False, indent=0) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

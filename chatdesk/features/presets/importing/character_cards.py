"""Characters as SillyTavern and others share them: cards of version 1 (flat), 2 and 3 (`data` below `spec`).

What its maker says to people becomes the description, never a part of the prompt. `{{char}}` is the character's name, `{{user}}` the
person's; both are written in other ways too.
"""

import re
from collections.abc import Mapping

from chatdesk.features.presets.files.plain_text import clean_line
from chatdesk.features.presets.importing.entries import Entry, left_out, list_in, record_in, text_in, texts_in
from chatdesk.features.presets.importing.placeholders import Declared, translated
from chatdesk.kernel.presets.preset_import import ImportFormat, ImportNote, NoteKind
from chatdesk.kernel.presets.template import escape
from chatdesk.kernel.presets.variable import Variable

_MACRO = re.compile(
    r"\{\{[ \t]*(char|user|original|date|time|//[^{}]{0,2000})[ \t]*\}\}|<(BOT|USER|CHAR)>", re.IGNORECASE
)
_FIELDS = ("name", "description", "personality", "scenario", "first_mes", "mes_example", "character_book")


def is_card(value: Mapping[str, object]) -> bool:
    """Whether a JSON object is a card."""
    return str(value.get("spec", "")).startswith("chara_card_") or ("name" in value and "first_mes" in value)


def read_card(card: Mapping[str, object]) -> Entry:
    """Return the character of a card."""
    data = record_in(card, "data") or card
    name = clean_line(text_in(data, "name", "nickname"))
    declared = Declared()

    def words_for(match: re.Match[str]) -> str | None:
        match (match[1] or match[2]).lower():
            case "char" | "bot":
                return escape(name)
            case "user":
                return declared.mark("user", Variable("", default="User"))
            case "date":
                return "{{date}}"
            case "time":
                return "{{time}}"
            case _:
                return ""  # what the program would say by itself, or a remark

    def template(key: str, before: str = "") -> str:
        text = text_in(data, key).strip()
        return before + translated(text, _MACRO, words_for) if text else ""

    parts = (
        template("system_prompt"),
        template("description"),
        template("personality", "Personality: "),
        template("scenario", "Scenario: "),
        template("mes_example", "Examples of how they talk:\n"),
    )
    greetings = sum(isinstance(each, str) and bool(each.strip()) for each in list_in(data, "alternate_greetings"))
    lore = len(list_in(record_in(data, "character_book"), "entries"))
    notes = (
        *((ImportNote(NoteKind.GREETINGS, greetings),) if greetings else ()),
        *((ImportNote(NoteKind.LORE, lore),) if lore else ()),
        *left_out(data, _FIELDS),
    )
    greeting = template("first_mes")
    return Entry(
        ImportFormat.SILLY_TAVERN,
        name,
        "\n\n".join(filter(None, parts)),
        greeting=greeting,
        description=text_in(data, "creator_notes"),
        category="service",
        tags=texts_in(data, "tags"),
        declared=declared.variables,
        notes=notes,
    )

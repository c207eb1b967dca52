"""Lists of names and prompts: CSV and JSON of prompts.chat, copilots of Chatbox, agents of Cherry Studio.

In lists with `act` (prompts.chat), `${Name}` and `${Name:default}` are form fields; Cherry Studio fills in `{{date}}` and similar
placeholders; Chatbox has none.
"""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence

from chatdesk.features.presets.importing.entries import (
    ImportEntry,
    Read,
    parameters_of,
    record_in,
    skipped_field_notes,
    text_in,
    texts_in,
)
from chatdesk.features.presets.importing.limits import MAX_TEXT_BYTES
from chatdesk.features.presets.importing.placeholders import cherry_template, dollar_template
from chatdesk.kernel.presets.preset_import import ImportFormat, ImportProblem, ImportRefused, SkipReason
from chatdesk.kernel.presets.template import escape

_NAMES, _PROMPTS = ("act", "name", "title"), ("prompt", "content")
_MAX_COLUMNS = 100


def columns_of(text: str) -> tuple[str, ...] | None:
    """Return the delimiter and the columns of a CSV file of prompts; None if it is none."""
    head = text[:2_000].lstrip().partition("\n")[0].rstrip("\r")
    for delimiter in ",;\t":
        names = tuple(name.strip().strip('"').strip().lower() for name in head.split(delimiter))
        if not set(names).isdisjoint(_NAMES) and not set(names).isdisjoint(_PROMPTS) and len(names) <= _MAX_COLUMNS:
            return (delimiter, *names)
    return None


def read_csv(text: str) -> Iterator[Read]:
    """Yield the rows of a file with such columns as entries. Raises `ImportRefused`."""
    delimiter, *names = columns_of(text) or (",",)
    csv.field_size_limit(MAX_TEXT_BYTES)  # the default limit is lower than the longest prompt
    rows = csv.reader(io.StringIO(text.lstrip(), newline=""), delimiter=delimiter, strict=True)
    try:
        next(rows, None)
        for row in rows:
            if row:
                yield _row(dict(zip(names, row, strict=False)))
    except csv.Error as error:
        raise ImportRefused(ImportProblem.DAMAGED, detail=f"line {rows.line_num}") from error


def _row(row: Mapping[str, str]) -> Read:
    if row.get("type", "").strip().upper() in ("IMAGE", "VIDEO", "AUDIO"):
        return SkipReason.FOR_PICTURES
    name, prompt = text_in(row, *_NAMES), text_in(row, *_PROMPTS)
    if not (name and prompt):
        return SkipReason.EMPTY
    for_developers = row.get("for_devs", "").strip().upper() == "TRUE"
    template, declared = dollar_template(prompt)
    return ImportEntry(ImportFormat.CSV, name, template, declared=declared, category="coding" if for_developers else "")


def read_acts(values: Sequence[object]) -> Iterator[Read]:
    """Yield the entries of a JSON list with `act` and `prompt`."""
    for value in values:
        if not isinstance(value, dict):
            yield SkipReason.NOT_AN_ENTRY
        elif (name := text_in(value, "act")) and (prompt := text_in(value, "prompt")):
            template, declared = dollar_template(prompt)
            yield ImportEntry(ImportFormat.JSON, name, template, declared=declared, notes=skipped_field_notes(value))
        else:
            yield SkipReason.EMPTY


def read_named(values: Sequence[object], kind: ImportFormat) -> Iterator[Read]:
    """Yield the entries of a list with `name` and `prompt`: copilots, agents, assistants."""
    for value in values:
        yield named(value, kind) if isinstance(value, dict) else SkipReason.NOT_AN_ENTRY


def named(value: Mapping[str, object], kind: ImportFormat) -> Read:
    """Return the entry of a record with `name` and `prompt`."""
    prompt = text_in(value, "prompt", "systemPrompt", "system_prompt")
    if not prompt:
        return SkipReason.EMPTY
    settings = record_in(value, "settings")
    template, declared = cherry_template(prompt) if kind is ImportFormat.CHERRY_STUDIO else (escape(prompt), ())
    return ImportEntry(
        kind,
        text_in(value, "name", "title"),
        template,
        description=text_in(value, "description"),
        tags=texts_in(value, "group") + texts_in(value, "tags"),
        parameters=parameters_of(
            settings.get("temperature") if settings.get("enableTemperature", True) else None,
            settings.get("topP") if settings.get("enableTopP", True) else None,
            settings.get("maxTokens") if settings.get("enableMaxTokens") else None,
        ),
        declared=declared,
        notes=skipped_field_notes(value),
        key=text_in(value, "id"),
    )

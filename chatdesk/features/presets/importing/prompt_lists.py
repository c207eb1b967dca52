"""Lists of names and prompts: prompts.chat's CSV, the same as JSON, Chatbox's copilots, Cherry Studio's agents.

`${Name}` and `${Name:default}` stand for a field to fill in where a list has `act` (prompts.chat's); Cherry Studio fills in `{{date}}` and
the like; Chatbox has no placeholders.
"""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence

from chatdesk.features.presets.importing.entries import (
    ImportEntry,
    Read,
    left_out,
    parameters_of,
    record_in,
    text_in,
    texts_in,
)
from chatdesk.features.presets.importing.limits import LARGEST_TEXT
from chatdesk.features.presets.importing.placeholders import cherry_template, dollar_template
from chatdesk.kernel.presets.preset_import import ImportFormat, ImportProblem, ImportRefused, SkipReason
from chatdesk.kernel.presets.template import escape

_NAMES, _PROMPTS = ("act", "name", "title"), ("prompt", "content")
_MOST_COLUMNS = 100


def columns_of(text: str) -> tuple[str, ...] | None:
    """Return the columns of a CSV file of prompts, its delimiter first; None if it is none."""
    head = text[:2_000].lstrip().partition("\n")[0].rstrip("\r")
    for delimiter in ",;\t":
        names = tuple(name.strip().strip('"').strip().lower() for name in head.split(delimiter))
        if not set(names).isdisjoint(_NAMES) and not set(names).isdisjoint(_PROMPTS) and len(names) <= _MOST_COLUMNS:
            return (delimiter, *names)
    return None


def read_csv(text: str) -> Iterator[Read]:
    """Yield what the rows of a file with such columns are. Raises `ImportRefused`."""
    delimiter, *names = columns_of(text) or (",",)
    csv.field_size_limit(LARGEST_TEXT)  # the module's own is less than the longest prompt there is
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
    """Yield what the entries of a JSON list of `act` and `prompt` are."""
    for value in values:
        if not isinstance(value, dict):
            yield SkipReason.NOT_AN_ENTRY
        elif (name := text_in(value, "act")) and (prompt := text_in(value, "prompt")):
            template, declared = dollar_template(prompt)
            yield ImportEntry(ImportFormat.JSON, name, template, declared=declared, notes=left_out(value))
        else:
            yield SkipReason.EMPTY


def read_named(values: Sequence[object], kind: ImportFormat) -> Iterator[Read]:
    """Yield what the entries of a list of `name` and `prompt` are: copilots, agents, assistants."""
    for value in values:
        yield named(value, kind) if isinstance(value, dict) else SkipReason.NOT_AN_ENTRY


def named(value: Mapping[str, object], kind: ImportFormat) -> Read:
    """Return what one record with `name` and `prompt` is."""
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
        notes=left_out(value),
    )

"""Import formats of Cherry Studio, Jan, LM Studio, LobeChat and Open WebUI."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence

from chatdesk.features.presets.files.plain_text import clean_line
from chatdesk.features.presets.importing.entries import (
    ChatsBeside,
    ImportEntry,
    Read,
    list_in,
    parameters_of,
    record_in,
    skipped_field_notes,
    text_in,
    texts_in,
)
from chatdesk.features.presets.importing.foreign_text import parsed
from chatdesk.features.presets.importing.placeholders import DeclaredVariables, cherry_template, convert_placeholders
from chatdesk.features.presets.importing.prompt_lists import named
from chatdesk.kernel.presets.preset_import import ImportFormat, ImportNote, ImportRefused, NoteKind, SkipReason
from chatdesk.kernel.presets.template import escape
from chatdesk.kernel.presets.variable import Variable, VariableKind

# Cherry Studio: backups as `data.json` (up to version 5), and the rows of `backup.sqlite` (version 2 of the program).
#
# `prompt_lists.py` reads its JSON lists of agents and assistants. `data.json` contains JSON strings inside JSON strings.

_STORE = "persist:cherry-studio"
_READ_FIELDS = ("id", "name", "prompt", "emoji", "description", "group", "tags", "settings")
"""The fields of an assistant that are read; its chats and models are ignored."""


def read_backup(backup: Mapping[str, object]) -> Iterator[Read]:
    """Yield the assistants of a backup that have a prompt, and its agents."""
    store = _inner(text_in(record_in(backup, "localStorage"), _STORE))
    assistants, agents = _inner(text_in(store, "assistants")), _inner(text_in(store, "agents"))
    for value in (*list_in(assistants, "assistants"), *list_in(assistants, "presets"), *list_in(agents, "agents")):
        if not isinstance(value, dict):
            yield SkipReason.NOT_AN_ENTRY
        elif text_in(value, "prompt"):  # most have none because they only group chats
            yield named({key: value[key] for key in _READ_FIELDS if key in value}, ImportFormat.CHERRY_STUDIO)
    stored = backup.get("indexedDB")
    if list_in(record_in(backup, "indexedDB"), "topics") or (isinstance(stored, list) and stored):
        yield ChatsBeside(ImportFormat.CHERRY_STUDIO)


def read_rows(rows: Sequence[Mapping[str, object]]) -> Iterator[Read]:
    """Yield the assistants of a database that have a prompt. Such a database has chats, too."""
    for row in rows:
        if text_in(row, "prompt"):
            yield named(row, ImportFormat.CHERRY_STUDIO)
    if rows:
        yield ChatsBeside(ImportFormat.CHERRY_STUDIO)


def _inner(text: str) -> Mapping[str, object]:
    try:
        value = parsed(text) if text else {}
    except ImportRefused:  # the other parts may be valid
        return {}
    return value if isinstance(value, dict) else {}


# LM Studio: since version 0.3 a list of settings (`operation.fields`, each with `key` and `value`), previously `inference_params`.
#
# Some values are plain, others are `{"checked": true, "value": …}`.

_PREFIX = "llm.prediction."
_TOOLS = ("tool", "plugin", "mcp")


def is_preset(value: Mapping[str, object]) -> bool:
    """Return whether a JSON object is a preset of either version."""
    return "fields" in record_in(value, "operation") or isinstance(value.get("inference_params"), dict)


def read_preset(value: Mapping[str, object]) -> ImportEntry:
    """Return the prompt and the parameters of a preset."""
    name = text_in(value, "name") or text_in(value, "identifier").rpartition(":")[2]
    if old := record_in(value, "inference_params"):
        return ImportEntry(
            ImportFormat.LM_STUDIO,
            name,
            escape(text_in(old, "pre_prompt")),
            parameters=parameters_of(old.get("temp"), old.get("top_p"), old.get("n_predict")),
            notes=skipped_field_notes(value),
        )
    fields = {
        key.removeprefix(_PREFIX): _plain(each.get("value"))
        for each in list_in(record_in(value, "operation"), "fields")
        if isinstance(each, dict) and isinstance(key := each.get("key"), str)
    }
    tools = [
        clean_line(key)[:60] for key, said in fields.items() if said and any(word in key.lower() for word in _TOOLS)
    ]
    prompt = fields.get("systemPrompt")
    return ImportEntry(
        ImportFormat.LM_STUDIO,
        name,
        escape(prompt) if isinstance(prompt, str) else "",
        description=text_in(value, "description"),
        parameters=parameters_of(
            fields.get("temperature"), fields.get("topPSampling"), fields.get("maxPredictedTokens")
        ),
        notes=(ImportNote(NoteKind.LEFT_OUT, len(tools), ", ".join(tools[:12])),) if tools else (),
        key=text_in(value, "identifier"),
    )


def _plain(value: object) -> object:
    if isinstance(value, dict) and "checked" in value:
        return value.get("value") if value["checked"] is True else None
    return value


# Jan: `assistants/<id>/assistant.json` in its data folder. The same object is an assistant of OpenAI's API.

_CURRENT_DATE = re.compile(r"\{\{\s*current_date\s*\}\}")


def is_assistant(value: Mapping[str, object]) -> bool:
    """Return whether a JSON object is an assistant of Jan."""
    return value.get("object") == "assistant" and "instructions" in value


def read_assistant(value: Mapping[str, object]) -> Read:
    """Return an assistant; the one that Jan comes with has no instructions in some versions."""
    instructions = text_in(value, "instructions")
    if not instructions:
        return SkipReason.EMPTY
    parameters = record_in(value, "parameters") or value
    return ImportEntry(
        ImportFormat.JAN,
        text_in(value, "name"),
        convert_placeholders(instructions, _CURRENT_DATE, lambda _match: "{{date}}"),
        description=text_in(value, "description"),
        parameters=parameters_of(
            parameters.get("temperature"),
            parameters.get("top_p"),
            parameters.get("max_output_tokens") or parameters.get("max_tokens"),
        ),
        notes=skipped_field_notes(value),
        key=text_in(value, "id"),
    )


# LobeChat: an agent in a file of its own (`config` and `meta`), or all of them in an export: since 2025 as rows of the table `agents`,
# before that as sessions.

_OLD_EXPORTS = frozenset({"agents", "sessions", "singleSession", "settings", "all"})


def is_lobe_chat(value: Mapping[str, object]) -> bool:
    """Return whether a JSON object is an export of LobeChat or one of its agents."""
    is_new = "schemaHash" in value or text_in(value, "mode") in {"pglite", "postgres"}
    is_old = text_in(value, "exportType") in _OLD_EXPORTS and "state" in value
    return (is_new and "data" in value) or is_old or _is_agent(value)


def read_agents(value: Mapping[str, object]) -> Iterator[Read]:
    """Yield the agents with a role or a greeting: most sessions have neither."""
    rows = record_in(value, "data") or record_in(value, "state")
    for each in [value] if _is_agent(value) else (*list_in(rows, "agents"), *list_in(rows, "sessions")):
        if not isinstance(each, dict):
            yield SkipReason.NOT_AN_ENTRY
            continue
        config, about = record_in(each, "config") or each, record_in(each, "meta") or each
        if text_in(config, "systemRole", "openingMessage"):
            yield _agent(config, about, text_in(each, "id"))
    if list_in(rows, "messages"):
        yield ChatsBeside(ImportFormat.LOBECHAT)


def _is_agent(value: Mapping[str, object]) -> bool:
    return "systemRole" in record_in(value, "config") and isinstance(value.get("meta"), dict)


def _agent(config: Mapping[str, object], about: Mapping[str, object], key: str) -> ImportEntry:
    template, declared = cherry_template(text_in(config, "systemRole"))
    parameters = record_in(config, "params")
    return ImportEntry(
        ImportFormat.LOBECHAT,
        text_in(about, "title"),
        template,
        greeting=escape(text_in(config, "openingMessage")),
        description=text_in(about, "description"),
        tags=texts_in(about, "tags"),
        parameters=parameters_of(parameters.get("temperature"), parameters.get("top_p"), parameters.get("max_tokens")),
        declared=declared,
        notes=skipped_field_notes(config),
        key=key,
    )


# Open WebUI: exports of prompts (`command`, `title`, `content`), and of models with a system prompt.
#
# Its prompts are inserted into the message input, so they become opening messages. Open WebUI fills in `{{CLIPBOARD}}` and similar
# placeholders; `{{name | select:options=["a","b"]:default="a"}}` is a form field.

_MARK = re.compile(r"\{\{[ \t]*([^\W\d][\w -]{0,60}?)[ \t]*(?:\|[ \t]*([^{}\n]{0,4000}?)[ \t]*)?\}\}")
_SYSTEM_PLACEHOLDERS = {
    "current_date": "{{date}}",
    "current_datetime": "{{date}} {{time}}",
    "current_time": "{{time}}",
    "user_language": "{{language}}",
    "prompt": "{{input}}",
}
_USER_PLACEHOLDERS = frozenset(
    {"current_weekday", "current_timezone", "user_name", "user_location", "user_email", "user_bio"}
)
"""Placeholders that Open WebUI fills in with data about the user; here the user enters them."""
_PROPERTY = re.compile(r':[ \t]*([a-z]+)(?:[ \t]*=[ \t]*("(?:[^"\\]|\\.)*"|\[[^\]]*\]|[^:"\[\]]*))?')
_KINDS = {
    "textarea": VariableKind.LONG_TEXT,
    "select": VariableKind.CHOICE,
    "number": VariableKind.NUMBER,
    "range": VariableKind.NUMBER,
    "checkbox": VariableKind.TOGGLE,
    "date": VariableKind.DATE,
}
_MAX_FIELD_LENGTH = 500
_MAX_CHOICES = 200


def read_prompts(values: Sequence[object]) -> Iterator[Read]:
    """Yield the entries of an export of prompts."""
    for value in values:
        if not isinstance(value, dict):
            yield SkipReason.NOT_AN_ENTRY
            continue
        name = text_in(value, "title", "name") or text_in(value, "command").lstrip("/").replace("-", " ")
        template, declared = template_of(text_in(value, "content"))
        notes = skipped_field_notes(value, ("command",))
        yield ImportEntry(
            ImportFormat.OPEN_WEBUI,
            name,
            question=template,
            declared=declared,
            tags=texts_in(value, "tags"),
            notes=notes,
        )


def read_models(values: Sequence[object]) -> Iterator[Read]:
    """Yield the entries of an export of models: those with a system prompt."""
    for value in values:
        if not isinstance(value, dict):
            yield SkipReason.NOT_AN_ENTRY
            continue
        about = record_in(value, "info") or value  # nested one level deeper in older exports
        parameters, meta = record_in(about, "params"), record_in(about, "meta")
        template, declared = template_of(text_in(parameters, "system"))
        yield ImportEntry(
            ImportFormat.OPEN_WEBUI,
            text_in(about, "name") or text_in(value, "name"),
            template,
            description=text_in(meta, "description"),
            tags=texts_in(meta, "tags"),
            parameters=parameters_of(
                parameters.get("temperature"), parameters.get("top_p"), parameters.get("max_tokens")
            ),
            declared=declared,
            notes=skipped_field_notes(value),
            key=text_in(about, "id") or text_in(value, "id"),
        )


def template_of(text: str) -> tuple[str, tuple[Variable, ...]]:
    """Return a text converted to a template, and its variables."""
    declared = DeclaredVariables()

    def replacement_for(match: re.Match[str]) -> str | None:
        name, rest = match[1], match[2]
        known = name.lower().replace(" ", "_")
        if rest is None and known in _SYSTEM_PLACEHOLDERS:
            return _SYSTEM_PLACEHOLDERS[known]
        if rest is None and known == "clipboard":
            return declared.placeholder_for("clipboard", Variable("", VariableKind.CLIPBOARD))
        if rest is None and known in _USER_PLACEHOLDERS:
            return declared.placeholder_for(name.replace("_", " ").capitalize())
        return declared.placeholder_for(name.replace("_", " "), _variable(rest or "text"))

    return convert_placeholders(text, _MARK, replacement_for), declared.variables


def _variable(definition: str) -> Variable:
    kind, _, rest = definition.partition(":")
    properties = {match[1]: match[2] or "" for match in _PROPERTY.finditer(f":{rest}")}
    choices = _choices(properties.get("options", ""))
    found = _KINDS.get(kind.strip(), VariableKind.TEXT)
    if found is VariableKind.CHOICE and not choices:
        found = VariableKind.TEXT
    default = _text_property(properties, "default")
    return Variable(
        "",
        found,
        hint=_text_property(properties, "placeholder"),
        default=("on" if default == "true" else "") if found is VariableKind.TOGGLE else default,
        choices=choices if found is VariableKind.CHOICE else (),
        required="required" in properties,
        minimum=_number(properties, "min"),
        maximum=_number(properties, "max"),
        step=_number(properties, "step"),
    )


def _text_property(properties: Mapping[str, str], key: str) -> str:
    return clean_line(properties.get(key, "").strip().strip('"').replace('\\"', '"'))[:_MAX_FIELD_LENGTH]


def _choices(options: str) -> tuple[str, ...]:
    try:
        values = json.loads(options)
    except (ValueError, RecursionError):
        return ()
    found = (clean_line(value)[:_MAX_FIELD_LENGTH] for value in values if isinstance(value, str))
    return tuple(dict.fromkeys(filter(None, found)))[:_MAX_CHOICES]


def _number(properties: Mapping[str, str], key: str) -> float | None:
    try:
        value = float(_text_property(properties, key) or "nan")
    except ValueError:
        return None
    return value if abs(value) <= 1e15 else None

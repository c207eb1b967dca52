"""What a Dify app tells of itself: `/info` and `/parameters` -> an application, and what may go along with a question."""

from collections.abc import Mapping
from dataclasses import dataclass

from chatdesk.domain.application import Application
from chatdesk.domain.presets.variable import TOGGLE_ON, Variable, VariableKind
from chatdesk.providers.applications.forms import MOST_FIELDS, texts, variable, words
from chatdesk.providers.json_values import count_of, elements, members, number_of, text_of

CHAT_MODES = frozenset({"chat", "agent-chat", "advanced-chat", "agent"})
"""Of an app; the others answer no chats."""
MOST_QUESTIONS = 12
_KINDS = {
    "text-input": VariableKind.TEXT,
    "paragraph": VariableKind.LONG_TEXT,
    "select": VariableKind.CHOICE,
    "number": VariableKind.NUMBER,
    "checkbox": VariableKind.TOGGLE,
    "url": VariableKind.TEXT,
}
_FILES = frozenset({"file", "file-list"})
_MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class DifyApp:
    """An app as it describes itself. `most_pictures` of one question, each of at most `picture_bytes`; none go along with 0."""

    name: str
    application: Application
    most_pictures: int = 0
    picture_bytes: int | None = None
    needs_file: str = ""
    """What the app calls a file it demands before it answers: files in forms cannot be sent yet."""


def decode_app(info: Mapping[str, object], parameters: Mapping[str, object]) -> DifyApp:
    """Return what both replies tell."""
    fields = [
        (kind, members(field))
        for item in elements(parameters.get("user_input_form"))
        for kind, field in members(item).items()
    ]
    inputs = [made for kind, field in fields[:MOST_FIELDS] if (made := _variable(kind, field))]
    demanded = (words(field.get("label")) for kind, field in fields if kind in _FILES and field.get("required") is True)
    after = members(parameters.get("suggested_questions_after_answer"))
    application = Application(
        description=words(info.get("description")),
        opening=text_of(parameters.get("opening_statement")).strip(),
        questions=texts(parameters.get("suggested_questions"), MOST_QUESTIONS),
        inputs=tuple(inputs),
        follows_up=after.get("enabled") is True,
    )
    pictures = members(members(parameters.get("file_upload")).get("image"))
    ways = elements(pictures.get("transfer_methods"))
    takes = pictures.get("enabled") is True and (not ways or "local_file" in ways)
    limit = number_of(members(parameters.get("system_parameters")).get("image_file_size_limit"))
    return DifyApp(
        words(info.get("name")),
        application,
        (count_of(pictures.get("number_limits")) or 1) if takes else 0,
        int(limit * _MEGABYTE) if limit else None,
        next(demanded, ""),
    )


def as_inputs(inputs: tuple[Variable, ...], values: Mapping[str, str]) -> dict[str, object]:
    """Return what was filled in as the app wants it: numbers as numbers, what is empty left out."""
    sent: dict[str, object] = {}
    for each in inputs:
        value = values.get(each.name, each.default)
        if each.kind is VariableKind.TOGGLE:
            sent[each.name] = value == TOGGLE_ON
        elif value.strip():
            sent[each.name] = _number(value) if each.kind is VariableKind.NUMBER else value
    return sent


def _variable(kind: str, field: Mapping[str, object]) -> Variable | None:
    if kind not in _KINDS or field.get("hide") is True:
        return None
    return variable(
        field.get("variable"),
        _KINDS[kind],
        field,
        label=field.get("label"),
        default=field.get("default"),
        choices=elements(field.get("options")),
    )


def _number(value: str) -> object:
    try:
        number = float(value.replace(",", "."))
    except ValueError:
        return value  # the app says what is wrong with it
    return int(number) if number.is_integer() else number

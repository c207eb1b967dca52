"""Decoding of a Dify app's description (`/info` and `/parameters`) into an application and its attachment limits."""

from collections.abc import Mapping
from dataclasses import replace

from chatdesk.kernel.chat.application import Application, sent_files
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.presets.variable import TOGGLE_ON, Upload, Variable, VariableKind
from chatdesk.kernel.text.json_values import count_of, elements, members, number_of, text_of
from chatdesk.providers.applications.forms import MAX_FORM_FIELDS, texts, variable, words

CHAT_MODES = frozenset({"chat", "agent-chat", "advanced-chat", "agent"})
"""App types that answer chats."""
MAX_QUESTIONS = 12
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
_USUAL_MEGABYTES = 15
"""File size limit if the app does not specify one."""
_USUAL_FILES = 5
"""Number of files in a list if the app does not specify it."""
_MAX_FILES = 50
_ENDINGS = {
    "image": frozenset({"jpg", "jpeg", "png", "webp", "gif", "svg"}),
    "audio": frozenset({"mp3", "m4a", "wav", "amr", "mpga"}),
    "video": frozenset({"mp4", "mov", "mpeg", "webm"}),
    "document": frozenset(
        {
            "txt",
            "md",
            "mdx",
            "markdown",
            "pdf",
            "html",
            "xlsx",
            "xls",
            "docx",
            "csv",
            "eml",
            "msg",
            "pptx",
            "ppt",
            "xml",
            "epub",
        }
    ),
}
"""File name extensions by Dify's file types."""


@dataclass(frozen=True, slots=True)
class DifyApp:
    """An app's description.

    `max_pictures` is the limit for one question, each with at most `picture_bytes`; 0 means that none can be sent.
    """

    name: str
    application: Application
    max_pictures: int = 0
    picture_bytes: int | None = None


def decode_app(info: Mapping[str, object], parameters: Mapping[str, object]) -> DifyApp:
    """Return the app described by both replies."""
    fields = [
        (kind, members(field))
        for item in elements(parameters.get("user_input_form"))
        for kind, field in members(item).items()
    ]
    limits = members(parameters.get("system_parameters"))
    inputs = [made for kind, field in fields[:MAX_FORM_FIELDS] if (made := _variable(kind, field, limits))]
    after = members(parameters.get("suggested_questions_after_answer"))
    application = Application(
        description=words(info.get("description")),
        opening=text_of(parameters.get("opening_statement")).strip(),
        questions=texts(parameters.get("suggested_questions"), MAX_QUESTIONS),
        inputs=tuple(inputs),
        follows_up=after.get("enabled") is True,
    )
    pictures = members(members(parameters.get("file_upload")).get("image"))
    methods = elements(pictures.get("transfer_methods"))
    accepts = pictures.get("enabled") is True and (not methods or "local_file" in methods)
    limit = number_of(limits.get("image_file_size_limit"))
    return DifyApp(
        words(info.get("name")),
        application,
        (count_of(pictures.get("number_limits")) or 1) if accepts else 0,
        int(limit * _MEGABYTE) if limit else None,
    )


def as_inputs(inputs: tuple[Variable, ...], values: Mapping[str, str]) -> dict[str, object]:
    """Return the input values in the app's format: numbers as numbers, without empty ones."""
    sent: dict[str, object] = {}
    for each in inputs:
        value = values.get(each.name, each.default)
        if each.upload:
            if files := [as_file(file.id, file.kind) for file in sent_files(value)[: each.upload.most]]:
                sent[each.name] = files if each.upload.several else files[0]
        elif each.kind is VariableKind.TOGGLE:
            sent[each.name] = value == TOGGLE_ON
        elif value.strip():
            sent[each.name] = _number(value) if each.kind is VariableKind.NUMBER else value
    return sent


def as_file(file_id: str, kind: str) -> dict[str, object]:
    """Return the reference to an uploaded file in the app's format."""
    return {"type": kind, "transfer_method": "local_file", "upload_file_id": file_id}


def file_kind(name: str, kinds: tuple[str, ...]) -> str:
    """Return the app's file type for a file name extension; for an unknown one, a type that the app accepts, or "document"."""
    ending = name.rpartition(".")[2].lower()
    found = next((kind for kind, endings in _ENDINGS.items() if ending in endings), "")
    if found and (not kinds or found in kinds):
        return found
    return "custom" if "custom" in kinds else (kinds[0] if kinds else "document")


def _upload(kind: str, field: Mapping[str, object], limits: Mapping[str, object]) -> Upload:
    endings = texts(field.get("allowed_file_extensions"), MAX_FORM_FIELDS)
    megabytes = number_of(limits.get("file_size_limit")) or _USUAL_MEGABYTES
    return Upload(
        int(megabytes * _MEGABYTE),
        tuple("." + ending.lower().lstrip(".") for ending in endings),
        texts(field.get("allowed_file_types"), MAX_FORM_FIELDS),
        several=kind == "file-list",
        most=min(count_of(field.get("max_length")) or _USUAL_FILES, _MAX_FILES) if kind == "file-list" else 1,
    )


def _variable(kind: str, field: Mapping[str, object], limits: Mapping[str, object]) -> Variable | None:
    if kind in _FILES and field.get("hide") is not True:
        made = variable(field.get("variable"), VariableKind.FILE, field, label=field.get("label"))
        return replace(made, upload=_upload(kind, field, limits)) if made else None
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
        return value  # the app reports what is wrong with it
    return int(number) if number.is_integer() else number

"""Instructions for the model: texts that are sent before a conversation.

There are several scopes: instructions for all chats, and those of a folder, a model, a preset and a single chat. They
are joined in this order.
"""

import json
from collections.abc import Iterable
from enum import StrEnum

from chatdesk.kernel.fast_dataclass import dataclass

MAX_INSTRUCTIONS_LENGTH = 100_000
"""Maximum length in characters of what the user enters for one scope."""
_MAX_STORED_LENGTH = 5_000_000
"""Maximum characters of one part of a stored record."""
_MAX_NAME_LENGTH = 300


class Scope(StrEnum):
    """What instructions apply to, in the order in which they are sent."""

    ALL_CHATS = "all"
    FOLDER = "folder"
    MODEL = "model"
    PRESET = "preset"
    CHAT = "chat"


class AnswerLength(StrEnum):
    """The length of answers that the user wants in a chat."""

    DEFAULT = ""
    SHORT = "short"
    MEDIUM = "medium"
    LONG = "long"

    @property
    def sentence(self) -> str:
        """The sentence that asks the model for this length; empty for the default.

        Read by the model, so not translated.
        """
        return _SENTENCES.get(self, "")


_SENTENCES = {
    AnswerLength.SHORT: "Keep your answers short: a few sentences, unless I ask for more.",
    AnswerLength.MEDIUM: "Give answers of medium length: the main points with a brief explanation.",
    AnswerLength.LONG: "Give long, detailed answers, with explanations and examples.",
}


@dataclass(frozen=True, slots=True)
class ScopedInstructions:
    """The instructions of one scope. `name` is that of the folder, model or preset when they were sent."""

    scope: Scope
    text: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class SentInstructions:
    """All instructions that were sent for an answer, in order. An answer keeps them when the settings change."""

    parts: tuple[ScopedInstructions, ...] = ()

    @property
    def text(self) -> str:
        """The text as it is sent; empty if there are no instructions."""
        return "\n\n".join(part.text for part in self.parts)

    @property
    def key(self) -> str:
        """A hash of the content, under which equal instructions are stored once."""
        from hashlib import sha256  # noqa: PLC0415 - start-up time

        return sha256(to_json(self).encode("utf-8", "surrogatepass")).hexdigest()


NO_INSTRUCTIONS = SentInstructions()


def combined_instructions(parts: Iterable[ScopedInstructions]) -> SentInstructions:
    """Return the instructions of several scopes, without empty ones."""
    stripped = (ScopedInstructions(part.scope, part.text.strip(), part.name) for part in parts)
    return SentInstructions(tuple(part for part in stripped if part.text))


# Conversion to JSON and back. Reading is tolerant: databases and files may contain records written by anything.


def to_records(instructions: SentInstructions) -> list[dict[str, object]]:
    """Return the parts as plain values for JSON."""
    return [
        {"scope": part.scope.value, "text": part.text, **({"name": part.name} if part.name else {})}
        for part in instructions.parts
    ]


def from_records(records: object) -> SentInstructions | None:
    """Return the instructions in the result of `to_records`; None if these are no records.

    Parts with an unknown scope are omitted, and texts that are too long are truncated.
    """
    if not isinstance(records, list):
        return None
    parts: dict[Scope, ScopedInstructions] = {}
    for record in records[: len(Scope)]:
        if isinstance(record, dict) and record.get("scope") in set(Scope):
            scope = Scope(record["scope"])
            text, name = _text(record.get("text"), _MAX_STORED_LENGTH), _text(record.get("name"), _MAX_NAME_LENGTH)
            parts[scope] = ScopedInstructions(scope, text, name)
    return combined_instructions(parts[scope] for scope in Scope if scope in parts)


def to_json(instructions: SentInstructions) -> str:
    """Return the instructions as JSON."""
    return json.dumps(to_records(instructions), ensure_ascii=False, separators=(",", ":"))


def from_json(text: str) -> SentInstructions | None:
    """Return the instructions in the result of `to_json`; None if the text contains none."""
    try:
        return from_records(json.loads(text))
    except (TypeError, ValueError, RecursionError):
        return None


def _text(value: object, limit: int) -> str:
    text = value[:limit] if isinstance(value, str) else ""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")

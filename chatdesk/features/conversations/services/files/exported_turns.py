"""The messages of a chat in the order in which a file shows them, reduced to what the user wants in it."""

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum

from chatdesk.features.chat.services.request.formulas import FormulaKey
from chatdesk.features.conversations.services.files.chat_markdown import sources_markdown
from chatdesk.features.conversations.services.files.exported_chat import (
    ExportedChat,
    ExportedMessage,
    ExportLabels,
    Include,
)
from chatdesk.kernel.chat.message import DocumentPart, ImagePart, Message, ReasoningPart, Role
from chatdesk.kernel.chat.request import Picture
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.rendering.markdown.blocks import Block, Formula, Heading, Paragraph, Span, Table
from chatdesk.rendering.markdown.markdown import parse


def exported_turns(
    messages: Sequence[Message], path: Sequence[Message], include: frozenset[Include], labels: ExportLabels
) -> tuple[ExportedMessage, ...]:
    """Return what a file shows of the messages of a chat.

    `path` is the path being shown. If other versions are wanted, they follow the shown version, each with the messages below it, which are
    labelled with the version to which they belong.
    """
    ordered = _tree(messages, path, labels) if Include.VERSIONS in include else ((message, "") for message in path)
    return tuple(
        exported_message(message, labels, include, version)
        for message, version in ordered
        if Include.QUESTIONS in include or message.role is not Role.USER
    )


def exported_message(
    message: Message, labels: ExportLabels, include: frozenset[Include] = frozenset(Include), version: str = ""
) -> ExportedMessage:
    """Return one message as a file shows it."""
    if Include.REASONING not in include and message.reasoning:
        message = message.with_parts(part for part in message.parts if not isinstance(part, ReasoningPart))
    return ExportedMessage(
        message, _speaker(message, labels), _facts(message, labels) if Include.FACTS in include else "", version
    )


def _tree(messages: Sequence[Message], path: Sequence[Message], labels: ExportLabels) -> Iterator[tuple[Message, str]]:
    """Yield all messages, each after its parent, with the name of their version or of the branch they are on.

    A message whose parent is missing is treated like a first one. Messages whose parents form a circle are left out.
    """
    known, shown = {message.id for message in messages}, {message.id for message in path}
    families: dict[str | None, list[Message]] = {}
    for message in messages:
        families.setdefault(message.parent_id if message.parent_id in known else None, []).append(message)
    # What is still to do, the next at the end: show a message, or continue below it.
    waiting: list[tuple[Message | None, str, bool]] = [(None, "", False)]
    while waiting:
        parent, branch, is_shown = waiting.pop()
        if parent and is_shown:
            yield parent, branch
            continue
        family = sorted(families.get(parent.id if parent else None, ()), key=lambda each: each.id not in shown)
        steps: list[tuple[Message | None, str, bool]] = []
        for message in family:
            name = _version(message, family, labels) or branch
            below = (message, "" if message.id in shown else name, False)
            steps += [(message, name, True), *([below] if message is not family[0] else [])]
        if family:
            steps.append((family[0], "" if family[0].id in shown else steps[0][1], False))
        waiting += reversed(steps)


def _version(message: Message, family: Sequence[Message], labels: ExportLabels) -> str:
    """Return the name of a version; empty if a message has no others. Versions are counted in the order of their creation."""
    versions = sorted(
        (each for each in family if (each.role is Role.USER) is (message.role is Role.USER)),
        key=lambda each: each.sequence,
    )
    if len(versions) == 1:
        return ""
    return labels.version.format(number=versions.index(message) + 1, count=len(versions))


def _speaker(message: Message, labels: ExportLabels) -> str:
    match message.role:
        case Role.USER:
            return labels.you
        case Role.ASSISTANT:
            return " ".join(message.model.model_id.split()) if message.model else labels.answer
        case Role.SYSTEM:
            return labels.instructions
        case Role.TOOL:
            return labels.tool


def _facts(message: Message, labels: ExportLabels) -> str:
    tokens = message.usage.completion_tokens if message.usage else None
    time = labels.format_time(message.created_at)
    return f"{time} · {labels.tokens.format(count=tokens)}" if tokens else time


# The content of a message in reading order, for formats that are made of blocks.


class ContentKind(StrEnum):
    """What a part of a message is."""

    TEXT = "text"
    REASONING = "reasoning"
    SOURCES = "sources"
    """The passages and pages on which the answer is based, as a numbered list."""


@dataclass(frozen=True, slots=True)
class WrittenContent:
    """Text of a message as blocks. `milliseconds` is how long the model reasoned; 0 if that is unknown."""

    kind: ContentKind
    blocks: Sequence[Block]
    milliseconds: int = 0


@dataclass(frozen=True, slots=True)
class AttachedContent:
    """A picture or document of a message. `picture` is missing if it is not to be included, too large or not stored."""

    part: ImagePart | DocumentPart
    picture: Picture | None = None
    copy: str = ""
    """Where a document was copied to, relative to the file."""


def content_of(turn: ExportedMessage, chat: ExportedChat) -> Iterator[WrittenContent | AttachedContent]:
    """Yield the content of a message: reasoning, then its text with pictures and documents as on the screen, and its sources."""
    message = turn.message
    if message.reasoning and message.reasoning.text.strip():
        yield WrittenContent(ContentKind.REASONING, parse(message.reasoning.text), message.reasoning.milliseconds)
    attached = [
        AttachedContent(part, chat.pictures.get(part.sha256), chat.copies.get(part.sha256, ""))
        for part in message.parts
        if isinstance(part, ImagePart | DocumentPart)
    ]
    if message.role is Role.USER:
        yield from attached
    if message.text.strip():
        yield WrittenContent(ContentKind.TEXT, parse(message.text))
    if message.role is not Role.USER:
        yield from attached
    if message.sources:
        yield WrittenContent(ContentKind.SOURCES, parse(sources_markdown(message.sources)))


def caption_of(turn: ExportedMessage) -> str:
    """Return the text above a message in formats that have no heading for its author; usually empty."""
    return " · ".join(filter(None, (turn.speaker if turn.facts else "", turn.version, turn.facts)))


def reasoning_head(content: WrittenContent, labels: ExportLabels) -> str:
    """Return the title of the reasoning of a message."""
    seconds = round(content.milliseconds / 1000)
    return f"{labels.reasoning} ({seconds} s)" if seconds else labels.reasoning


def formulas_in(turns: Iterable[ExportedMessage]) -> Iterator[FormulaKey]:
    """Yield the formulas of messages, as `Export.formulas` has them. Slow for a long chat."""
    for turn in turns:
        for text in filter(None, (turn.message.text, turn.message.reasoning.text if turn.message.reasoning else "")):
            if "$" in text or "\\" in text or "```" in text:
                for block in parse(text):
                    yield from _formulas_of(block)


def _formulas_of(block: Block) -> Iterator[FormulaKey]:
    match block:
        case Formula():
            yield FormulaKey(block.macros + block.latex, displayed=True)
        case Paragraph() | Heading():
            yield from _formulas_of_spans(block.spans)
        case Table():
            for row in (block.header, *block.rows):
                for cell in row:
                    yield from _formulas_of_spans(cell)
        case _:
            pass


def _formulas_of_spans(spans: Iterable[Span]) -> Iterator[FormulaKey]:
    for span in spans:
        if span.formula:
            yield FormulaKey(span.macros + span.formula, displayed=False)

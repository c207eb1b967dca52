"""SillyTavern: a chat is a file with one JSON value in each line, first a header with the names of both sides, then the messages.

The folder of a character is its folder here. Answers that were rejected are `swipes` of the message; they become alternatives.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import PurePath

from chatdesk.features.conversations.importing.foreign_chat import (
    DamagedChat,
    ForeignChat,
    ForeignFile,
    ForeignMessage,
    ForeignPart,
    Loss,
    Program,
    counted_losses,
    time_of,
)
from chatdesk.features.conversations.importing.foreign_parts import picture_in
from chatdesk.features.conversations.importing.json_lines import json_lines
from chatdesk.features.conversations.importing.source import Source, SourceFile
from chatdesk.features.presets.importing.entries import list_in, record_in, text_in
from chatdesk.kernel.chat.message import ReasoningPart, Role, TextPart
from chatdesk.kernel.chat.usage import count
from chatdesk.kernel.presets.preset_import import ImportProblem, ImportRefused

_SUFFIX = ".jsonl"
_BEGINS = re.compile(rb'\s*\{[^\n]{0,60000}"(?:chat_metadata|is_user)"\s*:')
_HEADER = re.compile(rb'\s*\{[^\n]{0,60000}"(?:user_name|character_name|name)"\s*:')
_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2}) ?@ ?(\d{1,2})h ?(\d{1,2})m(?: ?(\d{1,2})s)?(?: ?(\d{1,3})ms)?")
_WRITTEN_DATES = ("%B %d, %Y %I:%M%p", "%B %d, %Y %H:%M")


def recognize(source: Source) -> bool:
    """Return whether a source has chats of SillyTavern."""
    return next(_chat_files(source), None) is not None


def read(source: Source) -> Iterator[ForeignChat | DamagedChat | Loss]:
    """Yield the chats."""
    for file in _chat_files(source):
        try:
            yield _chat(source, file)
        except ImportRefused as error:
            if error.problem is not ImportProblem.TOO_MANY:
                raise
            yield DamagedChat(PurePath(file.base).stem)


def _chat_files(source: Source) -> Iterator[SourceFile]:
    for file in source.only or (each for each in source.files if each.base.endswith(_SUFFIX)):
        outline = source.outline(file)
        if _BEGINS.match(outline) and _HEADER.match(outline):
            yield file


def _chat(source: Source, file: SourceFile) -> ForeignChat | Loss:
    losses: list[Loss] = []
    found: list[ForeignMessage] = []
    header: Mapping[str, object] = {}
    parent = ""
    for number, value in enumerate(json_lines(source, file)):
        if not isinstance(value, dict):
            losses.append(Loss.DAMAGED_MESSAGE)
        elif "is_user" not in value and not found:
            header = value
        elif value.get("is_system") is not True:  # a comment that no model got
            versions, chosen = _versions(value, str(number), parent, losses)
            found += versions
            parent = chosen or parent
    if not found:
        return Loss.EMPTY_CHAT
    name = file.base.removesuffix(_SUFFIX)
    character = text_in(header, "character_name")
    return ForeignChat(
        Program.SILLY_TAVERN,
        f"{character}/{name}",
        name,
        tuple(found),
        parent,
        _time(header.get("create_date")),
        folder=character if character != "unused" else file.name.rpartition("/")[0].rpartition("/")[2],
        lost=counted_losses(losses),
    )


def _versions(
    record: Mapping[str, object], name: str, parent: str, losses: list[Loss]
) -> tuple[list[ForeignMessage], str]:
    """Return a message with its alternatives, and the id of the one that is shown."""
    is_user = record.get("is_user") is True
    text = record.get("mes")
    swipes = [each for each in list_in(record, "swipes") if isinstance(each, str)]
    shown = count(record.get("swipe_id")) or 0
    if is_user or shown >= len(swipes):
        swipes, shown = [text if isinstance(text, str) else ""], 0
    elif isinstance(text, str):
        swipes[shown] = text  # it may have been edited since
    infos = list_in(record, "swipe_info")
    made: list[ForeignMessage] = []
    for number, each in enumerate(swipes):
        info = infos[number] if number < len(infos) and number != shown else record
        own = info if isinstance(info, dict) else {}
        extra = record_in(own, "extra")
        made.append(
            ForeignMessage(
                f"{name}.{number}",
                parent,
                Role.USER if is_user else Role.ASSISTANT,
                tuple(_parts(each, extra, losses)),
                _time(own.get("send_date")),
                text_in(extra, "model") if not is_user else "",
            )
        )
    return made, made[shown].id


def _parts(text: str, extra: Mapping[str, object], losses: list[Loss]) -> Iterator[ForeignPart]:
    if thought := text_in(extra, "reasoning"):
        yield ReasoningPart(thought, count(extra.get("reasoning_duration")) or 0)
    if text.strip():
        yield TextPart(text)
    if address := text_in(extra, "image"):
        yield picture_in(address, losses)
    file = record_in(extra, "file")
    if content := text_in(file, "text"):
        yield ForeignFile(text_in(file, "name"), "text/plain", text=content)
    elif file:
        losses.append(Loss.DOCUMENT)


def _time(value: object) -> datetime | None:
    """Return a time in one of the spellings of SillyTavern; those without a zone are treated as UTC."""
    if found := time_of(value):
        return found
    if not isinstance(value, str):
        return None
    if match := _DATE.search(value):
        year, month, day, hour, minute, second = (int(each or 0) for each in match.groups()[:6])
        try:
            return datetime(year, month, day, hour, minute, second, tzinfo=UTC)
        except ValueError:
            return None
    for form in _WRITTEN_DATES:
        try:
            return datetime.strptime(value.strip(), form).replace(tzinfo=UTC)
        except ValueError:
            continue
    return None

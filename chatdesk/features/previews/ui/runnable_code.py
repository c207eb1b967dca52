"""Runnable code of a chat: the code of its answers as artifacts, and the versions of each artifact."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from itertools import groupby

from chatdesk.features.previews.domain.artifact import Artifact, CodeFence, SourceFile
from chatdesk.features.previews.domain.edited_version import EditedVersion
from chatdesk.features.previews.domain.file_names import name_in_line
from chatdesk.features.previews.domain.recognition import artifacts_of
from chatdesk.features.previews.domain.version_matching import Answer, Versions
from chatdesk.features.previews.domain.version_matching import versions_of as find_versions
from chatdesk.kernel.chat.message import Message, Role
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.rendering.markdown.blocks import Block, Code, Paragraph
from chatdesk.rendering.markdown.markdown import parse
from chatdesk.rendering.markdown.open_blocks.fence_info import fence_language, fence_title

_FENCES = ("```", "~~~")


@dataclass(frozen=True, slots=True)
class Runnable:
    """An artifact with its origin. `number` is that of a version edited by the user; 0 for the code of the answer."""

    message_id: str
    made_at: datetime
    artifact: Artifact
    number: int = 0
    question: str = ""
    """The ID of the message that was answered."""
    restored: int = 0
    """The number of the version that this one restores; 0 if it restores none."""

    @property
    def source(self) -> str:
        """Identifies the answer or the edited version of it."""
        return f"{self.message_id}#{self.number}" if self.number else self.message_id

    @property
    def key(self) -> str:
        """Identifies the runnable; stays the same while its code grows."""
        return f"{self.source}/{self.artifact.identity}"

    def with_changes(self, own: EditedVersion) -> "Runnable":
        """Return the version with the user's changes. Files that are new in it are appended."""
        texts = {file.name: file.text for file in own.files}
        files = [replace(file, text=texts.pop(file.name, file.text)) for file in self.artifact.files]
        files += (SourceFile(name, text, self.artifact.identity) for name, text in texts.items())
        artifact = replace(self.artifact, files=tuple(files), complete=True)
        return replace(self, artifact=artifact, number=own.number, made_at=own.made_at, restored=own.restored)


def fences_of(blocks: Sequence[Block]) -> tuple[CodeFence, ...]:
    """Return the code blocks of an answer, numbered by their block index."""
    found = []
    for number, block in enumerate(blocks):
        if isinstance(block, Code):
            before = blocks[number - 1] if number else None
            said = "".join(span.text for span in before.spans) if isinstance(before, Paragraph) else ""
            name = fence_title(block.info) or name_in_line(said)
            found.append(CodeFence(number, fence_language(block.info), block.text, name, block.closed))
    return tuple(found)


def runnable_in(message: Message, blocks: Sequence[Block]) -> tuple[Runnable, ...]:
    """Return the runnable code of one answer."""
    question = message.parent_id or ""
    return tuple(
        Runnable(message.id, message.created_at, artifact, question=question)
        for artifact in artifacts_of(fences_of(blocks))
    )


def runnable_of(messages: Sequence[Message]) -> tuple[Runnable, ...]:
    """Return the runnable code of messages, oldest first. Parses them, so it must not be called on the UI thread."""
    answers = (message for message in messages if message.role is Role.ASSISTANT)
    return tuple(
        runnable
        for message in answers
        if any(fence in message.text for fence in _FENCES)
        for runnable in runnable_in(message, parse(message.text))
    )


def versions_of(runnables: Sequence[Runnable], one: Runnable) -> tuple[Runnable, ...]:
    """Return all versions of a runnable, oldest first, including itself. `runnables` are in the order of the chat."""
    by_position = {(each.source, each.artifact.identity): each for each in runnables}
    found = _all_versions(runnables).of(one.source, one.artifact.identity)
    return tuple(by_position[version.message, version.artifact.identity] for version in found) or (one,)


def numbers_of(runnables: Sequence[Runnable]) -> dict[str, tuple[int, int]]:
    """Return, by key, the version number of each runnable, from 1, and the number of versions. `runnables` are in chat order."""
    versions = _all_versions(runnables)
    numbers = {}
    for each in runnables:
        of_it = versions.of(each.source, each.artifact.identity)
        version = versions.find(each.source, each.artifact.identity)
        numbers[each.key] = (version.number if version else 1, max(1, len(of_it)))
    return numbers


def _all_versions(runnables: Sequence[Runnable]) -> Versions:
    return find_versions(
        _answer(list(group)) for _name, group in groupby(runnables, key=lambda runnable: runnable.source)
    )


def _answer(group: Sequence[Runnable]) -> Answer:
    first = group[0]
    changes = first.message_id if first.number else ""
    return Answer(first.source, [each.artifact for each in group], first.question, changes)

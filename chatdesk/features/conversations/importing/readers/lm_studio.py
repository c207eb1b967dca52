"""LM Studio: one file `*.conversation.json` for each chat, in folders below `conversations`; attached files are in `user-files` beside it.

The format is internal and not documented. Each message has `versions`: those that are not selected are alternatives. An answer consists of
steps: blocks with text, reasoning, calls of tools and their results. Messages have no IDs: one is known by its position and its text,
because messages can be changed and deleted.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping

from chatdesk.features.conversations.importing.foreign_chat import (
    DamagedChat,
    ForeignChat,
    ForeignMessage,
    ForeignPart,
    Loss,
    Program,
    counted_losses,
    time_of,
)
from chatdesk.features.conversations.importing.foreign_parts import (
    ROLES,
    Attachments,
    files_in,
    instructions_of,
    text_of,
    thought_and_text,
    tool_parts,
)
from chatdesk.features.conversations.importing.source import Source, SourceFile
from chatdesk.features.presets.importing.entries import list_in, record_in, text_in
from chatdesk.kernel.chat.message import Part, ReasoningPart, Role, TextPart, ToolResultPart
from chatdesk.kernel.chat.usage import Usage, count, rate
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.presets.preset_import import ImportRefused

_SUFFIX = ".conversation.json"
_FOLDER = "conversations/"
_ATTACHMENT_FOLDER = "user-files"
_BEGINS = re.compile(
    rb'\s*\{(?=.{0,60000}"(?:versions|lastUsedModel|perChatPredictionConfig|tokenCount)"\s*:).{0,60000}"messages"\s*:',
    re.DOTALL,
)
_SYSTEM_PROMPT = "llm.prediction.systemPrompt"
_FINISHED = frozenset({"", "eosFound", "stopStringFound", "toolCalls", "maxPredictedTokensReached"})


def recognize(source: Source) -> bool:
    """Return whether a source has conversations of LM Studio."""
    if source.only:
        return any(_BEGINS.match(source.outline(file)) for file in source.only)
    return next(_conversations(source), None) is not None


def read(source: Source) -> Iterator[ForeignChat | DamagedChat | Loss]:
    """Yield the chats."""
    attachments = Attachments(source, files_in(source, _ATTACHMENT_FOLDER))
    for file in source.only or _conversations(source):
        try:
            value = source.json(file)
        except ImportRefused:
            if source.only:
                raise
            yield DamagedChat(file.base)
            continue
        yield _chat(value, file, attachments) if isinstance(value, dict) else DamagedChat(file.base)


def _conversations(source: Source) -> Iterator[SourceFile]:
    return (file for file in source.files if file.base.endswith(_SUFFIX))


def _chat(record: Mapping[str, object], file: SourceFile, attachments: Attachments) -> ForeignChat | Loss:
    losses: list[Loss] = []
    reading = _Reading(attachments, losses)
    messages, head = reading.messages(list_in(record, "messages"))
    if not messages:
        return Loss.EMPTY_CHAT
    fields = list_in(record_in(record, "perChatPredictionConfig"), "fields")
    prompts = [each.get("value") for each in fields if isinstance(each, dict) and each.get("key") == _SYSTEM_PROMPT]
    prompt = next((each for each in prompts if isinstance(each, str) and each.strip()), "")
    return ForeignChat(
        Program.LM_STUDIO,
        file.base.removesuffix(_SUFFIX),
        text_in(record, "name"),
        messages,
        head,
        time_of(record.get("createdAt")) or time_of(file.base.removesuffix(_SUFFIX)),
        time_of(record.get("assistantLastMessagedAt")) or time_of(record.get("userLastMessagedAt")),
        pinned=record.get("pinned") is True,
        folder=_folder_of(file.name),
        instructions=instructions_of((prompt or text_in(record, "systemPrompt"),)),
        lost=counted_losses(losses),
    )


def _folder_of(name: str) -> str:
    """Return the folder of a chat below the folder of all conversations; empty for a chat that is in none."""
    folder = f"/{name}".rpartition("/")[0].removeprefix("/")
    inside = f"{folder}/".partition(_FOLDER)[2] if _FOLDER in f"{folder}/" else f"{folder}/"
    return inside.strip("/").replace("/", " / ")


@dataclass(frozen=True, slots=True)
class _Reading:
    attachments: Attachments
    losses: list[Loss]

    def messages(self, records: list[object]) -> tuple[tuple[ForeignMessage, ...], str]:
        """Return the messages and the last one of the shown path."""
        found: list[ForeignMessage] = []
        parent = ""
        for position, record in enumerate(records):
            versions = list_in(record, "versions") if isinstance(record, dict) else []
            selected = count(record.get("currentlySelected")) or 0 if isinstance(record, dict) else 0
            made = [self._message(each, f"{position}.{number}", parent) for number, each in enumerate(versions)]
            known = [each for each in made if each]
            found += known
            if known:
                chosen = made[selected] if selected < len(made) else None
                parent = (chosen or known[-1]).id
            else:
                self.losses.append(Loss.DAMAGED_MESSAGE)
        return tuple(found), parent

    def _message(self, record: object, position: str, parent: str) -> ForeignMessage | None:
        role = ROLES.get(text_in(record, "role")) if isinstance(record, dict) else None
        if role is None or not isinstance(record, dict):
            return None
        steps = [each for each in list_in(record, "steps") if isinstance(each, dict)]
        parts = [*self._content(record, role)]
        for step in steps:
            if step.get("type") == "contentBlock":
                parts += self._content(step, role)
        facts = [record_in(step, "genInfo") for step in steps if "genInfo" in step]
        stats = record_in(facts[-1], "stats") if facts else {}
        is_answer = role is Role.ASSISTANT
        model = text_in(record_in(record, "senderInfo"), "senderName") or (
            text_in(facts[-1], "indexedModelIdentifier", "identifier") if facts else ""
        )
        content = f"{role}\0{text_of(parts)}".encode("utf-8", "surrogatepass")
        return ForeignMessage(
            f"{position}.{hashlib.sha256(content).hexdigest()[:12]}",
            parent,
            role,
            tuple(parts),
            model=model if is_answer else "",
            vendor="lm-studio" if is_answer else "",
            usage=_usage(stats) if is_answer else None,
            is_interrupted=is_answer and text_in(stats, "stopReason") not in _FINISHED,
        )

    def _content(self, block: Mapping[str, object], role: Role) -> Iterator[ForeignPart]:
        is_thought = record_in(block, "style").get("type") == "thinking"
        for each in list_in(block, "content"):
            if isinstance(each, dict):
                yield from self._part(each, is_thought, role)

    def _part(self, part: Mapping[str, object], is_thought: bool, role: Role) -> Iterator[ForeignPart]:
        text, call_id = text_in(part, "text"), text_in(part, "toolCallRequestId") or str(part.get("callId", ""))
        match part.get("type"):
            case "text" if text:
                yield from _texts(text, is_thought, role)
            case "file":
                name, kind = text_in(part, "fileIdentifier"), text_in(part, "fileType")
                media_type = "image/png" if kind == "image" and "." not in name else ""
                yield from self.attachments.part((name,), text_in(part, "name") or name, media_type, self.losses)
            case "toolCallRequest":
                yield from tool_parts(call_id, text_in(part, "name"), part.get("parameters"))
            case "toolCallResult":
                yield ToolResultPart(call_id, text_in(part, "content"))
            case _:
                pass


def _texts(text: str, is_thought: bool, role: Role) -> tuple[Part, ...]:
    if is_thought:
        return (ReasoningPart(text.strip()),)
    return thought_and_text(text) if role is Role.ASSISTANT else (TextPart(text),)


def _usage(stats: Mapping[str, object]) -> Usage | None:
    seconds = stats.get("timeToFirstTokenSec")
    is_known = isinstance(seconds, int | float) and not isinstance(seconds, bool) and 0 <= seconds < 1_000_000
    found = Usage(
        count(stats.get("promptTokensCount")),
        count(stats.get("predictedTokensCount")),
        rate(stats.get("tokensPerSecond")),
        first_token_milliseconds=round(seconds * 1000) if is_known and isinstance(seconds, int | float) else None,
    )
    return found if found != Usage() else None

"""Summaries of the beginning of a chat, written by the chat's own model, for when not everything fits.

The prompts are not translated.
"""

from collections.abc import AsyncGenerator, Iterable, Sequence
from contextlib import aclosing
from dataclasses import replace

from chatdesk.features.chat.services.answers import CompletionClient
from chatdesk.features.chat.services.instruction_resolver import Instructions
from chatdesk.kernel.chat.message import Message, Role
from chatdesk.kernel.chat.request import ChatRequest, Thinking, Turn
from chatdesk.kernel.chat.stream_events import (
    AnswerStage,
    AnswerStageChanged,
    TextDelta,
    TextRetracted,
    TextWasReasoning,
)
from chatdesk.kernel.context.context_plan import Summary
from chatdesk.kernel.context.context_size import ContextBudget
from chatdesk.kernel.context.token_estimate import estimate_tokens
from chatdesk.kernel.errors.base import ContextTooLong
from chatdesk.kernel.models.model import ModelRef
from chatdesk.kernel.models.parameters import Parameters

TASK = (
    "Summarise the conversation below for the assistant that will go on with it without seeing it. "
    "Keep every fact, name, number, decision, preference and open question that may matter later; "
    "leave out greetings and repetitions. Write in the language of the conversation, as short notes. "
    "Answer with the summary only."
)
EARLIER = "Summary of what came before:"
CONVERSATION = "Conversation:"
INTRODUCTION = "The beginning of this conversation is not repeated here. It is summarised as follows:"

_SHARE_OF_A_PIECE = 0.5
"""The share of the model's context used for one piece of the conversation."""
_SHARE_OF_A_SUMMARY = 1 / 8
_LONGEST_SUMMARY = 1024
"""Tokens."""
_SPEAKERS = {Role.USER: "User", Role.ASSISTANT: "Assistant"}
_WORTH_TELLING = frozenset(
    {
        AnswerStage.WAITING_FOR_ENGINE,
        AnswerStage.STARTING_ENGINE,
        AnswerStage.RECONNECTING,
        AnswerStage.SERVER_BUSY,
        AnswerStage.LOADING_MODEL,
    }
)
"""The stages before the model starts that may take long enough to be shown."""
_SURELY = 0.75
"""A margin for the estimated number of characters per piece, which is only an average."""


def with_summary(told: Instructions, summary: Summary | None) -> Instructions:
    """Return the instructions with the summary that replaces the beginning of the chat."""
    if summary is None:
        return told
    return replace(told, text="\n\n".join(filter(None, (told.text, f"{INTRODUCTION}\n{summary.text}"))))


async def summarised(
    completion_client: CompletionClient,
    model: ModelRef,
    messages: Sequence[Message],
    known: Summary | None,
    room: ContextBudget,
    parameters: Parameters,
    found: list[str],
) -> AsyncGenerator[AnswerStageChanged, None]:
    """Let the model summarise messages, continuing the summary `known`.

    Yields progress; the summary is appended to `found`.

    Raises what the model's server raises, and `ContextTooLong` if the model returns no summary.
    """
    start = known.stands_for([message.id for message in messages]) if known else 0
    summary = known.text if known and start else ""
    most = round((room.tokens or 0) * _SHARE_OF_A_PIECE)
    pieces = list(_pieces(messages[start:], most - min(estimate_tokens(summary), most // 2)))
    length = min(_LONGEST_SUMMARY, round((room.tokens or 0) * _SHARE_OF_A_SUMMARY))
    asked = replace(parameters, max_tokens=max(length, 1), stop=None, format=None)
    for number, piece in enumerate(pieces):
        begun = AnswerStageChanged(AnswerStage.SUMMARISING, *((number, len(pieces)) if len(pieces) > 1 else ()))
        yield begun
        before = f"{EARLIER}\n{summary}\n\n" if summary else ""
        text = f"{TASK}\n\n{before}{CONVERSATION}\n{piece}"
        request = ChatRequest(model.model_id, (Turn(Role.USER, text),), Thinking.OFF, asked)
        answer: list[str] = []
        waits = False
        async with aclosing(completion_client.stream(model, request)) as batches:
            async for batch in batches:
                for event in batch:
                    if isinstance(event, AnswerStageChanged) and event.stage in _WORTH_TELLING:
                        waits = True
                        yield event
                    elif isinstance(event, TextDelta):
                        answer.append(event.text)
                    elif isinstance(event, TextWasReasoning | TextRetracted):
                        answer.clear()
                if waits and answer:
                    waits = False
                    yield begun
        summary = "".join(answer).strip()
        if not summary:  # going on would silently drop this piece
            raise ContextTooLong
    found.append(summary)


def _pieces(messages: Iterable[Message], most: int) -> Iterable[str]:
    """Yield the messages as text in pieces of about `most` tokens; longer messages are split."""
    piece, tokens = "", 0
    for message in messages:
        speaker = _SPEAKERS.get(message.role)
        if not message.text or speaker is None:
            continue
        characters_of_a_token = len(message.text) / estimate_tokens(message.text)
        step = max(int(most * characters_of_a_token * _SURELY), 200)
        for start in range(0, len(message.text), step):
            said = f"{speaker}: {message.text[start : start + step]}\n\n"
            more = estimate_tokens(said)
            if piece and tokens + more > most:
                yield piece
                piece, tokens = "", 0
            piece += said
            tokens += more
    if piece:
        yield piece

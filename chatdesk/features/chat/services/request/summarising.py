"""Summaries of the beginning of a chat, written by the chat's own model, for when not everything fits.

The prompts are not translated.
"""

from collections.abc import AsyncGenerator, Iterable, Sequence
from contextlib import aclosing
from dataclasses import replace

from chatdesk.features.chat.services.answers import CompletionClient, write_text
from chatdesk.features.chat.services.instruction_resolver import Instructions
from chatdesk.kernel.chat.message import Message, Role
from chatdesk.kernel.chat.request import ChatRequest, Thinking, Turn
from chatdesk.kernel.chat.stream_events import AnswerStage, AnswerStageChanged
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

_CHUNK_SHARE = 0.5
"""The share of the model's context used for one chunk of the conversation."""
_SUMMARY_SHARE = 1 / 8
_MAX_SUMMARY_TOKENS = 1024
"""Tokens."""
_SPEAKERS = {Role.USER: "User", Role.ASSISTANT: "Assistant"}
_REPORTED_STAGES = frozenset(
    {
        AnswerStage.WAITING_FOR_ENGINE,
        AnswerStage.STARTING_ENGINE,
        AnswerStage.RECONNECTING,
        AnswerStage.SERVER_BUSY,
        AnswerStage.LOADING_MODEL,
    }
)
"""The stages before the model starts that may take long enough to be shown."""
_SAFETY_FACTOR = 0.75
"""A margin for the estimated number of characters per chunk, which is only an average."""


def with_summary(instructions: Instructions, summary: Summary | None) -> Instructions:
    """Return the instructions with the summary that replaces the beginning of the chat."""
    if summary is None:
        return instructions
    return replace(instructions, text="\n\n".join(filter(None, (instructions.text, f"{INTRODUCTION}\n{summary.text}"))))


async def summarise(
    completion_client: CompletionClient,
    model: ModelRef,
    messages: Sequence[Message],
    previous: Summary | None,
    budget: ContextBudget,
    parameters: Parameters,
    result: list[str],
) -> AsyncGenerator[AnswerStageChanged, None]:
    """Let the model summarise messages, continuing the summary `previous`.

    Yields progress; the summary is appended to `result`.

    Raises what the model's server raises, and `ContextTooLong` if the model returns no summary.
    """
    start = previous.replaced_count([message.id for message in messages]) if previous else 0
    summary = previous.text if previous and start else ""
    max_tokens = round((budget.tokens or 0) * _CHUNK_SHARE)
    chunks = list(_chunks(messages[start:], max_tokens - min(estimate_tokens(summary), max_tokens // 2)))
    length = min(_MAX_SUMMARY_TOKENS, round((budget.tokens or 0) * _SUMMARY_SHARE))
    summary_parameters = replace(parameters, max_tokens=max(length, 1), stop=None, format=None)
    for number, chunk in enumerate(chunks):
        stage_event = AnswerStageChanged(AnswerStage.SUMMARISING, *((number, len(chunks)) if len(chunks) > 1 else ()))
        yield stage_event
        before = f"{EARLIER}\n{summary}\n\n" if summary else ""
        text = f"{TASK}\n\n{before}{CONVERSATION}\n{chunk}"
        request = ChatRequest(model.model_id, (Turn(Role.USER, text),), Thinking.OFF, summary_parameters)
        answer: list[str] = []
        is_waiting = False
        async with aclosing(write_text(completion_client, model, request, answer)) as batches:
            async for batch in batches:
                for event in batch:
                    if isinstance(event, AnswerStageChanged) and event.stage in _REPORTED_STAGES:
                        is_waiting = True
                        yield event
                if is_waiting and answer:
                    is_waiting = False
                    yield stage_event
        summary = "".join(answer).strip()
        if not summary:  # going on would silently drop this chunk
            raise ContextTooLong
    result.append(summary)


def _chunks(messages: Iterable[Message], max_tokens: int) -> Iterable[str]:
    """Yield the messages as text in chunks of about `max_tokens` tokens; longer messages are split."""
    chunk, tokens = "", 0
    for message in messages:
        speaker = _SPEAKERS.get(message.role)
        if not message.text or speaker is None:
            continue
        characters_of_a_token = len(message.text) / estimate_tokens(message.text)
        step = max(int(max_tokens * characters_of_a_token * _SAFETY_FACTOR), 200)
        for start in range(0, len(message.text), step):
            text = f"{speaker}: {message.text[start : start + step]}\n\n"
            more = estimate_tokens(text)
            if chunk and tokens + more > max_tokens:
                yield chunk
                chunk, tokens = "", 0
            chunk += text
            tokens += more
    if chunk:
        yield chunk

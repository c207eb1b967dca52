"""The notices of a message: why an answer stopped, failed or was truncated, and tools requested in vain."""

from collections.abc import Callable

from chatdesk.features.chat.ui.transcript.controls import Command, Verb
from chatdesk.features.chat.ui.transcript.messages.notice_strip import Notice, NoticeButton, Tone
from chatdesk.features.chat.ui.transcript.texts import TranscriptTexts
from chatdesk.kernel.chat.message import (
    FinishReason,
    ImagePart,
    Message,
    MessageState,
    ReasoningPart,
    Role,
    SourcesPart,
    TextPart,
    ToolCallPart,
)
from chatdesk.kernel.chat.usage import Usage
from chatdesk.kernel.errors.failure import Failure
from chatdesk.ui_kit.errors.wording_types import FailureText

DescribeFailure = Callable[[Failure], FailureText]


def notices_of(message: Message, texts: TranscriptTexts, describe: DescribeFailure) -> tuple[Notice, ...]:
    """Return the notices of a message in display order."""
    tools = tuple(
        Notice(Tone.NEUTRAL, "terminal", texts.tool_requested(part.name), details=part.arguments)
        for part in message.parts
        if isinstance(part, ToolCallPart)
    )
    cut = (_cut_notice(message.usage, texts),) if message.usage and message.usage.prompt_was_cut else ()
    damaged = (_damage_notice(message, texts),) if message.damaged else ()
    state = _state_notice(message, texts, describe)
    return (*tools, *cut, *damaged, state) if state else (*tools, *cut, *damaged)


def state_text(message: Message, texts: TranscriptTexts, describe: DescribeFailure) -> str:
    """Return the state of an incomplete answer, with its cause if known."""
    broken = message.state in {MessageState.FAILED, MessageState.INTERRUPTED}
    return describe(message.failure).sentence if broken and message.failure else texts.state(message)


def _state_notice(message: Message, texts: TranscriptTexts, describe: DescribeFailure) -> Notice | None:
    match message.state:
        case MessageState.FAILED:
            return _failure_notice(message, Tone.DANGER, "circle-alert", texts, describe)
        case MessageState.INTERRUPTED:
            return _failure_notice(message, Tone.WARNING, "unplug", texts, describe)
        case MessageState.STOPPED:
            return Notice(Tone.NEUTRAL, "circle-stop", texts.stopped, buttons=_resume(message, texts))
        case MessageState.COMPLETE if _is_without_text(message):
            return _empty_answer_notice(message, texts)
        case MessageState.COMPLETE if message.finish is FinishReason.LENGTH:
            return Notice(Tone.WARNING, "triangle-alert", texts.cut_off, buttons=_resume(message, texts))
        case MessageState.COMPLETE if message.finish is FinishReason.CONTENT_FILTER:
            return Notice(Tone.WARNING, "triangle-alert", texts.filtered, buttons=_again(texts))
        case MessageState.COMPLETE if message.finish is FinishReason.ABORTED:
            return Notice(Tone.WARNING, "triangle-alert", texts.broken_off, buttons=_resume(message, texts))
        case _:
            return None


def _is_without_text(message: Message) -> bool:
    """Return whether a model has finished without any text for the reader."""
    others = any(not isinstance(part, TextPart | ReasoningPart | SourcesPart) for part in message.parts)
    return message.role is Role.ASSISTANT and not _has_words(message) and not others


def _empty_answer_notice(message: Message, texts: TranscriptTexts) -> Notice:
    if message.finish is FinishReason.CONTENT_FILTER:
        sentence = texts.filtered
    elif message.reasoning is None:
        sentence = texts.no_answer
    else:
        limit = message.finish is FinishReason.LENGTH
        sentence = texts.reasoned_to_the_limit if limit else texts.only_reasoning
    return Notice(Tone.WARNING, "triangle-alert", sentence, buttons=_again(texts))


def _damage_notice(message: Message, texts: TranscriptTexts) -> Notice:
    """Return the notice about lost characters; without buttons if another notice has them."""
    is_whole = message.state is MessageState.COMPLETE and message.finish is not FinishReason.LENGTH
    return Notice(Tone.WARNING, "triangle-alert", texts.damaged, buttons=_again(texts) if is_whole else ())


def _cut_notice(usage: Usage, texts: TranscriptTexts) -> Notice:
    """Return the notice that the server has dropped part of the chat, with the same options as after a refusal."""
    sentence, consequence = texts.prompt_cut(usage.prompt_tokens or 0, usage.expected_prompt_tokens or 0)
    options = (("summarise", texts.summarise_oldest), ("leave_out", texts.leave_out_oldest))
    buttons = tuple(NoticeButton(Command(Verb.FAILURE_ACTION, step), caption) for step, caption in options)
    return Notice(Tone.WARNING, "triangle-alert", sentence, consequence, buttons)


def _failure_notice(
    message: Message, tone: Tone, icon: str, texts: TranscriptTexts, describe: DescribeFailure
) -> Notice:
    if message.failure is None:
        sentence = texts.interrupted if message.state is MessageState.INTERRUPTED else texts.failed
        return Notice(tone, icon, sentence, buttons=_resume(message, texts))
    text = describe(message.failure)
    # Only the best step has a filled button; if something has arrived, reading it is an alternative.
    failed = message.state is MessageState.FAILED
    has_begun = _has_begun(message)
    steps = [action for action in text.actions if has_begun or not action.continues_answer]
    best_step = steps[-1] if any(action.primary for action in text.actions) and steps else None
    buttons = tuple(
        NoticeButton(Command(Verb.FAILURE_ACTION, step.action_id), step.label, filled=step is best_step and failed)
        for step in steps
    )
    return Notice(tone, icon, text.sentence, text.consequence, buttons, text.details)


def _again(texts: TranscriptTexts) -> tuple[NoticeButton, ...]:
    return (NoticeButton(Command(Verb.REGENERATE), texts.regenerate),)


def _resume(message: Message, texts: TranscriptTexts) -> tuple[NoticeButton, ...]:
    """Return the buttons to regenerate and, if something has arrived, to continue."""
    resume = (NoticeButton(Command(Verb.CONTINUE), texts.continue_answer, "play"),)
    return (*_again(texts), *resume) if _has_begun(message) else _again(texts)


def _has_begun(message: Message) -> bool:
    has_more = any(isinstance(part, ReasoningPart | ImagePart | ToolCallPart) for part in message.parts)
    return _has_words(message) or has_more


def _has_words(message: Message) -> bool:
    return any(isinstance(part, TextPart) and part.text and not part.text.isspace() for part in message.parts)

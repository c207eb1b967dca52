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
from chatdesk.ui_kit.errors.error_wording import FailureText

DescribeFailure = Callable[[Failure], FailureText]


def notices_of(message: Message, words: TranscriptTexts, describe: DescribeFailure) -> tuple[Notice, ...]:
    """Return the notices of a message in display order."""
    tools = tuple(
        Notice(Tone.NEUTRAL, "terminal", words.tool_asked(part.name), details=part.arguments)
        for part in message.parts
        if isinstance(part, ToolCallPart)
    )
    cut = (_cut_notice(message.usage, words),) if message.usage and message.usage.prompt_was_cut else ()
    damaged = (_damage_notice(message, words),) if message.damaged else ()
    state = _state_notice(message, words, describe)
    return (*tools, *cut, *damaged, state) if state else (*tools, *cut, *damaged)


def state_text(message: Message, words: TranscriptTexts, describe: DescribeFailure) -> str:
    """Return the state of an incomplete answer, with its cause if known."""
    broken = message.state in {MessageState.FAILED, MessageState.INTERRUPTED}
    return describe(message.failure).sentence if broken and message.failure else words.state(message)


def _state_notice(message: Message, words: TranscriptTexts, describe: DescribeFailure) -> Notice | None:
    match message.state:
        case MessageState.FAILED:
            return _failure_notice(message, Tone.DANGER, "circle-alert", words, describe)
        case MessageState.INTERRUPTED:
            return _failure_notice(message, Tone.WARNING, "unplug", words, describe)
        case MessageState.STOPPED:
            return Notice(Tone.NEUTRAL, "circle-stop", words.stopped, buttons=_resume(message, words))
        case MessageState.COMPLETE if _says_nothing(message):
            return _nothing_notice(message, words)
        case MessageState.COMPLETE if message.finish is FinishReason.LENGTH:
            return Notice(Tone.WARNING, "triangle-alert", words.cut_off, buttons=_resume(message, words))
        case MessageState.COMPLETE if message.finish is FinishReason.CONTENT_FILTER:
            return Notice(Tone.WARNING, "triangle-alert", words.filtered, buttons=_again(words))
        case MessageState.COMPLETE if message.finish is FinishReason.ABORTED:
            return Notice(Tone.WARNING, "triangle-alert", words.broken_off, buttons=_resume(message, words))
        case _:
            return None


def _says_nothing(message: Message) -> bool:
    """Return whether a model has finished without any text for the reader."""
    others = any(not isinstance(part, TextPart | ReasoningPart | SourcesPart) for part in message.parts)
    return message.role is Role.ASSISTANT and not _has_words(message) and not others


def _nothing_notice(message: Message, words: TranscriptTexts) -> Notice:
    if message.finish is FinishReason.CONTENT_FILTER:
        sentence = words.filtered
    elif message.reasoning is None:
        sentence = words.no_answer
    else:
        limit = message.finish is FinishReason.LENGTH
        sentence = words.thought_to_the_limit if limit else words.only_thought
    return Notice(Tone.WARNING, "triangle-alert", sentence, buttons=_again(words))


def _damage_notice(message: Message, words: TranscriptTexts) -> Notice:
    """Return the notice about lost characters; without buttons if another notice has them."""
    is_whole = message.state is MessageState.COMPLETE and message.finish is not FinishReason.LENGTH
    return Notice(Tone.WARNING, "triangle-alert", words.damaged, buttons=_again(words) if is_whole else ())


def _cut_notice(usage: Usage, words: TranscriptTexts) -> Notice:
    """Return the notice that the server has dropped part of the chat, with the same options as after a refusal."""
    sentence, consequence = words.prompt_cut(usage.prompt_tokens or 0, usage.expected_prompt_tokens or 0)
    ways = (("summarise", words.summarise_oldest), ("leave_out", words.leave_out_oldest))
    buttons = tuple(NoticeButton(Command(Verb.FAILURE_ACTION, step), caption) for step, caption in ways)
    return Notice(Tone.WARNING, "triangle-alert", sentence, consequence, buttons)


def _failure_notice(
    message: Message, tone: Tone, icon: str, words: TranscriptTexts, describe: DescribeFailure
) -> Notice:
    if message.failure is None:
        sentence = words.interrupted if message.state is MessageState.INTERRUPTED else words.failed
        return Notice(tone, icon, sentence, buttons=_resume(message, words))
    text = describe(message.failure)
    # Only the best step has a filled button; if something has arrived, reading it is an alternative.
    failed = message.state is MessageState.FAILED
    has_begun = _has_begun(message)
    steps = [action for action in text.actions if has_begun or not action.goes_on]
    best = steps[-1] if any(action.primary for action in text.actions) and steps else None
    buttons = tuple(
        NoticeButton(Command(Verb.FAILURE_ACTION, step.action_id), step.label, filled=step is best and failed)
        for step in steps
    )
    return Notice(tone, icon, text.sentence, text.consequence, buttons, text.details)


def _again(words: TranscriptTexts) -> tuple[NoticeButton, ...]:
    return (NoticeButton(Command(Verb.REGENERATE), words.regenerate),)


def _resume(message: Message, words: TranscriptTexts) -> tuple[NoticeButton, ...]:
    """Return the buttons to regenerate and, if something has arrived, to continue."""
    goes_on = (NoticeButton(Command(Verb.CONTINUE), words.continue_answer, "play"),)
    return (*_again(words), *goes_on) if _has_begun(message) else _again(words)


def _has_begun(message: Message) -> bool:
    has_more = any(isinstance(part, ReasoningPart | ImagePart | ToolCallPart) for part in message.parts)
    return _has_words(message) or has_more


def _has_words(message: Message) -> bool:
    return any(isinstance(part, TextPart) and part.text and not part.text.isspace() for part in message.parts)

"""Planning of a request's context: what fits into the model's context window, and what to do if not everything fits.

Nothing in this module asks the user; `features/chat/services/answer_pipeline.py` does.
"""

import json
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from enum import StrEnum
from itertools import accumulate
from math import ceil
from weakref import ref

from chatdesk.kernel.chat.message import Attachment, DocumentPart, Message, PagePicture, Role, SentAs, sent_pictures
from chatdesk.kernel.context.context_size import reserve
from chatdesk.kernel.context.token_estimate import (
    USUAL_PICTURES,
    Calibration,
    PictureTokens,
    calibration_of,
    estimate_tokens,
)
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.models.model import ModelRef

TOKENS_AROUND_A_MESSAGE = 5
"""Estimated tokens that a chat template adds to each message."""
TOKENS_AROUND_A_DOCUMENT = 40
"""Estimated tokens of the tag around a document, and of the introduction."""
_SHARE_AFTER_SUMMARY = 0.5
"""Share of the context length. A new summary leaves at most this share in use, so that the chat can continue before the next one is needed.
"""
_STEP_SHARE = 0.25
"""Share of the context length. Old messages are left out in steps of this size: with every other beginning, a server reads the whole chat
again.
"""
_MAX_CACHED = 20_000
"""Cached token counts."""


class ContextChoice(StrEnum):
    """What to do if a chat does not fit. The values are stored in the database."""

    ASK = ""
    LEAVE_OUT = "leave-out"
    SUMMARISE = "summarise"
    SEND_ANYWAY = "send-anyway"


@dataclass(frozen=True, slots=True)
class Summary:
    """Replaces all messages of the path up to and including `until` if not everything fits. The messages themselves are kept."""

    text: str
    until: str
    of: str = ""
    """`fingerprint` of the replaced messages; empty in old records. After one of them was edited or deleted, the summary no longer applies.
    """

    def replaced_count(self, path: Sequence[str]) -> int:
        """Return how many messages at the start of a path, given as ids, the summary replaces; 0 if it does not apply."""
        count = path.index(self.until) + 1 if self.until in path else 0
        return count if not self.of or self.of == fingerprint(path[:count]) else 0


def fingerprint(ids: Sequence[str]) -> str:
    """Return a hash that identifies these messages in this order. An edited message has another id."""
    from hashlib import sha256  # noqa: PLC0415 - start-up time

    return sha256("\n".join(ids).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class OverflowPolicy:
    """What the user has chosen for a chat that does not fit. The choice applies until it is changed."""

    choice: ContextChoice = ContextChoice.ASK
    summary: Summary | None = None


@dataclass(frozen=True, slots=True)
class ContextFit:
    """How a path fits into the context. All counts are estimated tokens. `context_length` is None if unknown."""

    tokens: int = 0
    """Total of the instructions, every message, and the draft."""
    context_length: int | None = None
    reserved_tokens: int = 0
    """Tokens reserved for the answer."""
    first: int = 0
    """Messages before this position of the path would have to be left out."""
    left_out: tuple[str, ...] = ()
    """Ids of those messages, oldest first, without messages that have no content, such as failed answers."""
    remaining_tokens: int = 0
    """Tokens that remain without those messages."""

    @property
    def fits(self) -> bool:
        """Whether everything can be sent; also True if the context length is unknown."""
        return self.context_length is None or self.tokens + self.reserved_tokens <= self.context_length

    @property
    def can_fit(self) -> bool:
        """Whether the path fits without its oldest messages."""
        return self.context_length is None or self.remaining_tokens + self.reserved_tokens <= self.context_length

    @property
    def can_leave_out(self) -> bool:
        """Whether leaving out older messages makes the path fit."""
        return bool(self.left_out) and self.can_fit


@dataclass(frozen=True, slots=True)
class ContextUse:
    """What would be sent, by kind. All counts are estimated tokens. `context_length` is None if unknown."""

    instructions: int = 0
    """Including a summary."""
    history: int = 0
    """The text of the messages so far."""
    documents: int = 0
    """The text of all documents."""
    pictures: int = 0
    draft: int = 0
    """The text of the next message."""
    draft_documents: int = 0
    """The part of `documents` that belongs to the next message."""
    draft_pages: int = 0
    """The part of `pictures` that are pages of documents of the next message."""
    reserved: int = 0
    """Kept for the answer."""
    context_length: int | None = None

    @property
    def tokens(self) -> int:
        """Total without the tokens that are kept for the answer."""
        return self.instructions + self.history + self.documents + self.pictures + self.draft

    @property
    def share(self) -> float | None:
        """The used share of the context; None if its length is unknown."""
        return self.tokens / self.context_length if self.context_length else None

    @property
    def fits(self) -> bool:
        """Whether the context also holds an answer; True if its length is unknown."""
        return self.context_length is None or self.tokens + self.reserved <= self.context_length


@dataclass(frozen=True, slots=True)
class ContextPlan:
    """What would be sent with a question in the current state."""

    fit: ContextFit
    policy: OverflowPolicy = OverflowPolicy()
    first: int = 0
    """Messages before this position of the path are not sent as they are."""
    left_out: int = 0
    """How many of them have content."""
    enough: int | None = None
    """The smallest context length that holds everything, if the user can select one."""
    summary: Summary | None = None
    """Sent instead of those messages."""
    to_summarise: int = 0
    """Messages before this position must be summarised first; 0 = none."""
    use: ContextUse = ContextUse()

    @classmethod
    def nothing(cls) -> "ContextPlan":
        """Return the plan of an empty chat."""
        return cls(ContextFit())

    @property
    def sends_anyway(self) -> bool:
        """Whether everything is sent even if it does not fit."""
        return self.policy.choice is ContextChoice.SEND_ANYWAY

    @property
    def needs_decision(self) -> bool:
        """Whether the user has to decide before the question can be sent."""
        return not self.fit.fits and self.policy.choice is ContextChoice.ASK


@dataclass(frozen=True, slots=True)
class TokenCount:
    """Estimated tokens of text and pictures."""

    text: int = 0
    """Including documents."""
    pictures: int = 0
    documents: int = 0
    pages: int = 0
    """The part of `pictures` that are pages of documents. Counted for drafts only."""

    @property
    def whole(self) -> int:
        """Sum of text and pictures."""
        return self.text + self.pictures


@dataclass(frozen=True, slots=True)
class CountedContext:
    """A path with the token count of each message, and the tokens that are sent in any case."""

    messages: tuple[tuple[Message, TokenCount], ...] = ()
    others: TokenCount = TokenCount()
    """Tokens of the instructions and of the draft."""
    draft: TokenCount = TokenCount()
    """The part of `others` that belongs to the draft."""
    calibration: Calibration = Calibration()
    """Ratio of the model's own token counts to our estimates."""
    has_next_question: bool = False
    """Whether another question follows the messages, so that all of them may be left out."""

    @property
    def estimate(self) -> TokenCount:
        """Estimated total, before calibration."""
        counts = (self.others, *(count for _, count in self.messages))
        return TokenCount(
            sum(count.text for count in counts),
            sum(count.pictures for count in counts),
            sum(count.documents for count in counts),
        )

    @property
    def tokens(self) -> int:
        """Estimated total after calibration, that is, as the model is expected to count it."""
        return round(self._cost(self.estimate))

    def plan(
        self, context_length: int | None, policy: OverflowPolicy, max_answer_tokens: int | None = None
    ) -> ContextPlan:
        """Return what to send under this policy."""
        plan = self._plan(context_length, policy, max_answer_tokens)
        return replace(plan, use=self._use(plan, context_length, max_answer_tokens))

    def _use(self, plan: ContextPlan, context_length: int | None, max_answer_tokens: int | None) -> ContextUse:
        sent = self.after(plan.first, estimate_tokens(plan.summary.text) if plan.summary else 0)
        text, draft = self.calibration.text, sent.draft.text - sent.draft.documents
        return ContextUse(
            instructions=round((sent.others.text - sent.draft.text) * text),
            history=round(sum(count.text - count.documents for _, count in sent.messages) * text),
            documents=round(sent.estimate.documents * text),
            pictures=round(sent.estimate.pictures * self.calibration.pictures),
            draft=round(draft * text),
            draft_documents=round(self.draft.documents * text),
            draft_pages=round(self.draft.pages * self.calibration.pictures),
            reserved=reserve(context_length, max_answer_tokens) if context_length else 0,
            context_length=context_length,
        )

    def _plan(self, context_length: int | None, policy: OverflowPolicy, max_answer_tokens: int | None) -> ContextPlan:
        fit = self.fit(context_length, max_answer_tokens)
        if fit.fits or context_length is None or policy.choice in {ContextChoice.ASK, ContextChoice.SEND_ANYWAY}:
            return ContextPlan(fit, policy)
        first = fit.first
        if policy.choice is ContextChoice.LEAVE_OUT or not first:
            first = self._next_step(first, context_length)
            return ContextPlan(fit, policy, first, len(self._ids_before(first)))
        summary, start = policy.summary, self._after(policy.summary)
        if (
            summary
            and start
            and self.after(start, estimate_tokens(summary.text)).fit(context_length, max_answer_tokens).fits
        ):
            return ContextPlan(fit, policy, start, len(self._ids_before(start)), summary=summary)
        first = max(first, self.first_that_fits(round(context_length * _SHARE_AFTER_SUMMARY)))
        return ContextPlan(fit, policy, first, len(self._ids_before(first)), to_summarise=first)

    def _next_step(self, first: int, context_length: int) -> int:
        """Return the start at or after `first` from which a chat is sent until it has grown by another step.

        Steps are counted from the beginning of the path and before calibration, so that every turn finds the same ones. If a step would
        leave less than half of the space in use, because its messages are long, `first` itself is returned.
        """
        before = list(accumulate((count.whole for _, count in self.messages), initial=0))
        step = max(1.0, context_length * _STEP_SHARE)
        wanted = ceil(before[first] / step) * step
        start = next((start for start in self._starts() if start >= first and before[start] >= wanted), first)
        return start if self.after(start).tokens >= context_length / 2 else first

    def _starts(self) -> list[int]:
        """Return the positions from which the path can be sent: before each question."""
        starts = [number for number, (message, _) in enumerate(self.messages) if message.role is Role.USER]
        return [*starts, len(self.messages)] if self.has_next_question else starts

    def _ids_before(self, position: int) -> tuple[str, ...]:
        """Return the ids of the messages before a position that have content."""
        return tuple(message.id for message, count in self.messages[:position] if count.whole)

    def _after(self, summary: Summary | None) -> int:
        """Return the position of the first message that the summary does not replace; 0 if it replaces none of these."""
        return summary.replaced_count([message.id for message, _ in self.messages]) if summary else 0

    def fit(self, context_length: int | None, max_answer_tokens: int | None = None) -> ContextFit:
        """Return how the path fits. Whole exchanges are left out, the oldest first; the last question is always kept."""
        whole = self.tokens
        if context_length is None:
            return ContextFit(whole, remaining_tokens=whole)
        free = reserve(context_length, max_answer_tokens)
        if whole + free <= context_length:
            return ContextFit(whole, context_length, free, remaining_tokens=whole)
        first = self.first_that_fits(context_length - free)
        return ContextFit(whole, context_length, free, first, self._ids_before(first), self.after(first).tokens)

    def first_that_fits(self, context_length: int) -> int:
        """Return the position of the first message to keep so that it and all later ones fit. If none fits, return the last start."""
        costs = [self._cost(count) for _, count in self.messages]
        retained, first = self._cost(self.others) + sum(costs), 0
        for start in self._starts():
            retained -= sum(costs[first:start])
            first = start
            if round(retained) <= context_length:
                break
        return first

    def after(self, first: int, more: int = 0) -> "CountedContext":
        """Return a copy without the messages before a position, plus `more` tokens outside the messages."""
        others = replace(self.others, text=self.others.text + more)
        return replace(self, messages=self.messages[first:], others=others)

    def _cost(self, count: TokenCount) -> float:
        return count.text * self.calibration.text + count.pictures * self.calibration.pictures


def count_context(
    path: Sequence[Message],
    instructions: str,
    written: str | None = None,
    attached: Sequence[Attachment] = (),
    token_counter: "TokenCounter | None" = None,
    pictures: PictureTokens = USUAL_PICTURES,
    model: ModelRef | None = None,
) -> CountedContext:
    """Count the tokens of a path. `pictures` says how many tokens the model needs for a picture.

    `written` and `attached` are the draft that follows the path; `written` is None if the path ends with the question itself.
    """
    count_of = (token_counter or TokenCounter()).count
    others, draft = TokenCount(estimate_tokens(instructions) + TOKENS_AROUND_A_MESSAGE), TokenCount()
    if written or attached:
        documents = document_tokens(each for each in attached if isinstance(each, DocumentPart))
        sent = sent_pictures(attached)
        pages = pictures.of_all(each for each in sent if isinstance(each, PagePicture))
        text = estimate_tokens(written or "") + TOKENS_AROUND_A_MESSAGE + documents
        draft = TokenCount(text, pictures.of_all(sent), documents, pages)
        others = TokenCount(others.text + draft.text, draft.pictures, documents)
    counts = tuple([(message, count_of(message, pictures)) for message in path])
    return CountedContext(counts, others, draft, calibration_of(path, model), has_next_question=written is not None)


class TokenCounter:
    """Caches the token counts of messages: a long chat is counted at each pause in typing. Messages are held by weak references only."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[ref[Message], TokenCount, bool]] = {}
        """By message id: the message, the tokens of its text, and whether it has pictures, whose tokens depend on the model."""

    def count(self, message: Message, pictures: PictureTokens) -> TokenCount:
        """Return the estimated tokens of a message. `pictures` says how many tokens the model needs for a picture."""
        known = self._known.get(message.id)
        if known is None or known[0]() is not message:
            if len(self._known) > _MAX_CACHED:
                self._known.clear()
            count = TokenCount(text_tokens_of(message), documents=document_tokens(message.documents))
            known = (ref(message), count, bool(message.sent_pictures))
            self._known[message.id] = known
        _, count, has_pictures = known
        return replace(count, pictures=pictures.of_all(message.sent_pictures)) if has_pictures else count


def text_tokens_of(message: Message) -> int:
    """Return the estimated tokens of a message's text; 0 for an empty message, which is not sent."""
    text, documents = message.text, message.documents
    if not text and not documents and not message.stored_pictures:
        return 0
    return estimate_tokens(text) + TOKENS_AROUND_A_MESSAGE + document_tokens(documents)


def document_tokens(documents: Iterable[DocumentPart]) -> int:
    """Return the estimated tokens of documents as they are sent."""
    return sum(_text_tokens(each) + TOKENS_AROUND_A_DOCUMENT for each in documents)


def _text_tokens(document: DocumentPart) -> int:
    if document.sent_as is SentAs.PICTURES:
        return 0
    return document.tokens or estimate_tokens(document.text)


# Conversion of `OverflowPolicy` to JSON and back. Reading is tolerant.

_DEFAULT_POLICY = OverflowPolicy()


def to_json(policy: OverflowPolicy) -> str:
    """Return the policy as JSON; an empty string for the default policy."""
    if policy == OverflowPolicy():
        return ""
    record: dict[str, object] = {"choice": policy.choice.value}
    if policy.summary:
        summary = policy.summary
        record["summary"] = {"text": summary.text, "until": summary.until, **({"of": summary.of} if summary.of else {})}
    return json.dumps(record, ensure_ascii=False, separators=(",", ":"))


def from_json(text: str) -> OverflowPolicy:
    """Return the policy from the result of `to_json`."""
    if not text:  # true for most chats of a long list
        return _DEFAULT_POLICY
    try:
        record = json.loads(text)
    except (ValueError, RecursionError):
        record = None
    if not isinstance(record, dict):
        return OverflowPolicy()
    choice = ContextChoice.ASK
    with suppress(ValueError):
        choice = ContextChoice(str(record.get("choice")))
    summary = record.get("summary")
    retained = None
    if isinstance(summary, dict) and isinstance(summary.get("text"), str) and isinstance(summary.get("until"), str):
        of = summary.get("of")
        retained = Summary(summary["text"], summary["until"], of if isinstance(of, str) else "")
    return OverflowPolicy(choice, retained)

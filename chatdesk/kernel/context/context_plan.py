"""What fits into the context of a model, and what the user wants where not everything does."""

import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from enum import StrEnum
from hashlib import sha256
from weakref import ref

from chatdesk.kernel.chat.message import ImagePart, Message, Role
from chatdesk.kernel.context.calibration import Calibration, calibration_of
from chatdesk.kernel.context.context_size import reserve
from chatdesk.kernel.context.token_estimate import USUAL_PICTURES, PictureTokens, estimate_tokens
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.models.model import ModelRef

# What fits into a model's context, and what the user wants where not everything does.
#
# Nothing here asks anybody: who does is `features/chat/services/answer_pipeline.py`.

TOKENS_AROUND_A_MESSAGE = 5
"""What chat templates put around each."""
_SHARE_AFTER_SUMMARY = 0.5
"""Of the room; so much of it is left for what comes next, before a new summary is needed."""
_MOST_REMEMBERED = 20_000
"""Weights, which are two numbers each."""


class ContextChoice(StrEnum):
    """What to do where a chat does not fit. The words are those of the database."""

    ASK = ""
    LEAVE_OUT = "leave-out"
    SUMMARISE = "summarise"
    SEND_ANYWAY = "send-anyway"


@dataclass(frozen=True, slots=True)
class Summary:
    """Stands for all messages of the path down to `until`, where not everything fits. The messages themselves stay."""

    text: str
    until: str
    of: str = ""
    """`fingerprint` of those messages; empty if it is older than that. One of them edited or deleted, it no longer stands for them."""

    def stands_for(self, path: Sequence[str]) -> int:
        """Return for how many messages of a path, told by their ids, it stands; 0 if it does not."""
        count = path.index(self.until) + 1 if self.until in path else 0
        return count if not self.of or self.of == fingerprint(path[:count]) else 0


def fingerprint(ids: Sequence[str]) -> str:
    """Return what tells these messages in this order from all others. An edited message has another id."""
    return sha256("\n".join(ids).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class OverflowPolicy:
    """What the user wants for a chat, until they want something else."""

    choice: ContextChoice = ContextChoice.ASK
    summary: Summary | None = None


@dataclass(frozen=True, slots=True)
class ContextFit:
    """How a path stands to the room there is. Counts are tokens, estimated; `room` is None where nobody knows it."""

    tokens: int = 0
    """All of it: instructions, every message, what is being written."""
    room: int | None = None
    reserved_tokens: int = 0
    """What is kept free for the answer."""
    first: int = 0
    """Messages before this position of the path would have to be left out."""
    left_out: tuple[str, ...] = ()
    """Those of them that say anything, oldest first: a failed answer says nothing."""
    remaining_tokens: int = 0
    """What is left when these are."""

    @property
    def fits(self) -> bool:
        """Whether all of it goes along; also where nobody knows."""
        return self.room is None or self.tokens + self.reserved_tokens <= self.room

    @property
    def can_fit(self) -> bool:
        """Whether it fits without the oldest messages."""
        return self.room is None or self.remaining_tokens + self.reserved_tokens <= self.room

    @property
    def can_leave_out(self) -> bool:
        """Whether there are older messages without which it fits."""
        return bool(self.left_out) and self.can_fit


@dataclass(frozen=True, slots=True)
class ContextPlan:
    """What will go along with a question, as things stand."""

    fit: ContextFit
    policy: OverflowPolicy = OverflowPolicy()
    first: int = 0
    """Messages before this position of the path do not go along as they are."""
    left_out: int = 0
    """How many of them say anything."""
    enough: int | None = None
    """The smallest context with which all of it fits, where the user can have one."""
    summary: Summary | None = None
    """Goes along in their place."""
    to_summarise: int = 0
    """Messages before this position are to be summarised first; 0 = none."""

    @classmethod
    def nothing(cls) -> "ContextPlan":
        """Return the plan of a chat in which nothing was said."""
        return cls(ContextFit())

    @property
    def sends_anyway(self) -> bool:
        """Whether all of it is sent, whatever the server makes of it."""
        return self.policy.choice is ContextChoice.SEND_ANYWAY

    @property
    def must_ask(self) -> bool:
        """Whether the user has to say what shall be done."""
        return not self.fit.fits and self.policy.choice is ContextChoice.ASK


@dataclass(frozen=True, slots=True)
class TokenCount:
    """Tokens, as we estimate them."""

    text: int = 0
    pictures: int = 0

    @property
    def whole(self) -> int:
        """Both."""
        return self.text + self.pictures


@dataclass(frozen=True, slots=True)
class CountedContext:
    """A path as it is weighed: each message with its weight, and what goes along in any case."""

    messages: tuple[tuple[Message, TokenCount], ...] = ()
    others: TokenCount = TokenCount()
    """Of instructions and of what is being written."""
    calibration: Calibration = Calibration()
    """By how much the model counts more than our estimate does."""
    goes_on: bool = False
    """Whether another question comes after the messages: then all of them can be left out."""

    @property
    def estimate(self) -> TokenCount:
        """All of it, as we estimate it."""
        counts = (self.others, *(count for _, count in self.messages))
        return TokenCount(sum(count.text for count in counts), sum(count.pictures for count in counts))

    @property
    def tokens(self) -> int:
        """All of it as the model counts it, as far as that is known."""
        return round(self._cost(self.estimate))

    def plan(self, room: int | None, policy: OverflowPolicy, most_answer_tokens: int | None = None) -> ContextPlan:
        """Return what goes along if the user wants this where not everything fits."""
        fit = self.fit(room, most_answer_tokens)
        if fit.fits or room is None or policy.choice in {ContextChoice.ASK, ContextChoice.SEND_ANYWAY}:
            return ContextPlan(fit, policy)
        first = fit.first
        if policy.choice is ContextChoice.LEAVE_OUT or not first:
            return ContextPlan(fit, policy, first, len(fit.left_out))
        summary, start = policy.summary, self._after(policy.summary)
        if summary and start and self.after(start, estimate_tokens(summary.text)).fit(room, most_answer_tokens).fits:
            return ContextPlan(fit, policy, start, len(self._said_before(start)), summary=summary)
        first = max(first, self.first_that_fits(round(room * _SHARE_AFTER_SUMMARY)))
        return ContextPlan(fit, policy, first, len(self._said_before(first)), to_summarise=first)

    def _said_before(self, position: int) -> tuple[str, ...]:
        """Return the messages before a position that say anything."""
        return tuple(message.id for message, count in self.messages[:position] if count.whole)

    def _after(self, summary: Summary | None) -> int:
        """Return the position of the first message that the summary does not stand for; 0 if it stands for none of these."""
        return summary.stands_for([message.id for message, _ in self.messages]) if summary else 0

    def fit(self, room: int | None, most_answer_tokens: int | None = None) -> ContextFit:
        """Return how it fits. Left out are whole exchanges, the oldest first; the last question always stays."""
        whole = self.tokens
        if room is None:
            return ContextFit(whole, remaining_tokens=whole)
        free = reserve(room, most_answer_tokens)
        if whole + free <= room:
            return ContextFit(whole, room, free, remaining_tokens=whole)
        first = self.first_that_fits(room - free)
        return ContextFit(whole, room, free, first, self._said_before(first), self.after(first).tokens)

    def first_that_fits(self, room: int) -> int:
        """Return the position of the first message to keep so that this one and all later ones fit, if any do."""
        starts = [number for number, (message, _) in enumerate(self.messages) if message.role is Role.USER]
        if self.goes_on:
            starts.append(len(self.messages))
        costs = [self._cost(count) for _, count in self.messages]
        kept, first = self._cost(self.others) + sum(costs), 0
        for start in starts:
            kept -= sum(costs[first:start])
            first = start
            if round(kept) <= room:
                break
        return first

    def after(self, first: int, more: int = 0) -> "CountedContext":
        """Return it without what comes before the position, and with so many more tokens beside the messages."""
        others = replace(self.others, text=self.others.text + more)
        return replace(self, messages=self.messages[first:], others=others)

    def _cost(self, count: TokenCount) -> float:
        return count.text * self.calibration.text + count.pictures * self.calibration.pictures


def count_context(
    path: Sequence[Message],
    instructions: str,
    written: str | None = None,
    attached: Sequence[ImagePart] = (),
    token_counter: "TokenCounter | None" = None,
    pictures: PictureTokens = USUAL_PICTURES,
    model: ModelRef | None = None,
) -> CountedContext:
    """Weigh a path for a model that sees `pictures` so.

    `written` and `attached` are what comes after it; None where it ends with the question itself.
    """
    count_of = (token_counter or TokenCounter()).count
    others = TokenCount(estimate_tokens(instructions) + TOKENS_AROUND_A_MESSAGE)
    if written or attached:
        text = estimate_tokens(written or "") + TOKENS_AROUND_A_MESSAGE
        others = TokenCount(others.text + text, pictures.of_all(attached))
    counts = tuple([(message, count_of(message, pictures)) for message in path])
    return CountedContext(counts, others, calibration_of(path, model), goes_on=written is not None)


class TokenCounter:
    """Remembers what messages weigh: a long chat is weighed with every pause in typing. It keeps no message, however long, in memory."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[ref[Message], TokenCount, bool]] = {}
        """By id: a message, what its words weigh, and whether it has pictures, which weigh differently for each model."""

    def count(self, message: Message, pictures: PictureTokens) -> TokenCount:
        """Return about how many tokens a message is for a model that sees `pictures` so."""
        known = self._known.get(message.id)
        if known is None or known[0]() is not message:
            if len(self._known) > _MOST_REMEMBERED:
                self._known.clear()
            known = (ref(message), TokenCount(text_tokens_of(message)), bool(message.kept_pictures))
            self._known[message.id] = known
        _, count, has_pictures = known
        return TokenCount(count.text, pictures.of_all(message.kept_pictures)) if has_pictures else count


def text_tokens_of(message: Message) -> int:
    """Return about how many tokens the words of a message are; 0 for one with nothing in it, which is not sent."""
    text = message.text
    return estimate_tokens(text) + TOKENS_AROUND_A_MESSAGE if text or message.kept_pictures else 0


# What the user wants where a chat does not fit, as plain values for JSON, and back. Reading is tolerant.

_DEFAULT_POLICY = OverflowPolicy()


def to_json(policy: OverflowPolicy) -> str:
    """Return it as JSON; an empty text if nothing was said."""
    if policy == OverflowPolicy():
        return ""
    record: dict[str, object] = {"choice": policy.choice.value}
    if policy.summary:
        summary = policy.summary
        record["summary"] = {"text": summary.text, "until": summary.until, **({"of": summary.of} if summary.of else {})}
    return json.dumps(record, ensure_ascii=False, separators=(",", ":"))


def from_json(text: str) -> OverflowPolicy:
    """Return what `to_json` wrote."""
    if not text:  # nearly every chat of a long list
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
    kept = None
    if isinstance(summary, dict) and isinstance(summary.get("text"), str) and isinstance(summary.get("until"), str):
        of = summary.get("of")
        kept = Summary(summary["text"], summary["until"], of if isinstance(of, str) else "")
    return OverflowPolicy(choice, kept)

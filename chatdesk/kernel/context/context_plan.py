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
# Nothing here asks anybody: who does is `features/chat/services/asking.py`.

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
class ContextWish:
    """What the user wants for a chat, until they want something else."""

    choice: ContextChoice = ContextChoice.ASK
    summary: Summary | None = None


@dataclass(frozen=True, slots=True)
class ContextFit:
    """How a path stands to the room there is. Counts are tokens, estimated; `room` is None where nobody knows it."""

    tokens: int = 0
    """All of it: instructions, every message, what is being written."""
    room: int | None = None
    answer_room: int = 0
    """What is kept free for the answer."""
    first: int = 0
    """Messages before this position of the path would have to be left out."""
    left_out: tuple[str, ...] = ()
    """Those of them that say anything, oldest first: a failed answer says nothing."""
    kept_tokens: int = 0
    """What is left when these are."""

    @property
    def fits(self) -> bool:
        """Whether all of it goes along; also where nobody knows."""
        return self.room is None or self.tokens + self.answer_room <= self.room

    @property
    def can_fit(self) -> bool:
        """Whether it fits without the oldest messages."""
        return self.room is None or self.kept_tokens + self.answer_room <= self.room

    @property
    def can_leave_out(self) -> bool:
        """Whether there are older messages without which it fits."""
        return bool(self.left_out) and self.can_fit


@dataclass(frozen=True, slots=True)
class ContextPlan:
    """What will go along with a question, as things stand."""

    fit: ContextFit
    wish: ContextWish = ContextWish()
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
        return self.wish.choice is ContextChoice.SEND_ANYWAY

    @property
    def must_ask(self) -> bool:
        """Whether the user has to say what shall be done."""
        return not self.fit.fits and self.wish.choice is ContextChoice.ASK


@dataclass(frozen=True, slots=True)
class Weight:
    """Tokens, as we estimate them."""

    text: int = 0
    pictures: int = 0

    @property
    def whole(self) -> int:
        """Both."""
        return self.text + self.pictures


@dataclass(frozen=True, slots=True)
class Weighed:
    """A path as it is weighed: each message with its weight, and what goes along in any case."""

    messages: tuple[tuple[Message, Weight], ...] = ()
    others: Weight = Weight()
    """Of instructions and of what is being written."""
    calibration: Calibration = Calibration()
    """By how much the model counts more than our estimate does."""
    goes_on: bool = False
    """Whether another question comes after the messages: then all of them can be left out."""

    @property
    def estimate(self) -> Weight:
        """All of it, as we estimate it."""
        weights = (self.others, *(weight for _, weight in self.messages))
        return Weight(sum(weight.text for weight in weights), sum(weight.pictures for weight in weights))

    @property
    def tokens(self) -> int:
        """All of it as the model counts it, as far as that is known."""
        return round(self._cost(self.estimate))

    def plan(self, room: int | None, wish: ContextWish, most_answer_tokens: int | None = None) -> ContextPlan:
        """Return what goes along if the user wants this where not everything fits."""
        fit = self.fit(room, most_answer_tokens)
        if fit.fits or room is None or wish.choice in {ContextChoice.ASK, ContextChoice.SEND_ANYWAY}:
            return ContextPlan(fit, wish)
        first = fit.first
        if wish.choice is ContextChoice.LEAVE_OUT or not first:
            return ContextPlan(fit, wish, first, len(fit.left_out))
        summary, start = wish.summary, self._after(wish.summary)
        if summary and start and self.after(start, estimate_tokens(summary.text)).fit(room, most_answer_tokens).fits:
            return ContextPlan(fit, wish, start, len(self._said_before(start)), summary=summary)
        first = max(first, self.first_that_fits(round(room * _SHARE_AFTER_SUMMARY)))
        return ContextPlan(fit, wish, first, len(self._said_before(first)), to_summarise=first)

    def _said_before(self, position: int) -> tuple[str, ...]:
        """Return the messages before a position that say anything."""
        return tuple(message.id for message, weight in self.messages[:position] if weight.whole)

    def _after(self, summary: Summary | None) -> int:
        """Return the position of the first message that the summary does not stand for; 0 if it stands for none of these."""
        return summary.stands_for([message.id for message, _ in self.messages]) if summary else 0

    def fit(self, room: int | None, most_answer_tokens: int | None = None) -> ContextFit:
        """Return how it fits. Left out are whole exchanges, the oldest first; the last question always stays."""
        whole = self.tokens
        if room is None:
            return ContextFit(whole, kept_tokens=whole)
        free = reserve(room, most_answer_tokens)
        if whole + free <= room:
            return ContextFit(whole, room, free, kept_tokens=whole)
        first = self.first_that_fits(room - free)
        return ContextFit(whole, room, free, first, self._said_before(first), self.after(first).tokens)

    def first_that_fits(self, room: int) -> int:
        """Return the position of the first message to keep so that this one and all later ones fit, if any do."""
        starts = [number for number, (message, _) in enumerate(self.messages) if message.role is Role.USER]
        if self.goes_on:
            starts.append(len(self.messages))
        costs = [self._cost(weight) for _, weight in self.messages]
        kept, first = self._cost(self.others) + sum(costs), 0
        for start in starts:
            kept -= sum(costs[first:start])
            first = start
            if round(kept) <= room:
                break
        return first

    def after(self, first: int, more: int = 0) -> "Weighed":
        """Return it without what comes before the position, and with so many more tokens beside the messages."""
        others = replace(self.others, text=self.others.text + more)
        return replace(self, messages=self.messages[first:], others=others)

    def _cost(self, weight: Weight) -> float:
        return weight.text * self.calibration.text + weight.pictures * self.calibration.pictures


def weigh(
    path: Sequence[Message],
    instructions: str,
    written: str | None = None,
    attached: Sequence[ImagePart] = (),
    scales: "Scales | None" = None,
    pictures: PictureTokens = USUAL_PICTURES,
    model: ModelRef | None = None,
) -> Weighed:
    """Weigh a path for a model that sees `pictures` so.

    `written` and `attached` are what comes after it; None where it ends with the question itself.
    """
    weight_of = (scales or Scales()).weight
    others = Weight(estimate_tokens(instructions) + TOKENS_AROUND_A_MESSAGE)
    if written or attached:
        text = estimate_tokens(written or "") + TOKENS_AROUND_A_MESSAGE
        others = Weight(others.text + text, pictures.of_all(attached))
    weights = tuple([(message, weight_of(message, pictures)) for message in path])
    return Weighed(weights, others, calibration_of(path, model), goes_on=written is not None)


class Scales:
    """Remembers what messages weigh: a long chat is weighed with every pause in typing. It keeps no message, however long, in memory."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[ref[Message], Weight, bool]] = {}
        """By id: a message, what its words weigh, and whether it has pictures, which weigh differently for each model."""

    def weight(self, message: Message, pictures: PictureTokens) -> Weight:
        """Return about how many tokens a message is for a model that sees `pictures` so."""
        known = self._known.get(message.id)
        if known is None or known[0]() is not message:
            if len(self._known) > _MOST_REMEMBERED:
                self._known.clear()
            known = (ref(message), Weight(text_weight_of(message)), bool(message.kept_pictures))
            self._known[message.id] = known
        _, weight, has_pictures = known
        return Weight(weight.text, pictures.of_all(message.kept_pictures)) if has_pictures else weight


def text_weight_of(message: Message) -> int:
    """Return about how many tokens the words of a message are; 0 for one with nothing in it, which is not sent."""
    text = message.text
    return estimate_tokens(text) + TOKENS_AROUND_A_MESSAGE if text or message.kept_pictures else 0


# What the user wants where a chat does not fit, as plain values for JSON, and back. Reading is tolerant.

_NO_WISH = ContextWish()


def to_json(wish: ContextWish) -> str:
    """Return it as JSON; an empty text if nothing was said."""
    if wish == ContextWish():
        return ""
    record: dict[str, object] = {"choice": wish.choice.value}
    if wish.summary:
        summary = wish.summary
        record["summary"] = {"text": summary.text, "until": summary.until, **({"of": summary.of} if summary.of else {})}
    return json.dumps(record, ensure_ascii=False, separators=(",", ":"))


def from_json(text: str) -> ContextWish:
    """Return what `to_json` wrote."""
    if not text:  # nearly every chat of a long list
        return _NO_WISH
    try:
        record = json.loads(text)
    except (ValueError, RecursionError):
        record = None
    if not isinstance(record, dict):
        return ContextWish()
    choice = ContextChoice.ASK
    with suppress(ValueError):
        choice = ContextChoice(str(record.get("choice")))
    summary = record.get("summary")
    kept = None
    if isinstance(summary, dict) and isinstance(summary.get("text"), str) and isinstance(summary.get("until"), str):
        of = summary.get("of")
        kept = Summary(summary["text"], summary["until"], of if isinstance(of, str) else "")
    return ContextWish(choice, kept)

"""From a chat to the answer of its model: what goes along with the question, what of it fits, and the stream that comes back.

What is done with the answer is `chat.py`'s business; the wire format is the provider's. Nothing is left out without a person's consent.
"""

from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping, Sequence
from contextlib import aclosing
from dataclasses import replace
from datetime import datetime
from functools import partial as partial_of

from chatdesk.domain.application import Session
from chatdesk.domain.context import ContextPlan, ContextWish, Room, Scales, Summary, Weighed, fingerprint, weigh
from chatdesk.domain.conversation import Conversation
from chatdesk.domain.errors import ContextTooLong, PicturesRefused
from chatdesk.domain.late_dataclass import dataclass
from chatdesk.domain.message import ImagePart, Message, Role
from chatdesk.domain.model import Model, ModelRef
from chatdesk.domain.parameters import Parameters
from chatdesk.domain.picture_tokens import NO_PICTURES
from chatdesk.domain.request import ChatRequest, Picture, Thinking
from chatdesk.domain.stream_events import PromptWeighed, StreamEvent
from chatdesk.domain.token_estimate import estimate_tokens
from chatdesk.services.answerer import Answerer
from chatdesk.services.preset_use import Briefing, Instructions
from chatdesk.services.request_builder import build_request
from chatdesk.services.request_pictures import KeepPicture, LeftOut, ToSend, pictures_for
from chatdesk.services.summarising import summarised, with_summary

Batch = tuple[StreamEvent, ...]
RoomOf = Callable[[ModelRef, Parameters], Room]
"""Tells how much a model has room for with these parameters."""
SessionOf = Callable[[str, ModelRef, Sequence[Message]], Awaitable[Session]]
"""Tells within what of an application a chat's question at the end of a path is asked."""

_LEARNED_SHARE = 0.9
"""Of what a server refused without telling how much it would have taken."""


@dataclass(frozen=True, slots=True)
class _Learned:
    """What a server's refusal told, for as long as it is asked for the same context and says the same of its room."""

    asked: int | None
    known: int | None
    calibration: float
    room: int


class Asking:
    """One per program. `keep_summary` keeps what a model summarised of a chat, by the chat's id.

    `session_of` knows which conversation of an application a question goes on with; `keep_picture` keeps those of an answer.
    """

    def __init__(
        self,
        answerer: Answerer,
        find_model: Callable[[ModelRef], Model | None],
        room_of: RoomOf,
        now: Callable[[], datetime],
        to_send: ToSend,
        briefing: Briefing,
        keep_summary: Callable[[str, Summary], Awaitable[None]],
        session_of: SessionOf,
        keep_picture: KeepPicture | None,
    ) -> None:
        self._answerer = answerer
        self._find_model = find_model
        self._room_of = room_of
        self._now = now
        self._to_send = to_send
        self._briefing = briefing
        self._keep_summary = keep_summary
        self._session_of = session_of
        self._keep_picture = keep_picture
        self._learned: dict[ModelRef, _Learned] = {}
        self._scales = Scales()

    def facts(self, model: ModelRef) -> dict[str, str]:
        """Return the values of the system's variables now."""
        return self._briefing.facts(model, self._now())

    def plan(
        self,
        conversation: Conversation,
        path: Sequence[Message],
        model: ModelRef,
        written: str | None = None,
        attached: Sequence[ImagePart] = (),
    ) -> tuple[ContextPlan, Room]:
        """Return what would go along if this were sent. `written` and `attached` come after the path; None where nothing does."""
        told = self._instructions(conversation, path, model)
        plan, room, _ = self._weighed(conversation.context, path, model, told, written, attached)
        return plan, room

    async def events(
        self,
        answer: Message,
        path: Sequence[Message],
        conversation: Conversation,
        thinking: Thinking,
        *,
        goes_on: bool,
        left_out: Callable[[frozenset[LeftOut]], None],
    ) -> AsyncGenerator[Batch, None]:
        """Ask for the answer that comes after `path`, in which it stands last if it `goes_on`. `left_out` is told of pictures.

        Raises a `ServerError` or an `EngineError`; `ContextTooLong` also where nothing was sent, because a person has to choose.
        """
        assert answer.model is not None  # noqa: S101 - every caller has just set it
        model = answer.model
        told = self._instructions(conversation, path, model)
        plan, room, weighed = self._weighed(conversation.context, path, model, told, None, ())
        known_room = self._room_of(model, told.parameters).tokens
        told = replace(told, parameters=replace(told.parameters, num_ctx=room.to_ask))
        if plan.must_ask or (not plan.fit.can_fit and not plan.sends_anyway):
            raise ContextTooLong(prompt_tokens=plan.fit.tokens, limit=plan.fit.room)
        summary = plan.summary
        if plan.to_summarise and room.tokens:
            found: list[str] = []
            older = path[: plan.to_summarise]
            making = summarised(
                self._answerer, model, older, conversation.context.summary, room, told.parameters, found
            )
            async with aclosing(making) as stages:
                async for stage in stages:
                    yield (stage,)
            summary = Summary("".join(found), older[-1].id, fingerprint([message.id for message in older]))
            await self._keep_summary(conversation.id, summary)
        sent = path[plan.first :]
        known = self._find_model(model)
        pictures, missing = await pictures_for(sent, self._to_send, can_see=known.can_see if known else None)
        if missing:
            left_out(missing)
        partial = goes_on and bool(answer.text) and self._answerer.continues_partial_answers(model)
        keeps = self._answerer.keeps_conversations(model)
        session = await self._session_of(conversation.id, model, path) if keeps else None
        wanted = told.thinking if thinking is Thinking.AUTO else thinking
        make_request = partial_of(
            build_request,
            model.model_id,
            sent,
            instructions=with_summary(told, summary),
            thinking=Thinking.OFF if partial else wanted,
            can_think=known.can_think if known and known.capabilities is not None else None,
            ask_to_continue=goes_on and not partial,
            session=session,
        )
        sum_of_it = weighed.after(plan.first, estimate_tokens(summary.text) if summary else 0).estimate
        tokens = sum_of_it.whole
        yield (PromptWeighed(tokens, room.tokens, sum_of_it.pictures),)
        try:
            stream = self._stream(model, make_request, pictures, sent, left_out)
            async with aclosing(self._with_pictures(answer, stream)) as batches:
                async for batch in batches:
                    yield batch
        except ContextTooLong as refusal:
            self._learned[model] = _Learned(room.to_ask, known_room, *_told_by(refusal, tokens))
            raise
        learned = self._learned.get(model)
        if learned and tokens > learned.room:
            del self._learned[model]  # it takes more than it once said

    async def _stream(
        self,
        model: ModelRef,
        make_request: Callable[..., ChatRequest],
        pictures: Mapping[str, Picture],
        sent: Sequence[Message],
        left_out: Callable[[frozenset[LeftOut]], None],
    ) -> AsyncGenerator[Batch, None]:
        """Ask with pictures; without them if they are refused and all are of answers: nobody has attached one for this model to see."""
        try:
            async with aclosing(self._answerer.stream(model, make_request(pictures=pictures))) as batches:
                async for batch in batches:
                    yield batch
        except PicturesRefused:
            if not pictures or any(message.kept_pictures for message in sent if message.role is Role.USER):
                raise
        else:
            return
        left_out(frozenset({LeftOut.UNSEEN}))
        async with aclosing(self._answerer.stream(model, make_request(pictures={}))) as batches:
            async for batch in batches:
                yield batch

    def _with_pictures(self, answer: Message, batches: AsyncGenerator[Batch, None]) -> AsyncGenerator[Batch, None]:
        if self._keep_picture is None:
            return batches
        from chatdesk.services.answer_pictures import AnswerPictures  # noqa: PLC0415 - start-up time

        return AnswerPictures(answer, self._keep_picture).taken_in(batches)

    def _instructions(self, conversation: Conversation, path: Sequence[Message], model: ModelRef) -> Instructions:
        began = path[0].created_at if path else self._now()
        told = self._briefing.instructions(conversation.preset, conversation.system_prompt, model, began)
        return replace(told, parameters=conversation.parameters.over(told.parameters))

    def _weighed(
        self,
        wish: ContextWish,
        path: Sequence[Message],
        model: ModelRef,
        told: Instructions,
        written: str | None,
        attached: Sequence[ImagePart],
    ) -> tuple[ContextPlan, Room, Weighed]:
        room = self._room_of(model, told.parameters)
        known = self._find_model(model)
        sees = NO_PICTURES if known and known.can_see is False else self._briefing.picture_tokens(model)
        weighed = weigh(path, told.text, written, attached, self._scales, sees, model)
        learned = self._learned.get(model)
        if learned and (learned.asked, learned.known) == (room.to_ask, room.tokens):
            room = replace(room, tokens=min(room.tokens or learned.room, learned.room))
            weighed = replace(weighed, calibration=weighed.calibration.at_least(learned.calibration))
        return weighed.plan(room.tokens, wish, told.parameters.max_tokens), room, weighed


def _told_by(refusal: ContextTooLong, tokens: int) -> tuple[float, int]:
    """Return what a refusal tells of the server's count, as a factor, and of its room, so that the next choice fits."""
    counted, limit = refusal.prompt_tokens, refusal.limit
    calibration = max(1.0, counted / tokens) if counted and tokens else 1.0
    return calibration, limit or round(tokens * _LEARNED_SHARE)

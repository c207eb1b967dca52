"""The pipeline from a chat to its model's answer: builds the request, fits it into the context and streams the events back.

`chat.py` decides what happens with the answer; the provider knows the wire format. Nothing is left out of the request
without the user's consent.
"""

from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping, Sequence
from contextlib import aclosing
from dataclasses import replace
from datetime import datetime
from functools import partial as partial_of
from typing import TYPE_CHECKING

from chatdesk.features.attachments.services.request_pictures import (
    LeftOut,
    ReadText,
    StorePicture,
    ToSend,
    documents_for,
    pictures_for,
)
from chatdesk.features.chat.services.answers import CompletionClient
from chatdesk.features.chat.services.instruction_resolver import InstructionResolver, Instructions
from chatdesk.features.chat.services.request.request_builder import build_request
from chatdesk.features.models.services.model_contexts import ContextBudgets
from chatdesk.kernel.chat.application import Session
from chatdesk.kernel.chat.conversation import Conversation
from chatdesk.kernel.chat.instructions import SentInstructions
from chatdesk.kernel.chat.message import Attachment, Message, MessageState, Role, SentAs
from chatdesk.kernel.chat.request import ChatRequest, Picture, Thinking
from chatdesk.kernel.chat.stream_events import PromptTokensCounted, ReasoningDelta, StreamEvent, TextDelta
from chatdesk.kernel.context.context_plan import (
    ContextPlan,
    CountedContext,
    OverflowPolicy,
    Summary,
    TokenCounter,
    count_context,
    fingerprint,
)
from chatdesk.kernel.context.context_size import USUAL_CONTEXT, ContextBudget
from chatdesk.kernel.context.token_estimate import MAX_TEXT_RATIO, NO_PICTURES, estimate_tokens
from chatdesk.kernel.errors.base import ContextTooLong, PicturesRefused
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.models.model import Model, ModelRef
from chatdesk.kernel.models.parameters import Parameters

if TYPE_CHECKING:
    from chatdesk.features.chat.services.request.question_passages import FindPassages

# What a model's refusal of a request reveals: how its server counts tokens and the size of its context.
#
# Bounded and short-lived.
#
# The counting factor is used until the next answer, whose token count then corrects our estimate
# (`kernel/context/token_estimate.py`).

_NEXT_QUESTION = "…"
"""Stands for a question that is not known yet."""
_ASSUMED_SHARE = 0.9
"""The usable share of a refused token count if the server did not report its limit."""


@dataclass(frozen=True, slots=True)
class _LearnedBudget:
    """What was learned about one model; `context_length` is used as long as the same context size is requested."""

    asked: int | None
    known: int | None
    factor: float
    context_length: int


class LearnedBudgets:
    """The learned budgets, by model."""

    def __init__(self) -> None:
        self._learned: dict[ModelRef, _LearnedBudget] = {}

    def learn(self, model: ModelRef, budget: ContextBudget, refusal: ContextTooLong, tokens: int) -> None:
        """Record that a model with this budget refused a request that we estimate at this many tokens."""
        counted, limit = refusal.prompt_tokens, refusal.limit
        factor = min(max(1.0, counted / tokens), MAX_TEXT_RATIO) if counted and tokens else 1.0
        self._learned[model] = _LearnedBudget(
            budget.requested_length, budget.tokens, factor, limit or round(tokens * _ASSUMED_SHARE)
        )

    def corrected_count(self, model: ModelRef, counted_context: CountedContext) -> CountedContext:
        """Return the counted context corrected to the model's own way of counting."""
        learned = self._learned.get(model)
        return (
            replace(counted_context, calibration=counted_context.calibration.at_least(learned.factor))
            if learned
            else counted_context
        )

    def corrected_budget(self, model: ModelRef, budget: ContextBudget) -> ContextBudget:
        """Return the budget with the limit the model reported.

        No larger context is requested from a model that has less than requested.
        """
        learned = self._learned.get(model)
        if learned is None or (learned.asked, learned.known) != (budget.requested_length, budget.tokens):
            return budget
        if budget.tokens is not None and learned.context_length >= budget.tokens:
            return budget
        return replace(budget, tokens=learned.context_length, larger=())

    def forget(self, model: ModelRef, tokens: int) -> None:
        """Record that the model accepts a request we estimate at this many tokens. Its answer has the exact token count."""
        learned = self._learned.get(model)
        if learned is None:
            return
        if learned.known is not None or tokens > learned.context_length:
            del self._learned[model]
        else:
            self._learned[model] = replace(learned, factor=1.0)


Batch = tuple[StreamEvent, ...]
FindSession = Callable[[str, ModelRef, Sequence[Message], SentInstructions], Awaitable[Session]]
"""Finds the application session in which the question at the end of a path is asked, given the chat's id."""


def was_too_long(path: Sequence[Message]) -> bool:
    """Return whether a path ends with a question that did not fit and waits for the user's decision."""
    last = path[-1] if path else None
    failure = last.failure if last and last.state is MessageState.FAILED else None
    return failure is not None and failure.kind == ContextTooLong.__name__


def _awaits_answer(path: Sequence[Message]) -> bool:
    """Return whether a path ends with an answer of which nothing has arrived yet."""
    return bool(path) and path[-1].state is MessageState.STREAMING and not path[-1].parts


def _asks_about_text(path: Sequence[Message]) -> bool:
    """Return whether the last question of a path has documents of which the text is sent."""
    question = next((message for message in reversed(path) if message.role is Role.USER), None)
    return question is not None and any(each.sent_as is SentAs.TEXT for each in question.documents)


class AnswerPipeline:
    """Asks models for the answers of all chats. One per program.

    `save_summary` stores a model's summary of a chat under the chat's id. `find_session` finds the application
    conversation that a question continues. `store_picture` stores the pictures of an answer; with None they are not
    processed. `find_passages` finds the passages of documents for a question.
    """

    def __init__(
        self,
        completion_client: CompletionClient,
        find_model: Callable[[ModelRef], Model | None],
        budgets: ContextBudgets,
        now: Callable[[], datetime],
        to_send: ToSend,
        read_text: ReadText,
        instruction_resolver: InstructionResolver,
        save_summary: Callable[[str, Summary], Awaitable[None]],
        find_session: FindSession,
        store_picture: StorePicture | None,
        find_passages: "FindPassages | None" = None,
    ) -> None:
        self._completion_client = completion_client
        self._find_model = find_model
        self._budgets = budgets
        self._now = now
        self._to_send = to_send
        self._read_text = read_text
        self._instruction_resolver = instruction_resolver
        self._save_summary = save_summary
        self._find_session = find_session
        self._store_picture = store_picture
        self._find_passages = find_passages
        self._learned = LearnedBudgets()
        self._token_counter = TokenCounter()

    def facts(self, model: ModelRef) -> dict[str, str]:
        """Return the current values of the system variables."""
        return self._instruction_resolver.facts(model, self._now())

    def instructions(self, conversation: Conversation, path: Sequence[Message], model: ModelRef) -> Instructions:
        """Return the instructions for the next answer at the end of a path."""
        return self._instruction_resolver.for_chat(conversation, model, path[0].created_at if path else self._now())

    def plan(
        self,
        conversation: Conversation,
        path: Sequence[Message],
        model: ModelRef,
        written: str | None = None,
        attached: Sequence[Attachment] = (),
    ) -> tuple[ContextPlan, ContextBudget]:
        """Return the context plan and the budget for sending `written` and `attached` after the path.

        If nothing is written or attached and the last question has no answer yet, the plan is for that question.
        """
        if not written and not attached and (was_too_long(path) or _awaits_answer(path)):
            path, written = path[:-1], None
        instructions = self.instructions(conversation, path, model)
        plan, budget, _ = self._counted_context(conversation.context, path, model, instructions, written, attached)
        return plan, budget

    def loading_parameters(self, conversation: Conversation, path: Sequence[Message], model: ModelRef) -> Parameters:
        """Return the parameters of a chat on which it depends how a server loads the model: with others, it would be loaded again."""
        parameters = self.instructions(conversation, path, model).parameters
        budget = self._budgets.budget_of(model, parameters)
        return Parameters(num_ctx=budget.requested_length, keep_alive=parameters.keep_alive)

    async def request_ahead(
        self, conversation: Conversation, path: Sequence[Message], model: ModelRef, thinking: Thinking
    ) -> ChatRequest | None:
        """Return what the next question of a chat will begin with, as a request; None if that is nothing, or not known yet."""
        instructions = self.instructions(conversation, path, model)
        plan, _, _ = self._counted_context(conversation.context, path, model, instructions, "", ())
        if plan.needs_decision or plan.to_summarise or not plan.fit.can_fit or not (path or instructions.text):
            return None
        if path and path[-1].role is not Role.ASSISTANT:
            return None
        if plan.summary:
            from chatdesk.features.chat.services.request.summarising import with_summary  # noqa: PLC0415 - start-up time: rarely used

            instructions = with_summary(instructions, plan.summary)
        sent, known = path[plan.first :], self._find_model(model)
        pictures, _ = await pictures_for(sent, self._to_send, can_see=known.can_see if known else None)
        question = Message.new(conversation.id, None, Role.USER, self._now(), _NEXT_QUESTION)
        return build_request(
            model.model_id,
            (*sent, question),
            instructions=instructions,
            thinking=instructions.thinking if thinking is Thinking.AUTO else thinking,
            can_think=known.can_think if known and known.capabilities is not None else None,
            pictures=pictures,
            documents=await self._documents_for(path, sent, model),
        )

    async def events(
        self,
        answer: Message,
        path: Sequence[Message],
        conversation: Conversation,
        instructions: Instructions,
        thinking: Thinking,
        *,
        is_continuation: bool,
        left_out: Callable[[frozenset[LeftOut]], None],
        save_question: Callable[[Message], Awaitable[None]],
    ) -> AsyncGenerator[Batch, None]:
        """Ask for the answer that follows `path`, or that ends it if it `is_continuation`, with these `instructions`.

        `left_out` is called with the reasons why pictures were left out, `save_question` with the question once the
        passages of its documents have been found. Raises `ServerError` or `EngineError`, and `ContextTooLong` and
        `NothingFound`, which are also raised before anything is sent if the user must choose what to do.
        """
        assert answer.model is not None  # noqa: S101 - every caller has just set it
        model = answer.model
        await self._budgets.prepare(model)
        path = await self._with_passages(path, conversation, model, instructions, save_question)
        plan, budget, counted_context = self._counted_context(conversation.context, path, model, instructions, None, ())
        known_budget = self._budgets.budget_of(model, instructions.parameters)
        # Check whether there is enough memory for a larger context.
        if known_budget.must_grow_for(counted_context.tokens, instructions.parameters.max_tokens):
            await self._budgets.inspect_memory(model)
            plan, budget, counted_context = self._counted_context(
                conversation.context, path, model, instructions, None, ()
            )
        if plan.needs_decision or (not plan.fit.can_fit and not plan.sends_anyway):
            fit = plan.fit
            raise ContextTooLong(
                prompt_tokens=fit.tokens,
                limit=fit.context_length,
                enough=plan.enough,
                can_leave_out=fit.can_leave_out,
                has_documents=_asks_about_text(path),
            )
        original_instructions = instructions
        instructions = replace(
            instructions, parameters=replace(instructions.parameters, num_ctx=budget.requested_length)
        )
        summary = plan.summary
        if plan.to_summarise and budget.tokens:
            from chatdesk.features.chat.services.request.summarising import (  # noqa: PLC0415 - start-up time: rarely used
                summarise,
            )

            summary_parts: list[str] = []
            older = path[: plan.to_summarise]
            progress = summarise(
                self._completion_client,
                model,
                older,
                conversation.context.summary,
                budget,
                instructions.parameters,
                summary_parts,
            )
            async with aclosing(progress) as progress_events:
                async for stage in progress_events:
                    yield (stage,)
            summary = Summary("".join(summary_parts), older[-1].id, fingerprint([message.id for message in older]))
            await self._save_summary(conversation.id, summary)
        sent = path[plan.first :]
        known = self._find_model(model)
        pictures, missing = await pictures_for(sent, self._to_send, can_see=known.can_see if known else None)
        if missing:
            left_out(missing)
        keeps = self._completion_client.stores_conversations(model)
        session = await self._find_session(conversation.id, model, path, instructions.sent) if keeps else None
        if summary:
            from chatdesk.features.chat.services.request.summarising import with_summary  # noqa: PLC0415 - start-up time: rarely used

            instructions = with_summary(instructions, summary)
        make_request = partial_of(
            build_request,
            model.model_id,
            sent,
            documents=await self._documents_for(path, sent, model),
            instructions=instructions,
            thinking=instructions.thinking if thinking is Thinking.AUTO else thinking,
            can_think=known.can_think if known and known.capabilities is not None else None,
            session=session,
            grows=budget.grows,
            unfinished=answer.text if is_continuation else None,
        )
        total = counted_context.after(plan.first, estimate_tokens(summary.text) if summary else 0).estimate
        tokens = total.whole
        yield (PromptTokensCounted(tokens, budget.tokens, total.pictures),)
        try:
            stream = self._stream(model, make_request, pictures, sent, left_out)
            async with aclosing(self._with_pictures(answer, stream)) as batches:
                async for batch in batches:
                    if any(isinstance(event, TextDelta | ReasoningDelta) for event in batch):
                        self._learned.forget(model, tokens)
                    yield batch
        except ContextTooLong as refusal:
            self._learned.learn(model, budget, refusal, tokens)
            plan, _, _ = self._counted_context(conversation.context, path, model, original_instructions, None, ())
            raise replace(
                refusal,
                enough=plan.enough,
                can_leave_out=plan.fit.can_leave_out,
                has_documents=_asks_about_text(path),
            ) from refusal

    async def _documents_for(
        self, path: Sequence[Message], sent: Sequence[Message], model: ModelRef
    ) -> Mapping[str, Sequence[str]]:
        file_marks = self._instruction_resolver.file_marks(model)
        return await documents_for(path, sent, self._read_text, file_marks=file_marks)

    async def _with_passages(
        self,
        path: Sequence[Message],
        conversation: Conversation,
        model: ModelRef,
        instructions: Instructions,
        save_question: Callable[[Message], Awaitable[None]],
    ) -> Sequence[Message]:
        """Return the path with the passages for its last question, which are found once and then kept with it."""
        index = next((at for at in reversed(range(len(path))) if path[at].role is Role.USER), None)
        if index is None or not any(
            each.sent_as is SentAs.PASSAGES and not each.passage_count for each in path[index].documents
        ):
            return path
        from chatdesk.features.chat.services.request.question_passages import (  # noqa: PLC0415 - start-up time
            require_passages,
            with_passages,
        )
        from chatdesk.kernel.documents.fitting import largest_context, passage_tokens  # noqa: PLC0415 - likewise

        earlier, question = path[:index], path[index]
        if self._find_passages:
            rest = question.with_parts(part for part in question.parts if part not in question.documents)
            _, budget, counted = self._counted_context(
                conversation.context, (*earlier, rest), model, instructions, None, ()
            )
            tokens = passage_tokens(largest_context(budget) or USUAL_CONTEXT, counted.tokens)
            question, text = await with_passages(question, earlier, self._find_passages, self._read_text, tokens)
            await save_question(question)
            require_passages(question, earlier, text)
        return (*earlier, question, *path[index + 1 :])

    async def _stream(
        self,
        model: ModelRef,
        make_request: Callable[..., ChatRequest],
        pictures: Mapping[str, Picture],
        sent: Sequence[Message],
        left_out: Callable[[frozenset[LeftOut]], None],
    ) -> AsyncGenerator[Batch, None]:
        """Ask with pictures, and ask again without them if they are refused and all of them belong to answers.

        If the user attached any of them, the refusal is raised instead: the model was meant to see those.
        """
        try:
            async with aclosing(self._completion_client.stream(model, make_request(pictures=pictures))) as batches:
                async for batch in batches:
                    yield batch
        except PicturesRefused:
            if not pictures or any(message.sent_pictures for message in sent if message.role is Role.USER):
                raise
        else:
            return
        left_out(frozenset({LeftOut.UNSEEN}))
        async with aclosing(self._completion_client.stream(model, make_request(pictures={}))) as batches:
            async for batch in batches:
                yield batch

    def _with_pictures(self, answer: Message, batches: AsyncGenerator[Batch, None]) -> AsyncGenerator[Batch, None]:
        if self._store_picture is None:
            return batches
        from chatdesk.features.attachments.services.answer_pictures import (  # noqa: PLC0415 - start-up time
            AnswerPictures,
        )

        return AnswerPictures(answer, self._store_picture).with_pictures_stored(batches)

    def _counted_context(
        self,
        policy: OverflowPolicy,
        path: Sequence[Message],
        model: ModelRef,
        instructions: Instructions,
        written: str | None,
        attached: Sequence[Attachment],
    ) -> tuple[ContextPlan, ContextBudget, CountedContext]:
        known = self._find_model(model)
        picture_tokens = (
            NO_PICTURES if known and known.can_see is False else self._instruction_resolver.picture_tokens(model)
        )
        counted_context = count_context(
            path, instructions.text, written, attached, self._token_counter, picture_tokens, model
        )
        counted_context = self._learned.corrected_count(model, counted_context)
        tokens, max_tokens = counted_context.tokens, instructions.parameters.max_tokens
        budget = self._learned.corrected_budget(
            model, self._budgets.budget_of(model, instructions.parameters).grown_for(tokens, max_tokens)
        )
        plan = counted_context.plan(budget.tokens, policy, max_tokens)
        enough = None if plan.fit.fits else budget.enough_for(tokens, max_tokens)
        return replace(plan, enough=enough), budget, counted_context

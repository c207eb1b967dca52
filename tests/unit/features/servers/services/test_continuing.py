"""Going on with an unfinished answer: exactly where the server can, and with a seam where it is asked in words."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass, field, replace

import pytest

from chatdesk.features.servers.services.continuing import CONTINUE_PROMPT, continued
from chatdesk.kernel.chat.answer import GrowingAnswer
from chatdesk.kernel.chat.message import FinishReason, Role
from chatdesk.kernel.chat.request import PICTURE_PLACEHOLDER, ChatRequest, Continuation, Picture, Turn
from chatdesk.kernel.chat.stream_events import Finished, ReasoningDelta, StreamEvent, TextDelta, TextWasReasoning
from chatdesk.kernel.errors.base import ConnectionLost, RequestRefused, ServerError, ServerFailed

HALF = "a very loving little girl who had"
UNFINISHED = ChatRequest("m", (Turn(Role.USER, "?"), Turn(Role.ASSISTANT, HALF)), continues_answer=True)
STOP = Finished(FinishReason.STOP)


@dataclass
class Server:
    """Says what the test wrote, one script for each time it is asked."""

    scripts: list[tuple[StreamEvent | ServerError, ...]]
    continuation: Continuation | None = None
    asked: list[ChatRequest] = field(default_factory=list)

    async def ask(self, request: ChatRequest) -> AsyncGenerator[tuple[StreamEvent, ...], None]:
        self.asked.append(request)
        for step in self.scripts.pop(0):
            if isinstance(step, ServerError):
                raise step
            yield (step,)

    async def exactly(self, _request: ChatRequest) -> Continuation | None:
        return self.continuation

    async def answer(self, request: ChatRequest = UNFINISHED) -> GrowingAnswer:
        answer = GrowingAnswer()
        async for batch in continued(request, self.ask, self.exactly):
            assert batch
            for event in batch:
                answer.apply(event)
        return answer


async def test_a_server_that_goes_on_from_the_last_letter_is_taken_at_its_word():
    server = Server([(TextDelta("n't"), TextDelta(" any"), STOP)], Continuation(UNFINISHED))
    assert (await server.answer()).text == "n't any"
    assert server.asked == [UNFINISHED]


async def test_another_is_asked_in_words_and_its_words_are_not_glued():
    server = Server([(TextDelta("that"), TextDelta(" is"), TextDelta(" a wonderful story"), STOP)])
    answer = await server.answer()
    assert answer.text == " that is a wonderful story"
    assert answer.finish is FinishReason.STOP
    (asked,) = server.asked
    assert asked.turns == (*UNFINISHED.turns, Turn(Role.USER, CONTINUE_PROMPT))
    assert not asked.continues_answer


async def test_a_heading_after_a_half_sentence_is_a_heading_though_it_comes_in_pieces():
    pieces = (TextDelta(piece) for piece in ("#", "##", " ", "2", ". The Golden Gate\n"))
    assert (await Server([(*pieces, STOP)]).answer()).text == "\n\n### 2. The Golden Gate\n"


async def test_what_a_server_says_once_more_is_left_out():
    continuation = Continuation(UNFINISHED, is_repeated=True)
    server = Server([(TextDelta(HALF[:9]), TextDelta(f"{HALF[9:]} a"), TextDelta(" secret"), STOP)], continuation)
    assert (await server.answer()).text == " a secret"


async def test_a_server_that_does_not_know_the_form_is_asked_in_words():
    refused = RequestRefused("S", "http://s", 400, "unknown field")
    server = Server([(refused,), (TextDelta("a secret."), STOP)], Continuation(UNFINISHED))
    assert (await server.answer()).text == " a secret."
    assert [request.continues_answer for request in server.asked] == [True, False]


@pytest.mark.parametrize("error", [RequestRefused(), ServerFailed(), ConnectionLost()])
async def test_an_error_after_words_is_reported(error: ServerError):
    with pytest.raises(type(error)):
        await Server([(TextDelta(" a"), error)], Continuation(UNFINISHED)).answer()


async def test_what_was_held_back_comes_before_the_error_that_ends_it():
    answer = GrowingAnswer()
    server = Server([(TextDelta("sec"), ConnectionLost())])
    batches = continued(UNFINISHED, server.ask, server.exactly)
    with pytest.raises(ConnectionLost):
        await read_into(answer, batches)
    assert answer.text == " sec"


async def read_into(answer: GrowingAnswer, batches: AsyncGenerator[tuple[StreamEvent, ...], None]) -> None:
    async for batch in batches:
        for event in batch:
            answer.apply(event)


async def test_text_that_turns_out_to_be_reasoning_leaves_the_seam_to_what_follows():
    server = Server([(ReasoningDelta("hm"), TextDelta("let me see"), TextWasReasoning(), TextDelta("a secret."), STOP)])
    answer = await server.answer()
    assert answer.text == " a secret."
    assert "let me see" in answer.reasoning


async def test_where_nothing_of_an_answer_can_be_sent_the_question_itself_asks_to_go_on():
    request = replace(UNFINISHED, turns=UNFINISHED.turns[:1])
    server = Server([(TextDelta("A cat."), STOP)], Continuation(UNFINISHED))
    assert (await server.answer(request)).text == "A cat."
    (question,) = server.asked[0].turns  # two in a row are refused by strict chat templates
    assert question.text == f"{request.turns[0].text}\n\n{CONTINUE_PROMPT}"


CAT = Picture("image/png", b"cat")


async def test_the_pictures_of_an_answer_go_along_where_it_is_asked_for_in_words():
    question, answer = UNFINISHED.turns[0], replace(UNFINISHED.turns[-1], pictures=(CAT,))
    server = Server([(TextDelta("more"), STOP)], None)
    await server.answer(replace(UNFINISHED, turns=(question, answer)))
    _, said, asked = server.asked[0].turns
    assert (said.text, said.pictures) == (f"{answer.text}\n\n{PICTURE_PLACEHOLDER}", ())
    assert (asked.role, asked.text, asked.pictures) == (Role.USER, CONTINUE_PROMPT, (CAT,))


async def test_an_answer_that_is_only_a_picture_is_said_to_be_one():
    question, answer = UNFINISHED.turns[0], Turn(Role.ASSISTANT, "", pictures=(CAT,))
    server = Server([(TextDelta("more"), STOP)], Continuation(UNFINISHED))
    await server.answer(replace(UNFINISHED, turns=(question, answer)))
    _, said, asked = server.asked[0].turns
    assert (said.text, asked.pictures) == (PICTURE_PLACEHOLDER, (CAT,))


async def test_who_goes_on_from_the_last_letter_is_given_no_picture_of_an_answer():
    received: list[ChatRequest] = []
    answer = replace(UNFINISHED.turns[-1], pictures=(CAT,))

    async def exactly(request: ChatRequest) -> Continuation:
        received.append(request)
        return Continuation(request)

    server = Server([(TextDelta("more"), STOP)], None)
    asking = continued(replace(UNFINISHED, turns=(UNFINISHED.turns[0], answer)), server.ask, exactly)
    await read_into(GrowingAnswer(), asking)
    assert received[0].turns == UNFINISHED.turns

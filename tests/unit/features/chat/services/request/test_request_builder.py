"""From a path of messages to a request."""

from datetime import UTC, datetime

from chatdesk.features.chat.services.instruction_resolver import Instructions
from chatdesk.features.chat.services.request.request_builder import UNSEEN_PICTURE, build_request
from chatdesk.kernel.chat.message import ImagePart, Message, MessageState, ReasoningPart, Role, TextPart
from chatdesk.kernel.chat.pictures import PictureProblem
from chatdesk.kernel.chat.request import PICTURE_PLACEHOLDER, Picture, Turn
from chatdesk.kernel.models.parameters import Parameters


def said(role: Role, text: str, reasoning: str = "") -> Message:
    parts = (*((ReasoningPart(reasoning),) if reasoning else ()), *((TextPart(text),) if text else ()))
    now = datetime(2026, 1, 1, tzinfo=UTC)
    return Message("m", "c", None, 1, role, parts, MessageState.COMPLETE, now)


def test_instructions_that_belong_into_the_question_stand_before_the_first_one_only() -> None:
    path = [said(Role.USER, "one"), said(Role.ASSISTANT, "answer"), said(Role.USER, "two")]
    request = build_request("m", path, instructions=Instructions("Be brief.", in_question=True))
    assert [(turn.role, turn.text) for turn in request.turns] == [
        (Role.USER, "Be brief.\n\none"),
        (Role.ASSISTANT, "answer"),
        (Role.USER, "two"),
    ]


def test_the_parameters_of_the_instructions_are_those_of_the_request() -> None:
    instructions = Instructions(parameters=Parameters(temperature=0.6))
    assert build_request("m", [said(Role.USER, "one")], instructions=instructions).parameters == Parameters(
        temperature=0.6
    )


def test_the_system_prompt_comes_first_and_an_empty_one_not_at_all() -> None:
    path = [said(Role.USER, "hello")]
    assert build_request("m", path, instructions=Instructions("Be brief.")).turns[0] == Turn(Role.SYSTEM, "Be brief.")
    assert build_request("m", path, instructions=Instructions(" \n")).turns == (Turn(Role.USER, "hello"),)


def test_messages_without_words_are_left_out_and_neighbours_of_one_role_joined() -> None:
    path = [said(Role.USER, "one"), said(Role.ASSISTANT, "", "only thought"), said(Role.USER, "two")]
    assert build_request("m", path).turns == (Turn(Role.USER, "one\n\ntwo"),)


CAT = ImagePart("a" * 64, "image/png", "cat.png", 4, 3, 100)
DOG = ImagePart("b" * 64, "image/png", "dog.png", 4, 3, 100)
SEEN = {"a" * 64: Picture("image/png", b"cat"), "b" * 64: Picture("image/jpeg", b"dog")}


def test_pictures_go_along_with_their_question() -> None:
    asked = said(Role.USER, "").with_parts((CAT, DOG, TextPart("What is this?")))
    (turn,) = build_request("m", [asked], pictures=SEEN).turns
    assert turn == Turn(Role.USER, "What is this?", pictures=(SEEN["a" * 64], SEEN["b" * 64]))


def test_a_question_may_be_a_picture_alone() -> None:
    asked = said(Role.USER, "").with_parts((CAT,))
    (turn,) = build_request("m", [asked], pictures=SEEN).turns
    assert turn == Turn(Role.USER, "", pictures=(SEEN["a" * 64],))


def test_in_the_place_of_a_picture_that_is_left_out_the_model_gets_a_note() -> None:
    asked = said(Role.USER, "").with_parts((CAT, TextPart("What is this?")))
    (turn,) = build_request("m", [asked]).turns
    assert turn == Turn(Role.USER, f"{UNSEEN_PICTURE}\n\nWhat is this?")


def test_joined_questions_keep_their_pictures() -> None:
    first = said(Role.USER, "").with_parts((CAT, TextPart("one")))
    second = said(Role.USER, "").with_parts((DOG,))
    (turn,) = build_request("m", [first, second], pictures=SEEN).turns
    assert turn == Turn(Role.USER, "one", pictures=(SEEN["a" * 64], SEEN["b" * 64]))


def test_the_pictures_of_an_answer_go_along_with_the_question_behind_it() -> None:
    drawn = said(Role.ASSISTANT, "").with_parts((TextPart("A cat"), CAT, DOG))
    path = [said(Role.USER, "Draw"), drawn, said(Role.USER, "Bluer")]
    _, answer, question = build_request("m", path, pictures=SEEN).turns
    assert answer == Turn(Role.ASSISTANT, f"A cat\n\n{PICTURE_PLACEHOLDER}\n\n{PICTURE_PLACEHOLDER}")
    assert question == Turn(Role.USER, "Bluer", pictures=(SEEN["a" * 64], SEEN["b" * 64]))


def test_an_answer_of_a_picture_alone_is_a_turn_of_its_own() -> None:
    path = [said(Role.USER, "Draw"), said(Role.ASSISTANT, "").with_parts((CAT,)), said(Role.USER, "Bluer")]
    assert [turn.role for turn in build_request("m", path, pictures=SEEN).turns] == [
        Role.USER,
        Role.ASSISTANT,
        Role.USER,
    ]
    _, answer, question = build_request("m", path).turns
    assert (answer.text, question) == (UNSEEN_PICTURE, Turn(Role.USER, "Bluer"))


def test_an_answer_that_is_gone_on_from_in_its_own_words_gets_no_others() -> None:
    path = [said(Role.USER, "Draw"), said(Role.ASSISTANT, "").with_parts((TextPart("Half a"), CAT))]
    assert build_request("m", path, pictures=SEEN).turns[-1] == Turn(Role.ASSISTANT, "Half a")
    going_on = build_request("m", path, pictures=SEEN, unfinished="Half a").turns[-1]
    assert going_on == Turn(Role.ASSISTANT, "Half a", pictures=(SEEN["a" * 64],))
    unseen = build_request("m", path, unfinished="Half a").turns[-1]
    assert unseen == Turn(Role.ASSISTANT, "Half a")
    only = [path[0], said(Role.ASSISTANT, "").with_parts((CAT,))]
    assert build_request("m", only, unfinished="").turns == (Turn(Role.USER, "Draw"),)


def test_a_picture_that_could_not_be_kept_is_not_spoken_of() -> None:
    lost = ImagePart("", "", "", problem=PictureProblem.TOO_LARGE)
    drawn = said(Role.ASSISTANT, "").with_parts((TextPart("A cat"), lost))
    assert build_request("m", [drawn], pictures=SEEN).turns == build_request("m", [said(Role.ASSISTANT, "A cat")]).turns

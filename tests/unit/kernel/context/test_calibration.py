"""What is learned from the counts of a server."""

from datetime import UTC, datetime

import pytest

from chatdesk.kernel.chat.message import ImagePart, Message, MessageState, Role, TextPart
from chatdesk.kernel.chat.usage import Usage
from chatdesk.kernel.context.context_plan import TokenCount, count_context
from chatdesk.kernel.context.token_estimate import Calibration, PictureTokens, calibration_of
from chatdesk.kernel.models.model import ModelRef

MODEL, OTHER = ModelRef("s", "sees"), ModelRef("s", "sees-otherwise")
MOMENT = datetime(2026, 1, 1, tzinfo=UTC)
SEEN = ImagePart("a" * 64, "image/png", "x.png", 1000, 1000)
THOUSAND = PictureTokens(1000)


def answer(number: int, read: int, expected: int, pictures: int | None = None, model: ModelRef = MODEL) -> Message:
    usage = Usage(read, 5, expected_prompt_tokens=expected, expected_picture_tokens=pictures)
    parts = (TextPart("Yes."),)
    return Message(f"m{number}", "c", None, number, Role.ASSISTANT, parts, MessageState.COMPLETE, MOMENT, model, usage)


def test_what_is_beyond_the_words_were_the_pictures() -> None:
    assert calibration_of([answer(1, 400, 1100, 1000)]) == Calibration(1.0, pytest.approx(0.3))


def test_how_the_words_are_counted_is_known_from_an_answer_without_pictures() -> None:
    path = [answer(1, 400, 200), answer(3, 1900, 1200, 1000)]
    assert calibration_of(path) == Calibration(2.0, pytest.approx(1.5))


def test_a_server_that_does_not_count_what_it_had_read_before_teaches_nothing_of_pictures() -> None:
    assert calibration_of([answer(1, 60, 1100, 1000)]) == Calibration()


def test_another_model_sees_in_its_own_way() -> None:
    path = [answer(1, 400, 200), answer(3, 1900, 1200, 1000)]
    assert calibration_of(path, OTHER) == Calibration(2.0)
    assert calibration_of(path, MODEL).pictures == pytest.approx(1.5)


def test_nonsense_has_its_bounds() -> None:
    assert calibration_of([answer(1, 10**9, 1100, 1000)]) == Calibration(1.0, 20.0)


def test_what_was_learned_holds_for_every_picture_of_the_chat() -> None:
    question = Message("m0", "c", None, 0, Role.USER, (SEEN, TextPart("What?")), MessageState.COMPLETE, MOMENT)
    before = count_context([question], "", pictures=THOUSAND, model=MODEL)
    assert before.estimate == TokenCount(12, 1000)
    assert before.fit(8192).tokens == 1012
    after = count_context([question, answer(1, 312, 1012, 1000)], "", "And?", [SEEN], None, THOUSAND, MODEL)
    assert after.fit(8192).tokens == pytest.approx(600 + 24, abs=3)


def test_a_count_that_is_small_because_pictures_are_is_no_silent_cut() -> None:
    usage = Usage(300, 5, expected_prompt_tokens=8000, expected_picture_tokens=7700, context_length=8192)
    assert not usage.prompt_was_cut
    assert Usage(300, 5, expected_prompt_tokens=8000, context_length=8192).prompt_was_cut

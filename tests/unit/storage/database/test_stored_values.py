from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatdesk.kernel.chat.message import Role
from chatdesk.kernel.chat.usage import MAX_PLAUSIBLE, Usage
from chatdesk.kernel.errors.base import RateLimited, ServerFailed, to_failure
from chatdesk.kernel.errors.failure import Failure
from chatdesk.kernel.models.model import ModelRef
from chatdesk.storage.database import stored_values
from tests.unit.storage.any_values import any_text

moments = st.datetimes(
    timezones=st.builds(lambda minutes: timezone(timedelta(minutes=minutes)), st.integers(-840, 840))
)


@given(any_text())
def test_any_text_can_be_stored_and_only_lone_surrogates_change(text: str) -> None:
    stored = stored_values.to_text(text)
    stored.encode()
    if not any("\ud800" <= character <= "\udfff" for character in text):
        assert stored == text


def test_two_halves_of_an_emoji_are_joined_and_a_half_alone_is_marked() -> None:
    assert stored_values.to_text("a\ud83e\udd89b") == "a🦉b"
    assert stored_values.to_text("a\ud83eb\udd89") == "a\ufffdb\ufffd"


@given(moments, moments)
def test_a_moment_comes_back_and_sorts_as_text(one: datetime, other: datetime) -> None:
    texts = [_time(one), _time(other)]
    if None not in texts:
        assert stored_values.from_time(texts[0]) == one
        assert (texts[0] < texts[1]) == (one < other)


def _time(moment: datetime) -> str | None:
    try:
        return stored_values.to_time(moment)
    except OverflowError:  # within hours of the first or last year there is
        return None


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        stored_values.to_time(datetime(2026, 11, 24, 12, 0))  # noqa: DTZ001 - the point of the test


@pytest.mark.parametrize("text", ["", "yesterday", "2026-13-45"])
def test_a_moment_that_is_none_hides_no_row(text: str) -> None:
    assert stored_values.from_time(text) == datetime.fromtimestamp(0, UTC)


def test_numbers_that_are_no_counts_come_back_as_not_said() -> None:
    usage = Usage(prompt_tokens=2**80, completion_tokens=-1, tokens_per_second=float("inf"), total_milliseconds=3)
    assert stored_values.from_usage(stored_values.to_usage(usage)) == Usage(total_milliseconds=3)


@given(
    st.builds(
        Usage,
        st.none() | st.integers(0, MAX_PLAUSIBLE),
        st.none() | st.integers(0, MAX_PLAUSIBLE),
        st.none() | st.floats(0, MAX_PLAUSIBLE),
        st.none() | st.integers(0, MAX_PLAUSIBLE),
    )
)
def test_any_usage_comes_back(usage: Usage) -> None:
    assert stored_values.from_usage(stored_values.to_usage(usage)) == usage
    assert stored_values.from_usage(stored_values.to_usage(None)) is None


def test_usage_of_another_version_gives_what_is_known() -> None:
    stored = '{"prompt_tokens": 5, "energy": 3, "completion_tokens": "many"}'
    assert stored_values.from_usage(stored) == Usage(prompt_tokens=5)


def test_a_failure_comes_back_as_the_same_value() -> None:
    failure = to_failure(RateLimited(server="Local", address="http://x", retry_after=1.5, detail="slow \ud83e"))
    stored = stored_values.from_failure(stored_values.to_failure(failure))
    assert stored == Failure("RateLimited", {**failure.data, "detail": "slow \ufffd"})
    assert stored_values.from_failure(stored_values.to_failure(None)) is None
    assert stored_values.from_failure(stored_values.to_failure(to_failure(ServerFailed()))) == to_failure(
        ServerFailed()
    )


@pytest.mark.parametrize("stored", ["", "no JSON", "[]", '{"data": 3}', '{"data": {"a": []}}', "[" * 100_000])
def test_a_broken_failure_is_still_a_failure(stored: str) -> None:
    assert stored_values.from_failure(stored) == Failure("", {})


def test_a_word_of_another_version_becomes_the_one_for_unknown() -> None:
    assert stored_values.from_word(Role, "user", Role.SYSTEM) is Role.USER
    assert stored_values.from_word(Role, "oracle", Role.ASSISTANT) is Role.ASSISTANT


def test_a_model_is_two_columns_or_none() -> None:
    ref = ModelRef("server", "deepseek-r1:7b")
    assert stored_values.from_model(*stored_values.to_model(ref)) == ref
    assert stored_values.from_model(*stored_values.to_model(None)) is None

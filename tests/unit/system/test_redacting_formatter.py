"""Secrets do not get out by way of logs."""

import logging

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatdesk.kernel.redaction import MASK, Redactor
from chatdesk.system.log_files import RedactingFormatter


@pytest.mark.parametrize(
    "text",
    [
        "Incorrect API key provided: sk-abcdef123456",
        "gsk_0123456789abcdef",
        "hf_AbCdEfGhIjKl",
        "x-goog-api-key: AIzaSyA1234567890abcdefghij",
        "{'Authorization': 'Bearer abcdef0123456789'}",
        "authorization: bearer eyJhbGciOi.abc.def",
        "Authorization: Basic dXNlcjpwYXNzd29yZA==",
        "https://host/v1?key=0123456789abcdef0123",
    ],
)
def test_what_looks_like_a_key_is_masked(text: str) -> None:
    redacted = Redactor()(text)
    assert MASK in redacted
    assert not any(secret in redacted for secret in ("123456", "AbCdEf", "abc.def", "dXNlcjpw"))


@pytest.mark.parametrize(
    "text",
    [
        "the basic idea of a bearer bond",
        "risk-free task_name",
        "press any key to go on",
        "sk-",
        "a monkey: a kind of ape",
    ],
)
def test_ordinary_words_stay(text: str) -> None:
    assert Redactor()(text) == text


def test_a_known_secret_is_masked_whatever_it_looks_like() -> None:
    redactor = Redactor()
    redactor.add("correct horse")
    assert redactor("it is 'correct horse' here") == f"it is '{MASK}' here"


def test_a_very_short_secret_does_not_blank_out_words() -> None:
    redactor = Redactor()
    redactor.add("a")
    assert redactor("a banana") == "a banana"


@given(st.lists(st.text(min_size=6, max_size=20), min_size=1, max_size=5), st.text(), st.text())
def test_no_known_secret_is_left(secrets: list[str], before: str, after: str) -> None:
    redactor = Redactor()
    for secret in secrets:
        redactor.add(secret)
    for secret in secrets:
        if secret not in before + MASK + after:
            assert secret not in redactor(f"{before}{secret}{after}").replace(MASK, "\0")


def test_a_traceback_is_cleaned_too() -> None:
    redactor = Redactor()
    redactor.add("canary-key-42")
    text = "canary-key-42"
    try:
        int(text)
    except ValueError as error:
        info = (ValueError, error, error.__traceback__)
    record = logging.LogRecord("name", logging.ERROR, __file__, 1, "sent %s", (text,), info)
    written = RedactingFormatter("%(message)s", redactor).format(record)
    assert f"sent {MASK}" in written
    assert f"ValueError: invalid literal for int() with base 10: '{MASK}'" in written

import time

import pytest

from chatdesk.kernel.redaction import Redactor

CANARY = "sk-CANARY0123456789abcdef"


@pytest.mark.parametrize(
    "text",
    [
        f"Incorrect API key provided: {CANARY}.",
        f"Bearer {CANARY}",
        f'{{"Authorization": "Bearer {CANARY}"}}',
        f"key={CANARY}&x=1",
        f"{CANARY}{CANARY}",
    ],
)
def test_the_key_in_use_never_comes_through(text: str):
    assert "CANARY" not in Redactor([CANARY])(text)


def test_a_key_of_no_known_form_is_masked_because_it_is_known():
    assert Redactor(["correct horse battery"])("no such key: correct horse battery!") == "no such key: •••!"


@pytest.mark.parametrize(
    "text",
    [
        "Incorrect API key provided: sk-abcdef0123456789.",
        "Incorrect API key provided: sk-proj-********************wxyz.",
        "Your api key: ****abcd is invalid",
        "Authorization: Bearer abcdefgh12345",
        "authorization: Basic dXNlcjpwYXNzd29yZA==",
        "bad key gsk_abcdefghijkl0123",
        "API key not valid: AIzaSyA0123456789abcdefghijk",
    ],
)
def test_what_looks_like_a_key_is_masked_even_if_it_is_not_ours(text: str):
    cleared = Redactor()(text)
    assert "•••" in cleared
    for secret in ("abcd", "wxyz", "dXNl", "0123456"):
        assert secret not in cleared


@pytest.mark.parametrize(
    "text",
    ["model 'qwen3:8b' not found", "request (810 tokens) exceeds", "a task-oriented disk-based risk", "2 * 3 ** 4"],
)
def test_ordinary_words_stay(text: str):
    assert Redactor([CANARY])(text) == text


def test_a_secret_too_short_to_be_one_masks_nothing():
    assert Redactor(["ok", ""])("ok, look") == "ok, look"


@pytest.mark.parametrize("character", ["a", "*", "-", " ", "sk-"])
def test_a_hostile_text_costs_little(character: str):
    began = time.process_time()
    Redactor([CANARY])(character * (64 * 1024))
    assert time.process_time() - began < 1.0

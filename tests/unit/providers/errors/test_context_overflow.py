import pytest

from chatdesk.providers.errors.error_classifier import Overflow, find_overflow
from chatdesk.providers.errors.reported_error import ReportedError

WORDINGS = [
    ("request (1531 tokens) exceeds the available context size (1024 tokens), try increasing it", 1531, 1024),
    ("This model's maximum context length is 8192 tokens. However, your messages resulted in 9001 tokens.", 9001, 8192),
    (
        "This model's maximum context length is 16384 tokens. However, you requested 19591 tokens (9591 in the messages).",
        19591,
        16384,
    ),
    ("This model's maximum context length is 2048 tokens. However, your request has 2050 input tokens.", 2050, 2048),
    ("The decoder prompt (length 5000) is longer than the maximum model length of 4096.", 5000, 4096),
    ("The prompt (total length 25938) is too long to fit into the model (context length 4096).", 25938, 4096),
    ("The input (5000 tokens) is longer than the model's context length (4096 tokens).", 5000, 4096),
    (
        "Requested token count exceeds the model's maximum context length of 4096 tokens. You requested a total of 5000 tokens",
        5000,
        4096,
    ),
    (
        "Prompt contains 40000 tokens and 0 draft tokens, too large for model with 32768 maximum context length",
        40000,
        32768,
    ),
    ("prompt is too long: 210000 tokens > 200000 maximum", 210000, 200000),
    ("The input token count (1200000) exceeds the maximum number of tokens allowed (1048576).", 1200000, 1048576),
    ("<400> InternalError.Algo.InvalidParameter: Range of input length should be [1, 30720]", None, 30720),
    ("Invalid request: Your request exceeded model token limit: 8192", None, 8192),
    ("the prompt is longer than the context length currently available to the model", None, None),
    ("input length exceeds the context length", None, None),
    ("Please reduce the length of the messages or completion.", None, None),
    ("Prompt exceeds max length", None, None),
    ("输入内容长度超过模型上下文", None, None),
]


@pytest.mark.parametrize(("message", "prompt", "limit"), WORDINGS)
def test_an_overflow_is_recognised_in_the_words_of_every_server_with_its_numbers(
    message: str, prompt: int | None, limit: int | None
):
    assert find_overflow(ReportedError(message)) == Overflow(prompt, limit)


@pytest.mark.parametrize(
    "message",
    [ReportedError("?", code="context_length_exceeded"), ReportedError("?", type="exceed_context_size_error")],
)
def test_an_overflow_is_recognised_by_its_name(message: ReportedError):
    assert find_overflow(message) == Overflow(None, None)


def test_numbers_given_apart_from_the_words_are_preferred():
    text = ReportedError(WORDINGS[0][0], prompt_tokens=7, limit=5)
    assert find_overflow(text) == Overflow(7, 5)


@pytest.mark.parametrize(
    "message", ["", "model 'x' not found", "max_tokens is too large: 5000", "rate limit: 3 requests"]
)
def test_other_refusals_are_no_overflow(message: str):
    assert find_overflow(ReportedError(message)) is None

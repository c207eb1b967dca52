import json

import pytest

from chatdesk.kernel.errors.base import (
    AccessDenied,
    ContextTooLong,
    KeyMissing,
    KeyRejected,
    MemoryExceeded,
    ModelNotFound,
    ModelProcessEnded,
    NotAChatServer,
    PicturesRefused,
    QuotaExhausted,
    RateLimited,
    RequestRefused,
    RequestTimedOut,
    ServerError,
    ServerFailed,
    ServerLoading,
    SignInNeeded,
    to_failure,
)
from chatdesk.network.endpoint import make_endpoint
from chatdesk.providers.errors.error_classifier import ErrorClassifier
from chatdesk.providers.errors.reported_error import MAX_DETAIL

CANARY = "sk-CANARY0123456789"
URL = "https://h.example/v1/chat/completions"
WHERE = ("Acme", "https://h.example/v1")


def judged(status: int, body: object, *, key: str | None = CANARY, model: str = "m", **headers: str) -> ServerError:
    text = body if isinstance(body, str) else json.dumps(body)
    replies = ErrorClassifier(make_endpoint(*WHERE, key))
    return replies.of_reply(
        URL, status, {name.replace("_", "-"): value for name, value in headers.items()}, text.encode(), model
    )


def openai(message: str, code: object = None) -> dict:
    return {"error": {"message": message, "type": "t", "param": None, "code": code}}


PAGE = "<html><title>413 Request Entity Too Large</title>"
GATEWAY = "<html><head><title>502 Bad Gateway</title></head></html>"
CASES = [
    (401, openai("bad key"), KeyRejected(*WHERE, "bad key")),
    (403, openai("not for you"), AccessDenied(*WHERE, "not for you")),
    (403, "", AccessDenied(*WHERE)),
    (402, openai("pay first"), QuotaExhausted(*WHERE, "pay first")),
    (408, "", RequestTimedOut(*WHERE)),
    (413, PAGE, ContextTooLong(*WHERE, reply=PAGE)),
    (
        400,
        openai("This model's maximum context length is 10 tokens. However, you requested 12 tokens"),
        ContextTooLong(
            *WHERE, 12, 10, "This model's maximum context length is 10 tokens. However, you requested 12 tokens"
        ),
    ),
    (
        500,
        openai("request (12 tokens) exceeds the available context size (10 tokens)"),
        ContextTooLong(*WHERE, 12, 10, "request (12 tokens) exceeds the available context size (10 tokens)"),
    ),
    (404, openai("The model `m` does not exist", "model_not_found"), ModelNotFound(*WHERE, "m")),
    (404, {"error": "model 'm' not found"}, ModelNotFound(*WHERE, "m")),
    (404, {"error": 'model "m" not found, try pulling it first'}, ModelNotFound(*WHERE, "m")),
    (410, {"error": "this model was retired"}, ModelNotFound(*WHERE, "m")),
    (
        400,
        {"code": 20012, "message": "Model does not exist. Please check it carefully.", "data": None},
        ModelNotFound(*WHERE, "m"),
    ),
    (
        400,
        {"detail": "[address=0.0.0.0:1, pid=2] Model not found in the model list, uid: m"},
        ModelNotFound(*WHERE, "m"),
    ),
    (400, openai("m is not a valid model ID", 400), ModelNotFound(*WHERE, "m")),
    (400, openai("Model Not Exist", "invalid_request_error"), ModelNotFound(*WHERE, "m")),
    (404, openai("Not found the model m or Permission denied"), ModelNotFound(*WHERE, "m")),
    (400, {"error": {"code": "1211", "message": "模型不存在,请检查模型代码。"}}, ModelNotFound(*WHERE, "m")),
    (404, openai("File Not Found", 404), NotAChatServer(*WHERE, URL, 404, "File Not Found")),
    (404, "404 page not found", NotAChatServer(*WHERE, URL, 404, "404 page not found")),
    (404, {"detail": "Not Found"}, NotAChatServer(*WHERE, URL, 404, "Not Found")),
    (405, "", NotAChatServer(*WHERE, URL, 405)),
    (429, openai("slow down", "rate_limit_exceeded"), RateLimited(*WHERE, None, "slow down")),
    (
        429,
        openai("You exceeded your current quota", "insufficient_quota"),
        QuotaExhausted(*WHERE, "You exceeded your current quota"),
    ),
    (
        403,
        {"code": 30001, "message": "Sorry, your account balance: insufficient balance", "data": None},
        QuotaExhausted(*WHERE, "Sorry, your account balance: insufficient balance"),
    ),
    (503, openai("Loading model", 503), ServerLoading(*WHERE)),
    (503, openai("overloaded"), ServerFailed(*WHERE, 503, "overloaded")),
    (502, GATEWAY, ServerFailed(*WHERE, 502, "502 Bad Gateway", reply=GATEWAY)),
    (529, {"error": {"message": "Overloaded"}}, ServerFailed(*WHERE, 529, "Overloaded")),
    (500, openai("image input is not supported"), PicturesRefused(*WHERE, "m", "image input is not supported")),
    (400, openai("llama is not a multimodal model"), PicturesRefused(*WHERE, "m", "llama is not a multimodal model")),
    *(
        (500, {"error": words}, MemoryExceeded(*WHERE, "m", words))
        for words in (
            "model requires more system memory (5.6 GiB) than is available (3.9 GiB)",
            "llama runner process has terminated: cudaMalloc failed: out of memory",
            "unable to allocate CUDA0 buffer",
        )
    ),
    (500, {"error": "out of memory"}, ServerFailed(*WHERE, 500, "out of memory")),
    (422, {"detail": [{"loc": ["body", "x"], "msg": "extra"}]}, RequestRefused(*WHERE, 422, "body.x: extra")),
    (400, {"error": '"m" does not support thinking'}, RequestRefused(*WHERE, 400, '"m" does not support thinking')),
]


@pytest.mark.parametrize(("status", "body", "error"), CASES)
def test_every_failed_reply_means_one_of_our_errors(status: int, body: object, error: ServerError):
    assert to_failure(judged(status, body)) == to_failure(error)


def test_a_refusal_without_a_key_asks_for_one_unless_there_is_a_page_to_sign_in_at():
    assert to_failure(judged(401, openai("who are you?"), key=None)) == to_failure(KeyMissing(*WHERE))
    page = judged(401, {"error": "unauthorized", "signin_url": "https://h.example/connect"}, key=None)
    assert to_failure(page) == to_failure(SignInNeeded(*WHERE, "unauthorized", "https://h.example/connect"))


def test_a_page_is_kept_as_it_came_beside_its_words_up_to_a_measure():
    error = judged(502, "<html><title>Bad Gateway</title><script>alert(1)</script>" + "x" * 5_000)
    assert isinstance(error, ServerFailed)
    assert error.detail == "Bad Gateway"
    assert error.reply.startswith("<html><title>Bad Gateway</title><script>alert(1)</script>xxx")
    assert len(error.reply) == MAX_DETAIL
    assert judged(502, "upstream is down").reply == judged(502, openai("down")).reply == ""


def test_a_key_at_the_end_of_what_is_kept_of_a_page_is_masked_all_the_same():
    for before in range(MAX_DETAIL - 30, MAX_DETAIL + 1):
        error = judged(502, "<" + "x " * (before // 2) + CANARY)
        assert CANARY[:9] not in error.reply


def test_an_error_in_a_stream_is_reported_with_its_code():
    replies = ErrorClassifier(make_endpoint(*WHERE, CANARY))
    for code, detail in ((500, "boom (500)"), ("E0003", "boom (E0003)"), (None, "boom"), ("boom", "boom")):
        error = replies.of_stream(openai("boom", code), "m")
        assert isinstance(error, ServerFailed)
        assert error.detail == detail
    assert CANARY not in repr(to_failure(replies.of_stream(openai("boom", CANARY), "m")))


def test_the_wait_that_a_server_asks_for_goes_along():
    error = judged(429, openai("slow down"), retry_after="3")
    assert to_failure(error) == to_failure(RateLimited(*WHERE, 3.0, "slow down"))
    error = judged(503, openai("busy"), retry_after="7")
    assert to_failure(error) == to_failure(ServerFailed(*WHERE, 503, "busy", 7.0))


def test_without_a_model_in_question_a_missing_one_is_not_blamed():
    assert isinstance(judged(404, {"error": "model 'm' not found"}, model=""), NotAChatServer)


def test_a_model_that_only_a_web_page_speaks_of_is_not_missing():
    assert isinstance(judged(404, "<html><title>Model cars: page not found</title>"), NotAChatServer)


@pytest.mark.parametrize("status", [400, 401, 403, 404, 429, 500])
def test_a_key_that_the_server_repeats_is_masked(status: int):
    error = judged(status, openai(f"Incorrect API key provided: {CANARY}. Bearer {CANARY}"))
    assert "CANARY" not in repr(error)


IN_STREAM = [
    ({"error": {"message": "boom", "code": 500}}, ServerFailed(*WHERE, 0, "boom (500)")),
    ({"error": "boom"}, ServerFailed(*WHERE, 0, "boom")),
    ("error", ServerFailed(*WHERE, 0, "error")),
    ({"error": {"message": "slow down", "code": 429}}, RateLimited(*WHERE, None, "slow down")),
    ({"error": {"message": "slow down", "type": "rate_limit_exceeded"}}, RateLimited(*WHERE, None, "slow down")),
    ({"error": {"message": "bad key", "code": "invalid_api_key"}}, KeyRejected(*WHERE, "bad key")),
    ({"error": {"message": "bad", "code": 400}}, RequestRefused(*WHERE, 400, "bad")),
    ({"error": {"message": "bad", "code": "400"}}, RequestRefused(*WHERE, 400, "bad")),
    ({"error": {"message": "bad", "code": 422}}, RequestRefused(*WHERE, 422, "bad")),
    ({"error": {"message": "bad", "code": 4711}}, ServerFailed(*WHERE, 0, "bad (4711)")),
    ({"error": "model 'm' not found"}, ModelNotFound(*WHERE, "m")),
    ({"error": {"message": "Loading model", "type": "unavailable_error", "code": 503}}, ServerLoading(*WHERE)),
    (
        {"error": {"message": "request (9 tokens) exceeds the available context size (8 tokens)", "code": 400}},
        ContextTooLong(*WHERE, 9, 8, "request (9 tokens) exceeds the available context size (8 tokens)"),
    ),
    *(
        ({"error": words}, ModelProcessEnded(*WHERE, "m", words))
        for words in (
            "an error was encountered while running the model: unexpected EOF",
            "an error was encountered while running the model: error: request (3466 tokens) exceeds the available context size",
            "model runner has unexpectedly stopped, this may be due to resource limitations or an internal error",
            "llama-server process no longer running: exit status 9",
            "llama runner process has terminated: signal: killed",
        )
    ),
    (
        {"error": "llama-server process has terminated: cudaMalloc failed: out of memory"},
        MemoryExceeded(*WHERE, "m", "llama-server process has terminated: cudaMalloc failed: out of memory"),
    ),
]


@pytest.mark.parametrize(("value", "error"), IN_STREAM)
def test_an_error_inside_a_successful_reply_means_what_it_says_of_itself(value: object, error: ServerError):
    assert to_failure(ErrorClassifier(make_endpoint(*WHERE, CANARY)).of_stream(value, "m")) == to_failure(error)


def test_a_success_that_is_not_the_protocol_shows_its_beginning():
    page = "<html><title>Wi-Fi login</title></html>"
    error = ErrorClassifier(make_endpoint(*WHERE, CANARY)).not_an_api(URL, 200, page.encode())
    assert to_failure(error) == to_failure(NotAChatServer(*WHERE, URL, 200, "Wi-Fi login", reply=page))

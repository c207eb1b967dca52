import json
import time

import pytest

from chatdesk.providers.errors.reported_error import MAX_DETAIL, ReportedError, error_of_body, error_of_value

SHAPES = [
    ({"error": {"message": "no such thing", "type": "X", "param": None, "code": "Y"}}, "no such thing", "y", "x", 0),
    ({"error": {"message": "no such thing", "code": 429}}, "no such thing", "429", "", 429),
    ({"error": {"message": "no such thing", "code": None}}, "no such thing", "", "", 0),
    ({"error": "no such thing"}, "no such thing", "", "", 0),
    (
        {"object": "error", "message": "no such thing", "type": "BadRequest", "code": 400},
        "no such thing",
        "400",
        "badrequest",
        400,
    ),
    ({"detail": "no such thing"}, "no such thing", "", "", 0),
    (
        {"detail": [{"loc": ["body", "messages", 0], "msg": "is wrong", "type": "t"}, {"msg": "too"}]},
        "body.messages.0: is wrong; too",
        "",
        "",
        0,
    ),
    ({"object": "error", "message": {"detail": [{"loc": ["x"], "msg": "extra"}]}}, "x: extra", "", "", 0),
    ({"code": 20012, "message": "no such thing", "data": None}, "no such thing", "20012", "", 0),
    (
        {"code": 514, "statusText": "unAuth", "message": "no such thing", "data": None},
        "no such thing",
        "514",
        "unauth",
        514,
    ),
    ({"code": "invalid_param", "message": "no such thing", "status": 400}, "no such thing", "invalid_param", "", 400),
    ({"msg": "no such thing"}, "no such thing", "", "", 0),
    ("no such thing", "no such thing", "", "", 0),
]


@pytest.mark.parametrize(("body", "message", "code", "kind", "status"), SHAPES)
def test_the_words_are_found_in_every_shape(body: object, message: str, code: str, kind: str, status: int):
    assert error_of_body(json.dumps(body).encode()) == ReportedError(message, code, kind, status, is_api=True)


def test_a_page_to_sign_in_at_is_found():
    text = error_of_value({"error": "unauthorized", "signin_url": "https://h.example/connect"})
    assert (text.message, text.sign_in_url) == ("unauthorized", "https://h.example/connect")


def test_an_error_inside_the_text_of_an_error_is_unwrapped():
    inner = {
        "error": {
            "code": 400,
            "message": "too long",
            "type": "exceed_context_size_error",
            "n_prompt_tokens": 810,
            "n_ctx": 256,
        }
    }
    for outer in (
        {"error": json.dumps(inner)},
        {"error": {"message": json.dumps({"error": json.dumps(inner)}), "type": "x"}},
    ):
        text = error_of_value(outer)
        assert (text.message, text.status, text.prompt_tokens, text.limit) == ("too long", 400, 810, 256)


def test_errors_nested_without_end_are_left_at_some_depth():
    text: object = "deep"
    for _ in range(12):
        text = json.dumps({"error": text})
    assert error_of_body(str(text).encode()).message


def test_a_gateway_s_error_names_the_server_behind_it():
    error = {
        "code": 502,
        "message": "Provider returned error",
        "metadata": {"provider_name": "Acme", "raw": '{"error":{"message":"out of memory"}}'},
    }
    assert error_of_value({"error": error}).message == "Provider returned error (Acme: out of memory)"


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b"", ""),
        (b"  \n", ""),
        (b"404 page not found", "404 page not found"),
        (b"<html><head><title>502 Bad\n Gateway</title></head><body>x</body></html>", "502 Bad Gateway"),
        (b"<!doctype html><body><script>var a = '<b>';</script><h1>Log&nbsp;in &amp; pay</h1></body>", "Log in & pay"),
        (b"\xff\xfe broken", "\ufffd\ufffd broken"),
    ],
)
def test_what_is_no_json_is_given_as_plain_words_and_no_api_said_it(body: bytes, message: str):
    text = error_of_body(body)
    assert text == ReportedError(message, page=text.page)
    assert (text.page or text.message) == body.decode("utf-8", "replace").strip()


def test_an_object_of_no_known_shape_is_shown_as_it_is():
    assert error_of_value({"oops": 1}).message == '{"oops": 1}'
    assert error_of_value({}).message == error_of_value(None).message == error_of_value([]).message == ""


def test_words_without_end_are_cut():
    assert len(error_of_value({"error": "x" * 100_000}).message) == MAX_DETAIL
    assert len(error_of_body(b"x" * 100_000).message) < MAX_DETAIL


@pytest.mark.parametrize("piece", [b"<script>", b"<", b"<title>", b"<style ", b"&amp;"])
def test_a_hostile_page_costs_little(piece: bytes):
    began = time.process_time()
    error_of_body(b"<html>" + piece * (64 * 1024 // len(piece)))
    assert time.process_time() - began < 1.0

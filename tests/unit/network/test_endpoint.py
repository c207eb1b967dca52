import pytest

from chatdesk.kernel.errors.keyring_errors import KeyInvalid
from chatdesk.kernel.servers.server import Header
from chatdesk.network.endpoint import Endpoint, make_endpoint

CANARY = "sk-CANARY0123456789"


def endpoint(key: str | None = None, *extra: Header) -> Endpoint:
    return make_endpoint("Test", "https://h.example/prefix", key, extra)


def test_paths_are_appended_to_the_address():
    assert endpoint().url("/api/chat") == "https://h.example/prefix/api/chat"


def test_the_key_goes_into_one_header():
    assert ("Authorization", f"Bearer {CANARY}") in endpoint(CANARY).headers
    assert endpoint(CANARY).carries_key
    assert not endpoint().carries_key
    assert not endpoint("  ").carries_key


def test_white_space_around_a_pasted_key_is_dropped():
    assert endpoint(f" {CANARY}\n").headers == endpoint(CANARY).headers


@pytest.mark.parametrize("key", ["a\r\nX-Evil: 1", "a\nb", "a\0b", "ключ", "a\u2028b"])
def test_a_key_that_would_break_the_header_is_refused(key: str):
    with pytest.raises(KeyInvalid):
        endpoint(key)


@pytest.mark.parametrize(
    "header",
    [
        Header("X-A", "1\r\nX-Evil: 1"),
        Header("X A", "1"),
        Header("X-A\n", "1\n2"),
        Header("", "1"),
        Header("X-A:", "1"),
    ],
)
def test_a_header_that_would_break_the_request_is_refused(header: Header):
    with pytest.raises(KeyInvalid):
        endpoint(None, header)


def test_a_header_of_the_person_wins_over_ours_of_the_same_name():
    headers = endpoint(CANARY, Header("authorization", "Basic dXNlcjpwdw=="), Header("X-Extra", "1")).headers
    assert [value for name, value in headers if name.lower() == "authorization"] == ["Basic dXNlcjpwdw=="]
    assert ("X-Extra", "1") in headers


@pytest.mark.parametrize("name", ["Content-Length", "transfer-encoding", "X-Conversation-Id", "Accept-Encoding"])
def test_headers_that_frame_the_message_or_keep_a_server_going_cannot_be_set(name: str):
    assert name.lower() not in {sent.lower() for sent, _ in endpoint(None, Header(name, "1")).headers}


def test_no_secret_shows_in_its_description():
    shown = repr(endpoint(CANARY, Header("X-Api-Key", CANARY)))
    assert "CANARY" not in shown
    assert "Test" in shown


def test_values_of_headers_are_cleared_from_what_servers_say():
    redact = endpoint(None, Header("Authorization", "Basic dXNlcjpwYXNz"), Header("X-Gate", "open sesame")).redact
    assert redact("denied: dXNlcjpwYXNz, open sesame") == "denied: •••, •••"


def test_a_name_and_password_go_as_basic_authentication_and_are_shown_nowhere():
    endpoint = make_endpoint("S", "https://x.example", "ann:se:cret", is_password=True)
    assert dict(endpoint.headers)["Authorization"] == "Basic YW5uOnNlOmNyZXQ="
    for text in ("ann:se:cret", "se:cret", "YW5uOnNlOmNyZXQ="):
        assert text not in endpoint.redact(f"sent {text}")

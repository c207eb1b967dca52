import pytest

from chatdesk.kernel.errors.base import AddressInvalid
from chatdesk.kernel.servers.server import ServerProtocol
from chatdesk.network.addresses import base_url, base_url_from_ollama_host, is_local


@pytest.mark.parametrize(
    ("typed", "normalised"),
    [
        ("https://api.openai.com/v1", "https://api.openai.com/v1"),
        ("https://h.example/v1/", "https://h.example/v1"),
        (" https://h.example/v1/chat/completions ", "https://h.example/v1"),
        ("https://h.example/v1/chat/completions/", "https://h.example/v1"),
        ("https://h.example/v1/models", "https://h.example/v1"),
        ("https://h.example//v1", "https://h.example/v1"),
        ("https://h.example", "https://h.example"),
        ("https://h.example/prefix/v4?x=1#y", "https://h.example/prefix/v4"),
        ("HTTPS://H.Example/v1", "https://h.example/v1"),
        ("h.example/v1", "https://h.example/v1"),
        ("localhost:8000/v1", "http://localhost:8000/v1"),
        ("192.168.1.5:8000", "http://192.168.1.5:8000"),
        ("http://[::1]:8000/v1", "http://[::1]:8000/v1"),
        ("[::1]:8000/v1", "http://[::1]:8000/v1"),
        ("http://0.0.0.0:8000/v1", "http://127.0.0.1:8000/v1"),
        ("http://[::]:8000/v1", "http://[::1]:8000/v1"),
        ("https://服务.example/v1", "https://服务.example/v1"),
        ("https://h.exam\u200bple/v1\n", "https://h.example/v1"),
    ],
)
def test_an_address_for_openai_s_protocol_is_kept_in_one_form(typed: str, normalised: str):
    assert base_url(typed, ServerProtocol.OPENAI) == normalised
    assert base_url(normalised, ServerProtocol.OPENAI) == normalised


@pytest.mark.parametrize(
    ("typed", "normalised"),
    [
        ("http://127.0.0.1:11434/", "http://127.0.0.1:11434"),
        ("http://127.0.0.1:11434/v1", "http://127.0.0.1:11434"),
        ("http://127.0.0.1:11434/v1/chat/completions", "http://127.0.0.1:11434"),
        ("http://127.0.0.1:11434/api/chat", "http://127.0.0.1:11434"),
        ("http://127.0.0.1:11434/api", "http://127.0.0.1:11434"),
        ("https://h.example/ollama/api/tags", "https://h.example/ollama"),
        ("https://h.example/ollama", "https://h.example/ollama"),
    ],
)
def test_an_address_for_ollama_loses_the_path_we_append(typed: str, normalised: str):
    assert base_url(typed, ServerProtocol.OLLAMA) == normalised


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("https://key@host.example/v1", "userinfo"),
        ("https://user:secret@host.example/v1", "userinfo"),
        ("key@host.example", "userinfo"),
        ("ftp://host.example", "scheme"),
        ("file:///etc/passwd", "scheme"),
        ("http://", "host"),
        ("", "host"),
        ("http://host.example:99999", "port"),
        ("http://host.example:x", "port"),
        ("http://[::1", "host"),
        ("http://a..b", "host"),
        ("http://ho|st", "host"),
    ],
)
def test_an_address_that_cannot_be_used_says_why(typed: str, problem: str):
    with pytest.raises(AddressInvalid) as caught:
        base_url(typed, ServerProtocol.OPENAI)
    assert caught.value.problem == problem


@pytest.mark.parametrize(
    "typed", ["https://sk-CANARY@host.example/v1", "https://user:sk-CANARY@host.example", "sk-CANARY@h.example"]
)
def test_a_key_written_into_an_address_is_not_repeated(typed: str):
    with pytest.raises(AddressInvalid) as caught:
        base_url(typed, ServerProtocol.OPENAI)
    assert "CANARY" not in repr(caught.value)


@pytest.mark.parametrize(
    ("value", "address"),
    [
        ("", "http://127.0.0.1:11434"),
        ("127.0.0.1", "http://127.0.0.1:11434"),
        ("0.0.0.0", "http://127.0.0.1:11434"),
        ("0.0.0.0:8080", "http://127.0.0.1:8080"),
        (":8080", "http://127.0.0.1:8080"),
        ("::", "http://[::1]:11434"),
        ("[::]:8080", "http://[::1]:8080"),
        ("::1", "http://[::1]:11434"),
        ("myhost", "http://myhost:11434"),
        (' "myhost:1234" ', "http://myhost:1234"),
        ("http://myhost", "http://myhost"),
        ("https://h.example/ollama/", "https://h.example/ollama"),
        ("myhost/ollama", "http://myhost:11434/ollama"),
        ("ollama.com", "https://ollama.com"),
    ],
)
def test_ollama_host_is_read_as_ollama_reads_it(value: str, address: str):
    assert base_url_from_ollama_host(value) == address


@pytest.mark.parametrize(
    "host",
    [
        "localhost",
        "127.0.0.1",
        "127.8.9.1",
        "::1",
        "[::1]",
        "10.0.0.1",
        "192.168.0.9",
        "172.20.1.1",
        "fe80::1%eth0",
        "100.100.1.1",
        "nas",
        "nas.local",
        "LOCALHOST.",
        "x.internal",
    ],
)
def test_this_machine_and_its_network_are_local(host: str):
    assert is_local(host)


@pytest.mark.parametrize(
    "host", ["api.openai.com", "8.8.8.8", "2606:4700::1111", "localhost.example.com", "local.example"]
)
def test_everything_else_is_not(host: str):
    assert not is_local(host)


@pytest.mark.parametrize(
    ("protocol", "pasted", "normalised"),
    [
        (ServerProtocol.DIFY, "https://api.dify.ai/v1/chat-messages", "https://api.dify.ai/v1"),
        (ServerProtocol.DIFY, "dify.lan", "http://dify.lan"),
        (ServerProtocol.FASTGPT, "https://f.example/api/v1/chat/completions", "https://f.example"),
        (ServerProtocol.FASTGPT, "https://f.example/api/", "https://f.example"),
        (ServerProtocol.DB_GPT, "http://127.0.0.1:5670/api/v2/chat/completions", "http://127.0.0.1:5670"),
        (ServerProtocol.N8N, "https://n.example/webhook/1/chat", "https://n.example/webhook/1/chat"),
        (ServerProtocol.VECTORVEIN, "http://127.0.0.1:8787/api/workflow/run", "http://127.0.0.1:8787"),
        (
            ServerProtocol.VECTORVEIN,
            "https://vectorvein.com/api/v1/open-api/workflow/run",
            "https://vectorvein.com/api/v1/open-api",
        ),
    ],
)
def test_addresses_of_applications_are_taken_as_their_documents_write_them(
    protocol: ServerProtocol, pasted: str, normalised: str
):
    assert base_url(pasted, protocol) == normalised

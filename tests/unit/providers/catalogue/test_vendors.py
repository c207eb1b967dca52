import pytest

from chatdesk.kernel.servers.server import Header, ServerProtocol, Vendor, WireFormat
from chatdesk.network.addresses import base_url, is_local
from chatdesk.providers.catalogue.vendors import Quirk, load_vendors
from tests.paths import RESOURCES

FILE = RESOURCES / "providers.toml"
VENDORS = load_vendors(FILE.read_text("utf-8"))
ROW = 'id = "x"\nname = "X"\nprotocol = "openai"\n'


def test_every_vendor_we_promise_has_its_row():
    promised = {
        "ollama",
        "deepseek",
        "openai",
        "openrouter",
        "siliconflow",
        "dashscope",
        "moonshot",
        "zhipu",
        "groq",
        "mistral",
        "together",
    }
    promised |= {
        "azure",
        "anthropic",
        "gemini",
        "ollama-v1",
        "vllm",
        "lm-studio",
        "llama-cpp",
        "xinference",
        "lmdeploy",
        "sglang",
        "custom",
        "built-in",
    }
    promised |= {"dify", "fastgpt", "n8n", "db-gpt", "vectorvein", "vectorvein-cloud"}
    assert promised <= {vendor.id for vendor in VENDORS}


@pytest.mark.parametrize("vendor", [vendor for vendor in VENDORS if vendor.base_url], ids=lambda vendor: vendor.id)
def test_every_address_is_sound_and_a_key_goes_only_over_tls(vendor: Vendor):
    assert base_url(vendor.base_url, vendor.protocol) == vendor.base_url
    host = vendor.base_url.split("/")[2].partition(":")[0]
    assert is_local(host) is vendor.local
    if vendor.needs_key:
        assert vendor.base_url.startswith("https://")


def test_who_needs_a_key_says_where_to_get_one():
    assert all(vendor.key_page.startswith("https://") for vendor in VENDORS if vendor.needs_key)


def test_a_host_belongs_to_one_vendor_only():
    named = [vendor for vendor in VENDORS if not vendor.local]
    hosts = [host for vendor in named for host in (*vendor.hosts, *vendor.base_url.split("/")[2:3])]
    assert len(hosts) == len(set(hosts))


def test_the_format_a_server_begins_with_is_one_everybody_has():
    assert all(vendor.wire_formats[0] is WireFormat.CHAT_COMPLETIONS for vendor in VENDORS)


def test_one_way_of_switching_thinking_at_most():
    quirks = {
        Quirk.THINKING_TYPE,
        Quirk.ENABLE_THINKING,
        Quirk.THINKING_IN_TEMPLATE,
        Quirk.REASONING_EFFORT,
        Quirk.REASONING_OBJECT,
    }
    assert all(len(quirks & vendor.quirks) <= 1 for vendor in VENDORS)


def test_every_quirk_is_used_by_some_vendor():
    assert frozenset(Quirk) == frozenset().union(*(vendor.quirks for vendor in VENDORS))


def test_a_row_is_read():
    row = (
        ROW
        + 'base_url = "https://x.example/v1"\nneeds_key = true\nkey_page = "https://x.example"\nquirks = ["no_stream_options"]'
    )
    assert load_vendors(f"[[vendor]]\n{row}") == (
        Vendor(
            "x",
            "X",
            ServerProtocol.OPENAI,
            "https://x.example/v1",
            True,
            False,
            "https://x.example",
            frozenset({"no_stream_options"}),
        ),
    )


def test_what_a_vendor_does_in_its_own_way_is_read():
    row = (
        f'{ROW}hosts = ["*.x.example"]\nkey_headers = ["api-key"]\nheaders = ["x-version: 2"]\nwire_formats = ["responses"]\n'
        'chat_path = "/on/{model}/chat"\nresponses_path = "/answers"\nmodels_path = "/all/models"\napi_version = "2026-01-01"'
    )
    (vendor,) = load_vendors(f"[[vendor]]\n{row}")
    assert (vendor.hosts, vendor.key_headers, vendor.headers) == (
        ("*.x.example",),
        ("api-key",),
        (Header("x-version", "2"),),
    )
    assert (vendor.wire_formats, vendor.api_version) == ((WireFormat.RESPONSES,), "2026-01-01")
    assert (vendor.chat_path, vendor.responses_path, vendor.models_path) == (
        "/on/{model}/chat",
        "/answers",
        "/all/models",
    )


@pytest.mark.parametrize(
    "text",
    [
        f"[[vendor]]\n{ROW}\n[[vendor]]\n{ROW}",
        f'[[vendor]]\n{ROW}quirks = ["no_such_quirk"]',
        f'[[vendor]]\n{ROW}quirks = "no_stream_options"',
        f'[[vendor]]\n{ROW}keys = "typing error"',
        f'[[vendor]]\n{ROW}needs_key = "yes"',
        f'[[vendor]]\n{ROW}hosts = "x.example"',
        f"[[vendor]]\n{ROW}hosts = [3]",
        f'[[vendor]]\n{ROW}headers = ["x-version=2"]',
        f'[[vendor]]\n{ROW}wire_formats = ["telepathy"]',
        f'[[vendor]]\n{ROW}chat_path = "chat"',
        f'[[vendor]]\n{ROW}chat_path = "/on/{{deployment}}/chat"',
        f'[[vendor]]\n{ROW}models_path = "https://elsewhere.example/models"',
        '[[vendor]]\nname = "X"\nprotocol = "openai"',
        '[[vendor]]\nid = "x"\nname = "X"\nprotocol = "gopher"',
        "not toml",
    ],
)
def test_a_row_that_is_not_sound_is_refused(text: str):
    with pytest.raises(ValueError):  # noqa: PT011 - each fault words its own
        load_vendors(text)

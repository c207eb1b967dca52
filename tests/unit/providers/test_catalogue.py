from pathlib import Path

import pytest

from chatdesk.domain.server import Protocol, Vendor
from chatdesk.providers.addresses import base_url, is_local
from chatdesk.providers.catalogue import Quirk, load_vendors

FILE = Path(__file__).parents[3] / "resources" / "providers.toml"
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
    promised |= {"vllm", "lm-studio", "llama-cpp", "xinference", "lmdeploy", "sglang", "custom", "built-in"}
    assert {vendor.id for vendor in VENDORS} == promised


@pytest.mark.parametrize("vendor", [vendor for vendor in VENDORS if vendor.base_url], ids=lambda vendor: vendor.id)
def test_every_address_is_sound_and_a_key_goes_only_over_tls(vendor: Vendor):
    assert base_url(vendor.base_url, vendor.protocol) == vendor.base_url
    host = vendor.base_url.split("/")[2].partition(":")[0]
    assert is_local(host) is vendor.local
    if vendor.needs_key:
        assert vendor.base_url.startswith("https://")
        assert vendor.key_page.startswith("https://")


def test_one_way_of_switching_thinking_at_most():
    ways = {
        Quirk.THINKING_TYPE,
        Quirk.ENABLE_THINKING,
        Quirk.THINKING_IN_TEMPLATE,
        Quirk.REASONING_EFFORT,
        Quirk.REASONING_OBJECT,
    }
    assert all(len(ways & vendor.quirks) <= 1 for vendor in VENDORS)


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
            Protocol.OPENAI,
            "https://x.example/v1",
            True,
            False,
            "https://x.example",
            frozenset({"no_stream_options"}),
        ),
    )


@pytest.mark.parametrize(
    "text",
    [
        f"[[vendor]]\n{ROW}\n[[vendor]]\n{ROW}",
        f'[[vendor]]\n{ROW}quirks = ["no_such_quirk"]',
        f'[[vendor]]\n{ROW}quirks = "no_stream_options"',
        f'[[vendor]]\n{ROW}keys = "typing error"',
        f'[[vendor]]\n{ROW}needs_key = "yes"',
        '[[vendor]]\nname = "X"\nprotocol = "openai"',
        '[[vendor]]\nid = "x"\nname = "X"\nprotocol = "gopher"',
        "not toml",
    ],
)
def test_a_row_that_is_not_sound_is_refused(text: str):
    with pytest.raises(ValueError):  # noqa: PT011 - each fault words its own
        load_vendors(text)

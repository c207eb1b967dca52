"""The list of providers: who is where, and what a folded group still shows."""

from dataclasses import replace

from chatdesk.features.servers.domain.provider_rows import (
    GroupHeading,
    ProviderGroup,
    ProviderRow,
    provider_rows,
    suggested_model,
)
from chatdesk.kernel.models.model import Model, ModelRef
from chatdesk.kernel.servers.server import ServerConfig, Vendor
from chatdesk.providers.catalogue.vendors import load_vendors
from tests.paths import RESOURCES

VENDORS = load_vendors((RESOURCES / "providers.toml").read_text("utf-8"))
BY_ID = {vendor.id: vendor for vendor in VENDORS}
ALL = frozenset(ProviderGroup)


def server(vendor_id: str, server_id: str = "", address: str = "") -> tuple[ServerConfig, Vendor]:
    vendor = BY_ID[vendor_id]
    return ServerConfig(
        server_id or vendor_id, vendor.name, vendor.id, vendor.protocol, address or vendor.base_url
    ), vendor


def ids(rows: tuple[ProviderRow | GroupHeading, ...], group: ProviderGroup) -> list[str]:
    return [row.vendor.id for row in rows if isinstance(row, ProviderRow) and row.group is group]


def test_the_vendors_most_people_use_come_first_and_applications_are_under_more() -> None:
    rows = provider_rows(VENDORS, (), ALL)
    assert ids(rows, ProviderGroup.COMMON)[:4] == ["deepseek", "openai", "anthropic", "gemini"]
    assert {"n8n", "dify", "azure", "groq"} < set(ids(rows, ProviderGroup.MORE))
    assert {"ollama", "lm-studio", "vllm"} < set(ids(rows, ProviderGroup.NETWORK))
    assert ids(rows, ProviderGroup.MORE)[-1] == "custom"


def test_a_chinese_window_puts_chinese_vendors_first() -> None:
    rows = provider_rows(VENDORS, (), chinese=True)
    assert ids(rows, ProviderGroup.COMMON)[:5] == ["deepseek", "dashscope", "zhipu", "moonshot", "siliconflow"]


def test_every_vendor_can_be_reached_in_both_languages() -> None:
    for chinese in (False, True):
        rows = provider_rows(VENDORS, (), ALL, chinese=chinese)
        offered = {row.vendor.id for row in rows if isinstance(row, ProviderRow)}
        assert offered == {vendor.id for vendor in VENDORS} - {"built-in"}


def test_a_folded_group_names_what_it_hides_and_shows_what_is_configured() -> None:
    rows = provider_rows(VENDORS, (server("ollama"), server("built-in")))
    assert ids(rows, ProviderGroup.NETWORK) == ["built-in", "ollama"]
    heading = next(row for row in rows if isinstance(row, GroupHeading))
    assert (heading.group, heading.is_open) == (ProviderGroup.NETWORK, False)
    assert "lm-studio" in {vendor.id for vendor in heading.hidden}


def test_a_server_stands_in_place_of_its_vendor_but_any_server_can_be_added_again() -> None:
    mine = (server("deepseek"), server("deepseek", "second"), server("custom", "lab", "http://lab:8000/v1"))
    rows = provider_rows(VENDORS, mine, ALL)
    keys = [row.key for row in rows]
    assert keys[:3] == ["deepseek", "second", "vendor:openai"]
    assert "vendor:deepseek" not in keys
    assert keys[-2:] == ["lab", "vendor:custom"]


def test_a_server_of_unknown_kind_on_this_computer_is_listed_there() -> None:
    rows = provider_rows(VENDORS, (server("custom", "mine", "http://127.0.0.1:9000/v1"),))
    assert next(row.group for row in rows if row.key == "mine") is ProviderGroup.NETWORK


def model(model_id: str) -> Model:
    return Model(ModelRef("s", model_id), model_id)


def test_the_model_used_last_is_proposed_then_the_best_suggestion_then_the_first() -> None:
    vendor = replace(BY_ID["openai"], suggested_models=("good-*-mini", "good-*"))
    models = [model("old"), model("good-1"), model("good-2-mini")]
    assert suggested_model(models, vendor).name == "good-2-mini"
    assert suggested_model(models[:2], vendor).name == "good-1"
    assert suggested_model(models, vendor, last="old").name == "old"
    assert suggested_model(models[:1], vendor).name == "old"
    assert suggested_model([], vendor) is None

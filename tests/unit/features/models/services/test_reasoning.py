"""Which reasoning settings each model accepts, at each vendor; over the files of the program itself."""

import json
from itertools import product

import pytest

from chatdesk.features.models.services.reasoning import Reasoning
from chatdesk.features.servers.services.servers import Servers
from chatdesk.kernel.chat.custom_think_tags import OwnTags, to_record
from chatdesk.kernel.chat.request import ChatRequest, Thinking
from chatdesk.kernel.models.model import Capability, Model, ModelRef
from chatdesk.kernel.models.think_tags import USUAL_TAGS, ThinkTags
from chatdesk.kernel.redaction import Redactor
from chatdesk.kernel.servers.server import ServerConfig
from chatdesk.kernel.settings.declarations import REASONING_TAGS, THINKING_OF_MODELS
from chatdesk.kernel.settings.store import Settings
from chatdesk.providers.catalogue.model_rules import load_model_rules
from chatdesk.providers.catalogue.vendors import load_vendors
from chatdesk.system.key_store import SessionKeyStore
from tests.paths import RESOURCES

VENDORS = load_vendors((RESOURCES / "providers.toml").read_text("utf-8"))
RULES = load_model_rules((RESOURCES / "models.toml").read_text("utf-8"))
T = Thinking
SWITCH = (T.OFF, T.ON)
ALWAYS = (T.ON,)


def config(vendor_id: str) -> ServerConfig:
    vendor = next(vendor for vendor in VENDORS if vendor.id == vendor_id)
    return ServerConfig(vendor_id, vendor.name, vendor_id, vendor.protocol, vendor.base_url)


@pytest.fixture
def settings() -> Settings:
    return Settings({}, lambda _: None)


@pytest.fixture
def reasoning(settings: Settings) -> Reasoning:
    servers = Servers(
        tuple(config(vendor.id) for vendor in VENDORS),
        VENDORS,
        lambda _: None,
        SessionKeyStore(Redactor()),
        SessionKeyStore(Redactor()),
    )
    return Reasoning(servers, RULES, settings)


def model(vendor_id: str, model_id: str, can_think: bool | None) -> Model:
    known = {None: None, True: frozenset({Capability.CHAT, Capability.THINKING}), False: frozenset({Capability.CHAT})}
    return Model(ModelRef(vendor_id, model_id), model_id, known[can_think])


@pytest.mark.parametrize(
    ("vendor", "model_id", "can_think", "choices", "sure"),
    [
        ("ollama", "qwen3:8b", True, SWITCH, True),
        ("ollama", "deepseek-r1:8b", True, SWITCH, True),
        ("ollama", "llama3.2", False, (), True),
        ("ollama", "gpt-oss:20b", True, (T.LOW, T.MEDIUM, T.HIGH), True),
        ("ollama", "gpt-oss:20b", False, (), True),
        ("ollama", "qwq", True, ALWAYS, True),
        ("deepseek", "deepseek-flash", None, (T.OFF, T.LOW, T.HIGH, T.MAX), True),
        ("openai", "gpt-4o-mini", None, (), True),
        ("openai", "o3-mini", None, (T.LOW, T.MEDIUM, T.HIGH), True),
        ("openai", "gpt-5-nano", None, (T.MINIMAL, T.LOW, T.MEDIUM, T.HIGH), True),
        ("openai", "gpt-6", None, (T.OFF, T.LOW, T.MEDIUM, T.HIGH, T.XHIGH), True),
        ("openrouter", "meta/llama", False, (), True),
        ("openrouter", "qwen/qwen3", True, (T.OFF, T.MINIMAL, T.LOW, T.MEDIUM, T.HIGH, T.XHIGH), True),
        ("openrouter", "openai/gpt-oss-20b", True, (T.LOW, T.MEDIUM, T.HIGH), True),
        ("siliconflow", "deepseek-ai/DeepSeek-R1", None, ALWAYS, True),
        ("siliconflow", "Qwen/Qwen3-8B", None, SWITCH, False),
        ("dashscope", "qwen3-235b-a22b-thinking-2507", None, ALWAYS, True),
        ("moonshot", "moonshot-v1-8k", None, (), True),
        ("zhipu", "glm-4.6", None, SWITCH, False),
        ("groq", "openai/gpt-oss-120b", None, (T.LOW, T.MEDIUM, T.HIGH), True),
        ("groq", "qwen/qwen3-32b", None, SWITCH, True),
        ("groq", "llama-3.3-70b-versatile", None, (), True),
        ("mistral", "magistral-medium", True, ALWAYS, True),
        ("mistral", "mistral-large", False, (), True),
        ("vllm", "Qwen/Qwen3-8B", None, SWITCH, False),
        ("vllm", "openai/gpt-oss-20b", None, (T.LOW, T.MEDIUM, T.HIGH), True),
        ("custom", "anything", None, (), False),
        ("custom", "QwQ-32B", None, ALWAYS, True),
        ("custom", "gpt-oss-20b", None, (), False),
    ],
)
def test_a_model_is_offered_what_it_can(
    reasoning: Reasoning, vendor: str, model_id: str, can_think: bool | None, choices: tuple[T, ...], sure: bool
):
    found = reasoning.choices(model(vendor, model_id, can_think))
    assert found.choices == choices
    assert found.sure is sure


def test_a_model_of_a_server_that_is_gone_is_offered_nothing(reasoning: Reasoning):
    assert reasoning.choices(model("gone", "qwen3", True)).choices == ()


@pytest.mark.parametrize("vendor", [vendor.id for vendor in VENDORS])
def test_what_is_asked_is_what_the_model_knows(reasoning: Reasoning, vendor: str):
    for model_id, wanted in product(("qwen3:8b", "gpt-oss", "o3", "deepseek-r1", "anything"), Thinking):
        asked = reasoning.with_thinking_resolved(config(vendor), ChatRequest(model_id, (), wanted))
        known = reasoning.choices(model(vendor, model_id, None))
        assert asked.thinking in {T.AUTO, *known.choices}, (model_id, wanted)


def test_tags_of_one_s_own_go_before_those_we_know_and_the_usual_ones_are_always_looked_for(
    reasoning: Reasoning, settings: Settings
):
    def tags(model_id: str) -> tuple[ThinkTags, ...]:
        return reasoning.with_thinking_resolved(config("custom"), ChatRequest(model_id, ())).tags

    assert tags("llama") == (USUAL_TAGS,)
    assert tags("Kimi-VL-A3B-Thinking") == (ThinkTags("◁think▷", "◁/think▷"), USUAL_TAGS)
    settings._values[REASONING_TAGS.key] = to_record([OwnTags("my-*", ThinkTags("<musing>", "</musing>"))])
    assert tags("My-kimi-vl") == (ThinkTags("<musing>", "</musing>"), ThinkTags("◁think▷", "◁/think▷"), USUAL_TAGS)
    assert tags("llama") == (USUAL_TAGS,)


def test_every_pair_of_the_file_can_be_looked_for():
    for rule in RULES:
        assert [pair.fault for pair in rule.tags if pair.fault] == []


async def test_what_was_chosen_for_a_model_is_remembered_for_it_alone(reasoning: Reasoning):
    first, second = ModelRef("ollama", "a"), ModelRef("ollama", "b")
    assert reasoning.remembered(first) is T.AUTO
    reasoning.remember(first, T.HIGH)
    assert reasoning.remembered(first) is T.HIGH
    assert reasoning.remembered(second) is T.AUTO
    reasoning.remember(first, T.AUTO)
    assert reasoning.remembered(first) is T.AUTO


async def test_the_memory_is_bounded_and_keeps_the_newest(reasoning: Reasoning, settings: Settings):
    for number in range(250):
        reasoning.remember(ModelRef("s", str(number)), T.LOW)
    assert len(json.loads(settings.get(THINKING_OF_MODELS))) == 200
    assert reasoning.remembered(ModelRef("s", "249")) is T.LOW
    assert reasoning.remembered(ModelRef("s", "0")) is T.AUTO


@pytest.mark.parametrize("record", ["not json", "[]", '{"a": "loud"}', '{"a": 3}', "[" * 100_000])
def test_a_damaged_memory_is_no_memory(reasoning: Reasoning, settings: Settings, record: str):
    settings._values[THINKING_OF_MODELS.key] = record
    assert reasoning.remembered(ModelRef("", "a")) is T.AUTO

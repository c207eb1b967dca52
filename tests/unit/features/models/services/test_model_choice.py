"""Which model a chat begins with."""

from hypothesis import given
from hypothesis import strategies as st

from chatdesk.features.models.services.model_choice import choose_model
from chatdesk.kernel.models.model import Capability, Model, ModelRef
from chatdesk.kernel.models.model_file import STARTER_NAME
from chatdesk.kernel.servers.server import ServerConfig, ServerProtocol
from tests.counted_calls import calls_during

OLLAMA = ServerConfig("ollama", "Ollama", "ollama", ServerProtocol.OLLAMA, "http://127.0.0.1:11434")
BUILT_IN = ServerConfig("built-in", "Built-in model", "built-in", ServerProtocol.BUILT_IN, "")
CLOUD = ServerConfig("cloud", "DeepSeek", "deepseek", ServerProtocol.OPENAI, "https://api.deepseek.com")
SERVERS = (CLOUD, BUILT_IN, OLLAMA)
NAMES = ("llama3", "deepseek-r1:7b", "embed", STARTER_NAME)


def model(server: ServerConfig, name: str, **facts) -> Model:
    return Model(ModelRef(server.id, name), name, **facts)


def any_model(server: ServerConfig, name: str, loaded: bool, size: int) -> Model:
    capabilities = frozenset({Capability.EMBEDDING}) if name == "embed" else None
    return model(server, name, loaded=loaded, size_bytes=size, capabilities=capabilities)


def chosen(*models: Model, last: ModelRef | None = None) -> str | None:
    choice = choose_model(SERVERS, models, last)
    return choice.name if choice else None


def test_what_was_used_last_comes_first() -> None:
    models = (model(OLLAMA, "a"), model(CLOUD, "b"))
    assert chosen(*models, last=ModelRef("cloud", "b")) == "b"


def test_what_was_used_last_and_is_gone_is_forgotten() -> None:
    assert chosen(model(OLLAMA, "a"), last=ModelRef("cloud", "gone")) == "a"


def test_ollama_comes_before_the_built_in_model_and_both_before_the_network() -> None:
    assert chosen(model(CLOUD, "c"), model(BUILT_IN, "b"), model(OLLAMA, "o")) == "o"
    assert chosen(model(CLOUD, "c"), model(BUILT_IN, "b")) == "b"
    assert chosen(model(CLOUD, "c")) == "c"


def test_a_model_in_memory_answers_soonest_and_deepseek_is_what_people_come_for() -> None:
    assert chosen(model(OLLAMA, "llama3"), model(OLLAMA, "deepseek-r1:7b")) == "deepseek-r1:7b"
    assert chosen(model(OLLAMA, "deepseek-r1:7b"), model(OLLAMA, "llama3", loaded=True)) == "llama3"


def test_of_the_built_in_engines_models_nobody_gets_a_large_one_unasked() -> None:
    large, small = model(BUILT_IN, "deepseek-r1-70b", size_bytes=40), model(BUILT_IN, "tiny", size_bytes=1)
    assert chosen(large, small) == "tiny"
    assert chosen(large, small, model(BUILT_IN, STARTER_NAME, size_bytes=9)) == STARTER_NAME
    assert chosen(small, large, last=large.ref) == "deepseek-r1-70b"


def test_a_model_that_cannot_chat_is_never_chosen() -> None:
    assert chosen(model(OLLAMA, "embed", capabilities=frozenset({Capability.EMBEDDING}))) is None


def test_an_application_comes_last() -> None:
    app = ServerConfig("app", "Dify", "dify", ServerProtocol.DIFY, "https://api.dify.ai/v1")
    found = (model(app, "planner"), model(CLOUD, "c"))
    assert choose_model((app, CLOUD), found, None) == found[1]
    assert choose_model((app,), found[:1], None) == found[0]


@given(
    st.lists(st.builds(any_model, st.sampled_from(SERVERS), st.sampled_from(NAMES), st.booleans(), st.integers(0, 3)))
)
def test_among_many_the_first_of_those_that_rank_highest_is_chosen(models: list[Model]) -> None:
    def rank(model: Model) -> tuple[object, ...]:
        kind = ("ollama", "built-in", "cloud").index(model.ref.server_id)
        built_in = model.ref.server_id == "built-in"
        mine = (
            (model.name != STARTER_NAME, model.size_bytes, not model.loaded)
            if built_in
            else (not model.loaded, "r1" not in model.name)
        )
        return kind, *mine

    usable = [model for model in models if model.can_chat]
    assert choose_model(SERVERS, models, None) is min(usable, key=rank, default=None)


def test_ten_thousand_models_are_gone_through_without_a_call_for_each() -> None:
    models = [model(OLLAMA, f"model-{number}") for number in range(10_000)]
    found: list[Model | None] = []
    assert calls_during(lambda: found.append(choose_model(SERVERS, models, ModelRef("ollama", "gone")))) < 100
    assert found == [models[0]]

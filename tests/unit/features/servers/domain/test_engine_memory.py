"""How much memory a model takes, and how long its context is where nobody chose."""

from chatdesk.features.servers.domain.engine_memory import context_for, memory_of_model, prompt_cache_mib
from chatdesk.kernel.models.model_file import ModelHead

MIB = 1024 * 1024
GIB = 1024 * MIB
STARTER = ModelHead(trained_context=8192, cache_bytes_per_token=23_040)
R1_7B = ModelHead(trained_context=131_072, cache_bytes_per_token=57_344)


def test_the_context_of_the_starter_model_is_as_large_as_llama_cpp_says() -> None:
    without, with_context = (memory_of_model(98_000_000, STARTER, tokens) for tokens in (0, 2048))
    assert with_context is not None
    assert without is not None
    assert with_context - without == 45 * MIB


def test_nothing_is_estimated_without_figures() -> None:
    assert memory_of_model(98_000_000, None, 4096) is None
    assert memory_of_model(98_000_000, ModelHead(), 4096) is None


def test_a_choice_is_kept_up_to_what_the_model_was_trained_for() -> None:
    assert context_for(4096, 5 * GIB, R1_7B, None) == 4096
    assert context_for(131_072, 98 * MIB, STARTER, None) == 8192
    assert context_for(1, 98 * MIB, STARTER, None) == 2048


def test_without_a_choice_it_is_what_fits() -> None:
    assert context_for(0, 5 * GIB, R1_7B, 16 * GIB) == 16_384
    assert context_for(0, 5 * GIB, R1_7B, 10 * GIB) == 8192
    assert context_for(0, 5 * GIB, R1_7B, 4 * GIB) == 4096, "it will be slow, but a chat needs that much"
    assert context_for(0, 98 * MIB, STARTER, 16 * GIB) == 8192


def test_a_model_that_says_nothing_gets_the_usual_context() -> None:
    assert context_for(0, 5 * GIB, None, 16 * GIB) == 8192
    assert context_for(0, 5 * GIB, ModelHead(trained_context=2048), 16 * GIB) == 2048


def test_a_compact_context_takes_little_more_than_half_of_the_memory() -> None:
    full, compact = (memory_of_model(98 * MIB, STARTER, 8192, is_compact=compact) for compact in (False, True))
    assert full is not None
    assert compact is not None
    assert full - compact == (180 - 95.625) * MIB


def test_the_prompts_of_two_other_chats_are_kept_if_an_eighth_of_the_free_memory_is_enough() -> None:
    assert prompt_cache_mib(R1_7B, 8192, 16 * GIB) == 2 * 448
    assert prompt_cache_mib(R1_7B, 8192, 16 * GIB, is_compact=True) == 2 * 238
    assert prompt_cache_mib(R1_7B, 8192, 4 * GIB) == 512
    assert prompt_cache_mib(R1_7B, 8192, None) == 2 * 448
    assert prompt_cache_mib(None, 8192, 16 * GIB) == 256
    assert prompt_cache_mib(None, 8192, GIB) == 128

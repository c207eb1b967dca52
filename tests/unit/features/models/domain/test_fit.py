"""Verdicts, speeds and the recommendation, on machines that people have."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatdesk.features.models.domain.catalogue import Judgement, judge
from chatdesk.features.models.domain.model_fit import (
    Fit,
    Verdict,
    estimate_speed,
    fit_of,
)
from chatdesk.kernel.models.machine import GraphicsCard, Machine
from chatdesk.kernel.models.memory_need import GIBIBYTE, MemoryNeed
from tests.unit.features.models import machines
from tests.unit.features.models.domain.test_catalogue import CATALOGUE, named

RANKS = {Verdict.TOO_LARGE: 0, Verdict.PROCESSOR: 1, Verdict.PARTLY: 2, Verdict.GRAPHICS: 3}


def judged(size: str, machine: Machine | None, context: int = 8192) -> Judgement:
    """Judge a DeepSeek-R1, by its build in Ollama's library."""
    model = named(f"deepseek-r1-{size}")
    return judge(model, model.ollama_builds[0], context, machine, CATALOGUE.bandwidths)


def verdict(size: str, machine: Machine | None, context: int = 8192) -> Verdict:
    return judged(size, machine, context).fit.verdict


@pytest.mark.parametrize(
    ("machine", "tag", "expected"),
    [
        (machines.LAPTOP_8, "7b", Verdict.PROCESSOR),
        (machines.LAPTOP_8, "14b", Verdict.TOO_LARGE),
        (machines.LAPTOP_16, "14b", Verdict.PROCESSOR),
        (machines.LAPTOP_16, "32b", Verdict.TOO_LARGE),
        (machines.RTX_4070, "14b", Verdict.GRAPHICS),
        (machines.RTX_4070, "32b", Verdict.PARTLY),
        (machines.RTX_4070, "70b", Verdict.TOO_LARGE),
        (machines.RTX_3090, "32b", Verdict.GRAPHICS),
        (machines.TWO_3090, "70b", Verdict.GRAPHICS),
        (machines.MAC_16, "8b", Verdict.GRAPHICS),
        (machines.MAC_16, "14b", Verdict.GRAPHICS),
        (machines.MAC_64, "70b", Verdict.GRAPHICS),
        (None, "1.5b", Verdict.UNKNOWN),
        (Machine(), "1.5b", Verdict.UNKNOWN),
    ],
)
def test_a_verdict_is_what_people_find(machine: Machine | None, tag: str, expected: Verdict) -> None:
    assert verdict(tag, machine) is expected


def test_a_longer_context_can_push_a_model_off_the_card() -> None:
    assert verdict("32b", machines.RTX_3090, 8192) is Verdict.GRAPHICS
    assert verdict("32b", machines.RTX_3090, 32_768) is Verdict.PARTLY
    assert verdict("14b", machines.MAC_16, 16_384) is Verdict.PARTLY


def test_a_card_of_unknown_memory_counts_for_nothing_and_is_reported() -> None:
    unknown = judged("8b", machines.UNKNOWN_CARD)
    assert unknown.fit.verdict is Verdict.PROCESSOR
    assert unknown.fit.graphics_unknown
    assert verdict("32b", machines.UNKNOWN_CARD) is Verdict.UNKNOWN


def test_what_fits_only_beside_nothing_else_says_so() -> None:
    crowded = replace(machines.LAPTOP_16, memory_free=2 * GIBIBYTE)
    assert judged("7b", crowded, 8192).fit.needs_free_memory
    assert not judged("7b", machines.LAPTOP_16, 8192).fit.needs_free_memory
    assert judged("14b", machines.MAC_16, 8192).fit.needs_free_memory


@pytest.mark.parametrize(
    ("machine", "weights", "published"),
    [
        # ggml-org/llama.cpp, pull request 4766: Tesla P40, llama 7B Q4_0, tg128
        (Machine("", cards=(GraphicsCard("Tesla P40", 24 * GIBIBYTE),)), 3_825_807_040, 56.8),
        # brand-o/normiebench, issue 40: M1 Max, Llama 3.1 8B Q4_K_M, tg128
        (Machine("Apple M1 Max", 64 * GIBIBYTE, unified=True), 4_920_738_407, 46.2),
        # XiongjieDai/GPU-Benchmarks-on-LLM-Inference, issue 1: M2 Pro, 7B Q4_0 and F16
        (Machine("Apple M2 Pro", 32 * GIBIBYTE, unified=True), 3_825_807_040, 34.6),
        (Machine("Apple M2 Pro", 32 * GIBIBYTE, unified=True), 13_477_814_784, 10.8),
    ],
    ids=["P40", "M1 Max", "M2 Pro", "M2 Pro F16"],
)
def test_an_estimate_is_within_25_percent_of_what_people_measured(
    machine: Machine, weights: int, published: float
) -> None:
    fit = Fit(Verdict.GRAPHICS, MemoryNeed(weights, 0, 0), 1.0)
    assert estimate_speed(fit, machine, CATALOGUE.bandwidths) == pytest.approx(published, rel=0.25)


def test_a_processor_is_estimated_within_half_and_double() -> None:
    """ggml-org/llama.cpp, issue 34: a fast desktop of 2023, DDR5-6400, 7B Q4_0: 18.3 tokens a second."""
    fit = Fit(Verdict.PROCESSOR, MemoryNeed(3_825_807_040, 0, 0))
    speed = estimate_speed(fit, Machine(memory=32 * GIBIBYTE), CATALOGUE.bandwidths)
    assert speed is not None
    assert 18.3 / 2.2 < speed < 18.3 * 2


def test_a_card_that_is_not_in_the_list_has_no_speed() -> None:
    strange = replace(machines.RTX_4070, cards=(GraphicsCard("Voodoo 9000", 12 * GIBIBYTE),))
    assert judged("8b", strange, 4096).speed is None
    laptop = replace(machines.RTX_4070, cards=(GraphicsCard("NVIDIA GeForce RTX 3070 Laptop GPU", 12 * GIBIBYTE),))
    assert judged("8b", laptop, 4096).speed is None


sizes = st.integers(0, 2 * 10**12)
known_machines = st.builds(
    Machine,
    memory=sizes,
    memory_free=st.none() | sizes,
    cards=st.lists(st.builds(GraphicsCard, name=st.just("x"), memory=sizes, integrated=st.booleans()), max_size=3).map(
        tuple
    ),
    unified=st.booleans(),
)


@given(known_machines, sizes, sizes, sizes)
def test_less_to_hold_never_fits_worse(machine: Machine, weights: int, first: int, second: int) -> None:
    less, more = sorted((first, second))
    better = fit_of(MemoryNeed(weights, less, 0), machine)
    worse = fit_of(MemoryNeed(weights, more, 0), machine)
    assert RANKS[better.verdict] >= RANKS[worse.verdict]
    assert 0 <= worse.on_graphics <= 1


@given(known_machines, sizes, sizes)
def test_more_memory_never_fits_worse(machine: Machine, need: int, extra: int) -> None:
    before = fit_of(MemoryNeed(need, 0, 0), machine)
    larger = replace(machine, memory=(machine.memory or 0) + extra)
    after = fit_of(MemoryNeed(need, 0, 0), larger)
    assert RANKS[after.verdict] >= RANKS[before.verdict]


@given(known_machines, sizes, sizes)
def test_a_larger_card_never_fits_worse(machine: Machine, need: int, extra: int) -> None:
    before = fit_of(MemoryNeed(need, 0, 0), machine)
    card = GraphicsCard("x", extra)
    after = fit_of(MemoryNeed(need, 0, 0), replace(machine, cards=(*machine.cards, card)))
    assert RANKS[after.verdict] >= RANKS[before.verdict]

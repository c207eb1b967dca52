"""Verdicts, speeds and the recommendation, on machines that people have."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatdesk.features.models.domain.model_fit import (
    COMFORTABLE_SPEED,
    Fit,
    ModelVariant,
    Verdict,
    estimate_speed,
    fit_of,
    judge,
    recommended,
)
from chatdesk.features.models.services.model_guide import load_model_guide
from chatdesk.kernel.models.machine import GraphicsCard, Machine
from chatdesk.kernel.models.memory_need import GIBIBYTE, MemoryNeed
from tests.paths import RESOURCES
from tests.unit.features.models import machines

GUIDE = load_model_guide((RESOURCES / "model_guide.toml").read_text("utf-8"))
RANKS = {Verdict.TOO_LARGE: 0, Verdict.PROCESSOR: 1, Verdict.PARTLY: 2, Verdict.GRAPHICS: 3}


def variant(tag: str) -> ModelVariant:
    return next(each for each in GUIDE.variants if each.tag == f"deepseek-r1:{tag}")


def verdict(tag: str, machine: Machine | None, context: int = 8192) -> Verdict:
    return judge(variant(tag), context, machine, GUIDE.bandwidths).fit.verdict


def choice(machine: Machine, context: int = 8192) -> str:
    best = recommended([judge(each, context, machine, GUIDE.bandwidths) for each in GUIDE.variants])
    return best.variant.tag.removeprefix("deepseek-r1:") if best else ""


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
        (machines.MAC_64, "671b", Verdict.TOO_LARGE),
        (machines.SERVER, "671b", Verdict.GRAPHICS),
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


def test_a_context_is_never_longer_than_the_model_was_trained_for() -> None:
    judged = judge(variant("1.5b"), 10**6, machines.SERVER, GUIDE.bandwidths)
    assert judged.context == 131_072


def test_a_card_of_unknown_memory_counts_for_nothing_and_is_told() -> None:
    judged = judge(variant("8b"), 8192, machines.UNKNOWN_CARD, GUIDE.bandwidths)
    assert judged.fit.verdict is Verdict.PROCESSOR
    assert judged.fit.graphics_unknown
    assert verdict("32b", machines.UNKNOWN_CARD) is Verdict.UNKNOWN


def test_what_fits_only_beside_nothing_else_says_so() -> None:
    crowded = replace(machines.LAPTOP_16, memory_free=2 * GIBIBYTE)
    assert judge(variant("7b"), 8192, crowded, GUIDE.bandwidths).fit.needs_free_memory
    assert not judge(variant("7b"), 8192, machines.LAPTOP_16, GUIDE.bandwidths).fit.needs_free_memory
    assert judge(variant("14b"), 8192, machines.MAC_16, GUIDE.bandwidths).fit.needs_free_memory


@pytest.mark.parametrize(
    ("machine", "expected"),
    [
        (machines.LAPTOP_8, "7b"),
        (machines.LAPTOP_16, "7b"),
        (machines.RTX_4070, "14b"),
        (machines.RTX_3090, "32b"),
        (machines.MAC_16, "14b"),
        (machines.MAC_64, "32b"),
        (Machine(), ""),
    ],
    ids=["8 GB", "16 GB", "12 GB card", "24 GB card", "small Mac", "large Mac", "unknown"],
)
def test_the_largest_comfortable_size_is_recommended(machine: Machine, expected: str) -> None:
    assert choice(machine) == expected


def test_one_that_is_split_gives_way_to_one_that_fits() -> None:
    assert verdict("14b", machines.RTX_4070, 32_768) is Verdict.PARTLY
    assert choice(machines.RTX_4070, 32_768) == "8b"


def test_what_the_disk_has_no_room_for_is_not_recommended() -> None:
    assert choice(replace(machines.RTX_4070, disk_free=6 * 10**9)) == "8b"


def test_where_all_are_slow_the_fastest_is_recommended() -> None:
    slow = [judge(variant(tag), 8192, machines.LAPTOP_16, GUIDE.bandwidths) for tag in ("14b", "8b")]
    slow = [replace(each, speed=(each.speed or 1) / 10) for each in slow]
    best = recommended(slow)
    assert best is not None
    assert best.variant.tag == "deepseek-r1:8b"
    assert (best.speed or 0) < COMFORTABLE_SPEED


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
    assert estimate_speed(fit, machine, GUIDE.bandwidths) == pytest.approx(published, rel=0.25)


def test_a_processor_is_estimated_within_half_and_double() -> None:
    """ggml-org/llama.cpp, issue 34: a fast desktop of 2023, DDR5-6400, 7B Q4_0: 18.3 tokens a second."""
    fit = Fit(Verdict.PROCESSOR, MemoryNeed(3_825_807_040, 0, 0))
    speed = estimate_speed(fit, Machine(memory=32 * GIBIBYTE), GUIDE.bandwidths)
    assert speed is not None
    assert 18.3 / 2.2 < speed < 18.3 * 2


def test_a_card_that_is_not_in_the_list_has_no_speed() -> None:
    strange = replace(machines.RTX_4070, cards=(GraphicsCard("Voodoo 9000", 12 * GIBIBYTE),))
    assert judge(variant("8b"), 4096, strange, GUIDE.bandwidths).speed is None
    laptop = replace(machines.RTX_4070, cards=(GraphicsCard("NVIDIA GeForce RTX 3070 Laptop GPU", 12 * GIBIBYTE),))
    assert judge(variant("8b"), 4096, laptop, GUIDE.bandwidths).speed is None


def test_a_mixture_of_experts_is_faster_than_its_size() -> None:
    big = judge(variant("671b"), 4096, machines.SERVER, GUIDE.bandwidths)
    dense = estimate_speed(big.fit, machines.SERVER, GUIDE.bandwidths)
    assert big.speed is not None
    assert dense is not None
    assert big.speed > 5 * dense


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

"""What is said of how models run on a machine."""

from dataclasses import replace

import pytest

from chatdesk.features.models.domain.catalogue import Judgement, judge
from chatdesk.features.models.ui.judgement_texts import (
    disk_text,
    fit_icon,
    graphics_text,
    memory_size,
    memory_text,
    remark_text,
    speed_text,
    verdict_text,
)
from chatdesk.kernel.models.machine import GraphicsCard, Machine
from chatdesk.kernel.models.memory_need import GIBIBYTE
from tests.unit.features.models import machines
from tests.unit.features.models.domain.test_catalogue import CATALOGUE, CONTEXT, named


def judged(tag: str, machine: Machine | None) -> Judgement:
    model = named(f"deepseek-r1-{tag}")
    return judge(model, model.ollama_builds[0], CONTEXT, machine, CATALOGUE.bandwidths)


@pytest.mark.parametrize(
    ("speed", "expected"),
    [
        (None, ""),
        (0.3, "less than 1 token/s, estimated"),
        (6.6, "about 7 tokens/s, estimated"),
        (33.0, "about 35 tokens/s, estimated"),
        (187.0, "about 190 tokens/s, estimated"),
    ],
)
def test_a_speed_is_rounded_to_what_it_is_worth(speed: float | None, expected: str) -> None:
    assert speed_text(speed) == expected


@pytest.mark.parametrize(
    ("size", "expected"),
    [(12 * GIBIBYTE, "12 GB"), (GIBIBYTE * 3 // 2, "1.5 GB"), (409 * 10**9, "381 GB"), (0, "0 GB")],
)
def test_memory_is_counted_as_makers_do(size: int, expected: str) -> None:
    assert memory_size(size) == expected


@pytest.mark.parametrize(
    ("machine", "expected"),
    [
        (machines.RTX_4070, "GeForce RTX 4070, 12 GB"),
        (machines.TWO_3090, "GeForce RTX 3090, 24 GB and 1 more"),
        (machines.LAPTOP_16, "Iris Xe, integrated"),
        (machines.MAC_16, "Apple M4"),
        (machines.UNKNOWN_CARD, "Radeon, memory unknown"),
        (machines.LAPTOP_8, "No graphics card found"),
        (Machine(cards=(GraphicsCard("Tesla P40", 23040 * 1024**2),)), "Tesla P40, 22 GB"),
    ],
)
def test_graphics_are_named(machine: Machine, expected: str) -> None:
    assert graphics_text(machine) == expected


def test_what_is_not_known_is_said_so() -> None:
    assert (memory_text(Machine()), disk_text(Machine())) == ("Unknown", "Unknown")
    assert memory_text(Machine(memory=int(31.2 * GIBIBYTE))) == "31 GB"


def test_a_verdict_is_green_where_it_is_quick_wherever_it_runs() -> None:
    quick, slow = judged("7b", machines.LAPTOP_16), judged("14b", machines.LAPTOP_16)
    assert (verdict_text(quick), fit_icon(quick.fit, quick.speed)) == ("On CPU", ("circle-check", "success"))
    assert (verdict_text(slow), fit_icon(slow.fit, slow.speed)) == ("On CPU, slow", ("triangle-alert", "warning"))


def test_what_stands_in_the_way_is_said() -> None:
    assert "needs about 43.2 GB" in remark_text(judged("70b", machines.RTX_4070))
    assert "not enough disk space" in remark_text(judged("7b", replace(machines.RTX_4070, disk_free=1)))
    assert "close other programs" in remark_text(judged("14b", machines.MAC_16))
    assert "unknown" in remark_text(judged("32b", machines.UNKNOWN_CARD))
    assert remark_text(judged("7b", machines.RTX_4070)) == ""

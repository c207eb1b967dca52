"""The guide: verdicts beside what the server has and what it downloads."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from chatdesk.features.models.domain.model_fit import Verdict
from chatdesk.kernel.models.machine import Machine
from chatdesk.kernel.models.memory_need import Architecture
from chatdesk.kernel.models.model import Model, ModelRef
from chatdesk.kernel.models.parameters import Parameters
from chatdesk.kernel.models.pulls import PullState
from chatdesk.kernel.settings.declarations import GUIDE_CONTEXT
from tests.fakes.guide_harness import AWAY, HERE, GuideHarness
from tests.own_time import TIMEOUT
from tests.unit.features.models import machines

QWEN3_14B = Architecture(layers=40, key_heads=8)


@pytest.fixture
async def harness() -> AsyncIterator[GuideHarness]:
    made = GuideHarness(machines.RTX_4070)
    yield made
    await made.close()


async def test_before_it_has_looked_there_is_nothing_to_show(harness: GuideHarness) -> None:
    state = harness.guide.state()
    assert not state.is_ready
    assert state.rows == ()


async def test_one_variant_is_recommended_and_the_advice_stands_beside(harness: GuideHarness) -> None:
    await harness.look()
    state = harness.guide.state()
    assert [row.judgement.variant.size_label for row in state.rows if row.recommended] == ["14b"]
    assert state.advice.parameters == Parameters(temperature=0.6, top_p=0.95)
    assert state.server_answers
    assert state.machine == machines.RTX_4070


async def test_another_context_changes_verdicts_and_is_remembered(harness: GuideHarness) -> None:
    await harness.look()
    heard: list[object] = []
    harness.guide.changes.subscribe(heard.append)
    harness.guide.set_context(32_768)
    assert heard
    assert harness.row("deepseek-r1:14b").judgement.fit.verdict is Verdict.PARTLY
    assert harness.settings.get(GUIDE_CONTEXT) == 32_768


async def test_a_context_that_nobody_could_choose_is_the_usual_one(harness: GuideHarness) -> None:
    harness.settings.set(GUIDE_CONTEXT, 77)
    assert harness.guide.context == 8192


async def test_a_chat_with_the_usual_context_takes_a_larger_one_where_it_needs_that(harness: GuideHarness) -> None:
    await harness.look()
    ref = ModelRef("ollama", "deepseek-r1:8b")
    harness.guide.get(harness.row("deepseek-r1:8b"))
    harness.guide.prepare_chat(ref)
    assert harness.preferences.context(ref) is None
    harness.preferences.set_context(ref, 32_768)
    harness.guide.prepare_chat(ref)
    assert harness.preferences.context(ref) == 8192


async def test_a_download_ends_as_an_installed_model_and_a_chat_with_its_context(harness: GuideHarness) -> None:
    await harness.look()
    harness.guide.set_context(16_384)
    harness.guide.get(harness.row("deepseek-r1:8b"))
    await asyncio.sleep(0)
    row = harness.row("deepseek-r1:8b")
    assert row.pull is not None
    assert row.pull.is_active
    harness.network.arrive.set()
    async with asyncio.timeout(TIMEOUT):
        while not harness.row("deepseek-r1:8b").installed:
            await asyncio.sleep(0.001)
    ref = ModelRef("ollama", "deepseek-r1:8b")
    assert harness.row("deepseek-r1:8b").ref == ref
    harness.guide.prepare_chat(ref)
    harness.guide.prepare_chat(ModelRef("ollama", "other:latest"))
    assert harness.contexts.budget_of(ref, Parameters()).requested_length == 16_384
    assert harness.contexts.budget_of(ref, Parameters(num_ctx=4096)).requested_length == 4096
    assert harness.contexts.budget_of(ModelRef("ollama", "other"), Parameters()).requested_length == 8192
    pull = harness.guide.pulls.find(ref)
    assert pull is not None
    assert pull.state is PullState.DONE


async def test_the_usual_tag_of_a_list_is_the_same_model(harness: GuideHarness) -> None:
    harness.network.installed["ollama"] = ("deepseek-r1:14b",)
    await harness.look()
    assert harness.row("deepseek-r1:14b").installed
    assert not harness.row("deepseek-r1:7b").installed


async def test_what_is_installed_needs_no_room_on_the_disk(harness: GuideHarness) -> None:
    harness.machine = replace(harness.machine, disk_free=0)
    harness.network.installed["ollama"] = ("deepseek-r1:14b",)
    await harness.look()
    assert not harness.row("deepseek-r1:14b").judgement.disk_is_short
    assert harness.row("deepseek-r1:7b").judgement.disk_is_short


async def test_of_a_server_elsewhere_nothing_is_known() -> None:
    harness = GuideHarness(machines.RTX_4070, AWAY)
    harness.network.installed = {"far": ("deepseek-r1:7b",)}
    await harness.look()
    state = harness.guide.state()
    assert state.machine is None
    assert {row.judgement.fit.verdict for row in state.rows} == {Verdict.UNKNOWN}
    assert not any(row.recommended for row in state.rows)
    assert harness.row("deepseek-r1:7b").installed
    await harness.close()


async def test_a_server_that_answers_comes_before_one_that_does_not() -> None:
    harness = GuideHarness(machines.RTX_4070, HERE, AWAY)
    harness.network.installed = {"ollama": None, "far": ()}
    await harness.look()
    state = harness.guide.state()
    assert state.server is not None
    assert state.server.server.id == "far"
    await harness.close()


async def test_without_a_server_verdicts_are_given_all_the_same() -> None:
    harness = GuideHarness(machines.RTX_4070)
    harness.network.installed = {"ollama": None}
    await harness.look()
    state = harness.guide.state()
    assert not state.server_answers
    assert any(row.recommended for row in state.rows)
    await harness.close()


async def test_any_model_whose_build_is_known_is_judged(harness: GuideHarness) -> None:
    harness.network.installed["ollama"] = ("qwen3:14b", "odd")
    harness.network.builds["qwen3:14b"] = (9 * 10**9, QWEN3_14B)
    await harness.models.refresh()
    listed = harness.models.find(ModelRef("ollama", "qwen3:14b"))
    assert listed is not None
    assert harness.guide.fit_of_model(listed) is None
    await harness.guide.judge_installed()
    known, odd = harness.models.all()
    fit = harness.guide.fit_of_model(known)
    assert fit is not None
    assert (fit.verdict, fit.need.kv_cache) == (Verdict.GRAPHICS, 8192 * 163_840)
    assert harness.guide.fit_of_model(odd) is None
    assert harness.guide.fit_of_model(replace(known, remote=True)) is None
    assert harness.guide.fit_of_model(replace(known, ref=ModelRef("gone", "x"))) is None


async def test_models_of_a_server_elsewhere_are_not_judged() -> None:
    harness = GuideHarness(machines.RTX_4070, AWAY)
    harness.network.installed = {"far": ("qwen3:14b",)}
    harness.network.builds["qwen3:14b"] = (9 * 10**9, QWEN3_14B)
    await harness.look()
    await harness.guide.judge_installed()
    assert [harness.guide.fit_of_model(model) for model in harness.models.all()] == [None]
    assert harness.network.described == []
    await harness.close()


@pytest.mark.parametrize("machine", [machines.RTX_4070, machines.LAPTOP_16, machines.MAC_16, machines.UNKNOWN_CARD])
async def test_a_model_is_judged_alike_before_it_is_got_and_once_it_is_there(machine: Machine) -> None:
    harness = GuideHarness(machine)
    await harness.look()
    for row in harness.guide.state().rows:
        variant, ref = row.judgement.variant, ModelRef("ollama", row.judgement.variant.tag)
        harness.preferences.set_context(ref, row.judgement.context)
        there = Model(ref, variant.tag, context_length=variant.context, size_bytes=variant.weights)
        there = replace(there, architecture=variant.architecture)
        harness.network.installed["ollama"] = (variant.tag,)
        await harness.models.refresh()
        assert harness.guide.fit_of_model(there) == row.judgement.fit, variant.tag
        assert harness.guide.speed_of_model(there, row.judgement.fit) == row.judgement.speed
        typed = harness.guide.known_variant(f"ollama run {variant.tag}", "ollama")
        assert typed is not None
        assert typed.judgement.fit == row.judgement.fit
    assert harness.guide.known_variant("no-such:1b", "ollama") is None
    assert harness.guide.known_variant("two words", "ollama") is None
    await harness.close()

"""How well the models of servers run on this machine."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from chatdesk.features.models.domain.catalogue import engine_name
from chatdesk.features.models.domain.model_fit import Verdict
from chatdesk.kernel.models.machine import Machine
from chatdesk.kernel.models.memory_need import Architecture
from chatdesk.kernel.models.model import Model, ModelRef
from tests.fakes.catalogue_harness import AWAY, CATALOGUE, ENGINE, CatalogueHarness
from tests.unit.features.models import machines

QWEN3_14B = Architecture(layers=40, key_heads=8)


@pytest.fixture
async def harness() -> AsyncIterator[CatalogueHarness]:
    made = CatalogueHarness(machines.RTX_4070)
    yield made
    await made.close()


async def test_any_model_whose_build_is_known_is_judged(harness: CatalogueHarness) -> None:
    harness.network.installed["ollama"] = ("qwen3:14b", "odd")
    harness.network.builds["qwen3:14b"] = (9 * 10**9, QWEN3_14B)
    await harness.models.refresh()
    listed = harness.models.find(ModelRef("ollama", "qwen3:14b"))
    assert listed is not None
    assert harness.fits.fit_of_model(listed) is None
    await harness.fits.judge_installed()
    known, odd = harness.models.all()
    fit = harness.fits.fit_of_model(known)
    assert fit is not None
    assert (fit.verdict, fit.need.kv_cache) == (Verdict.GRAPHICS, 8192 * 163_840)
    assert harness.fits.fit_of_model(odd) is None
    assert harness.fits.fit_of_model(replace(known, remote=True)) is None
    assert harness.fits.fit_of_model(replace(known, ref=ModelRef("gone", "x"))) is None


async def test_models_of_a_server_elsewhere_are_not_judged() -> None:
    harness = CatalogueHarness(machines.RTX_4070, AWAY)
    harness.network.installed = {"far": ("qwen3:14b",)}
    harness.network.builds["qwen3:14b"] = (9 * 10**9, QWEN3_14B)
    await harness.look()
    await harness.fits.judge_installed()
    assert [harness.fits.fit_of_model(model) for model in harness.models.all()] == [None]
    assert harness.network.described == []
    await harness.close()


@pytest.mark.parametrize("machine", [machines.RTX_4070, machines.LAPTOP_16, machines.MAC_16, machines.UNKNOWN_CARD])
async def test_a_model_is_judged_alike_before_it_is_downloaded_and_once_it_is_there(machine: Machine) -> None:
    harness = CatalogueHarness(machine)
    await harness.look()
    for row in harness.state().rows:
        for offer in row.offers[:2]:
            build, judgement = offer.build, offer.judgement
            ref = ModelRef("ollama", build.tag) if build.tag else ModelRef(ENGINE.id, engine_name(row.model.download))
            there = Model(ref, ref.model_id, context_length=row.model.context, size_bytes=build.size)
            there = replace(there, architecture=row.model.architecture)
            harness.network.installed[ref.server_id] = (ref.model_id,)
            await harness.models.refresh()
            harness.preferences.set_context(ref, judgement.context)
            assert harness.fits.fit_of_model(there) == judgement.fit, row.model.id
            speed = harness.fits.speed_of_model(there, judgement.fit)
            if build.size == build.text_size:
                assert speed == judgement.speed
    await harness.close()


async def test_a_mixture_of_experts_is_expected_to_be_as_fast_as_its_active_part(harness: CatalogueHarness) -> None:
    model = next(model for model in CATALOGUE.models if model.id == "gpt-oss-20b")
    await harness.look()
    judgement = next(row for row in harness.state().rows if row.model is model).offer.judgement
    for name in ("gpt-oss-20b-mxfp4", "gpt-oss:20b"):
        there = Model(ModelRef("ollama", name), name, size_bytes=model.download.size)
        assert harness.fits.speed_of_model(there, judgement.fit) == judgement.speed
    other = Model(ModelRef("ollama", "other"), "other", size_bytes=model.download.size)
    assert (harness.fits.speed_of_model(other, judgement.fit) or 0) < (judgement.speed or 0) / 2

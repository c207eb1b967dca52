"""The catalogue of models: its own file, and what is chosen on machines that people have."""

import re
from dataclasses import replace

import pytest

from chatdesk.features.models.domain.catalogue import (
    Ability,
    CatalogueModel,
    Judgement,
    Purpose,
    best_of,
    choose,
    judge,
    parse_catalogue,
)
from chatdesk.features.models.domain.model_fit import Verdict
from chatdesk.kernel.models.hubs import HubKind
from chatdesk.kernel.models.machine import Machine
from chatdesk.kernel.models.memory_need import GIBIBYTE
from chatdesk.kernel.models.model_rules import rule_for
from chatdesk.providers.catalogue.model_rules import load_model_rules
from tests.paths import RESOURCES
from tests.unit.features.models import machines

TEXT = (RESOURCES / "model_catalogue.toml").read_text("utf-8")
CATALOGUE = parse_catalogue(TEXT)
CONTEXT = 8192
R1 = [model for model in CATALOGUE.models if model.family == "DeepSeek-R1"]


def judged(machine: Machine | None) -> list[Judgement]:
    return [judge(model, model.builds[0], CONTEXT, machine, CATALOGUE.bandwidths) for model in CATALOGUE.models]


def named(model_id: str) -> CatalogueModel:
    return next(model for model in CATALOGUE.models if model.id == model_id)


def chosen(machine: Machine, language: str = "") -> dict[str, str]:
    return {purpose.value: each.model.name for purpose, each in choose(judged(machine), language).items()}


@pytest.mark.parametrize("model", CATALOGUE.models, ids=lambda model: model.id)
class TestEachModel:
    def test_every_file_can_be_verified(self, model: CatalogueModel) -> None:
        for file in model.download.files:
            assert re.fullmatch(r"[0-9a-f]{64}", file.sha256)
            assert file.size > 100_000_000
            assert re.fullmatch(r"[\w.-]+\.gguf", file.path)

    def test_it_comes_from_hugging_face_and_perhaps_from_modelscope(self, model: CatalogueModel) -> None:
        first, *others = model.download.sources
        assert first.hub is HubKind.HUGGING_FACE
        assert re.fullmatch(r"[\w.-]+/[\w.-]+", first.name)
        assert re.fullmatch(r"([0-9a-f]{40})?", first.revision)
        assert [each.hub for each in others] in ([], [HubKind.MODELSCOPE])

    def test_its_values_make_sense(self, model: CatalogueModel) -> None:
        build = model.builds[0]
        assert model.purposes
        assert 0 < model.active_parameters <= model.parameters
        assert 0.45 < build.text_size / model.parameters < 0.75, "four to five bits per weight"
        assert model.context >= 65_536
        assert model.architecture.values_per_token > 0
        assert "en" in model.languages
        assert model.licence
        assert model.page.startswith("https://huggingface.co/")
        assert bool(model.base) is bool(model.teacher)

    def test_it_sees_exactly_if_it_has_a_projector(self, model: CatalogueModel) -> None:
        assert (model.download.projector is not None) is (Ability.SEES in model.abilities)
        assert Purpose.VISION not in model.purposes or Ability.SEES in model.abilities

    def test_other_quantisations_of_ollama_have_a_plausible_size(self, model: CatalogueModel) -> None:
        sizes = {build.quantization: build.size for build in model.ollama_builds}
        assert sorted(sizes.values()) == [sizes[each] for each in ("Q4_K_M", "MXFP4", "Q8_0", "F16") if each in sizes]
        for build in model.ollama_builds:
            assert re.fullmatch(r"[a-z0-9.\-]+:[A-Za-z0-9._\-]+", build.tag)
            assert 0.45 < build.size / model.parameters < 2.1


def test_no_model_stands_twice() -> None:
    for values in (
        [model.id for model in CATALOGUE.models],
        [model.name for model in CATALOGUE.models],
        [model.download.files[0].sha256 for model in CATALOGUE.models],
        [build.tag for model in CATALOGUE.models for build in model.ollama_builds],
    ):
        assert len(values) == len(set(values))


def test_the_models_stand_from_small_to_large() -> None:
    sizes = [model.download.model_files[0].size for model in CATALOGUE.models]
    assert sizes == sorted(sizes)


def test_there_is_a_model_for_each_purpose_that_speaks_chinese() -> None:
    for purpose in Purpose:
        assert any(purpose in model.purposes and model.speaks("zh") for model in CATALOGUE.models)


def test_a_distilled_deepseek_says_what_it_is_made_of() -> None:
    assert {model.base for model in R1} == {"Qwen", "Llama"}
    assert {model.teacher for model in R1} == {"DeepSeek-R1"}
    assert [model.size_label for model in R1] == ["1.5B", "7B", "8B Llama", "8B", "14B", "32B", "70B"]


@pytest.mark.parametrize("tag", [build.tag for model in R1 for build in model.ollama_builds])
def test_what_deepseek_advises_is_a_rule_of_models(tag: str) -> None:
    rule = rule_for(load_model_rules((RESOURCES / "models.toml").read_text("utf-8")), tag)
    assert (rule.parameters.temperature, rule.parameters.top_p) == (0.6, 0.95)
    assert rule.instructions_in_question


def test_what_deepseek_advises_also_holds_for_downloaded_files() -> None:
    rules = load_model_rules((RESOURCES / "models.toml").read_text("utf-8"))
    for model in R1:
        name = model.download.files[0].path.removesuffix(".gguf")
        assert rule_for(rules, name).parameters.temperature == 0.6


def test_an_unknown_quantisation_without_a_size_is_an_error() -> None:
    with pytest.raises(ValueError, match="unknown quantisation"):
        parse_catalogue(TEXT.replace('-q8_0", quantization = "Q8_0"', '-q8_0", quantization = "Q8_9"'))


def test_a_build_is_found_by_its_tag() -> None:
    found = CATALOGUE.build_of("deepseek-r1:7b-qwen-distill-q8_0")
    assert found is not None
    assert (found[0].name, found[1].quantization, found[1].is_estimated) == ("DeepSeek-R1 7B", "Q8_0", True)
    assert CATALOGUE.build_of("qwen3:14b") is None


@pytest.mark.parametrize(
    ("machine", "reasoning"),
    [
        (replace(machines.LAPTOP_8, memory_free=4 * GIBIBYTE), "DeepSeek-R1 1.5B"),
        (machines.LAPTOP_16, "DeepSeek-R1 7B"),
        (machines.MAC_16, "DeepSeek-R1-0528 8B"),
        (machines.RTX_4070, "DeepSeek-R1 14B"),
        (machines.RTX_3090, "DeepSeek-R1 32B"),
        (machines.TWO_3090, "DeepSeek-R1 70B"),
    ],
    ids=["4 GB free", "slow 16 GB", "16 GB Mac", "12 GB card", "24 GB card", "48 GB of cards"],
)
def test_the_deepseek_for_a_machine(machine: Machine, reasoning: str) -> None:
    choice = choose(judged(machine))
    assert choice[Purpose.REASONING].model.name == reasoning
    assert best_of(choice) is choice[Purpose.REASONING]


def test_one_card_for_each_purpose_and_no_model_twice() -> None:
    assert chosen(machines.LAPTOP_16) == {
        "everyday": "Qwen3.5 4B",
        "reasoning": "DeepSeek-R1 7B",
        "vision": "Gemma 4 E4B",
        "code": "Qwen3.5 9B",
        "small": "Qwen3.5 0.8B",
    }
    for machine in (machines.LAPTOP_8, machines.RTX_3090, machines.MAC_64, machines.SERVER):
        names = list(chosen(machine).values())
        assert len(names) == len(set(names)) == len(Purpose)


def test_a_chinese_user_gets_models_that_speak_chinese() -> None:
    for machine in (machines.LAPTOP_8, machines.LAPTOP_16, machines.RTX_3090):
        assert all(each.model.speaks("zh") for each in choose(judged(machine), "zh").values())
    assert chosen(machines.TWO_3090, "zh")["reasoning"] == "DeepSeek-R1 32B"


def test_nothing_is_chosen_on_an_unknown_machine() -> None:
    assert choose(judged(None)) == {}
    assert best_of({}) is None


def test_what_the_disk_has_no_room_for_is_not_chosen() -> None:
    names = chosen(replace(machines.RTX_4070, disk_free=6 * 10**9))
    assert names["reasoning"] == "DeepSeek-R1-0528 8B"
    assert all(named_size(name) <= 6 * 10**9 for name in names.values())


def named_size(name: str) -> int:
    return next(model.download.size for model in CATALOGUE.models if model.name == name)


def test_a_model_that_runs_beside_other_programs_comes_first() -> None:
    crowded = replace(machines.LAPTOP_16, memory_free=4 * GIBIBYTE)
    assert chosen(crowded)["reasoning"] == "DeepSeek-R1 1.5B"
    verdict = judge(named("deepseek-r1-7b"), named("deepseek-r1-7b").builds[0], CONTEXT, crowded, CATALOGUE.bandwidths)
    assert verdict.leaves_little_memory
    assert not judged(machines.LAPTOP_16)[0].leaves_little_memory


def test_little_memory_is_left_before_none_is_left() -> None:
    model = named("qwen3.5-9b")
    almost = replace(machines.LAPTOP_16, memory_free=8 * GIBIBYTE)
    verdict = judge(model, model.builds[0], CONTEXT, almost, CATALOGUE.bandwidths)
    assert not verdict.fit.needs_free_memory
    assert verdict.leaves_little_memory


def test_what_is_too_large_is_reported() -> None:
    verdicts = {each.model.id: each.fit.verdict for each in judged(machines.LAPTOP_16)}
    assert verdicts["deepseek-r1-32b"] is Verdict.TOO_LARGE
    assert sum(each is Verdict.TOO_LARGE for each in verdicts.values()) == 6


def test_a_mixture_of_experts_is_faster_than_its_size() -> None:
    speeds = {each.model.id: each.speed or 0.0 for each in judged(machines.MAC_64)}
    assert speeds["qwen3.6-35b-a3b"] > 5 * speeds["deepseek-r1-32b"]


def test_the_projector_costs_memory_but_no_speed() -> None:
    model = named("gemma-4-12b")
    build = model.builds[0]
    larger = replace(build, download=replace(model.download, files=model.download.files[:1]))
    assert build.text_size == model.download.files[0].size
    assert larger.text_size == build.size


def test_a_context_is_never_longer_than_the_model_was_trained_for() -> None:
    model = named("smollm3-3b")
    assert judge(model, model.builds[0], 10**6, machines.SERVER, CATALOGUE.bandwidths).context == 65_536


@pytest.mark.parametrize(
    ("name", "gigabytes"),
    [
        ("NVIDIA GeForce RTX 4090", 1008),
        ("NVIDIA GeForce RTX 4090 Laptop GPU", 576),
        ("NVIDIA GeForce RTX 4080 SUPER", 736),
        ("NVIDIA GeForce RTX 3060 Ti", 448),
        ("AMD Radeon RX 7900 XTX", 960),
        ("Apple M1 Max", 400),
        ("Apple M1", 68),
    ],
)
def test_a_card_has_its_own_bandwidth(name: str, gigabytes: int) -> None:
    assert CATALOGUE.bandwidths.of(name) == gigabytes * 10**9

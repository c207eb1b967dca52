"""The guide's own file."""

import pytest

from chatdesk.features.models.services.model_guide import load_model_guide
from chatdesk.kernel.models.model_rules import rule_for
from chatdesk.providers.catalogue.model_rules import load_model_rules
from tests.paths import RESOURCES

GUIDE = load_model_guide((RESOURCES / "model_guide.toml").read_text("utf-8"))
LABELS = ["1.5b", "7b", "8b", "14b", "32b", "70b", "671b"]


def test_every_size_of_r1_is_there_with_further_quantisations() -> None:
    usual = [each for each in GUIDE.variants if each.usual]
    assert [each.tag for each in usual] == [*(f"deepseek-r1:{label}" for label in LABELS), "deepseek-v3.1:671b"]
    for label in LABELS:
        kinds = {each.quantization for each in GUIDE.variants if each.size_label == label}
        assert kinds == {"Q4_K_M", "Q8_0", "F16"}


def test_no_tag_stands_twice_and_every_value_makes_sense() -> None:
    tags = [each.tag for each in GUIDE.variants]
    assert len(tags) == len(set(tags))
    for each in GUIDE.variants:
        assert 0 < each.active_parameters <= each.parameters
        assert 0.5 < each.weights / each.parameters < 2.1
        assert each.context >= 131_072
        assert each.architecture.values_per_token > 0
        assert each.weights_estimated is not each.usual or each.weights_estimated is False


def test_a_finer_quantisation_is_larger() -> None:
    for label in LABELS:
        family = {each.quantization: each.weights for each in GUIDE.variants if each.size_label == label}
        assert family["Q4_K_M"] < family["Q8_0"] < family["F16"]


@pytest.mark.parametrize("tag", [each.tag for each in GUIDE.variants if "r1" in each.tag])
def test_what_the_makers_advise_is_a_rule_of_models(tag: str) -> None:
    rule = rule_for(load_model_rules((RESOURCES / "models.toml").read_text("utf-8")), tag)
    assert (rule.parameters.temperature, rule.parameters.top_p) == (0.6, 0.95)
    assert rule.instructions_in_question


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
    assert GUIDE.bandwidths.of(name) == gigabytes * 10**9


def test_an_unknown_quantisation_without_a_size_is_an_error() -> None:
    text = (RESOURCES / "model_guide.toml").read_text("utf-8").replace('quantization = "Q8_0"', 'quantization = "Q8_9"')
    with pytest.raises(ValueError, match="unknown quantisation"):
        load_model_guide(text)

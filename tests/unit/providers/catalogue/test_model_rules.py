"""What makers advise, found by every vendor's spelling of a model's id."""

import pytest

from chatdesk.kernel.chat.message import ImagePart
from chatdesk.kernel.models.model_rules import rule_for
from chatdesk.kernel.models.parameters import Parameters
from chatdesk.kernel.models.think_tags import ThinkTags
from chatdesk.providers.catalogue.model_rules import load_model_rules
from tests.paths import RESOURCES

RULES = load_model_rules((RESOURCES / "models.toml").read_text("utf-8"))


@pytest.mark.parametrize(
    "model_id",
    [
        "deepseek-r1:8b",  # Ollama
        "deepseek-r1:8b-llama-distill-q4_K_M",
        "hf.co/unsloth/DeepSeek-R1-Distill-Qwen-7B-GGUF:Q4_K_M",
        "deepseek/deepseek-r1-0528:free",  # OpenRouter
        "deepseek/deepseek-r1-distill-llama-70b",
        "perplexity/r1-1776",
        "Pro/deepseek-ai/DeepSeek-R1",  # SiliconFlow
        "deepseek-ai/DeepSeek-R1-0528-Qwen3-8B",
        "deepseek-r1-distill-qwen-32b",  # DashScope, LM Studio
        "deepseek-r1-distill-llama-70b",  # Groq
        "deepseek-ai/DeepSeek-R1-Distill-Llama-70B-free",  # Together
        "DeepSeek-R1",  # Azure
        "us.deepseek.r1-v1:0",  # Bedrock behind a gateway
        "accounts/fireworks/models/deepseek-r1",
        "deepseek-r1-250120",  # Volcengine
        "DeepSeek-R1-Distill-Qwen-7B-Q4_K_M.gguf",  # llama.cpp
        "DeepSeek_R1_Distill",
        "/models/DeepSeekR1-7B",  # vLLM, LMDeploy: a path
        "R1-Distill-Qwen-1.5B",
        "DeepSeek R1 Distill (Qwen 7B)",
    ],
)
def test_r1_and_its_distills_are_known_by_every_spelling(model_id: str) -> None:
    rule = rule_for(RULES, model_id)
    assert rule.instructions_in_question
    assert rule.parameters == Parameters(temperature=0.6, top_p=0.95)


@pytest.mark.parametrize(
    "model_id",
    [
        "deepseek-flash",
        "deepseek-v4-pro",
        "deepseek-ai/DeepSeek-V3.2",
        "deepseek-v3:671b",
        "qwen3:8b",
        "command-r",
        "gpt-6",
    ],
)
def test_others_are_not_taken_for_it(model_id: str) -> None:
    rule = rule_for(RULES, model_id)
    assert not rule.instructions_in_question
    assert rule.parameters == Parameters()


@pytest.mark.parametrize(
    "model_id", ["deepseek-v3.1:671b", "deepseek-ai/DeepSeek-V3.1", "DeepSeek-V3.2-Exp-Q4_K_M.gguf"]
)
def test_successors_begin_as_their_makers_advise_with_instructions_where_they_usually_stand(model_id: str) -> None:
    rule = rule_for(RULES, model_id)
    assert not rule.instructions_in_question
    assert rule.parameters == Parameters(temperature=0.6, top_p=0.95)


@pytest.mark.parametrize(
    ("model_id", "file_marks"),
    [("deepseek-r1:8b", True), ("deepseek-v3:671b", True), ("deepseek-chat", True), ("qwen3:8b", False)],
)
def test_files_stand_between_marks_for_models_that_were_trained_with_them(model_id: str, file_marks: bool) -> None:
    assert rule_for(RULES, model_id).file_marks is file_marks


SQUARE = ImagePart("a" * 64, "image/png", "x.png", 1024, 1024)


@pytest.mark.parametrize(
    ("model_id", "tokens"),
    [
        ("gpt-4o", 765),
        ("openai/gpt-4o-2024-11-20", 765),
        ("gpt-4.1", 765),
        ("gpt-4o-mini", 25_501),
        ("gpt-4.1-mini-2025-04-14", 1659),
        ("o4-mini", 1761),
        ("gpt-5", 630),
        ("gpt-5-nano", 2519),
        ("o3", 675),
        ("anthropic/claude-sonnet-4", 1444),
        ("gemini-2.5-flash", 1032),
        ("gemma3:4b", 256),
        ("google/gemma-3-27b-it", 256),
        ("gemma3n:e4b", 256),
        ("qwen2.5vl:7b", 1282),
        ("Qwen/Qwen2.5-VL-72B-Instruct", 1282),
        ("qwen3-vl:8b", 1026),
        ("llava:13b", 2880),
        ("llava-v1.5-7b", 576),
        ("bakllava", 576),
        ("minicpm-v:8b", 640),
        ("OpenGVLab/InternVL3-8B", 2560),
        ("mistralai/pixtral-12b", 4096),
        ("mistral-small3.1:24b", 1369),
    ],
)
def test_a_picture_takes_what_the_family_takes_for_it(model_id: str, tokens: int) -> None:
    how = rule_for(RULES, model_id).pictures
    assert how is not None
    assert how.of(SQUARE) == pytest.approx(tokens, rel=0.03)


@pytest.mark.parametrize("model_id", ["llama3.2-vision:11b", "qwen3:8b", "moonshot-v1", "foo3-large"])
def test_of_other_families_nothing_is_claimed(model_id: str) -> None:
    assert rule_for(RULES, model_id).pictures is None


@pytest.mark.parametrize("model_id", ["gemini-2.5-pro", "models/gemini-2.5-pro", "google/gemini-2.5-flash"])
def test_gemini_writes_its_own_tags_by_every_vendor_s_name(model_id: str) -> None:
    assert rule_for(RULES, model_id).tags == (ThinkTags("<thought>", "</thought>"),)

"""What makers advise, found by every vendor's spelling of a model's id."""

from pathlib import Path

import pytest

from chatdesk.domain.model_rules import rule_for
from chatdesk.domain.parameters import Parameters
from chatdesk.providers.model_rules import load_model_rules

RULES = load_model_rules((Path(__file__).parents[3] / "resources" / "models.toml").read_text("utf-8"))


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
        "deepseek-v3.1:671b",
        "deepseek-ai/DeepSeek-V3.2",
        "qwen3:8b",
        "command-r",
        "gpt-6",
    ],
)
def test_others_are_not_taken_for_it(model_id: str) -> None:
    rule = rule_for(RULES, model_id)
    assert not rule.instructions_in_question
    assert rule.parameters == Parameters()

"""The model picker and its open list, to look at."""

from chatdesk.domain.model import ModelRef
from chatdesk.ui.models.model_list import ModelRow, ServerGroup, StateKind

CURRENT = ModelRef("ollama", "deepseek-r1:14b")

GROUPS = (
    ServerGroup(
        "ollama",
        "Ollama",
        "connected",
        StateKind.OK,
        (
            ModelRow(CURRENT, "deepseek-r1:14b", "14.8B · 9.0 GB · thinks · in memory"),
            ModelRow(ModelRef("ollama", "qwen3:8b"), "qwen3:8b", "8.2B · 5.2 GB · thinks"),
            ModelRow(ModelRef("ollama", "gemma3:4b"), "gemma3:4b", "4.3B · 3.3 GB · sees images"),
            ModelRow(
                ModelRef("ollama", "long"),
                "hf.co/unsloth/DeepSeek-R1-Distill-Qwen-14B-GGUF:Q4_K_M-with-a-long-tail-of-words",
                "14.8B · 9.0 GB · thinks · sees images",
            ),
        ),
    ),
    ServerGroup("deepseek", "DeepSeek", "needs a key", StateKind.WARNING),
    ServerGroup("lab", "Laboratory, third floor", "not running", StateKind.ERROR),
    ServerGroup(
        "built_in",
        "Built in",
        "ready",
        StateKind.OK,
        (
            ModelRow(ModelRef("built_in", "smollm2"), "SmolLM2 135M", "135M · 144 MB"),
            ModelRow(ModelRef("built_in", "wild"), "<b>שלום</b>\u202e evil 模型", "<i>7B</i>"),
        ),
    ),
)

"""The model picker and its open list, to look at."""

from chatdesk.features.models.domain.model_rows import ModelRow, ServerGroup, StateKind
from chatdesk.kernel.models.model import ModelRef

CURRENT = ModelRef("ollama", "deepseek-r1:14b")

GROUPS = (
    ServerGroup(
        "ollama",
        "Ollama",
        "connected",
        StateKind.OK,
        (
            ModelRow.of(CURRENT, "deepseek-r1:14b", "Ollama", "14.8B · 9.0 GB · thinks · in memory"),
            ModelRow.of(ModelRef("ollama", "qwen3:8b"), "qwen3:8b", "Ollama", "8.2B · 5.2 GB · thinks"),
            ModelRow.of(ModelRef("ollama", "gemma3:4b"), "gemma3:4b", "Ollama", "4.3B · 3.3 GB · sees images"),
            ModelRow.of(
                ModelRef("ollama", "long"),
                "hf.co/unsloth/DeepSeek-R1-Distill-Qwen-14B-GGUF:Q4_K_M-with-a-long-tail-of-words",
                "Ollama",
                "14.8B · 9.0 GB · thinks · sees images",
            ),
        ),
    ),
    ServerGroup("deepseek", "DeepSeek", "API key required", StateKind.WARNING),
    ServerGroup("lab", "Laboratory, third floor", "not running", StateKind.ERROR),
    ServerGroup(
        "built_in",
        "Built in",
        "ready",
        StateKind.OK,
        (
            ModelRow.of(ModelRef("built_in", "smollm2"), "SmolLM2 135M", "Built in", "135M · 144 MB"),
            ModelRow.of(ModelRef("built_in", "wild"), "<b>שלום</b>\u202e evil 模型", "Built in", "<i>7B</i>"),
        ),
    ),
)

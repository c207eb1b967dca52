"""How the built-in engine is run. The figures were measured on two cores with the starter model."""

import os
from dataclasses import dataclass

CONTEXT_TOKENS = 4096
"""Of one conversation. 335 MB resident with two slots of the starter model; 8,192 would need 520, 2,048 save 90."""


@dataclass(frozen=True, slots=True)
class EngineOptions:
    """What may differ between machines and tests."""

    cores: int = os.cpu_count() or 1
    """Physical cores: two threads on one core only wait for each other."""
    context_tokens: int = CONTEXT_TOKENS
    slots: int = 2
    """Answers at once; a further question waits. Each slot has `context_tokens` of its own."""
    idle_seconds: int = 600
    """After so long without a question the model's memory is given back (335 MB become 67); the next question waits 0.4 s for it."""
    start_seconds: float = 300.0
    """A start is given up after this: a big model on a slow disk takes minutes."""

    @property
    def threads(self) -> int:
        """Threads that generate: one core is left to the window.

        They wait for each other after every layer, so they want the cores for themselves. On two cores one thread made 85 tokens a
        second and two 106, but both 80 beside a window that draws; beside a busy program two fell to 34, and one kept its pace.
        """
        return max(1, self.cores - 1)

    @property
    def prompt_threads(self) -> int:
        """Threads that read the prompt: all cores, 470 tokens a second instead of 240. The window goes first by its priority."""
        return max(1, self.cores)

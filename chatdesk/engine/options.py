"""How the built-in engine is run. The figures were measured on two cores with the starter model."""

import os
from pathlib import Path

from chatdesk.kernel.fast_dataclass import dataclass

CONTEXT_TOKENS = 4096
"""Of one conversation. 335 MB resident with two slots of the starter model; 8,192 would need 520, 2,048 save 90."""


ALL_LAYERS = -1
"""As many layers on the graphics card as fit."""
NEVER = -1
"""Of `idle_seconds`: the model stays in memory."""


@dataclass(frozen=True, slots=True)
class EngineOptions:
    """What may differ between machines, models, people's choices and tests."""

    cores: int = os.cpu_count() or 1
    """Physical cores: two threads on one core only wait for each other."""
    context_tokens: int = CONTEXT_TOKENS
    slots: int = 2
    """Answers at once; a further question waits. Each slot has `context_tokens` of its own."""
    idle_seconds: int = 600
    """After so long without a question the model's memory is given back (335 MB become 67); the next question waits 0.4 s for it."""
    start_seconds: float = 300.0
    """A start is given up after this: a big model on a slow disk takes minutes."""
    chosen_threads: int = 0
    """What the user chose; 0 for nothing."""
    gpu_layers: int = ALL_LAYERS
    """Layers on the graphics card, where there is one."""
    name: str = ""
    """What the engine's server calls the model; empty: as the file is called."""
    projector: Path | None = None
    """The file by which the model sees; None: it sees nothing."""
    is_starter: bool = False
    """Whether it is the starter model, whose makers advise its own sampling."""

    @property
    def threads(self) -> int:
        """Threads that generate: one core is left to the window.

        They wait for each other after every layer, so they want the cores for themselves. On two cores one thread made 85 tokens a
        second and two 106, but both 80 beside a window that draws; beside a busy program two fell to 34, and one kept its pace.
        """
        return self.chosen_threads or max(1, self.cores - 1)

    @property
    def prompt_threads(self) -> int:
        """Threads that read the prompt: all cores, 470 tokens a second instead of 240. The window goes first by its priority."""
        return self.chosen_threads or max(1, self.cores)

"""Options of the built-in engine. The figures were measured on two cores with the starter model."""

import os
from dataclasses import field
from pathlib import Path

from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.models.machine import Offload

CONTEXT_TOKENS = 4096
"""Per conversation. 335 MB of memory with two slots of the starter model; 8,192 would need 520 MB, 2,048 would save 90 MB."""


ALL_LAYERS = -1
"""As many layers on the graphics card as fit."""
NEVER = -1
"""Value of `idle_seconds`: the model stays in memory."""


@dataclass(frozen=True, slots=True)
class EngineOptions:
    """Values that differ between computers, models, settings and tests."""

    cores: int = os.cpu_count() or 1
    """Physical cores: two threads on one core only wait for each other."""
    context_tokens: int = CONTEXT_TOKENS
    slots: int = 2
    """Number of simultaneous answers; further requests wait. Each slot has its own `context_tokens`."""
    idle_seconds: int = 600
    """After this time without a request, the memory of the model is released (335 MB become 67 MB); the next request takes 0.4 s longer."""
    start_seconds: float = 300.0
    """A start is cancelled after this time: a large model on a slow disk takes minutes."""
    chosen_threads: int = 0
    """Set by the user; 0: automatic."""
    gpu_layers: int = ALL_LAYERS
    """Layers on the graphics card, if there is one."""
    name: str = ""
    """Id of the model in the API of the engine; empty: the name of its file."""
    projector: Path | None = None
    """Projector file, with which the model supports images; None: without images."""
    program: Path | None = None
    """Path of a `llama-server`; None: the engine that is installed with Chatdesk."""
    device: str = ""
    """Names of the devices that `program` is to use, separated by commas."""
    offload: Offload = Offload.FULL
    """Only for `program`."""
    is_starter: bool = False
    """Whether this is the starter model, for which its authors recommend specific sampling parameters."""
    has_compact_context: bool = False
    """Whether the context is stored with 8 bits per value instead of 16: 53 % of the memory, up to 28 % more time for a prompt."""
    is_embedder: bool = False
    """Whether it makes vectors of the meaning of texts instead of answers. A text may have `context_tokens`."""
    prompt_cache_mib: int = field(default=256, compare=False)
    """Memory for the prompts of chats that lost their slot; `server.py` calculates it at each start from the memory that is free then."""

    @property
    def threads(self) -> int:
        """Threads for generation: all cores but one, which is left to the user interface.

        Threads wait for each other after every layer, so they need the cores for themselves. On two cores, one thread generated 85 tokens
        per second and two 106, but both 80 while a window was painted; with a busy program, two threads dropped to 34, while one kept its
        speed.
        """
        return self.chosen_threads or max(1, self.cores - 1)

    @property
    def prompt_threads(self) -> int:
        """Threads for processing the prompt: all cores, 470 tokens per second instead of 240.

        The window takes precedence through its process priority.
        """
        return self.chosen_threads or max(1, self.cores)

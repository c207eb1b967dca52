"""All of what this machine has to run a model with, in one value. Blocks for up to a few seconds: never call it on the loop."""

import sys

from chatdesk.kernel.models.machine import Machine
from chatdesk.system.graphics import graphics_cards
from chatdesk.system.memory import memory_facts
from chatdesk.system.ollama_folder import free_space, models_folder

if sys.platform == "darwin":
    from chatdesk.system.sysctl import sysctl_number, sysctl_text

    def processor_name() -> str:
        """Return it as Apple writes it: `Apple M1 Max`."""
        return sysctl_text(b"machdep.cpu.brand_string")

    def has_unified_memory() -> bool:
        """Tell whether this is Apple Silicon, also from a program made for Intel."""
        return bool(sysctl_number(b"hw.optional.arm64"))

else:

    def processor_name() -> str:
        """Return nothing: only of Apple's chips is more known by their name."""
        return ""

    def has_unified_memory() -> bool:
        """Tell nothing of the kind: what other processors share with their graphics is small or slow."""
        return False


def read_machine() -> Machine:
    """Return what could be found out; the rest is None, never a guess."""
    memory = memory_facts()
    return Machine(
        processor_name(),
        memory.total,
        memory.free,
        graphics_cards(),
        unified=has_unified_memory(),
        disk_free=free_space(models_folder()),
    )

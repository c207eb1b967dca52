"""Collects all properties of this computer that matter for running models. Blocks for up to some seconds: never call it on the loop."""

import sys

from chatdesk.kernel.models.machine import Machine
from chatdesk.system.graphics import graphics_cards
from chatdesk.system.memory import memory_facts
from chatdesk.system.ollama_folder import free_space, models_folder

if sys.platform == "darwin":
    from chatdesk.system.sysctl import sysctl_number, sysctl_text

    def processor_name() -> str:
        """Return the name as Apple writes it: `Apple M1 Max`."""
        return sysctl_text(b"machdep.cpu.brand_string")

    def has_unified_memory() -> bool:
        """Return whether this is Apple Silicon, even for a program built for Intel."""
        return bool(sysctl_number(b"hw.optional.arm64"))

else:

    def processor_name() -> str:
        """Return an empty text: only for Apple's chips does the name provide further information."""
        return ""

    def has_unified_memory() -> bool:
        """Return False: the memory that other processors share with their graphics is small or slow."""
        return False


def read_machine() -> Machine:
    """Return what could be determined; the rest is None, never a guess."""
    memory = memory_facts()
    return Machine(
        processor_name(),
        memory.total,
        memory.free,
        graphics_cards(),
        unified=has_unified_memory(),
        disk_free=free_space(models_folder()),
    )

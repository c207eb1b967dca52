"""What Chromium itself writes to the standard error of a program, and nobody can change."""

# Of a machine without D-Bus, of a process that may not see the file system, of one whose program ends while it begins to draw, and of a
# machine so busy that Chromium asks about its graphics before it has looked.
_SAYS = (
    "Failed to connect to the bus: Failed to connect to socket /run/dbus/system_bus_socket: No such file or directory",
    "Failed to connect to the bus: Could not parse server address: Unknown address type",
    "Fontconfig error: Cannot load default config file: No such file: (null)",
    "ContextResult::kTransientFailure: Failed to send GpuControl.CreateCommandBuffer.",
    "GPUInfo not initialized on GpuInfoUpdate",
    "Creation of StagingBuffer's SharedImage failed.",
)


def without_chromium(errors: str) -> list[str]:
    """Return the lines that are not Chromium's."""
    return [line for line in errors.splitlines() if line and not line.endswith(_SAYS)]

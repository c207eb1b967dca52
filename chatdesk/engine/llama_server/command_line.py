"""The command line of `llama-server`: its options, version and devices, as its own output names them, and the arguments to start it with.

Builds differ in their options: only those that `--help` names are used.
"""

import re
from collections.abc import Callable, Sequence

from chatdesk.engine.messages import Configuration
from chatdesk.kernel.models.machine import Device, Offload
from chatdesk.kernel.text.safe_line import safe_line

REQUIRED = frozenset({"--model", "--host", "--port", "--api-key-file", "--ctx-size", "--n-gpu-layers"})
"""Without these options a program is too old, or is not llama-server."""
NO_DEVICE = "none"
"""Value of `--device`: only the processor."""
_ALL_LAYERS = 999
_PROMPT_BATCH = 256
"""In tokens, on the processor. Requests can only be cancelled between batches."""
_MIB = 1024**2
_MAX_DEVICES = 32
_MAX_NAME = 100
_MAX_VERSION = 60

_OPTION_NAMES = re.compile(r"(?:--?[A-Za-z][\w-]*(?:,\s*|\s+|$))+")
_LONG_NAME = re.compile(r"--[a-z][\w-]*")
_VERSION = re.compile(r"version:?\s+(\S[^\r\n]*)")
_BUILD = re.compile(r"(?<![\w.])b?(\d{3,6})(?![\w.])")
_DEVICE = re.compile(r"^\s+(\w{1,40}): (.{0,300}) \((\d{1,12}) MiB, \d{1,12} MiB free\)\s*$", re.MULTILINE)
_VULKAN_LINE = re.compile(r"ggml_vulkan: (\d+) = .*\| uma: ([01]) \|")
_SOFTWARE = re.compile(r"llvmpipe|lavapipe|softpipe|swiftshader|basic render", re.IGNORECASE)
"""Names of devices that only imitate a graphics card on the processor."""
_INTEGRATED = re.compile(
    r"\b(?:u?hd graphics|iris|radeon(?:\(tm\)|™)? graphics|radeon [67]\d0m|vega \d+ graphics|adreno|mali)\b",
    re.IGNORECASE,
)
"""Names of graphics that share the memory of the computer, for backends that do not report it."""
_BACKENDS = ("CUDA", "ROCm", "MTL", "Metal", "Vulkan", "SYCL", "OpenCL")
"""By speed. A card can appear once per backend; only the best backend is used. Others (BLAS, RPC) are not graphics cards."""


def named_options(help_text: str) -> frozenset[str]:
    """Return the long names of the options in the output of `--help`; options that are only mentioned in explanations do not count."""
    names: set[str] = set()
    for line in help_text.splitlines():
        if found := _OPTION_NAMES.match(line):
            names.update(_LONG_NAME.findall(found[0]))
    return frozenset(names)


def version_in(text: str) -> str:
    """Return the version in the output of `--version`, such as `6123 (abcdef01)`; empty if there is none."""
    found = _VERSION.search(text)
    return safe_line(found[1], _MAX_VERSION) if found else ""


def build_number(version: str) -> int | None:
    """Return the number of llama.cpp's build in a version or tag, such as 6123 in `b6123`; None if it has none."""
    found = _BUILD.search(version)
    return int(found[1]) if found else None


def devices_in(text: str, *, with_software: bool = False) -> tuple[Device, ...]:
    """Return the graphics cards in the output of `--list-devices`, discrete cards first.

    Devices that compute on the processor are left out, unless a test asks for them `with_software`.
    """
    shared = {f"Vulkan{number}": flag == "1" for number, flag in _VULKAN_LINE.findall(text)}
    devices = []
    for name, description, mebibytes in _DEVICE.findall(text)[:_MAX_DEVICES]:
        if _rank(name) is None or (_SOFTWARE.search(description) and not with_software):
            continue
        integrated = shared.get(name, _INTEGRATED.search(description) is not None)
        clean = safe_line(description, _MAX_NAME)
        devices.append(Device(name, clean, int(mebibytes) * _MIB, is_graphics=True, integrated=integrated))
    return tuple(sorted(devices, key=lambda device: (device.integrated, _rank(device.name) or 0)))


def chosen_devices(devices: Sequence[Device]) -> tuple[Device, ...]:
    """Return the devices to use together: those of the best kind and backend."""
    if not devices:
        return ()
    best = devices[0]
    return tuple(
        device for device in devices if device.integrated == best.integrated and _rank(device.name) == _rank(best.name)
    )


def server_arguments(
    options: frozenset[str], configuration: Configuration, port: int, key_file: str, layers: int
) -> list[str]:
    """Return the arguments, without the program, that serve a model of so many `layers` on the loopback interface."""
    arguments = [
        *("--model", configuration.model_path),
        *("--host", "127.0.0.1"),
        *("--port", str(port)),
        *("--api-key-file", key_file),
        *("--ctx-size", str(configuration.context_tokens * configuration.slots)),
    ]

    def add(name: str, *values: str) -> bool:
        if name in options:
            arguments.extend((name, *values))
        return name in options

    add("--alias", configuration.model_name)
    add("--parallel", str(configuration.slots))
    add("--threads", str(configuration.threads))
    add("--threads-batch", str(configuration.prompt_threads))
    add("--cache-ram", str(configuration.prompt_cache_mib))
    if configuration.has_compact_context:
        add("--cache-type-k", "q8_0")
        add("--cache-type-v", "q8_0")
    add("--no-kv-unified")
    add("--jinja")
    add("--offline")
    add("--no-slots")
    add("--cors-origins", "")  # web pages may not send requests
    if not add("--no-webui"):
        add("--no-ui")
    if add("--log-prefix"):  # marks the lines that report no problem
        add("--log-timestamps")
    if configuration.idle_seconds > 0:
        add("--sleep-idle-seconds", str(configuration.idle_seconds))
    if configuration.projector_path:
        add("--mmproj", configuration.projector_path)
    else:
        add("--no-mmproj")
    if configuration.is_starter:  # see `child.py`
        add("--temp", "0.2")
        add("--top-p", "0.9")
        add("--repeat-penalty", "1.1")
    _add_offload(add, options, configuration, layers)
    return arguments


def _add_offload(add: Callable[..., bool], options: frozenset[str], configuration: Configuration, layers: int) -> None:
    wanted = configuration.gpu_layers
    match Offload(configuration.offload):
        case Offload.NONE:
            add("--device", NO_DEVICE)
            add("--n-gpu-layers", "0")
            add("--no-mmproj-offload")
            add("--batch-size", str(_PROMPT_BATCH))
            add("--ubatch-size", str(_PROMPT_BATCH))
        case Offload.HALF:
            add("--device", configuration.device)
            add("--n-gpu-layers", str((min(wanted, layers) if wanted >= 0 else layers) // 2))
        case Offload.FULL:
            add("--device", configuration.device)
            if wanted >= 0 or "--fit" not in options:
                add("--n-gpu-layers", str(wanted if wanted >= 0 else _ALL_LAYERS))
            else:
                add("--fit", "on")  # as many layers as fit into the memory of the card


def _rank(name: str) -> int | None:
    return next((rank for rank, backend in enumerate(_BACKENDS) if name.startswith(backend)), None)

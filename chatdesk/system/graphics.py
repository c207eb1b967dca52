"""Which graphics cards this machine has, from what the system tells without extra drivers. How the texts are read: `graphics_texts.py`."""

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from chatdesk.kernel.models.machine import GraphicsCard
from chatdesk.system.graphics_texts import (
    card_of_sysfs,
    cards_of_registry,
    merged,
    name_in_pci_ids,
    parse_nvidia_information,
    parse_nvidia_smi,
    parse_uevent,
)
from chatdesk.system.short_command import output_of

_DRM = Path("/sys/class/drm")
_NVIDIA = Path("/proc/driver/nvidia/gpus")
_PCI_IDS = (Path("/usr/share/hwdata/pci.ids"), Path("/usr/share/misc/pci.ids"))
_FILES = ("vendor", "uevent", "mem_info_vram_total", "product_name")
_LONGEST_FILE = 4096
_LONGEST_LIST = 4 * 1024**2
_MOST_DEVICES = 64
_QUESTION = ("--query-gpu=name,memory.total", "--format=csv,noheader,nounits")
_IN_WINDOWS_GUEST = "/usr/lib/wsl/lib/nvidia-smi"


def linux_cards(
    drm: Path = _DRM,
    nvidia: Path = _NVIDIA,
    pci_ids: tuple[Path, ...] = _PCI_IDS,
    ask_nvidia: Callable[[], str] | None = None,
    windows_guest: Path = Path(_IN_WINDOWS_GUEST),
) -> tuple[GraphicsCard, ...]:
    """Return the cards the kernel lists. NVIDIA's are asked of its own tool, whose driver tells the kernel nothing of their memory."""
    listed: list[tuple[int, GraphicsCard]] = []
    for device in _devices(drm):
        values = {name: _read(device / name) for name in _FILES}
        maker = _number(values["vendor"])
        card = card_of_sysfs(values, _listed_name(pci_ids, values))
        if card:
            listed.append((maker, card))
    names = [parse_nvidia_information(_read(path)) for path in _entries(nvidia, "*/information")]
    has_nvidia = bool(names) or any(maker == 0x10DE for maker, _ in listed) or windows_guest.exists()
    of_nvidia = parse_nvidia_smi((ask_nvidia or _ask_nvidia)()) if has_nvidia else ()
    return merged(listed, of_nvidia or tuple(GraphicsCard(name) for name in names if name))


def _devices(drm: Path) -> Iterator[Path]:
    """Yield a folder for each card: `card0`, not its sockets (`card0-HDMI-A-1`)."""
    for path in _entries(drm, "card[0-9]*"):
        if path.name.removeprefix("card").isdigit():
            yield path / "device"


def _entries(folder: Path, pattern: str) -> list[Path]:
    try:
        return sorted(folder.glob(pattern))[:_MOST_DEVICES]
    except OSError:
        return []


def _read(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return file.read(_LONGEST_FILE).decode("utf-8", "replace")
    except OSError:
        return ""


def _number(text: str) -> int:
    try:
        return int(text.strip(), 16)
    except ValueError:
        return 0


def _listed_name(pci_ids: tuple[Path, ...], values: dict[str, str]) -> str:
    maker, _, device = parse_uevent(values["uevent"]).get("PCI_ID", "").partition(":")
    if not _number(maker):
        return ""
    for path in pci_ids:
        try:
            with path.open("rb") as file:
                text = file.read(_LONGEST_LIST).decode("utf-8", "replace")
        except OSError:
            continue
        return name_in_pci_ids(text, _number(maker), _number(device))
    return ""


def _ask_nvidia() -> str:
    tool = shutil.which("nvidia-smi") or (_IN_WINDOWS_GUEST if os.access(_IN_WINDOWS_GUEST, os.X_OK) else "")
    return output_of([tool, *_QUESTION]) if tool else ""


if sys.platform == "win32":
    import winreg

    _CLASS = r"SYSTEM\CurrentControlSet\Control\Class\{4d36e968-e325-11ce-bfc1-08002be10318}"
    _PRESENT = r"HARDWARE\DEVICEMAP\VIDEO"
    _MACHINE = "\\registry\\machine\\"
    _VALUES = ("DriverDesc", "MatchingDeviceId", "HardwareInformation.qwMemorySize")

    def graphics_cards() -> tuple[GraphicsCard, ...]:
        """Return those of this machine. Blocks."""
        return cards_of_registry(map(_row, _present())) or cards_of_registry(map(_row, _installed()))

    def _present() -> Iterator[str]:
        """Yield the keys of the adapters that were found at this start: keys of cards taken out long ago stay in the class."""
        seen = set()
        for _, target in _values_of(_PRESENT):
            path = str(target)
            adapter = path.rpartition("\\")[0].lower()  # one for each output of it
            if path.lower().startswith(_MACHINE) and adapter not in seen:
                seen.add(adapter)
                yield path[len(_MACHINE) :]

    def _installed() -> Iterator[str]:
        for number in range(_MOST_DEVICES):
            yield f"{_CLASS}\\{number:04}"

    def _row(path: str) -> dict[str, object]:
        return {name: value for name, value in _values_of(path) if name in _VALUES}

    def _values_of(path: str) -> list[tuple[str, object]]:
        found: list[tuple[str, object]] = []
        try:
            with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, path) as key:
                for index in range(1024):
                    name, value, _ = winreg.EnumValue(key, index)
                    found.append((name, value))
        except OSError:  # no such key, or no more values
            pass
        return found

elif sys.platform == "darwin":

    def graphics_cards() -> tuple[GraphicsCard, ...]:
        """Return none: Apple Silicon shares its memory (`Machine.unified`), and on Intel Macs Ollama uses the processor only."""
        return ()

else:

    def graphics_cards() -> tuple[GraphicsCard, ...]:
        """Return those of this machine. Blocks."""
        return linux_cards()

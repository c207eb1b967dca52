"""Which graphics cards this machine has, from what the system tells without extra drivers. How the texts are read: `graphics.py`."""

import os
import re
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from chatdesk.kernel.models.machine import GraphicsCard
from chatdesk.kernel.text.regular_file import beginning_as_text
from chatdesk.kernel.text.safe_line import safe_line
from chatdesk.system.short_command import output_of

# What systems and drivers write about graphics cards -> values. Pure; who reads the texts: `graphics.py`.
#
# Formats: `nvidia-smi --help-query-gpu`; the kernel's documentation of amdgpu (`mem_info_vram_total`) and of
# PCI in sysfs; pci.ids(5); the registry's display class {4d36e968-e325-11ce-bfc1-08002be10318}.

NVIDIA, AMD, INTEL = 0x10DE, 0x1002, 0x8086
MAKERS = frozenset({NVIDIA, AMD, INTEL})
_NAMES = {NVIDIA: "NVIDIA", AMD: "AMD Radeon", INTEL: "Intel"}
_MEBIBYTE = 1024**2
_SMALL = 4 * 1024**3
"""AMD's processors with graphics lend them so much at most, unless somebody asked for more; then it is as good as a card's."""
_LARGEST = 2**50
_LONGEST_NAME = 100
_MOST_CARDS = 32
_INTEL_SLOT = re.compile(r"(?:[0-9a-f]{4}:)?00:02\.0", re.IGNORECASE)
"""Where Intel's processors have their own graphics, always."""
_DEVICE_ID = re.compile(r"ven_([0-9a-f]{4})", re.IGNORECASE)
_MARKETING = re.compile(r"\[([^\[\]]+)\]\s*$")


def parse_nvidia_smi(text: str) -> tuple[GraphicsCard, ...]:
    """Read `--query-gpu=name,memory.total --format=csv,noheader,nounits`: a line for each card, memory in MiB or `[N/A]`."""
    cards = []
    for line in text.splitlines()[:_MOST_CARDS]:
        name, comma, memory = line.rpartition(",")
        if comma and _clean(name):
            cards.append(GraphicsCard(_clean(name), _bytes(memory.strip(), _MEBIBYTE)))
    return tuple(cards)


def parse_nvidia_information(text: str) -> str:
    """Read /proc/driver/nvidia/gpus/*/information: the card's name stands behind `Model:`. Empty if it does not."""
    for line in text.splitlines():
        key, _, value = line.partition(":")
        if key.strip() == "Model":
            return _clean(value)
    return ""


def parse_uevent(text: str) -> Mapping[str, str]:
    """Read sysfs's `uevent`: lines of `KEY=value`."""
    return {key: value.strip() for key, mark, value in (line.partition("=") for line in text.splitlines()) if mark}


def name_in_pci_ids(text: str, maker: int, device: int) -> str:
    """Look a card up in pci.ids: a maker at the line's beginning, its devices below, one tab in. Empty if it is not there.

    What people know stands in brackets behind the chip's name: `Navi 31 [Radeon RX 7900 XTX]`.
    """
    inside = False
    for line in text.splitlines():
        if not line or line.startswith(("#", "\t\t")):
            continue
        if not line.startswith("\t"):
            if inside:
                break
            inside = line[:4].lower() == f"{maker:04x}"
        elif inside and line[1:5].lower() == f"{device:04x}":
            name = line[5:].strip()
            marketing = _MARKETING.search(name)
            return _clean(marketing[1] if marketing else name)
    return ""


def card_of_sysfs(values: Mapping[str, str], name: str) -> GraphicsCard | None:
    """Return the card that these files of its device in sysfs tell of; None for one that no model runs on (a server's console, a guest).

    Keys are names of files: `vendor`, `uevent`, `mem_info_vram_total`, `product_name`.
    """
    maker = _hexadecimal(values.get("vendor", ""))
    if maker not in MAKERS:
        return None
    memory = _bytes(values.get("mem_info_vram_total", "").strip())
    slot = parse_uevent(values.get("uevent", "")).get("PCI_SLOT_NAME", "")
    own = _clean(values.get("product_name", ""))
    of_the_processor = maker == INTEL and _INTEL_SLOT.fullmatch(slot) is not None
    lent = maker == AMD and memory is not None and memory <= _SMALL
    return GraphicsCard(own or name or _NAMES[maker], memory, integrated=of_the_processor or lent)


def cards_of_registry(rows: Iterable[Mapping[str, object]]) -> tuple[GraphicsCard, ...]:
    """Return the cards that Windows' registry tells of; each row holds the values of one driver's key. Unknown makers are left out."""
    cards = []
    for row in rows:
        device = _DEVICE_ID.search(str(row.get("MatchingDeviceId", "")))
        maker = int(device[1], 16) if device else 0
        name = _clean(str(row.get("DriverDesc", "")))
        if maker not in MAKERS or not name:
            continue
        memory = _registry_number(row.get("HardwareInformation.qwMemorySize"))
        small = memory is None or memory <= _SMALL
        integrated = ("arc" not in name.lower().split() and "arc(tm)" not in name.lower()) if maker == INTEL else False
        cards.append(GraphicsCard(name, memory, integrated or (maker == AMD and small)))
    return tuple(cards[:_MOST_CARDS])


def merged(listed: Sequence[tuple[int, GraphicsCard]], of_nvidia: Sequence[GraphicsCard]) -> tuple[GraphicsCard, ...]:
    """Return the cards of sysfs with their makers; those of NVIDIA's as its driver describes them, where it does."""
    others = [card for maker, card in listed if maker != NVIDIA or not of_nvidia]
    return (*of_nvidia, *others)[:_MOST_CARDS]


def _clean(text: str) -> str:
    return safe_line(text, _LONGEST_NAME, ellipsis="")


def _bytes(digits: str, unit: int = 1) -> int | None:
    """Return a positive number of bytes that could be a card's, else None."""
    if not (digits.isascii() and digits.isdigit()) or len(digits) > 18:
        return None
    value = int(digits) * unit
    return value if 0 < value < _LARGEST else None


def _hexadecimal(text: str) -> int:
    try:
        return int(text.strip()[:10], 16)
    except ValueError:
        return 0


def _registry_number(value: object) -> int | None:
    """Return a REG_QWORD, or the eight bytes some drivers write instead."""
    if isinstance(value, bytes) and len(value) in {4, 8}:
        value = int.from_bytes(value, "little")
    return value if isinstance(value, int) and 0 < value < _LARGEST else None


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
    return beginning_as_text(path, _LONGEST_FILE)


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
        if text := beginning_as_text(path, _LONGEST_LIST):
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

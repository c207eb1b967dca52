"""Detects the graphics cards of this computer from information that the system provides without extra drivers."""

import hashlib
import os
import platform
import re
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from chatdesk.kernel.models.machine import GraphicsCard
from chatdesk.kernel.text.regular_file import beginning_as_text
from chatdesk.kernel.text.safe_line import safe_line
from chatdesk.system.short_command import output_of

# Converts what systems and drivers report about graphics cards to values. Pure functions.
#
# Formats: `nvidia-smi --help-query-gpu`; the kernel's documentation of amdgpu (`mem_info_vram_total`) and of PCI in sysfs; pci.ids(5); the
# display class of the registry {4d36e968-e325-11ce-bfc1-08002be10318}.

NVIDIA, AMD, INTEL = 0x10DE, 0x1002, 0x8086
VENDORS = frozenset({NVIDIA, AMD, INTEL})
_NAMES = {NVIDIA: "NVIDIA", AMD: "AMD Radeon", INTEL: "Intel"}
_MEBIBYTE = 1024**2
_MAX_SHARED_BYTES = 4 * 1024**3
"""Default maximum of memory that AMD processors reserve for integrated graphics.

If a user reserves more, that memory is as useful as that of a card.
"""
_MAX_BYTES = 2**50
_MAX_NAME_LENGTH = 100
_MAX_CARDS = 32
_INTEL_SLOT = re.compile(r"(?:[0-9a-f]{4}:)?00:02\.0", re.IGNORECASE)
"""PCI slot of the integrated graphics of all Intel processors."""
_DEVICE_ID = re.compile(r"ven_([0-9a-f]{4})", re.IGNORECASE)
_MARKETING = re.compile(r"\[([^\[\]]+)\]\s*$")


def parse_nvidia_smi(text: str) -> tuple[GraphicsCard, ...]:
    """Parse `--query-gpu=name,memory.total --format=csv,noheader,nounits`: one line per card, memory in MiB or `[N/A]`."""
    cards = []
    for line in text.splitlines()[:_MAX_CARDS]:
        name, comma, memory = line.rpartition(",")
        if comma and _clean(name):
            cards.append(GraphicsCard(_clean(name), _bytes(memory.strip(), _MEBIBYTE)))
    return tuple(cards)


def parse_nvidia_information(text: str) -> str:
    """Return the name after `Model:` in /proc/driver/nvidia/gpus/*/information; empty if there is none."""
    for line in text.splitlines():
        key, _, value = line.partition(":")
        if key.strip() == "Model":
            return _clean(value)
    return ""


def parse_uevent(text: str) -> Mapping[str, str]:
    """Parse the `uevent` file of sysfs: lines of `KEY=value`."""
    return {key: value.strip() for key, mark, value in (line.partition("=") for line in text.splitlines()) if mark}


def name_in_pci_ids(text: str, vendor: int, device: int) -> str:
    """Return the name of a card in pci.ids; empty if it is not listed.

    A vendor is at the start of a line, its devices below with one tab. The marketing name is in brackets after the name of the chip: `Navi
    31 [Radeon RX 7900 XTX]`.
    """
    inside = False
    for line in text.splitlines():
        if not line or line.startswith(("#", "\t\t")):
            continue
        if not line.startswith("\t"):
            if inside:
                break
            inside = line[:4].lower() == f"{vendor:04x}"
        elif inside and line[1:5].lower() == f"{device:04x}":
            name = line[5:].strip()
            marketing = _MARKETING.search(name)
            return _clean(marketing[1] if marketing else name)
    return ""


def card_of_sysfs(values: Mapping[str, str], name: str) -> GraphicsCard | None:
    """Return the card described by the sysfs files of its device.

    None for one that cannot run models (a server's console, a virtual machine). Keys are names of files: `vendor`, `uevent`,
    `mem_info_vram_total`, `product_name`.
    """
    vendor = _hexadecimal(values.get("vendor", ""))
    if vendor not in VENDORS:
        return None
    memory = _bytes(values.get("mem_info_vram_total", "").strip())
    slot = parse_uevent(values.get("uevent", "")).get("PCI_SLOT_NAME", "")
    product_name = _clean(values.get("product_name", ""))
    integrated = vendor == INTEL and _INTEL_SLOT.fullmatch(slot) is not None
    shared = vendor == AMD and memory is not None and memory <= _MAX_SHARED_BYTES
    return GraphicsCard(product_name or name or _NAMES[vendor], memory, integrated=integrated or shared)


def cards_of_registry(rows: Iterable[Mapping[str, object]]) -> tuple[GraphicsCard, ...]:
    """Return the cards in the Windows registry; each row contains the values of one driver's key. Unknown vendors are left out."""
    cards = []
    for row in rows:
        device = _DEVICE_ID.search(str(row.get("MatchingDeviceId", "")))
        vendor = int(device[1], 16) if device else 0
        name = _clean(str(row.get("DriverDesc", "")))
        if vendor not in VENDORS or not name:
            continue
        memory = _registry_number(row.get("HardwareInformation.qwMemorySize"))
        small = memory is None or memory <= _MAX_SHARED_BYTES
        integrated = ("arc" not in name.lower().split() and "arc(tm)" not in name.lower()) if vendor == INTEL else False
        cards.append(GraphicsCard(name, memory, integrated or (vendor == AMD and small)))
    return tuple(cards[:_MAX_CARDS])


def merged(
    listed: Sequence[tuple[int, GraphicsCard]], nvidia_cards: Sequence[GraphicsCard]
) -> tuple[GraphicsCard, ...]:
    """Combine the cards from sysfs, each with its vendor, with NVIDIA's own list.

    If that list is not empty, it replaces the NVIDIA cards from sysfs.
    """
    others = [card for vendor, card in listed if vendor != NVIDIA or not nvidia_cards]
    return (*nvidia_cards, *others)[:_MAX_CARDS]


def _clean(text: str) -> str:
    return safe_line(text, _MAX_NAME_LENGTH, ellipsis="")


def _bytes(digits: str, unit: int = 1) -> int | None:
    """Return a plausible number of bytes of memory, else None."""
    if not (digits.isascii() and digits.isdigit()) or len(digits) > 18:
        return None
    value = int(digits) * unit
    return value if 0 < value < _MAX_BYTES else None


def _hexadecimal(text: str) -> int:
    try:
        return int(text.strip()[:10], 16)
    except ValueError:
        return 0


def _registry_number(value: object) -> int | None:
    """Convert a REG_QWORD, or the bytes that some drivers write instead; None if not plausible."""
    if isinstance(value, bytes) and len(value) in {4, 8}:
        value = int.from_bytes(value, "little")
    return value if isinstance(value, int) and 0 < value < _MAX_BYTES else None


_DRM = Path("/sys/class/drm")
_NVIDIA = Path("/proc/driver/nvidia/gpus")
_PCI_IDS = (Path("/usr/share/hwdata/pci.ids"), Path("/usr/share/misc/pci.ids"))
_FILES = ("vendor", "uevent", "mem_info_vram_total", "product_name")
_MAX_FILE_BYTES = 4096
_MAX_PCI_IDS_BYTES = 4 * 1024**2
_MAX_DEVICES = 64
_NVIDIA_QUERY = ("--query-gpu=name,memory.total", "--format=csv,noheader,nounits")
_WSL_NVIDIA_SMI = "/usr/lib/wsl/lib/nvidia-smi"


def linux_cards(
    drm: Path = _DRM,
    nvidia: Path = _NVIDIA,
    pci_ids: tuple[Path, ...] = _PCI_IDS,
    query_nvidia: Callable[[], str] | None = None,
    wsl_tool: Path = Path(_WSL_NVIDIA_SMI),
) -> tuple[GraphicsCard, ...]:
    """Return the cards listed by the kernel.

    NVIDIA's are queried with its own tool, as its driver does not report their memory to the kernel.
    """
    listed: list[tuple[int, GraphicsCard]] = []
    for device in _devices(drm):
        values = {name: _read(device / name) for name in _FILES}
        vendor = _number(values["vendor"])
        card = card_of_sysfs(values, _listed_name(pci_ids, values))
        if card:
            listed.append((vendor, card))
    names = [parse_nvidia_information(_read(path)) for path in _entries(nvidia, "*/information")]
    has_nvidia = bool(names) or any(vendor == 0x10DE for vendor, _ in listed) or wsl_tool.exists()
    nvidia_cards = parse_nvidia_smi((query_nvidia or _query_nvidia)()) if has_nvidia else ()
    return merged(listed, nvidia_cards or tuple(GraphicsCard(name) for name in names if name))


def _devices(drm: Path) -> Iterator[Path]:
    """Yield the device folder of each card: `card0`, but not its connectors (`card0-HDMI-A-1`)."""
    for path in _entries(drm, "card[0-9]*"):
        if path.name.removeprefix("card").isdigit():
            yield path / "device"


def _entries(folder: Path, pattern: str) -> list[Path]:
    try:
        return sorted(folder.glob(pattern))[:_MAX_DEVICES]
    except OSError:
        return []


def _read(path: Path) -> str:
    return beginning_as_text(path, _MAX_FILE_BYTES)


def _number(text: str) -> int:
    try:
        return int(text.strip(), 16)
    except ValueError:
        return 0


def _listed_name(pci_ids: tuple[Path, ...], values: dict[str, str]) -> str:
    vendor, _, device = parse_uevent(values["uevent"]).get("PCI_ID", "").partition(":")
    if not _number(vendor):
        return ""
    for path in pci_ids:
        if text := beginning_as_text(path, _MAX_PCI_IDS_BYTES):
            return name_in_pci_ids(text, _number(vendor), _number(device))
    return ""


def _query_nvidia() -> str:
    tool = shutil.which("nvidia-smi") or (_WSL_NVIDIA_SMI if os.access(_WSL_NVIDIA_SMI, os.X_OK) else "")
    return output_of([tool, *_NVIDIA_QUERY]) if tool else ""


# Identity of the graphics drivers: it changes when a driver is updated.

_DRIVER_FILES = ("/proc/driver/nvidia/version", "/sys/module/nvidia/version", "/sys/module/amdgpu/version")
_VULKAN_DRIVERS = ("/usr/share/vulkan/icd.d", "/etc/vulkan/icd.d", "/usr/local/share/vulkan/icd.d")
_LIBRARY_FOLDERS = ("/usr/lib", "/usr/lib64", "/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu")
_LIBRARY = re.compile(r'"library_path"\s*:\s*"([^"]{1,300})"')


def linux_driver_identity(
    files: Iterable[str] = _DRIVER_FILES,
    lists: Iterable[str] = _VULKAN_DRIVERS,
    folders: Sequence[str] = _LIBRARY_FOLDERS,
) -> str:
    """Return a text that identifies the installed drivers: their versions, and sizes and dates of the libraries of Vulkan drivers."""
    parts = [_read(Path(path)).strip() for path in files]
    for folder in lists:
        for entry in _entries(Path(folder), "*.json"):
            if library := _LIBRARY.search(_read(entry)):
                parts.extend(_stamp(Path(folder) / library[1]) for folder in folders)
    return _digest(parts)


def _stamp(path: Path) -> str:
    try:
        status = path.stat()
    except OSError:
        return ""
    return f"{path.name} {status.st_size} {status.st_mtime_ns}"


def _digest(parts: Iterable[str]) -> str:
    text = "\n".join(part for part in parts if part)
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16] if text else ""


if sys.platform == "win32":
    import winreg

    _CLASS = r"SYSTEM\CurrentControlSet\Control\Class\{4d36e968-e325-11ce-bfc1-08002be10318}"
    _PRESENT = r"HARDWARE\DEVICEMAP\VIDEO"
    _MACHINE = "\\registry\\machine\\"
    _VALUES = ("DriverDesc", "MatchingDeviceId", "HardwareInformation.qwMemorySize", "DriverVersion")

    def graphics_cards() -> tuple[GraphicsCard, ...]:
        """Return the graphics cards of this computer. Blocks."""
        return cards_of_registry(map(_row, _present())) or cards_of_registry(map(_row, _installed()))

    def driver_identity() -> str:
        """Return a text that changes when a graphics driver is updated. Blocks."""
        return _digest(f"{row.get('DriverDesc')} {row.get('DriverVersion')}" for row in map(_row, _present()))

    def _present() -> Iterator[str]:
        """Yield the keys of the adapters detected at this system start: the class also contains keys of cards removed long ago."""
        seen = set()
        for _, target in _values_of(_PRESENT):
            path = str(target)
            adapter = path.rpartition("\\")[0].lower()  # an adapter has one entry per output
            if path.lower().startswith(_MACHINE) and adapter not in seen:
                seen.add(adapter)
                yield path[len(_MACHINE) :]

    def _installed() -> Iterator[str]:
        for number in range(_MAX_DEVICES):
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
        """Return none: on Apple Silicon, memory is shared (`Machine.unified`), and on Intel Macs Ollama uses only the processor."""
        return ()

    def driver_identity() -> str:
        """Return the version of the system: the drivers are part of it."""
        return platform.mac_ver()[0]

else:

    def graphics_cards() -> tuple[GraphicsCard, ...]:
        """Return the graphics cards of this computer. Blocks."""
        return linux_cards()

    def driver_identity() -> str:
        """Return a text that changes when a graphics driver is updated. Blocks."""
        return linux_driver_identity()

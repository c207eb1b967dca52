"""What systems and drivers write about graphics cards -> values. Pure; who reads the texts: `graphics.py`.

Formats: `nvidia-smi --help-query-gpu`; the kernel's documentation of amdgpu (`mem_info_vram_total`) and of PCI in sysfs; pci.ids(5); the
registry's display class {4d36e968-e325-11ce-bfc1-08002be10318}.
"""

import re
from collections.abc import Iterable, Mapping, Sequence

from chatdesk.kernel.models.machine import GraphicsCard

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
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text[: 4 * _LONGEST_NAME]).split())[
        :_LONGEST_NAME
    ]


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

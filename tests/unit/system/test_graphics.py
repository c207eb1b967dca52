"""What systems write about graphics cards, as it is documented and as people posted it."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatdesk.kernel.models.machine import GraphicsCard
from chatdesk.kernel.models.memory_need import GIBIBYTE, MEBIBYTE
from chatdesk.system.graphics import (
    card_of_sysfs,
    cards_of_registry,
    graphics_cards,
    linux_cards,
    name_in_pci_ids,
    parse_nvidia_information,
    parse_nvidia_smi,
    parse_uevent,
)

PCI_IDS = """\
# List of PCI ID's
1002  Advanced Micro Devices, Inc. [AMD/ATI]
\t15bf  Phoenix1
\t744c  Navi 31 [Radeon RX 7900 XT/7900 XTX/7900 GRE/7900M]
\t\t1da2 471e  PULSE RX 7900 XTX
\t73bf  Navi 21 [Radeon RX 6800/6800 XT / 6900 XT]
10de  NVIDIA Corporation
\t2684  AD102 [GeForce RTX 4090]
8086  Intel Corporation
\t56a0  DG2 [Arc A770]
\t9a49  TigerLake-LP GT2 [Iris Xe Graphics]
C 00  Unclassified device
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("NVIDIA GeForce RTX 4070, 12282\n", [("NVIDIA GeForce RTX 4070", 12282)]),
        (
            "NVIDIA GeForce RTX 3090, 24576\nNVIDIA GeForce RTX 3090, 24576\n",
            [("NVIDIA GeForce RTX 3090", 24576), ("NVIDIA GeForce RTX 3090", 24576)],
        ),
        (
            "NVIDIA H100 80GB HBM3, 81559\r\nTesla P40, 23040\r\n",
            [("NVIDIA H100 80GB HBM3", 81559), ("Tesla P40", 23040)],
        ),
        ("NVIDIA GB10, [N/A]\n", [("NVIDIA GB10", None)]),
        ("Orin (nvgpu), [Not Supported]\n", [("Orin (nvgpu)", None)]),
        ("Quadro M2000, with a comma, 4096\n", [("Quadro M2000, with a comma", 4096)]),
        ("No devices were found\n", []),
        ("NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver.\n", []),
        ("", []),
    ],
)
def test_nvidias_tool_is_understood(text: str, expected: list[tuple[str, int | None]]) -> None:
    cards = [GraphicsCard(name, memory * MEBIBYTE if memory else None) for name, memory in expected]
    assert list(parse_nvidia_smi(text)) == cards


def test_nvidias_driver_tells_the_name_alone() -> None:
    text = "Model: \t\t NVIDIA GeForce RTX 3080\nIRQ:   \t\t 142\nVideo BIOS: \t 94.02.26.08.1b\n"
    assert parse_nvidia_information(text) == "NVIDIA GeForce RTX 3080"
    assert parse_nvidia_information("IRQ: 142") == ""


@pytest.mark.parametrize(
    ("maker", "device", "name"),
    [
        (0x1002, 0x744C, "Radeon RX 7900 XT/7900 XTX/7900 GRE/7900M"),
        (0x1002, 0x15BF, "Phoenix1"),
        (0x10DE, 0x2684, "GeForce RTX 4090"),
        (0x8086, 0x56A0, "Arc A770"),
        (0x8086, 0xFFFF, ""),
        (0x1002, 0x2684, ""),
        (0x1234, 0x1111, ""),
    ],
)
def test_a_card_is_found_in_the_list_of_pci_devices(maker: int, device: int, name: str) -> None:
    assert name_in_pci_ids(PCI_IDS, maker, device) == name


def uevent(driver: str, device: str, slot: str) -> str:
    return f"DRIVER={driver}\nPCI_CLASS=30000\nPCI_ID={device}\nPCI_SUBSYS_ID=1DA2:471E\nPCI_SLOT_NAME={slot}\n"


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (
            {
                "vendor": "0x1002\n",
                "uevent": uevent("amdgpu", "1002:744C", "0000:03:00.0"),
                "mem_info_vram_total": "25753026560\n",
            },
            GraphicsCard("listed", 25753026560),
        ),
        (
            {
                "vendor": "0x1002\n",
                "uevent": uevent("amdgpu", "1002:15BF", "0000:c1:00.0"),
                "mem_info_vram_total": "536870912\n",
            },
            GraphicsCard("listed", 536870912, integrated=True),
        ),
        (
            {
                "vendor": "0x1002",
                "mem_info_vram_total": "68702699520",
                "product_name": "AMD INSTINCT MI210\n",
            },
            GraphicsCard("AMD INSTINCT MI210", 68702699520),
        ),
        (
            {"vendor": "0x8086", "uevent": uevent("i915", "8086:9A49", "0000:00:02.0")},
            GraphicsCard("listed", None, integrated=True),
        ),
        ({"vendor": "0x8086", "uevent": uevent("xe", "8086:56A0", "0000:03:00.0")}, GraphicsCard("listed", None)),
        ({"vendor": "0x10de", "uevent": uevent("nouveau", "10DE:2684", "0000:01:00.0")}, GraphicsCard("listed", None)),
        ({"vendor": "0x1a03", "uevent": uevent("ast", "1A03:2000", "0000:02:00.0")}, None),
        ({"vendor": "0x1af4"}, None),
        ({}, None),
    ],
    ids=["RX 7900", "Ryzen", "MI210", "Iris Xe", "Arc", "nouveau", "a server's console", "a guest", "nothing"],
)
def test_a_card_of_the_kernels_list_is_understood(values: dict[str, str], expected: GraphicsCard | None) -> None:
    assert card_of_sysfs(values, "listed") == expected


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (
            {
                "DriverDesc": "NVIDIA GeForce RTX 4070",
                "MatchingDeviceId": r"pci\ven_10de&dev_2786",
                "HardwareInformation.qwMemorySize": 12 * GIBIBYTE,
            },
            GraphicsCard("NVIDIA GeForce RTX 4070", 12 * GIBIBYTE),
        ),
        (
            {
                "DriverDesc": "AMD Radeon RX 7900 XTX",
                "MatchingDeviceId": r"PCI\VEN_1002&DEV_744C&REV_C8",
                "HardwareInformation.qwMemorySize": (24 * GIBIBYTE).to_bytes(8, "little"),
            },
            GraphicsCard("AMD Radeon RX 7900 XTX", 24 * GIBIBYTE),
        ),
        (
            {
                "DriverDesc": "AMD Radeon(TM) Graphics",
                "MatchingDeviceId": r"pci\ven_1002&dev_1638",
                "HardwareInformation.qwMemorySize": 0x20000000,
            },
            GraphicsCard("AMD Radeon(TM) Graphics", 0x20000000, integrated=True),
        ),
        (
            {
                "DriverDesc": "Intel(R) UHD Graphics 770",
                "MatchingDeviceId": r"pci\ven_8086&dev_4680",
                "HardwareInformation.qwMemorySize": GIBIBYTE,
            },
            GraphicsCard("Intel(R) UHD Graphics 770", GIBIBYTE, integrated=True),
        ),
        (
            {
                "DriverDesc": "Intel(R) Arc(TM) A770 Graphics",
                "MatchingDeviceId": r"pci\ven_8086&dev_56a0",
                "HardwareInformation.qwMemorySize": 16 * GIBIBYTE,
            },
            GraphicsCard("Intel(R) Arc(TM) A770 Graphics", 16 * GIBIBYTE),
        ),
        (
            {"DriverDesc": "NVIDIA GeForce GTX 970", "MatchingDeviceId": r"pci\ven_10de"},
            GraphicsCard("NVIDIA GeForce GTX 970"),
        ),
        ({"DriverDesc": "Microsoft Basic Display Adapter", "MatchingDeviceId": "display"}, None),
        ({"DriverDesc": "Microsoft Remote Display Adapter", "MatchingDeviceId": r"root\basicdisplay"}, None),
        ({}, None),
    ],
)
def test_a_row_of_the_registry_is_understood(row: dict[str, object], expected: GraphicsCard | None) -> None:
    assert cards_of_registry([row]) == ((expected,) if expected else ())


def make_card(drm: Path, name: str, values: dict[str, str]) -> None:
    device = drm / name / "device"
    device.mkdir(parents=True)
    for file, text in values.items():
        (device / file).write_text(text)


def test_a_laptop_with_two_makers_has_both(tmp_path: Path) -> None:
    drm, ids = tmp_path / "drm", tmp_path / "pci.ids"
    ids.write_text(PCI_IDS)
    make_card(drm, "card0", {"vendor": "0x8086", "uevent": uevent("i915", "8086:9A49", "0000:00:02.0")})
    make_card(drm, "card1", {"vendor": "0x10de", "uevent": uevent("nvidia", "10DE:2684", "0000:01:00.0")})
    make_card(drm, "card1-HDMI-A-1", {"vendor": "0x1002", "mem_info_vram_total": "99999999999"})
    make_card(drm, "renderD128", {"vendor": "0x1002"})
    cards = linux_cards(drm, tmp_path / "none", (tmp_path / "missing", ids), lambda: "NVIDIA GeForce RTX 4090, 24564\n")
    assert cards == (
        GraphicsCard("NVIDIA GeForce RTX 4090", 24564 * MEBIBYTE),
        GraphicsCard("Iris Xe Graphics", None, integrated=True),
    )


def test_without_nvidias_tool_its_card_is_there_and_its_memory_is_not_known(tmp_path: Path) -> None:
    information = tmp_path / "gpus" / "0000:01:00.0" / "information"
    information.parent.mkdir(parents=True)
    information.write_text("Model: \t NVIDIA GeForce RTX 3080\n")
    assert linux_cards(tmp_path / "drm", tmp_path / "gpus", (), lambda: "") == (
        GraphicsCard("NVIDIA GeForce RTX 3080"),
    )


def test_nvidias_tool_is_not_started_where_there_is_no_such_card(tmp_path: Path) -> None:
    make_card(tmp_path, "card0", {"vendor": "0x1002", "mem_info_vram_total": str(16 * GIBIBYTE)})

    def ask() -> str:
        raise AssertionError("asked")

    assert linux_cards(tmp_path, tmp_path / "none", (), ask) == (GraphicsCard("AMD Radeon", 16 * GIBIBYTE),)


def test_eight_cards_of_a_server_are_eight(tmp_path: Path) -> None:
    for number in range(8):
        slot = f"0000:{number + 1:02x}:00.0"
        make_card(tmp_path, f"card{number + 1}", {"vendor": "0x10de", "uevent": uevent("nvidia", "10DE:2330", slot)})
    make_card(tmp_path, "card0", {"vendor": "0x1a03", "uevent": uevent("ast", "1A03:2000", "0000:d0:00.0")})
    cards = linux_cards(tmp_path, tmp_path / "none", (), lambda: "NVIDIA H100 80GB HBM3, 81559\n" * 8)
    assert cards == (GraphicsCard("NVIDIA H100 80GB HBM3", 81559 * MEBIBYTE),) * 8


def test_two_cards_of_amd_beside_a_processor_with_graphics(tmp_path: Path) -> None:
    for number, (device, memory) in enumerate(
        (("744C", "25753026560"), ("73BF", "17163091968"), ("164E", "536870912"))
    ):
        values = {"vendor": "0x1002", "uevent": uevent("amdgpu", f"1002:{device}", f"0000:0{number + 1}:00.0")}
        make_card(tmp_path, f"card{number}", values | {"mem_info_vram_total": memory})
    cards = linux_cards(tmp_path, tmp_path / "none", (), lambda: "")
    assert [(card.memory, card.integrated) for card in cards] == [
        (25753026560, False),
        (17163091968, False),
        (536870912, True),
    ]


def test_linux_inside_windows_asks_the_tool_that_windows_lends(tmp_path: Path) -> None:
    """There is neither a card in sysfs nor NVIDIA's driver in /proc (learn.microsoft.com, "Enable NVIDIA CUDA on WSL")."""
    tool = tmp_path / "nvidia-smi"
    tool.touch()
    nothing = tmp_path / "none"
    lent = linux_cards(nothing, nothing, (), lambda: "NVIDIA GeForce RTX 4060 Laptop GPU, 8188\n", tool)
    assert lent == (GraphicsCard("NVIDIA GeForce RTX 4060 Laptop GPU", 8188 * MEBIBYTE),)
    assert linux_cards(nothing, nothing, (), lambda: "NVIDIA GeForce RTX 4060 Laptop GPU, 8188\n", nothing) == ()


def test_a_container_that_was_not_given_the_card_does_not_know_its_memory(tmp_path: Path) -> None:
    make_card(tmp_path, "card0", {"vendor": "0x10de", "uevent": uevent("nvidia", "10DE:2684", "0000:01:00.0")})
    assert linux_cards(tmp_path, tmp_path / "none", (), lambda: "") == (GraphicsCard("NVIDIA", None),)


def test_this_machine_answers() -> None:
    for card in graphics_cards():
        assert card.name
        assert card.memory is None or card.memory > 0


@given(st.text())
def test_no_text_is_too_odd(text: str) -> None:
    for card in parse_nvidia_smi(text):
        assert card.name
        assert card.memory is None or card.memory > 0
    assert len(parse_nvidia_information(text)) <= 100
    assert isinstance(name_in_pci_ids(text, 0x1002, 0x744C), str)
    assert isinstance(parse_uevent(text), dict)


@given(st.dictionaries(st.sampled_from(["vendor", "uevent", "mem_info_vram_total", "product_name"]), st.text()))
def test_no_file_of_the_kernel_is_too_odd(values: dict[str, str]) -> None:
    card = card_of_sysfs(values, "")
    assert card is None or card.name


registry_values = st.none() | st.integers() | st.binary(max_size=12) | st.text()
registry_names = st.sampled_from(["DriverDesc", "MatchingDeviceId", "HardwareInformation.qwMemorySize"])


@given(st.lists(st.dictionaries(registry_names, registry_values)))
def test_no_row_of_the_registry_is_too_odd(rows: list[dict[str, object]]) -> None:
    for card in cards_of_registry(rows):
        assert card.memory is None or card.memory > 0

"""Machines that people have, as the program would read them."""

from chatdesk.kernel.models.machine import GraphicsCard, Machine
from chatdesk.kernel.models.memory_need import GIBIBYTE

PLENTY = 900 * GIBIBYTE
LAPTOP_8 = Machine("", 8 * GIBIBYTE, 5 * GIBIBYTE, disk_free=PLENTY)
LAPTOP_16 = Machine("", 16 * GIBIBYTE, 11 * GIBIBYTE, (GraphicsCard("Iris Xe", integrated=True),), disk_free=PLENTY)
RTX_4070 = Machine(
    "", 32 * GIBIBYTE, 21 * GIBIBYTE, (GraphicsCard("NVIDIA GeForce RTX 4070", 12 * GIBIBYTE),), disk_free=PLENTY
)
RTX_3090 = Machine(
    "", 64 * GIBIBYTE, 50 * GIBIBYTE, (GraphicsCard("NVIDIA GeForce RTX 3090", 24 * GIBIBYTE),), disk_free=PLENTY
)
TWO_3090 = Machine(
    "", 64 * GIBIBYTE, 50 * GIBIBYTE, (GraphicsCard("NVIDIA GeForce RTX 3090", 24 * GIBIBYTE),) * 2, disk_free=PLENTY
)
MAC_16 = Machine("Apple M4", 16 * GIBIBYTE, 9 * GIBIBYTE, unified=True, disk_free=PLENTY)
MAC_64 = Machine("Apple M1 Max", 64 * GIBIBYTE, 40 * GIBIBYTE, unified=True, disk_free=PLENTY)
SERVER = Machine(
    "", 1024 * GIBIBYTE, 900 * GIBIBYTE, (GraphicsCard("NVIDIA H100 80GB HBM3", 80 * GIBIBYTE),) * 8, disk_free=PLENTY
)
UNKNOWN_CARD = Machine("", 16 * GIBIBYTE, 11 * GIBIBYTE, (GraphicsCard("Radeon"),), disk_free=PLENTY)

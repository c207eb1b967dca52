"""The sizes a page is looked at in."""

from math import floor

import pytest
from PySide6.QtCore import QSize

from chatdesk.features.previews.ui.panel.devices import Device, ViewSize

SIZES = {Device.PHONE: (390, 844), Device.TABLET: (768, 1024), Device.DESKTOP: (1280, 800)}


@pytest.mark.parametrize("device", SIZES)
@pytest.mark.parametrize("rotated", [False, True])
def test_a_page_is_never_narrower_than_its_device_however_small_the_room_is(device: Device, rotated: bool) -> None:
    width, height = SIZES[device][::-1] if rotated else SIZES[device]
    for available in range(320, 1_400, 7):
        size, factor = ViewSize(device, rotated).fit_into(QSize(available, 692))
        assert size.width() <= available
        assert width <= floor(size.width() / factor) <= width + 3
        assert height <= floor(size.height() / factor) <= height + 3

"""Pictures in formats that no model accepts: dropped like others, and sent as PNG or JPEG."""

import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage

from chatdesk.kernel.chat.pictures import picture_format
from tests.gui.window.harness import FakeModel, Harness
from tests.gui.window.pictures.attach_steps import attach, drop, pictures, sent_pictures


async def test_a_scan_as_tiff_is_sent_as_png(harness: Harness, fake_model: FakeModel, tmp_path: Path) -> None:
    image = QImage(300, 200, QImage.Format.Format_RGB32)
    image.fill(QColor("teal"))
    assert image.save(str(tmp_path / "scan.tiff"), "TIFF")
    await attach(harness, tmp_path / "scan.tiff")
    (picture,) = pictures(harness)
    assert (picture.name, picture.media_type, picture.width, picture.height) == ("scan.png", "image/png", 300, 200)
    await harness.ask_and_wait("What is on it?")
    (sent,) = sent_pictures(fake_model)
    assert picture_format(sent) == "png"
    assert QImage.fromData(sent).pixelColor(10, 10).name() == "#008080"


@pytest.mark.skipif(sys.platform == "darwin", reason="the system decodes it")
@pytest.mark.skipif(find_spec("pi_heif") is not None, reason="the library decodes it")
async def test_a_picture_that_nothing_decodes_is_one_clear_line(harness: Harness, tmp_path: Path) -> None:
    path = tmp_path / "IMG_2041.heic"
    path.write_bytes(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(100))
    drop(harness, path)
    await harness.until(harness.toast)
    assert harness.toast()[0] == "IMG_2041.heic is a HEIC picture, which cannot be read on this computer."
    assert pictures(harness) == ()

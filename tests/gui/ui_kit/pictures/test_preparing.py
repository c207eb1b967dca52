"""What of a picture is sent: upright, not too large, PNG or JPEG, with nothing in it but its pixels."""

import struct
import zlib
from random import Random

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QImage

from chatdesk.kernel.chat.pictures import picture_format
from chatdesk.kernel.errors.attachment_errors import PictureDamaged, PictureTooManyPixels
from chatdesk.ui_kit.pictures.preparing import encode_png, prepare
from tests.gui.features.chat.transcript.sample_animations import gif
from tests.gui.features.chat.transcript.sample_pictures import bomb, picture


def sent(data: bytes) -> QImage:
    image = QImage()
    assert image.loadFromData(prepare(data, "x").picture.data)
    return image


@pytest.mark.parametrize(("kind", "media_type"), [("PNG", "image/png"), ("JPEG", "image/jpeg"), ("WEBP", "image/png")])
def test_every_kind_becomes_one_that_all_servers_take(qapp: object, kind: str, media_type: str) -> None:
    prepared = prepare(picture(kind=kind), "x")
    assert (prepared.width, prepared.height, prepared.picture.media_type) == (320, 200, media_type)
    assert f"image/{picture_format(prepared.picture.data)}" == media_type


def test_of_an_animation_the_first_frame_is_sent(qapp: object) -> None:
    assert prepare(gif(), "x").picture.media_type == "image/png"
    assert sent(gif()).pixelColor(2, 2).name() == "#c83c1e"


@pytest.mark.parametrize(
    ("size", "small"), [((4096, 1024), (2048, 512)), ((1000, 3000), (683, 2048)), ((2048, 2048), (2048, 2048))]
)
def test_large_ones_are_made_smaller_and_the_original_size_is_reported(
    qapp: object, size: tuple[int, int], small: tuple[int, int]
) -> None:
    prepared = prepare(picture(*size), "x")
    assert (prepared.width, prepared.height) == size
    width, height = sent(picture(*size)).size().toTuple()
    assert abs(width - small[0]) <= 1
    assert abs(height - small[1]) <= 1


def test_words_in_a_png_are_left_out(qapp: object) -> None:
    data = picture()
    text = b"tEXtLocation\x0052.52N 13.40E"
    chunk = struct.pack(">I", len(text) - 4) + text + struct.pack(">I", zlib.crc32(text))
    with_text = data[:33] + chunk + data[33:]
    assert QImage.fromData(with_text).text("Location") == "52.52N 13.40E"
    assert b"52.52N" not in prepare(with_text, "x").picture.data
    assert sent(with_text).textKeys() == []


def test_a_photo_that_was_turned_is_sent_upright(qapp: object) -> None:
    jpeg = picture(320, 200, "JPEG")
    # Orientation 6: the camera was held upright.
    exif = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0"
    turned = jpeg[:2] + b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif + jpeg[2:]
    prepared = prepare(turned, "x")
    assert (prepared.width, prepared.height) == (200, 320)
    assert sent(turned).size() == QSize(200, 320)


def test_what_is_transparent_stays_so(qapp: object) -> None:
    image = QImage(8, 8, QImage.Format.Format_ARGB32)
    image.fill(QColor(255, 0, 0, 0))
    assert sent(encode_png(image)).pixelColor(1, 1).alpha() == 0


def test_a_photo_saved_as_png_is_sent_as_jpeg(qapp: object) -> None:
    pixels = Random(1).randbytes(1200 * 900 * 4)
    noise = QImage(pixels, 1200, 900, QImage.Format.Format_RGB32)
    data = encode_png(noise)
    assert len(data) > 2 * 1024 * 1024
    prepared = prepare(data, "x").picture
    assert prepared.media_type == "image/jpeg"
    assert len(prepared.data) < len(data)


def test_a_bomb_is_refused_before_it_is_decoded(qapp: object) -> None:
    with pytest.raises(PictureTooManyPixels) as caught:
        prepare(bomb(), "bomb.png")
    assert (caught.value.name, caught.value.megapixels) == ("bomb.png", 50)


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n", picture()[:60], b"GIF89a", b"RIFF\0\0\0\0WEBPVP8 "])
def test_what_cannot_be_decoded_is_refused(qapp: object, data: bytes) -> None:
    with pytest.raises(PictureDamaged):
        prepare(data, "x")


def test_pixels_from_the_clipboard_become_a_file(qapp: object) -> None:
    image = QImage(5, 4, QImage.Format.Format_RGB32)
    image.fill(QColor("green"))
    image.setText("Author", "somebody")
    assert b"somebody" not in encode_png(image)
    assert QImage.fromData(encode_png(image)).size() == QSize(5, 4)

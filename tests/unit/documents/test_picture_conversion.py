"""Pictures in formats that are converted: by the reading process, within limits."""

import struct
import sys
from collections.abc import AsyncIterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from chatdesk.documents.process import DocumentProcess
from chatdesk.features.attachments.services.documents import Documents
from chatdesk.kernel.chat.pictures import foreign_format, picture_format
from chatdesk.kernel.errors.attachment_errors import (
    DocumentDamaged,
    PictureDamaged,
    PictureTooManyPixels,
    PictureWithoutDecoder,
)
from chatdesk.storage.files.attachment_files import AttachmentFiles
from chatdesk.storage.passages.passage_index import PassageIndex

pytestmark = pytest.mark.timeout(60)

HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(100)


@pytest.fixture
async def process() -> AsyncIterator[DocumentProcess]:
    process = DocumentProcess(lambda _id: 0)
    yield process
    await process.close()


def picture(kind: str, *, width: int = 60, height: int = 40) -> bytes:
    from PySide6.QtCore import QBuffer, QIODevice  # noqa: PLC0415 - tests of lower layers are imported without Qt
    from PySide6.QtGui import QColor, QImage  # noqa: PLC0415 - likewise

    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor("teal"))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    assert image.save(buffer, kind)
    return bytes(buffer.data().data())


def written(folder: Path, data: bytes) -> Path:
    path = folder / "scan"
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("kind", ["TIFF", "BMP"])
async def test_a_picture_is_converted_without_loss(process: DocumentProcess, tmp_path: Path, kind: str) -> None:
    from PySide6.QtGui import QImage  # noqa: PLC0415 - likewise

    data = picture(kind)
    assert foreign_format(data[:16]) == kind.lower()
    converted = await process.convert_picture(written(tmp_path, data), "scan")
    image = QImage.fromData(converted)
    assert picture_format(converted) == "png"
    assert (image.width(), image.height(), image.pixelColor(30, 20).name()) == (60, 40, "#008080")


async def test_a_damaged_picture_is_said_and_the_process_goes_on(process: DocumentProcess, tmp_path: Path) -> None:
    for data in (picture("TIFF")[:40], b"II*\0" + bytes(60), picture("BMP")[:30]):
        with pytest.raises(DocumentDamaged):
            await process.convert_picture(written(tmp_path, data), "scan")
    assert await process.convert_picture(written(tmp_path, picture("BMP")), "scan")


async def test_a_picture_with_too_many_pixels_is_not_decoded(process: DocumentProcess, tmp_path: Path) -> None:
    small = picture("BMP")
    bomb = small[:18] + struct.pack("<ii", 9_000, 9_000) + small[26:]
    with pytest.raises(PictureTooManyPixels):
        await process.convert_picture(written(tmp_path, bomb), "scan")


@pytest.mark.skipif(sys.platform == "darwin", reason="the system decodes it")
@pytest.mark.skipif(find_spec("pi_heif") is not None, reason="the library decodes it")
async def test_a_picture_that_nothing_decodes_is_said(process: DocumentProcess, tmp_path: Path) -> None:
    assert foreign_format(HEIC[:16]) == "heic"
    with pytest.raises(PictureWithoutDecoder):
        await process.convert_picture(written(tmp_path, HEIC), "IMG_2041.heic")


def test_texts_that_begin_like_a_picture_are_no_pictures() -> None:
    assert foreign_format(b"BMW sells more cars than ever") is None
    assert foreign_format(b"II* is a chapter") is None


async def test_what_is_sent_of_a_picture_is_made_in_the_process(process: DocumentProcess, tmp_path: Path) -> None:
    prepared = await process.prepare_picture(written(tmp_path, picture("PNG", width=3_000, height=20)), "wide.png")
    assert (prepared.width, prepared.height) == (3_000, 20)
    assert picture_format(prepared.picture.data) == "png"
    for bad in (picture("PNG")[:60], b"\x89PNG\r\n\x1a\n" + bytes(60)):
        with pytest.raises(DocumentDamaged):
            await process.prepare_picture(written(tmp_path, bad), "bad.png")


async def test_a_picture_that_ends_its_decoder_counts_as_damaged(tmp_path: Path) -> None:
    files = AttachmentFiles(tmp_path / "attachments", tmp_path / "backups")
    command = [sys.executable, "-c", "import os, sys; sys.stdin.readline(); os._exit(1)"]
    index = PassageIndex(tmp_path / "index.sqlite")
    documents = Documents(files, lambda: DocumentProcess(lambda _id: 0, command), index, tmp_path, lambda: None)
    with pytest.raises(PictureDamaged) as found:
        await documents.prepare_picture(picture("PNG"), "cat.png")
    assert found.value.name == "cat.png"
    await documents.close()

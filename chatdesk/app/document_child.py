"""The reading process, with what needs Qt to encode and decode pictures: connects `documents/child.py` and `ui_kit/pictures/`."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

from chatdesk.documents.child import serve
from chatdesk.documents.readers.reading import PictureTools, Pixels, ReadingProblem, UnreadableDocument
from chatdesk.kernel.chat.request import PreparedPicture
from chatdesk.kernel.errors.attachment_errors import PictureDamaged, PictureTooManyPixels, PictureWithoutDecoder


def main() -> NoReturn:
    """Perform tasks until standard input is closed."""
    serve(PictureTools(_to_jpeg, _convert, _prepare))


def _to_jpeg(pixels: Pixels) -> bytes:
    from chatdesk.ui_kit.pictures.preparing import to_jpeg  # noqa: PLC0415 - Qt takes 0.1 s; most documents need no pictures

    return to_jpeg(pixels.width, pixels.height, pixels.row_bytes, pixels.data)


def _convert(data: bytes) -> bytes:
    from chatdesk.ui_kit.pictures.converting import convert  # noqa: PLC0415 - likewise

    with _problems():
        return convert(data)


def _prepare(data: bytes) -> PreparedPicture:
    from chatdesk.ui_kit.pictures.preparing import prepare  # noqa: PLC0415 - likewise

    with _problems():
        return prepare(data, "")


@contextmanager
def _problems() -> Iterator[None]:
    """Raise errors of pictures as those that this process reports."""
    try:
        yield
    except PictureDamaged as error:
        raise UnreadableDocument(ReadingProblem.DAMAGED) from error
    except PictureTooManyPixels as error:
        raise UnreadableDocument(ReadingProblem.TOO_MANY_PIXELS) from error
    except PictureWithoutDecoder as error:
        raise UnreadableDocument(ReadingProblem.NO_DECODER) from error


if __name__ == "__main__":
    main()

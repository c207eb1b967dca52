"""The reading process, with what needs Qt to encode pictures: connects `documents/child.py` and `ui_kit/pictures/`."""

from typing import NoReturn

from chatdesk.documents.child import serve
from chatdesk.documents.readers.reading import Pixels


def main() -> NoReturn:
    """Perform tasks until standard input is closed."""
    serve(_to_jpeg)


def _to_jpeg(pixels: Pixels) -> bytes:
    from chatdesk.ui_kit.pictures.preparing import to_jpeg  # noqa: PLC0415 - Qt takes 0.1 s; most documents need no pictures

    return to_jpeg(pixels.width, pixels.height, pixels.row_bytes, pixels.data)


if __name__ == "__main__":
    main()

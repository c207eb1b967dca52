"""Kinds of documents, recognised by content and name. Nothing in this module opens a file."""

from enum import StrEnum
from pathlib import PurePath

from chatdesk.kernel.fast_dataclass import dataclass


class DocumentKind(StrEnum):
    """What a document is. The values are stored and part of media types of our own."""

    PDF = "pdf"
    WORD = "word"
    SLIDES = "slides"
    SHEETS = "sheets"
    BOOK = "book"
    RICH_TEXT = "rich_text"
    WEB_PAGE = "web_page"
    EMAIL = "email"
    NOTEBOOK = "notebook"
    SUBTITLES = "subtitles"
    TABLE = "table"
    """Text with separated values."""
    CODE = "code"
    TEXT = "text"
    SOURCES = "sources"
    """Files of a folder or an archive, which the user has chosen."""


CONVERTED = frozenset(
    {
        DocumentKind.PDF,
        DocumentKind.WORD,
        DocumentKind.SLIDES,
        DocumentKind.SHEETS,
        DocumentKind.BOOK,
        DocumentKind.RICH_TEXT,
        DocumentKind.EMAIL,
        DocumentKind.NOTEBOOK,
    }
)
"""Kinds of which nobody wants the file as it is. All others are texts already."""


@dataclass(frozen=True, slots=True)
class DocumentType:
    """A file format: its kind, and its media type as registered with IANA, or in common use."""

    kind: DocumentKind
    media_type: str
    is_legacy: bool = False
    """Whether the format is read only by an office program, which converts it."""


_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_SHEETS = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_SLIDES = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
PLAIN_TEXT = DocumentType(DocumentKind.TEXT, "text/plain")

_TYPES: dict[str, DocumentType] = {
    "pdf": DocumentType(DocumentKind.PDF, "application/pdf"),
    "docx": DocumentType(DocumentKind.WORD, _WORD),
    "docm": DocumentType(DocumentKind.WORD, _WORD),
    "dotx": DocumentType(DocumentKind.WORD, _WORD),
    "odt": DocumentType(DocumentKind.WORD, "application/vnd.oasis.opendocument.text"),
    "doc": DocumentType(DocumentKind.WORD, "application/msword", is_legacy=True),
    "wps": DocumentType(DocumentKind.WORD, "application/vnd.ms-works", is_legacy=True),
    "pptx": DocumentType(DocumentKind.SLIDES, _SLIDES),
    "pptm": DocumentType(DocumentKind.SLIDES, _SLIDES),
    "odp": DocumentType(DocumentKind.SLIDES, "application/vnd.oasis.opendocument.presentation"),
    "ppt": DocumentType(DocumentKind.SLIDES, "application/vnd.ms-powerpoint", is_legacy=True),
    "xlsx": DocumentType(DocumentKind.SHEETS, _SHEETS),
    "xlsm": DocumentType(DocumentKind.SHEETS, _SHEETS),
    "xlsb": DocumentType(DocumentKind.SHEETS, "application/vnd.ms-excel.sheet.binary.macroenabled.12"),
    "xls": DocumentType(DocumentKind.SHEETS, "application/vnd.ms-excel"),
    "ods": DocumentType(DocumentKind.SHEETS, "application/vnd.oasis.opendocument.spreadsheet"),
    "epub": DocumentType(DocumentKind.BOOK, "application/epub+zip"),
    "rtf": DocumentType(DocumentKind.RICH_TEXT, "application/rtf"),
    "html": DocumentType(DocumentKind.WEB_PAGE, "text/html"),
    "htm": DocumentType(DocumentKind.WEB_PAGE, "text/html"),
    "xhtml": DocumentType(DocumentKind.WEB_PAGE, "application/xhtml+xml"),
    "eml": DocumentType(DocumentKind.EMAIL, "message/rfc822"),
    "ipynb": DocumentType(DocumentKind.NOTEBOOK, "application/x-ipynb+json"),
    "srt": DocumentType(DocumentKind.SUBTITLES, "application/x-subrip"),
    "vtt": DocumentType(DocumentKind.SUBTITLES, "text/vtt"),
    "csv": DocumentType(DocumentKind.TABLE, "text/csv"),
    "tsv": DocumentType(DocumentKind.TABLE, "text/tab-separated-values"),
    "md": DocumentType(DocumentKind.TEXT, "text/markdown"),
    "markdown": DocumentType(DocumentKind.TEXT, "text/markdown"),
    "txt": PLAIN_TEXT,
    "log": PLAIN_TEXT,
    "json": DocumentType(DocumentKind.CODE, "application/json"),
    "xml": DocumentType(DocumentKind.CODE, "application/xml"),
}


def _words(*lines: str) -> frozenset[str]:
    return frozenset(word for line in lines for word in line.split())


_CODE_ENDINGS = _words(
    "bash bat c cc cfg clj cmake conf cpp cs css cxx dart diff dockerfile el env erl ex exs f90 fish fs gd go gradle groovy",
    "h hpp hs ini java jl js jsonc jsx kt kts less lisp lua m mjs mk ml mm nim nix patch php pl pm proto ps1 py pyi r rb rs",
    "sass scala scss sh sol sql svelte swift tcl tex toml ts tsx v vb vhd vim vue yaml yml zig zsh",
)
_NOT_TEXT = _words(
    "7z aac aiff apk avi avif bin bmp bz2 class dat db dll dmg dylib exe flac flv gif gz heic heif ico iso jar jpeg jpg m4a",
    "mkv mov mp3 mp4 msi ogg opus otf png psd pyc rar so sqlite svgz tar tgz tif tiff ttf wasm wav webm webp wma wmv woff",
    "woff2 xz zip zst",
)
"""Endings of files that are no text, whatever their first bytes look like."""
_ARCHIVES = (".zip", ".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tar.xz", ".txz")
_CODE = DocumentType(DocumentKind.CODE, "text/x-source")
SOURCES = DocumentType(DocumentKind.SOURCES, "text/x-source-files")
_BY_MEDIA_TYPE = {each.media_type: each.kind for each in (*_TYPES.values(), _CODE, SOURCES)}
_SIGNATURES = ((b"%PDF-", "pdf"), (b"{\\rtf", "rtf"))
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIPPED = frozenset({"docx", "docm", "dotx", "odt", "pptx", "pptm", "odp", "xlsx", "xlsm", "xlsb", "ods", "epub"})
_IN_OLE = frozenset({"doc", "wps", "ppt", "xls"})
_SEARCHED = 1024
"""Bytes at the beginning in which a PDF has its signature: some programs write other bytes before it."""


def type_of(beginning: bytes, name: str) -> DocumentType | None:
    """Return the format of a file by its first bytes and its name; None if it is not a document, as for a picture or a program.

    The content decides where the format has a signature: a PDF that is called `report.txt` is a PDF.
    """
    ending = ending_of(name)
    found = next((key for signature, key in _SIGNATURES if signature in beginning[:_SEARCHED]), "")
    if found:
        return _TYPES[found]
    if beginning.startswith(_ZIP):
        return _TYPES[ending] if ending in _ZIPPED else None
    if beginning.startswith(_OLE):
        return _TYPES[ending] if ending in _IN_OLE else None
    if ending in _ZIPPED | _IN_OLE | {"pdf", "rtf"}:
        return None  # the file is damaged, or is something else
    if ending in _TYPES:
        return _TYPES[ending]
    if ending in _CODE_ENDINGS:
        return _CODE
    return PLAIN_TEXT if ending not in _NOT_TEXT and _looks_like_text(beginning) else None


def type_by_name(name: str) -> DocumentType | None:
    """Return the format that the name of a file promises, before it is opened; None if that is not a document."""
    ending = ending_of(name)
    if ending in _TYPES:
        return _TYPES[ending]
    if ending in _CODE_ENDINGS:
        return _CODE
    return None if ending in _NOT_TEXT else PLAIN_TEXT


def is_source_archive(name: str) -> bool:
    """Return whether a name promises an archive whose files the user can choose from."""
    return name.lower().endswith(_ARCHIVES)


def ending_of(name: str) -> str:
    """Return the lower-case ending of a file name without its dot; the name itself for one such as `Dockerfile`."""
    path = PurePath(name)
    return (path.suffix.removeprefix(".") or path.name.removeprefix(".")).lower()


def kind_of(media_type: str) -> DocumentKind:
    """Return the kind of a stored document; `TEXT` for an unknown media type."""
    return _BY_MEDIA_TYPE.get(media_type, DocumentKind.TEXT)


def _looks_like_text(beginning: bytes) -> bool:
    utf_16 = beginning.startswith((b"\xff\xfe", b"\xfe\xff"))
    return bool(beginning) and (utf_16 or b"\0" not in beginning)

"""The container of Office files: a zip archive of parts, their types, and the relationships between them."""

import zipfile
from collections.abc import Iterable
from datetime import UTC, datetime
from io import BytesIO

from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.rendering.export.office.xml_text import DECLARATION, element, escaped

_SCHEMAS = "http://schemas.openxmlformats.org"
RELATIONSHIPS = f"{_SCHEMAS}/officeDocument/2006/relationships"
_RELATIONSHIPS_PART = "application/vnd.openxmlformats-package.relationships+xml"
_TIME = (1980, 1, 1, 0, 0, 0)
"""Of every entry: the same content is the same file, whoever writes it, and the clock of the computer is not in it."""
_STORED = frozenset({"png", "jpeg", "gif"})
"""Endings of parts that are compressed already."""


class Relationships:
    """What a part refers to. Equal references share an id."""

    def __init__(self) -> None:
        self._ids: dict[tuple[str, str, bool], str] = {}

    def __bool__(self) -> bool:
        return bool(self._ids)

    def add(self, kind: str, target: str, *, external: bool = False) -> str:
        """Return the id of a reference. `kind` is the last part of the type's address; `target` is relative to the part's folder."""
        kind = kind if kind.startswith("http") else f"{RELATIONSHIPS}/{kind}"
        return self._ids.setdefault((kind, target, external), f"rId{len(self._ids) + 1}")

    def written(self) -> str:
        """Return the part that lists them."""
        entries = (
            element(
                "Relationship", Id=name, Type=kind, Target=target, **({"TargetMode": "External"} if external else {})
            )
            for (kind, target, external), name in self._ids.items()
        )
        return DECLARATION + element("Relationships", *entries, xmlns=f"{_SCHEMAS}/package/2006/relationships")


@dataclass(frozen=True, slots=True)
class Part:
    """A file within the archive."""

    name: str
    """Path without a slash at its beginning."""
    content_type: str
    data: bytes | str
    relationships: Relationships | None = None


def packed(parts: Iterable[Part]) -> bytes:
    """Return an archive of these parts. The first one is the document, which the others belong to."""
    parts = list(parts)
    root = Relationships()
    root.add("officeDocument", parts[0].name)
    for part in parts:
        if part.name == "docProps/core.xml":
            root.add(f"{_SCHEMAS}/package/2006/relationships/metadata/core-properties", part.name)
        elif part.name == "docProps/app.xml":
            root.add("extended-properties", part.name)
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        _write(archive, "[Content_Types].xml", _content_types(parts))
        _write(archive, "_rels/.rels", root.written())
        for part in parts:
            _write(archive, part.name, part.data)
            if part.relationships:
                folder, _, name = part.name.rpartition("/")
                _write(archive, f"{folder}/_rels/{name}.rels", part.relationships.written())
    return stream.getvalue()


def _content_types(parts: Iterable[Part]) -> str:
    endings = {"rels": _RELATIONSHIPS_PART, "xml": "application/xml"}
    overrides = []
    for part in parts:
        ending = part.name.rpartition(".")[2]
        if ending == "xml":
            overrides.append(element("Override", PartName=f"/{part.name}", ContentType=part.content_type))
        else:
            endings[ending] = part.content_type
    defaults = (element("Default", Extension=ending, ContentType=kind) for ending, kind in endings.items())
    return DECLARATION + element("Types", *defaults, *overrides, xmlns=f"{_SCHEMAS}/package/2006/content-types")


def _write(archive: zipfile.ZipFile, name: str, data: bytes | str) -> None:
    entry = zipfile.ZipInfo(name, _TIME)
    entry.compress_type = zipfile.ZIP_STORED if name.rpartition(".")[2] in _STORED else zipfile.ZIP_DEFLATED
    archive.writestr(entry, data)


def properties(title: str, created: datetime, language: str = "") -> tuple[Part, Part]:
    """Return the parts that describe the file. There is no name of a user in them."""
    moment = created.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    namespaces = (
        f'xmlns:cp="{_SCHEMAS}/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    )
    times = "".join(
        f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{moment}</dcterms:{name}>' for name in ("created", "modified")
    )
    core = element("dc:title", escaped(title)) + (element("dc:language", escaped(language)) if language else "") + times
    return (
        Part(
            "docProps/core.xml",
            "application/vnd.openxmlformats-package.core-properties+xml",
            f"{DECLARATION}<cp:coreProperties {namespaces}>{core}</cp:coreProperties>",
        ),
        Part(
            "docProps/app.xml",
            "application/vnd.openxmlformats-officedocument.extended-properties+xml",
            DECLARATION
            + element(
                "Properties",
                element("Application", "Chatdesk"),
                xmlns=f"{_SCHEMAS}/officeDocument/2006/extended-properties",
            ),
        ),
    )

"""Bundles: the files in the shared folder through which computers exchange their changes.

A bundle is compressed with gzip and has one JSON object per line: first the version, the computer and the number of the bundle, then the
operations, last the SHA-256 of all lines before. It is written once and never changed.

Bundles are untrusted: `write_findings` reads one in a process of its own, and `finding_of` reads what that has found.
"""

import json
import re
import zlib
from collections.abc import Callable, Iterable
from enum import Enum, auto
from gzip import compress
from hashlib import sha256
from pathlib import Path

from chatdesk.features.presets.files.plain_text import clean_line
from chatdesk.features.presets.importing.foreign_text import parsed
from chatdesk.features.sync.domain.operations import Operation
from chatdesk.features.sync.domain.stamps import MACHINE
from chatdesk.features.sync.files.records import FindServer, operation_in, to_json, to_record
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.presets.preset_import import ImportRefused
from chatdesk.kernel.text.regular_file import FileTooLarge, read_whole

FORMAT, VERSION = "chatdesk-sync", 1
MAX_BYTES = 4 * 1024 * 1024
"""Maximum size of a bundle."""
TEXT_BYTES = 3 * 1024 * 1024
"""About how much text goes into one bundle before it is compressed."""
_COMPRESSION = 6
"""Takes a fifth of the time of the highest level, for bundles that are one percent larger."""
_MAX_UNPACKED_BYTES = 64 * 1024 * 1024
_MAX_NAME_LENGTH = 100

SUFFIX = ".chatdesk-sync"
_NAME = re.compile(r"(?P<machine>[0-9a-f]{16})-(?P<number>[0-9]{8})(?P<rest>.*)")
_PLACEHOLDER = re.compile(r"\.(?P<name>.+)\.icloud")
_UNFINISHED = (".tmp", ".part", ".partial", ".crdownload")


class NameKind(Enum):
    """What kind of file a name in the shared folder belongs to."""

    BUNDLE = auto()
    COPY = auto()
    """A copy that a synchronising program made because it treated two versions of a bundle as a conflict. Its content decides."""
    PLACEHOLDER = auto()
    """A bundle that the system has not downloaded yet."""


@dataclass(frozen=True, slots=True)
class BundleName:
    """What is known of a file by its name."""

    kind: NameKind
    machine: str
    number: int
    is_encrypted: bool = False


def bundle_name(machine: str, number: int, *, encrypted: bool = False) -> str:
    """Return the name of a bundle."""
    return f"{machine}-{number:08}{SUFFIX}{'.age' if encrypted else ''}"


def parse_name(name: str) -> BundleName | None:
    """Return what the name of a file contains; None if it is no bundle, or one that is still being copied.

    Synchronising programs insert words like *conflicted copy*, the name of a computer, a date or a number before the ending.
    """
    placeholder = _PLACEHOLDER.fullmatch(name)
    found = _NAME.fullmatch(placeholder["name"] if placeholder else name)
    if found is None or name.endswith(_UNFINISHED) or SUFFIX not in found["rest"]:
        return None
    rest = found["rest"]
    is_exact = rest in {SUFFIX, f"{SUFFIX}.age"}
    kind = NameKind.PLACEHOLDER if placeholder else NameKind.BUNDLE if is_exact else NameKind.COPY
    return BundleName(kind, found["machine"], int(found["number"]), rest.endswith(".age"))


@dataclass(frozen=True, slots=True)
class BundleHead:
    """The first line of a bundle. `name` is what its user calls the computer."""

    machine: str
    name: str
    number: int


def pack(head: BundleHead, operations: Iterable[Operation], find_server: FindServer = lambda _id: None) -> bytes:
    """Return a bundle. It may be larger than `MAX_BYTES` if it has a single large operation."""
    first = {"format": FORMAT, "version": VERSION, "machine": head.machine, "name": head.name, "number": head.number}
    lines = [json.dumps(first), *(json.dumps(to_record(each, find_server)) for each in operations)]
    text = "".join(f"{line}\n" for line in lines).encode("ascii")
    last = json.dumps({"sha256": sha256(text).hexdigest()}).encode("ascii")
    return compress(text + last + b"\n", _COMPRESSION, mtime=0)


class BundleProblem(Enum):
    """Why a bundle cannot be merged."""

    DAMAGED = "damaged"
    """It is damaged or has not been copied completely yet."""
    NEWER = "newer"
    """A newer version of Chatdesk has written it."""
    OTHER = "other"
    """It is no bundle."""
    TOO_LARGE = "too large"


@dataclass(frozen=True, slots=True)
class BundleRefused:
    """A bundle cannot be merged."""

    problem: BundleProblem


Finding = BundleHead | Operation | BundleRefused


def write_findings(path: Path, milliseconds: int, write: Callable[[bytes], object]) -> None:
    """Read a bundle and write its content as lines for `finding_of`. `milliseconds` is the time since 1970.

    Raise `OSError` if the file cannot be read: that says nothing about its content.
    """
    try:
        head, records = _unpack(path, milliseconds)
    except _RefusedError as error:
        write(_line({"refused": error.problem.value}))
        return
    except MemoryError:
        write(_line({"refused": BundleProblem.TOO_LARGE.value}))
        return
    write(_line({"machine": head.machine, "name": head.name, "number": head.number}))
    for record in records:
        write(_line(record))


def finding_of(line: bytes, milliseconds: int) -> Finding:
    """Return the content of a line. Raise `ValueError` if it is invalid."""
    record = json.loads(line)
    if "refused" in record:
        return BundleRefused(BundleProblem(record["refused"]))
    if "op" not in record:
        return BundleHead(record["machine"], record["name"], record["number"])
    return operation_in(record, milliseconds)


def _unpack(path: Path, milliseconds: int) -> tuple[BundleHead, list[dict[str, object]]]:
    lines = _checked_lines(_read(path))
    first = _parsed(lines[0])
    if not isinstance(first, dict) or first.get("format") != FORMAT:
        raise _RefusedError(BundleProblem.OTHER)
    version, machine, number = first.get("version"), first.get("machine"), first.get("number")
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise _RefusedError(BundleProblem.DAMAGED)
    if version > VERSION:
        raise _RefusedError(BundleProblem.NEWER)
    if (
        not isinstance(machine, str)
        or not MACHINE.fullmatch(machine)
        or not isinstance(number, int)
        or not 0 < number < 10**8
    ):
        raise _RefusedError(BundleProblem.DAMAGED)
    name = first.get("name")
    head = BundleHead(machine, clean_line(name)[:_MAX_NAME_LENGTH] if isinstance(name, str) else "", int(number))
    records: list[dict[str, object]] = []
    for line in lines[1:]:
        try:
            records.append(to_record(operation_in(_parsed(line), milliseconds)))
        except (ValueError, TypeError, RecursionError) as error:
            raise _RefusedError(BundleProblem.DAMAGED) from error
    return head, records


def _read(path: Path) -> bytes:
    try:
        data = read_whole(path, MAX_BYTES)
    except FileTooLarge as error:
        raise _RefusedError(BundleProblem.TOO_LARGE) from error
    unpacking = zlib.decompressobj(wbits=31)
    try:
        text = unpacking.decompress(data, _MAX_UNPACKED_BYTES)
    except zlib.error as error:
        raise _RefusedError(BundleProblem.DAMAGED) from error
    if unpacking.unconsumed_tail:
        raise _RefusedError(BundleProblem.TOO_LARGE)
    if not unpacking.eof or unpacking.unused_data:
        raise _RefusedError(BundleProblem.DAMAGED)
    return text


def _checked_lines(text: bytes) -> list[bytes]:
    """Return the lines before the last one, if that has their hash."""
    lines = text.split(b"\n")
    if len(lines) < 3 or lines.pop():
        raise _RefusedError(BundleProblem.DAMAGED)
    last = _parsed(lines.pop())
    expected = last.get("sha256") if isinstance(last, dict) else None
    if expected != sha256(b"".join(line + b"\n" for line in lines)).hexdigest():
        raise _RefusedError(BundleProblem.DAMAGED)
    return lines


def _parsed(line: bytes) -> object:
    try:
        return parsed(line.decode("utf-8"))
    except (ImportRefused, UnicodeDecodeError) as error:
        raise _RefusedError(BundleProblem.DAMAGED) from error


def _line(record: object) -> bytes:
    return to_json(record).encode("ascii") + b"\n"


class _RefusedError(Exception):
    def __init__(self, problem: BundleProblem) -> None:
        super().__init__(problem.value)
        self.problem = problem

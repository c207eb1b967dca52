"""Results of reading foreign preset files: candidates to import, and problems, as data.

`features/presets/importing/` reads the files; `features/presets/services/preset_sharing.py` adds the presets to the library.
"""

import errno
from enum import StrEnum

from chatdesk.kernel.errors.base import ChatdeskError
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.presets.preset import Preset

MAX_PRESETS = 2_000
"""Maximum for one import, over all its files."""


class ImportProblem(StrEnum):
    """Why a whole file is rejected. `ImportRefused.detail` has details."""

    UNKNOWN = "unknown"
    """Not a known format."""
    NO_PRESETS = "no-presets"
    """A known format without a preset. `detail` names the format."""
    CHATS = "chats"
    """An export of chats, not of presets. `detail` names the program."""
    UNREADABLE_BACKUP = "unreadable-backup"
    """Cherry Studio's backups of late version 1 contain a browser database."""
    NOT_A_FILE = "not-a-file"
    """A folder, a pipe or a device."""
    NOT_READABLE = "not-readable"
    """It could not be read for another reason than the next ones; `detail` is that of the system."""
    NOT_PERMITTED = "not-permitted"
    """The user may not read it."""
    GONE = "gone"
    """It does not exist any more, or its disk does not respond."""
    IN_USE = "in-use"
    """Another program writes it, or has locked it."""
    CHANGED = "changed"
    """It has less than when it was shown before the import: it was changed, cut off or replaced."""
    NO_COPY = "no-copy"
    """The temporary copy from which it is read could not be made or read."""
    TOO_LARGE = "too-large"
    """`detail` is the maximum size in MB."""
    TOO_MANY = "too-many"
    """More than `MAX_PRESETS` presets."""
    NOT_TEXT = "not-text"
    """Neither UTF-8 nor UTF-16 with a byte order mark."""
    DAMAGED = "damaged"
    """Truncated, corrupted, or not valid in its format."""
    TOO_DEEP = "too-deep"
    """Nested too deeply."""
    ENCRYPTED = "encrypted"
    """An archive with a password."""
    UNSAFE = "unsafe"
    """A malicious archive: paths that lead outside, links, or extreme compression."""
    NO_CARD = "no-card"
    """A picture without a character card."""
    NEWER = "newer"
    """Written by a newer version of Chatdesk."""
    BAD_PRESET = "bad-preset"
    """A Chatdesk preset file with an error in its header. `detail` is the line."""
    GAVE_UP = "gave-up"
    """It took too long or too much memory, or the reader process could not be started."""
    NO_RESPONSE = "no-response"
    """Its disk or network drive does not respond."""


@dataclass(eq=False)
class ImportRefused(ChatdeskError):
    """A file was rejected. `file` is its name, for display."""

    problem: ImportProblem = ImportProblem.UNKNOWN
    file: str = ""
    detail: str = ""


_PROBLEMS = {
    ImportProblem.NOT_PERMITTED: ("EACCES", "EPERM"),
    ImportProblem.GONE: (
        *("ENOENT", "ENOTDIR", "EIO", "ENODEV", "ENXIO", "ESTALE", "ENOTCONN", "ETIMEDOUT", "EREMOTEIO", "ENOMEDIUM"),
        *("EHOSTDOWN", "EHOSTUNREACH", "ENETDOWN", "ENETUNREACH", "ECONNABORTED", "ECONNRESET", "ESHUTDOWN"),
    ),
    ImportProblem.IN_USE: ("EBUSY", "EAGAIN", "ETXTBSY"),
}
"""Names of errors of the system, some of which a system lacks."""
_PROBLEM_OF = {
    getattr(errno, name): kind for kind, names in _PROBLEMS.items() for name in names if hasattr(errno, name)
}
_IN_USE_ON_WINDOWS = frozenset({32, 33})
"""Errors of Windows that `errno` does not tell apart from a lack of permission."""


def unreadable(error: OSError, file: str = "") -> ImportRefused:
    """Return why a file cannot be read."""
    if getattr(error, "winerror", None) in _IN_USE_ON_WINDOWS:
        problem = ImportProblem.IN_USE
    else:
        problem = _PROBLEM_OF.get(error.errno or 0, ImportProblem.NOT_READABLE)
    return ImportRefused(problem, file, error.strerror or str(error))


class ImportFormat(StrEnum):
    """Format of an imported preset. The values are names and are not translated."""

    CHATDESK = "Chatdesk"
    CHATBOX = "Chatbox"
    CHERRY_STUDIO = "Cherry Studio"
    CSV = "CSV"
    JAN = "Jan"
    JSON = "JSON"
    LM_STUDIO = "LM Studio"
    LOBECHAT = "LobeChat"
    OPEN_WEBUI = "Open WebUI"
    SILLY_TAVERN = "SillyTavern"
    TEXT = "Text"


class NoteKind(StrEnum):
    """What the user should know before importing a preset."""

    LEFT_OUT = "left-out"
    """Omitted servers, addresses, keys, tools and commands. `detail` lists their keys."""
    UNKNOWN_KEYS = "unknown-keys"
    """Other keys of a Chatdesk file that are unknown to this version. `detail` lists them."""
    HIDDEN_CHARACTERS = "hidden-characters"
    """Invisible characters that the model reads."""
    SHORTENED = "shortened"
    """A name or description was too long."""
    LORE = "lore"
    """Entries of a character's lorebook, which are not imported."""
    GREETINGS = "greetings"
    """Further greetings of a character; only the first one is imported."""


@dataclass(frozen=True, slots=True)
class ImportNote:
    """A note about a candidate. `count` is the number of affected items."""

    kind: NoteKind
    count: int = 1
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A preset that can be imported.

    `text` is the content of its file, and `preset` the parsed result, with its id if it is a Chatdesk file.
    """

    preset: Preset
    text: str
    file: str
    format: ImportFormat
    notes: tuple[ImportNote, ...] = ()


class SkipReason(StrEnum):
    """Why an entry of a file is not a candidate."""

    EMPTY = "empty"
    """Without a name or text."""
    NOT_AN_ENTRY = "not-an-entry"
    """Not of the expected type."""
    TOO_LONG = "too-long"
    TWICE = "twice"
    """A duplicate of an earlier entry in this import."""
    FOR_PICTURES = "for-pictures"
    """A prompt for an image model."""
    NOT_A_PRESET = "not-a-preset"
    """A file of an archive without a preset."""


@dataclass(frozen=True, slots=True)
class SkippedEntry:
    """A skipped entry. `number` counts the entries of the file from 1; 0 if `entry` is a name."""

    file: str
    reason: SkipReason
    number: int = 0
    entry: str = ""


@dataclass(frozen=True, slots=True)
class FileBegun:
    """The file with this index, counted from 0, is being read."""

    number: int


@dataclass(frozen=True, slots=True)
class ChatsFound:
    """The file also has chats, which only an import of chats reads. `program` names the program that wrote it."""

    file: str
    program: str


@dataclass(frozen=True, slots=True)
class GlossaryFound:
    """A glossary in an export of Chatdesk: the name of its file, such as `de-en.csv`, and its content. Both are untrusted."""

    name: str
    text: str


Finding = FileBegun | Candidate | SkippedEntry | ChatsFound | GlossaryFound | ImportRefused
"""Events while files are read, in this order for each file."""

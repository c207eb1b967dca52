"""What comes of reading files that other people or programs wrote: presets to choose from, and what is wrong with the rest, as data.

The reading is `prompts/importing/`; taking the presets into the library is `features/presets/services/preset_sharing.py`.
"""

from enum import StrEnum

from chatdesk.kernel.errors.base import ChatdeskError
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.presets.preset import Preset

MOST_PRESETS = 2_000
"""In one import, over all its files."""


class ImportProblem(StrEnum):
    """Why nothing of a file is taken. `detail` of `ImportRefused` says more where there is more."""

    UNKNOWN = "unknown"
    """None of the formats that are known."""
    NO_PRESETS = "no-presets"
    """A format that is known, and no preset in it. Detail names the format."""
    CHATS = "chats"
    """An export of chats; they are no presets. Detail names the program."""
    UNREADABLE_BACKUP = "unreadable-backup"
    """Cherry Studio's backups of late version 1 hold a browser's database."""
    NOT_A_FILE = "not-a-file"
    """A folder, a pipe, a device."""
    NOT_READABLE = "not-readable"
    """The file system refused; detail is its reason."""
    TOO_LARGE = "too-large"
    """Detail is the most there may be, in MB."""
    TOO_MANY = "too-many"
    """More presets than `MOST_PRESETS`."""
    NOT_TEXT = "not-text"
    """Neither UTF-8 nor UTF-16 with a mark."""
    DAMAGED = "damaged"
    """Cut off, changed on the way, or not written by the rules of its format."""
    TOO_DEEP = "too-deep"
    """Values within values, further than any program means."""
    ENCRYPTED = "encrypted"
    """An archive with a password."""
    UNSAFE = "unsafe"
    """An archive made to do harm: paths that lead out of it, links, a little that becomes very much."""
    NO_CARD = "no-card"
    """A picture without a character in it."""
    NEWER = "newer"
    """Written by a newer Chatdesk."""
    BAD_PRESET = "bad-preset"
    """One of our own files with a mistake in its head. Detail is the line."""
    GAVE_UP = "gave-up"
    """It took too long or too much memory, or the process that reads could not be started."""


@dataclass(eq=False)
class ImportRefused(ChatdeskError):
    """Nothing of a file is taken. `file` is its name, for showing."""

    problem: ImportProblem = ImportProblem.UNKNOWN
    file: str = ""
    detail: str = ""


class ImportFormat(StrEnum):
    """Where a preset comes from. The words are names, in no language."""

    CHATDESK = "Chatdesk"
    CHATBOX = "Chatbox"
    CHERRY_STUDIO = "Cherry Studio"
    CSV = "CSV"
    JSON = "JSON"
    LM_STUDIO = "LM Studio"
    OPEN_WEBUI = "Open WebUI"
    SILLY_TAVERN = "SillyTavern"
    TEXT = "Text"


class NoteKind(StrEnum):
    """What the user should know before taking a preset."""

    LEFT_OUT = "left-out"
    """Servers, addresses, keys, tools, commands. Detail names their keys."""
    UNKNOWN_KEYS = "unknown-keys"
    """Other keys of one of our own files that this version does not know. Detail names them."""
    HIDDEN_CHARACTERS = "hidden-characters"
    """Characters that are not seen but are read by the model."""
    SHORTENED = "shortened"
    """A name or a description was too long."""
    LORE = "lore"
    """Entries of a character's book, which are not taken."""
    GREETINGS = "greetings"
    """Further greetings of a character; the first one is taken."""


@dataclass(frozen=True, slots=True)
class ImportNote:
    """`count` of what it is about."""

    kind: NoteKind
    count: int = 1
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A preset that could be taken. `text` would be its file, and `preset` is what that says, with the id it had in a file of ours."""

    preset: Preset
    text: str
    file: str
    format: ImportFormat
    notes: tuple[ImportNote, ...] = ()


class SkipReason(StrEnum):
    """Why an entry of a file is not among the candidates."""

    EMPTY = "empty"
    """No name, or no text."""
    NOT_AN_ENTRY = "not-an-entry"
    """Something else stands where an entry belongs."""
    TOO_LONG = "too-long"
    TWICE = "twice"
    """The same stands in the import before."""
    FOR_PICTURES = "for-pictures"
    """A prompt for a model that draws."""
    NOT_A_PRESET = "not-a-preset"
    """A file of an archive in which there is none."""


@dataclass(frozen=True, slots=True)
class SkippedEntry:
    """`number` counts the entries of the file from 1; 0 where `entry` is a name."""

    file: str
    reason: SkipReason
    number: int = 0
    entry: str = ""


@dataclass(frozen=True, slots=True)
class FileBegun:
    """This file is read now, counted from 0."""

    number: int


Finding = FileBegun | Candidate | SkippedEntry | ImportRefused
"""What is told while files are read, in this order for each of them."""

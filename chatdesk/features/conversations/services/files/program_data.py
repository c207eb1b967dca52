"""Where other programs keep their chats on this computer. Only the presence of folders is checked; nothing in them is opened.

The folders are those of the programs' own sources and documentation: the folders that Electron and Tauri use by default, unless noted.
"""

import os
import sys
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from enum import Enum, auto
from pathlib import Path

from chatdesk.features.conversations.importing.foreign_chat import Program
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.system.processes import is_any_running


class Access(Enum):
    """How the chats of a program on this computer can be imported."""

    READABLE = auto()
    RUNNING = auto()
    """Only while the program is closed: it keeps its latest messages in a journal until then."""
    EXPORT = auto()
    """From an export made in the program: it keeps them encrypted, on a server, or in the database of a browser."""


@dataclass(frozen=True, slots=True)
class ProgramData:
    """A program whose data are on this computer. `path` is what to read; None if it can only be exported."""

    program: Program
    access: Access
    path: Path | None = None


@dataclass(frozen=True, slots=True)
class _DataLocation:
    """Where the data of a program can be. `journal` are the names of its processes if it can be read only while none of them runs.

    With `uses_parent`, the folder around the chats is read, because pictures, documents and assistants are beside them.
    """

    program: Program
    paths: tuple[Path, ...]
    is_readable: bool = True
    uses_parent: bool = False
    journal: frozenset[str] = frozenset()


def find_program_data(
    home: Path | None = None,
    environment: Mapping[str, str] = os.environ,
    system: str = sys.platform,
    is_running: Callable[[Collection[str]], bool] = is_any_running,
) -> Sequence[ProgramData]:
    """Return the programs whose data are here, each once: those that can be read first. Blocks."""
    found: dict[Program, ProgramData] = {}
    for location in _locations(home or Path.home(), environment, system):
        path = next((path for path in location.paths if _exists(path)), None)
        if path is None or location.program in found:
            continue
        if not location.is_readable:
            found[location.program] = ProgramData(location.program, Access.EXPORT)
        else:
            running = bool(location.journal) and is_running(location.journal)
            access = Access.RUNNING if running else Access.READABLE
            found[location.program] = ProgramData(
                location.program, access, path.parent if location.uses_parent else path
            )
    return sorted(found.values(), key=lambda data: list(Access).index(data.access))


def find_readable_programs() -> Sequence[Program]:
    """Return the programs whose chats can be read on this computer, without looking which ones are running. Blocks."""
    found = find_program_data(is_running=lambda _names: False)
    return [data.program for data in found if data.access is Access.READABLE]


def _locations(home: Path, environment: Mapping[str, str], system: str) -> Iterator[_DataLocation]:
    """Yield the locations to search. A program is listed twice if it once kept its data in another form: the readable form is first."""
    configs, datas = _data_folders(home, environment, system)

    def config(*names: str) -> tuple[Path, ...]:
        return tuple(folder / name for folder in configs for name in names)

    def data(*names: str) -> tuple[Path, ...]:
        return tuple(folder / name for folder in datas for name in names)

    lm_studio = (home / ".lmstudio" / "conversations", home / ".cache" / "lm-studio" / "conversations")
    yield _DataLocation(Program.LM_STUDIO, lm_studio, uses_parent=True)
    flatpak = home / ".var" / "app" / "ai.jan.Jan" / "data"
    jan = (*data("Jan/data/threads"), flatpak / "Jan" / "data" / "threads", home / "jan" / "threads")
    yield _DataLocation(Program.JAN, jan, uses_parent=True)
    cherry = frozenset({"cherry studio", "cherrystudio", "cherry-studio"})
    yield _DataLocation(
        Program.CHERRY_STUDIO, config("CherryStudio/Data/cherrystudio.sqlite"), journal=cherry, uses_parent=True
    )
    yield _DataLocation(Program.CHERRY_STUDIO, config("CherryStudio/IndexedDB"), is_readable=False)
    if system != "linux":  # the program with a window is only for the others
        yield _DataLocation(Program.OLLAMA, data("Ollama/db.sqlite"), journal=frozenset({"ollama app", "ollama"}))
    yield _DataLocation(Program.CHATBOX, config("xyz.chatboxapp.app"), is_readable=False)
    yield _DataLocation(Program.LOBECHAT, config("LobeHub", "lobehub-desktop"), is_readable=False)
    chatgpt = (*config("com.openai.chat"), *data("Packages/OpenAI.ChatGPT-Desktop_2p2nqsd0c76g0"))
    yield _DataLocation(Program.CHATGPT, chatgpt, is_readable=False)
    yield _DataLocation(Program.CLAUDE, config("Claude"), is_readable=False)


def _data_folders(home: Path, environment: Mapping[str, str], system: str) -> tuple[Sequence[Path], Sequence[Path]]:
    """Return the folders in which programs keep their settings, and those in which they keep their data."""
    if system == "win32":
        roaming = _folder(environment, "APPDATA", home / "AppData" / "Roaming")
        return (roaming,), (roaming, _folder(environment, "LOCALAPPDATA", home / "AppData" / "Local"))
    if system == "darwin":
        support = home / "Library" / "Application Support"
        return (support,), (support,)
    return (
        (_folder(environment, "XDG_CONFIG_HOME", home / ".config"),),
        (_folder(environment, "XDG_DATA_HOME", home / ".local" / "share"),),
    )


def _folder(environment: Mapping[str, str], variable: str, default: Path) -> Path:
    return Path(environment.get(variable) or default)


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:
        return False

"""Programs are found by the presence of their folders, and nothing in these is opened."""

import builtins
import io
import os
from collections.abc import Collection
from pathlib import Path

import pytest

from chatdesk.features.conversations.importing.foreign_chat import Program
from chatdesk.features.conversations.services.files.program_data import Access, ProgramData, find_program_data


def nothing_runs(_names: Collection[str]) -> bool:
    return False


def found(home: Path, system: str = "linux", **environment: str) -> dict[Program, ProgramData]:
    return {data.program: data for data in find_program_data(home, environment, system, nothing_runs)}


def test_no_folder_is_listed_and_no_file_opened_to_find_programs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in (".lmstudio/conversations", ".local/share/Jan/data/threads/1", ".config/CherryStudio/IndexedDB"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / ".local/share/Jan/data/threads/1/thread.json").write_text("{}", "utf-8")
    read: list[object] = []
    for module, name in ((os, "listdir"), (os, "scandir"), (os, "open"), (io, "open"), (builtins, "open")):
        monkeypatch.setattr(module, name, lambda *arguments, **_options: read.append(arguments))
    programs = found(tmp_path)
    monkeypatch.undo()
    assert set(programs) == {Program.LM_STUDIO, Program.JAN, Program.CHERRY_STUDIO}
    assert read == []


def test_nothing_is_found_in_an_empty_home(tmp_path: Path) -> None:
    for system in ("linux", "darwin", "win32"):
        assert found(tmp_path, system) == {}


@pytest.mark.parametrize(
    ("system", "folder", "program"),
    [
        ("linux", ".lmstudio/conversations", Program.LM_STUDIO),
        ("win32", ".cache/lm-studio/conversations", Program.LM_STUDIO),
        ("linux", ".local/share/Jan/data/threads", Program.JAN),
        ("linux", ".var/app/ai.jan.Jan/data/Jan/data/threads", Program.JAN),
        ("win32", "AppData/Roaming/Jan/data/threads", Program.JAN),
        ("darwin", "Library/Application Support/Jan/data/threads", Program.JAN),
        ("darwin", "jan/threads", Program.JAN),
        ("win32", "AppData/Roaming/CherryStudio/Data/cherrystudio.sqlite", Program.CHERRY_STUDIO),
        ("win32", "AppData/Local/Ollama/db.sqlite", Program.OLLAMA),
        ("darwin", "Library/Application Support/Ollama/db.sqlite", Program.OLLAMA),
    ],
)
def test_a_folder_that_can_be_read_is_named(tmp_path: Path, system: str, folder: str, program: Program) -> None:
    path = tmp_path / folder
    path.mkdir(parents=True)
    # What is attached to chats, and assistants, are beside them.
    read = path.parent if program in {Program.LM_STUDIO, Program.CHERRY_STUDIO, Program.JAN} else path
    assert found(tmp_path, system) == {program: ProgramData(program, Access.READABLE, read)}


@pytest.mark.parametrize(
    ("system", "folder", "program"),
    [
        ("linux", ".config/xyz.chatboxapp.app", Program.CHATBOX),
        ("linux", ".config/CherryStudio/IndexedDB", Program.CHERRY_STUDIO),
        ("win32", "AppData/Roaming/LobeHub", Program.LOBECHAT),
        ("darwin", "Library/Application Support/com.openai.chat", Program.CHATGPT),
        ("win32", "AppData/Local/Packages/OpenAI.ChatGPT-Desktop_2p2nqsd0c76g0", Program.CHATGPT),
        ("darwin", "Library/Application Support/Claude", Program.CLAUDE),
    ],
)
def test_data_that_only_the_program_can_read_have_no_path(
    tmp_path: Path, system: str, folder: str, program: Program
) -> None:
    (tmp_path / folder).mkdir(parents=True)
    assert found(tmp_path, system) == {program: ProgramData(program, Access.EXPORT)}


def test_the_folders_of_the_environment_are_searched(tmp_path: Path) -> None:
    (tmp_path / "c" / "Claude").mkdir(parents=True)
    (tmp_path / "d" / "Jan/data/threads").mkdir(parents=True)
    here = found(tmp_path / "home", XDG_CONFIG_HOME=str(tmp_path / "c"), XDG_DATA_HOME=str(tmp_path / "d"))
    assert list(here) == [Program.JAN, Program.CLAUDE]


def test_a_database_is_not_read_while_its_program_is_running(tmp_path: Path) -> None:
    data = tmp_path / ".config/CherryStudio/Data"
    data.mkdir(parents=True)
    (data / "cherrystudio.sqlite").touch()
    (tmp_path / ".config/CherryStudio/IndexedDB").mkdir()  # of the version before
    (tmp_path / ".lmstudio/conversations").mkdir(parents=True)
    asked: list[Collection[str]] = []

    def runs(names: Collection[str]) -> bool:
        asked.append(names)
        return "cherrystudio" in names

    assert [(each.program, each.access) for each in find_program_data(tmp_path, {}, "linux", runs)] == [
        (Program.LM_STUDIO, Access.READABLE),
        (Program.CHERRY_STUDIO, Access.RUNNING),
    ]
    assert len(asked) == 1  # files of LM Studio can be read while it runs


def test_a_folder_that_may_not_be_looked_at_is_as_good_as_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_path: Path) -> bool:
        raise PermissionError

    monkeypatch.setattr(Path, "exists", refuse)
    assert found(tmp_path) == {}

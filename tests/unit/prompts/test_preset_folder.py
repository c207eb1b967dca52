"""A folder of preset files, which any program may change."""

import os
from pathlib import Path

import pytest

from chatdesk.domain.presets.preset import PresetOrigin
from chatdesk.domain.presets.preset_errors import BrokenPreset, PresetProblem
from chatdesk.prompts.preset_folder import TRASH, PresetFolder


def write(path: Path, content: bytes) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)


@pytest.fixture
def folder(tmp_path: Path) -> PresetFolder:
    return PresetFolder(tmp_path / "presets", PresetOrigin.OWN, write)


def test_a_folder_that_is_not_there_is_empty(folder: PresetFolder) -> None:
    assert folder.read().texts == {}


def test_what_is_saved_is_read(folder: PresetFolder) -> None:
    folder.save("pirate", "Answer like a pirate.\n")
    entry = folder.read().texts["pirate"]
    assert (entry.preset.key, entry.preset.prompt, entry.text) == (
        "own:pirate",
        "Answer like a pirate.",
        "Answer like a pirate.\n",
    )


def test_a_change_by_another_program_is_seen_and_the_rest_not_read_again(folder: PresetFolder) -> None:
    folder.save("a", "one")
    folder.save("b", "two")
    before = folder.read()
    (folder.path / "a.md").write_text("three")
    after = folder.read()
    assert after.texts["a"].preset.prompt == "three"
    assert after.texts["b"] is before.texts["b"]


def test_broken_files_are_listed_with_their_line_and_left_alone(folder: PresetFolder) -> None:
    folder.save("broken", "+++\nname = 1\n+++\nx")
    (folder.path / "bytes.md").write_bytes(b"a\n\xff\xfe")
    contents = folder.read()
    assert contents.texts == {}
    assert contents.broken == (
        BrokenPreset("broken.md", PresetProblem.WRONG_TYPE, 2, "name"),
        BrokenPreset("bytes.md", PresetProblem.NOT_TEXT, 2),
    )
    assert (folder.path / "broken.md").read_text() == "+++\nname = 1\n+++\nx"


@pytest.mark.skipif(os.name != "posix", reason="pipes are named here")
def test_pipes_folders_and_hidden_files_are_no_presets(folder: PresetFolder) -> None:
    folder.save("a", "one")
    os.mkfifo(folder.path / "pipe.md")
    (folder.path / "folder.md").mkdir()
    (folder.path / ".hidden.md").write_text("x")
    (folder.path / "notes.txt").write_text("x")
    (folder.path / "nowhere.md").symlink_to("/nowhere")
    assert list(folder.read().texts) == ["a"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Translate & explain!", "translate-explain"),
        ("../../etc/passwd", "etc-passwd"),
        ("CON", "preset-con"),
        ("com1", "preset-com1"),
        ("  ", "preset"),
        ("翻译 助手", "翻译-助手"),
        ("x" * 500, "x" * 60),
        ("<b>a\x00b</b>", "b-a-b-b"),
    ],
)
def test_an_id_is_a_file_name_on_every_system(folder: PresetFolder, name: str, expected: str) -> None:
    assert folder.free_id(name) == expected


def test_ids_differ_in_more_than_upper_and_lower_case(folder: PresetFolder) -> None:
    folder.save("Mail", "x")
    assert folder.free_id("mail") == "mail-2"


def test_what_is_thrown_away_comes_back(folder: PresetFolder) -> None:
    folder.save("a", "one")
    name = folder.trash("a")
    assert folder.read().texts == {}
    assert folder.restore(name) == "a"
    assert folder.read().texts["a"].text == "one"


def test_what_comes_back_overwrites_nothing(folder: PresetFolder) -> None:
    folder.save("a", "one")
    name = folder.trash("a")
    folder.save("a", "two")
    assert folder.restore(name) == "a-2"
    assert {key: entry.text for key, entry in folder.read().texts.items()} == {"a": "two", "a-2": "one"}


def test_the_trash_is_emptied_after_thirty_days(folder: PresetFolder) -> None:
    folder.save("a", "one")
    name = folder.trash("a")
    (folder.path / TRASH / "1 old.md").write_text("x")
    folder.empty_trash()
    assert [entry.name for entry in (folder.path / TRASH).iterdir()] == [name]


def test_what_a_program_left_that_ended_while_it_wrote_is_taken_away(folder: PresetFolder) -> None:
    left = folder.path / ".import-abc"
    left.mkdir(parents=True)
    (left / "half.md").write_text("x")
    assert folder.read().texts == {}
    folder.empty_trash()
    assert not left.exists()

"""A folder of preset files, which any program may change."""

import os
import sys
import time
from pathlib import Path

import pytest

from chatdesk.features.presets.files import preset_folder
from chatdesk.features.presets.files.preset_folder import TRASH, PresetFolder
from chatdesk.kernel.errors.preset_errors import BrokenPreset, PresetProblem
from chatdesk.kernel.presets.preset import PresetOrigin


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
    (name,) = folder.trash(["a"])
    assert folder.read().texts == {}
    assert folder.restore(name) == "a"
    assert folder.read().texts["a"].text == "one"


def test_what_comes_back_overwrites_nothing(folder: PresetFolder) -> None:
    folder.save("a", "one")
    (name,) = folder.trash(["a"])
    folder.save("a", "two")
    assert folder.restore(name) == "a-2"
    assert {key: entry.text for key, entry in folder.read().texts.items()} == {"a": "two", "a-2": "one"}


def test_the_trash_is_emptied_after_thirty_days(folder: PresetFolder) -> None:
    folder.save("a", "one")
    (name,) = folder.trash(["a"])
    (folder.path / TRASH / "1 old.md").write_text("x")
    folder.empty_trash()
    assert [entry.name for entry in (folder.path / TRASH).iterdir()] == [name]


def test_what_a_program_left_that_ended_while_it_wrote_is_taken_away(folder: PresetFolder) -> None:
    left = folder.path / ".import-abc"
    left.mkdir(parents=True)
    (left / "half.md").write_text("x")
    assert folder.read().texts == {}
    old, new = folder.path / "a.md.new", folder.path / "b.md.new"
    for unfinished in (old, new):
        unfinished.write_text("x")
    os.utime(old, (0, 0))
    folder.empty_trash()
    assert not left.exists()
    assert not old.exists()
    assert new.exists(), "it may be written just now"


# A folder that somebody, or something, filled.


def test_of_more_files_than_can_be_read_the_others_are_reported(
    folder: PresetFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(preset_folder, "MAX_FILES", 3)
    for number in range(5):
        folder.save(f"p{number}", "x")
    contents = folder.read()
    assert list(contents.texts) == ["p0", "p1", "p2"]
    assert contents.broken == (
        BrokenPreset("p3.md", PresetProblem.TOO_MANY),
        BrokenPreset("p4.md", PresetProblem.TOO_MANY),
    )
    (folder.path / "p0.md").unlink()
    assert list(folder.read().texts) == ["p1", "p2", "p3"]


def test_a_new_preset_never_takes_the_file_of_one_that_was_not_read(
    folder: PresetFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(preset_folder, "MAX_FILES", 1)
    monkeypatch.setattr(preset_folder, "_MAX_LISTED", 1)
    for name in ("a", "mail"):
        folder.save(name, "x")
    assert folder.free_ids(["mail", "Mail", "mail"]) == ["mail-2", "mail-3", "mail-4"]


def test_ids_differ_in_more_than_how_a_letter_is_composed(folder: PresetFolder) -> None:
    folder.save("cafe\u0301", "x")
    assert folder.free_id("Café") == "café-2"


def test_all_files_together_have_a_limit(folder: PresetFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preset_folder, "MAX_TOTAL_BYTES", 25)
    for name in ("a", "b", "c"):
        folder.save(name, "x" * 10)
    contents = folder.read()
    assert list(contents.texts) == ["a", "b"]
    assert contents.broken == (BrokenPreset("c.md", PresetProblem.TOO_MANY),)


def test_a_thousand_presets_are_read_soon_and_looked_at_again_at_once(folder: PresetFolder) -> None:
    folder.path.mkdir()
    text = '+++\nname = "A name"\ntags = ["a", "b"]\n[[variables]]\nname = "to"\n+++\nTranslate into {{to}}.\n'
    for number in range(1_000):
        (folder.path / f"{number}.md").write_text(text)
    began = time.thread_time()
    assert len(folder.read().texts) == 1_000
    read = time.thread_time()
    assert read - began < 2
    folder.read()
    assert time.thread_time() - read < 0.2


@pytest.mark.skipif(os.name != "posix", reason="links and pipes are made here")
def test_links_that_lead_round_and_pipes_that_took_a_files_place_are_not_waited_for(
    folder: PresetFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.save("a", "one")
    (folder.path / "b.md").symlink_to("c.md")
    (folder.path / "c.md").symlink_to("b.md")
    (folder.path / "zero.md").symlink_to("/dev/zero")
    assert list(folder.read().texts) == ["a"]
    os.mkfifo(folder.path / "pipe.md")
    monkeypatch.setattr(folder, "_stamp", lambda _name: (1, 1, 1))  # as if it were a file still when it was looked at
    broken = {entry.file: entry.problem for entry in folder.read().broken}
    assert broken["pipe.md"] is broken["zero.md"] is broken["b.md"] is PresetProblem.UNREADABLE


def test_a_file_that_is_written_just_now_is_broken_and_whole_the_next_time(folder: PresetFolder) -> None:
    folder.save("a", '+++\nname = "Wri')
    assert folder.read().broken[0].problem is PresetProblem.NOT_CLOSED
    with (folder.path / "a.md").open("a") as file:
        file.write('tten"\n+++\nText.\n')
    assert folder.read().texts["a"].preset.name == "Written"


def test_a_file_that_may_not_be_read_says_so(folder: PresetFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_path: Path, _most: int) -> bytes:
        raise PermissionError(13, "Permission denied")

    folder.save("a", "one")
    monkeypatch.setattr(preset_folder, "read_whole", refuse)
    assert folder.read().broken == (BrokenPreset("a.md", PresetProblem.UNREADABLE, 0, "Permission denied"),)


def test_what_cannot_all_be_thrown_away_stays_where_it_was(
    folder: PresetFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.save("a", "one")
    folder.save("b", "two")
    move = Path.replace

    def refuse(path: Path, target: Path) -> Path:
        if path.name == "b.md":
            raise PermissionError(13, "Permission denied")
        return move(path, target)

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(PermissionError):
        folder.trash(["a", "b"])
    assert sorted(folder.read().texts) == ["a", "b"]


@pytest.mark.skipif(sys.platform != "linux", reason="names of files are text elsewhere")
def test_a_file_whose_name_is_no_text_is_named_broken(folder: PresetFolder) -> None:
    folder.save("a", "one")
    (folder.path / os.fsdecode(b"gr\xfc\xdfe.md")).write_text("x")
    (folder.path / "turned \u202e\nround.md").write_text("x")
    contents = folder.read()
    assert contents.broken == (BrokenPreset("gr??e.md", PresetProblem.BAD_FILE_NAME),)
    assert [entry.preset.name for entry in contents.texts.values()] == ["a", "turned round"]

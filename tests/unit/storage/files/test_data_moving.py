"""The data folder moves to another place: all of it, or not at all."""

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from chatdesk.kernel.errors.backup_errors import LocationFull, LocationMissing, LocationUnusable
from chatdesk.storage.files import data_moving
from chatdesk.storage.files.data_moving import MARKER, check_target, move_data, remove_entries

STAYS = frozenset({"instance.lock"})
CONTENT = {
    "chats.sqlite3": b"chats" * 1000,
    "attachments/ab/abcd": b"picture" * 1000,
    "backups/chatdesk-1.sqlite3": b"copy",
    "models/deep/er/model.gguf": b"weights" * 300_000,
    "empty.json": b"",
    "instance.lock": b"lock",
}


@pytest.fixture
def source(tmp_path: Path) -> Path:
    for name, content in CONTENT.items():
        path = tmp_path / "old" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return tmp_path / "old"


@pytest.fixture
def _other_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """No file can get a second name in the new folder."""

    def refuse(*_: object) -> None:
        raise OSError("another disk")

    monkeypatch.setattr(os, "link", refuse)
    monkeypatch.setattr(data_moving, "_can_link", lambda *_: False)


def test_on_another_disk_files_with_two_names_have_them_again_and_take_no_space_twice(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    second = source / "backups" / "attachments" / "ab" / "abcd"
    second.parent.mkdir(parents=True)
    os.link(source / "attachments" / "ab" / "abcd", second)
    link = os.link

    def on_one_disk(first: Path, other: Path) -> None:
        if first.is_relative_to(source):
            raise OSError("another disk")
        link(first, other)

    monkeypatch.setattr(os, "link", on_one_disk)
    monkeypatch.setattr(data_moving, "_can_link", lambda *_: False)
    before = files(source)
    once = {name: content for name, content in before.items() if name not in STAYS and "backups/att" not in name}
    assert check_target(source, tmp_path / "new", STAYS) == sum(map(len, once.values()))
    moved(source, tmp_path / "new")
    assert files(tmp_path / "new") == {name: content for name, content in before.items() if name not in STAYS}
    moved_files = (tmp_path / "new" / name / "ab" / "abcd" for name in ("attachments", "backups/attachments"))
    assert len({path.stat().st_ino for path in moved_files}) == 1


@pytest.mark.usefixtures("_other_disk")
def test_a_disk_that_is_full_in_the_middle_is_reported_as_that_and_nothing_has_changed(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fill_up(_path: Path) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(data_moving, "force_to_disk", fill_up)
    with pytest.raises(LocationFull):
        moved(source, tmp_path / "new")
    assert files(source) == CONTENT
    assert files(tmp_path / "new") == {}


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
def test_an_empty_folder_that_everybody_could_read_is_private_afterwards(source: Path, tmp_path: Path) -> None:
    target = tmp_path / "new"
    target.mkdir(mode=0o755)
    moved(source, target)
    assert target.stat().st_mode & 0o777 == 0o700


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def moved(source: Path, target: Path) -> list[tuple[str, ...]]:
    switched: list[tuple[str, ...]] = []
    move_data(source, target, STAYS, lambda: None, switched.append, lambda _share: None)
    return switched


@pytest.mark.parametrize("disk", ["same", "other"])
def test_everything_is_in_the_new_folder_before_the_switch_and_the_old_one_is_emptied_after_it(
    source: Path, disk: str, request: pytest.FixtureRequest
) -> None:
    if disk == "other":
        request.getfixturevalue("_other_disk")
    target = source.parent / "new"
    (entries,) = moved(source, target)
    expected = {name: content for name, content in CONTENT.items() if name not in STAYS}
    assert files(target) == expected
    assert files(source) == CONTENT
    remove_entries(source, entries)
    assert files(source) == {"instance.lock": b"lock"}
    assert files(target) == expected


@pytest.mark.usefixtures("_other_disk")
def test_the_progress_grows_to_the_end(source: Path) -> None:
    shares: list[float] = []
    move_data(source, source.parent / "new", STAYS, lambda: None, lambda _entries: None, shares.append)
    assert shares == sorted(shares)
    assert shares[-1] == pytest.approx(1.0)


@pytest.mark.usefixtures("_other_disk")
def test_an_error_leaves_the_old_folder_as_it_was_and_nothing_in_the_new_one(source: Path) -> None:
    def fail(share: float) -> None:
        if share > 0.5:
            raise OSError(5, "the disk was unplugged")

    with pytest.raises(LocationUnusable):
        move_data(source, source.parent / "new", STAYS, lambda: None, lambda _: pytest.fail("switched"), fail)
    assert files(source) == CONTENT
    assert files(source.parent / "new") == {}


@pytest.mark.parametrize("place", ["not empty", "inside", "around", "a file", "missing", "same"])
def test_a_place_that_does_not_work_is_refused_and_nothing_is_changed(source: Path, place: str) -> None:
    target = source.parent / "new"
    if place == "not empty":
        target.mkdir()
        (target / "letter.txt").write_bytes(b"somebody else's")
    elif place == "a file":
        target.write_bytes(b"x")
    target = {
        "inside": source / "new",
        "around": source.parent,
        "missing": source.parent / "stick" / "new",
        "same": source,
    }.get(place, target)
    before = files(source.parent)
    with pytest.raises(LocationMissing if place == "missing" else LocationUnusable):
        moved(source, target)
    assert files(source.parent) == before


@pytest.mark.usefixtures("_other_disk")
def test_a_disk_without_enough_space_is_refused_at_once(source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(data_moving, "_FREE_SPACE_RESERVE", 1 << 60)
    with pytest.raises(LocationFull):
        moved(source, source.parent / "new")
    assert not (source.parent / "new").exists()


def test_links_stay_links_and_sockets_are_left(source: Path) -> None:
    (source / "models" / "shared").symlink_to(source.parent)
    moved(source, source.parent / "new")
    assert (source.parent / "new" / "models" / "shared").readlink() == source.parent


KILLED = """
import os, sys
from pathlib import Path
from chatdesk.storage.files import data_moving
calls = 0
def count(*_):
    global calls
    calls += 1
    if calls == int(sys.argv[3]):
        os.kill(os.getpid(), 9)
def refuse(*_):
    raise OSError("another disk")
os.link = refuse
data_moving._can_link = lambda *_: False
source, target = Path(sys.argv[1]), Path(sys.argv[2])
real = data_moving.force_to_disk
data_moving.force_to_disk = lambda path: (count(), real(path))
def switch(entries):
    count()
    (source.parent / "pointer").write_text("new")
    count()
data_moving.move_data(source, target, frozenset({"instance.lock"}), count, switch, count)
count()
data_moving.remove_entries(source, data_moving_entries := tuple(p.name for p in source.iterdir() if p.name != "instance.lock"))
print("complete")
"""


@pytest.mark.thorough
@pytest.mark.skipif(sys.platform == "win32", reason="kills with a signal")
def test_killed_at_any_step_all_data_is_in_the_folder_that_is_used_and_the_move_can_be_repeated(source: Path) -> None:
    expected = {name: content for name, content in CONTENT.items() if name not in STAYS}
    pointer, target = source.parent / "pointer", source.parent / "new"
    step = 0
    while True:
        step += 1
        run = subprocess.run(
            [sys.executable, "-c", KILLED, source, target, str(step)], capture_output=True, check=False
        )
        if run.returncode == 0:
            break
        assert run.returncode == -9, run.stderr.decode()
        used = target if pointer.exists() else source
        found = {name: content for name, content in files(used).items() if name not in {*STAYS, MARKER}}
        assert found == expected, step
        if pointer.exists():
            break
    assert step > 10

"""Downloaded models move to another folder: at any moment each of them is complete in one of the two."""

import multiprocessing
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from chatdesk.kernel.errors.storage_errors import DiskFull, FileUnavailable
from chatdesk.storage.files import model_moving
from chatdesk.storage.files.model_moving import move_models
from chatdesk.storage.files.model_store import ModelStore
from tests.unit.storage.files.test_model_store import (
    ALSO_SEEING,
    NOW,
    ONE,
    SEEING,
    SOURCE,
    SPLIT,
    placed,
    received,
)

CONTENTS = {
    ONE: (b"one",),
    SPLIT: (b"first", b"second"),
    SEEING: (b"eight", b"eyes"),
    ALSO_SEEING: (b"six", b"eyes"),
}


def ignore(_done: int, _total: int) -> None:
    """Nobody looks."""


@pytest.fixture
def source(tmp_path: Path) -> ModelStore:
    store = ModelStore(lambda: tmp_path / "models")
    for wanted, contents in CONTENTS.items():
        placed(store, wanted, *contents)
    return store


@pytest.fixture
def target(tmp_path: Path) -> ModelStore:
    return ModelStore(lambda: tmp_path / "other disk/models")


@pytest.fixture(params=["the same disk", "another disk"])
def disk(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Another disk has no links to this one."""
    if request.param == "another disk":
        monkeypatch.setattr(model_moving, "_link", lambda _old, _new: False)
        monkeypatch.setattr(model_moving, "_is_same_disk", lambda _one, _other: False)
    return str(request.param)


def contents(store: ModelStore) -> dict[str, list[bytes]]:
    """What is complete."""
    found = (model for model in ModelStore(lambda: store.folder).read() if model.downloaded_at)
    return {model.id: [path.read_bytes() for path in store.paths_of(model)] for model in found}


def files_below(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*.*") if path.is_file())


@pytest.mark.usefixtures("disk")
def test_all_models_move_with_their_projectors_and_their_origin(source: ModelStore, target: ModelStore) -> None:
    before, models = contents(source), source.read()
    reported: list[tuple[int, int]] = []
    move_models(source, target, lambda done, total: reported.append((done, total)))
    assert contents(target) == before
    assert contents(source) == {}
    assert [name for name in files_below(source.folder) if name.endswith(".gguf")] == []
    moved = ModelStore(lambda: target.folder).read()
    assert {model.id: (model.source, model.downloaded_at) for model in moved} == {
        model.id: (SOURCE, NOW) for model in models
    }
    assert reported == sorted(reported)
    assert reported[-1][0] == reported[-1][1] == 3 + 11 + 9 + 7


@pytest.mark.usefixtures("disk")
def test_unfinished_downloads_go_along_and_other_files_stay(source: ModelStore, target: ModelStore) -> None:
    wanted = SPLIT.files[0]
    part = source.part(wanted)
    received(source, ONE, b"on")
    received(source, SPLIT, b"fir", b"")
    mine = source.folder / "me/own/model.gguf"
    mine.parent.mkdir(parents=True)
    mine.write_bytes(b"mine")
    move_models(source, target, ignore)
    assert target.part(ONE.files[0]).path.read_bytes() == b"on"
    assert target.part(wanted).path.read_bytes() == b"fir"
    assert not part.path.exists()
    assert mine.read_bytes() == b"mine"


def test_what_was_only_half_placed_is_a_part_again(source: ModelStore, target: ModelStore) -> None:
    source.delete("Wren")
    received(source, SPLIT, b"first", b"second")
    hidden = source.part(SPLIT.files[1]).path.rename(source.folder / "away")
    with pytest.raises(FileUnavailable):
        source.place("Wren", SPLIT, SOURCE, NOW)
    hidden.rename(source.part(SPLIT.files[1]).path)
    move_models(source, target, ignore)
    assert [target.part(file).path.read_bytes() for file in SPLIT.files] == [b"first", b"second"]
    assert target.place("Wren", SPLIT, SOURCE, NOW).downloaded_at == NOW
    assert source.models == ()


@pytest.mark.usefixtures("disk")
def test_files_of_other_programs_at_the_new_place_are_not_touched(source: ModelStore, target: ModelStore) -> None:
    theirs = target.folder / "acme/Wren-7B-GGUF/Wren-7B-Q4_K_M.gguf"
    theirs.parent.mkdir(parents=True)
    theirs.write_bytes(b"theirs")
    before = contents(source)
    move_models(source, target, ignore)
    assert contents(target) == before
    assert theirs.read_bytes() == b"theirs"


def test_moving_into_the_folder_itself_by_another_name_loses_nothing(source: ModelStore, tmp_path: Path) -> None:
    before = contents(source)
    link = tmp_path / "link"
    link.symlink_to(source.folder, target_is_directory=True)
    move_models(source, ModelStore(lambda: link), ignore)
    assert contents(source) == before


class _StopError(Exception):
    """The user has seen enough."""


def stop_at(step: int) -> Callable[[int, int], None]:
    steps = iter(range(step))

    def report(_done: int, _total: int) -> None:
        if next(steps, None) is None:
            raise _StopError

    return report


@pytest.mark.usefixtures("disk")
@pytest.mark.parametrize("step", range(8))
def test_a_stopped_move_leaves_each_model_complete_in_one_folder_and_is_continued(
    source: ModelStore, target: ModelStore, step: int
) -> None:
    before = contents(source)
    with pytest.raises(_StopError):
        move_models(source, target, stop_at(step))
    assert {**contents(source), **contents(target)} == before
    assert not list(target.folder.rglob("*.moving"))
    move_models(source, target, ignore)
    assert contents(target) == before
    assert contents(source) == {}


def kill_at(step: int, source: Path, target: Path, *, has_links: bool) -> None:
    """Move in a process of its own, which is killed."""
    if not has_links:
        model_moving._link = lambda _old, _new: False  # type: ignore[assignment]
    steps = iter(range(step))

    def trace(_frame: object, event: str, _argument: object) -> object:
        if event == "line" and next(steps, None) is None:
            os.kill(os.getpid(), signal.SIGKILL)
        return trace

    traced = {
        move_models.__code__,
        ModelStore.receive.__code__,
        ModelStore.delete.__code__,
        model_moving._Moving.bring.__code__,
    }
    sys.settrace(lambda frame, event, argument: trace if frame.f_code in traced else None)
    move_models(ModelStore(lambda: source), ModelStore(lambda: target), ignore)


@pytest.mark.skipif(sys.platform == "win32", reason="kills as POSIX does")
@pytest.mark.parametrize("has_links", [True, False])
@pytest.mark.parametrize("step", [9, 40, 85])
def test_a_killed_move_leaves_each_model_complete_in_one_folder_and_is_continued(
    source: ModelStore, target: ModelStore, step: int, has_links: bool
) -> None:
    before = contents(source)
    process = multiprocessing.get_context("spawn").Process(
        target=kill_at, args=(step, source.folder, target.folder), kwargs={"has_links": has_links}
    )
    process.start()
    process.join()
    assert process.exitcode == -signal.SIGKILL
    assert {**contents(source), **contents(target)} == before
    move_models(ModelStore(lambda: source.folder), ModelStore(lambda: target.folder), ignore)
    assert contents(target) == before
    assert not [name for name in files_below(source.folder) if name.endswith(".gguf")]


def test_a_disk_without_room_is_reported_before_anything_moves(
    source: ModelStore, target: ModelStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(model_moving, "_is_same_disk", lambda _one, _other: False)
    monkeypatch.setattr(model_moving, "_free_space", lambda _folder: 10**9 + 20)
    before = contents(source)
    with pytest.raises(DiskFull):
        move_models(source, target, ignore)
    assert contents(source) == before
    assert contents(target) == {}


def test_a_file_that_was_damaged_meanwhile_is_not_passed_on(
    source: ModelStore, target: ModelStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(model_moving, "_link", lambda _old, _new: False)
    model = next(model for model in source.read() if model.download == ONE)
    source.paths_of(model)[0].write_bytes(b"oxe")
    with pytest.raises(FileUnavailable, match="damaged"):
        move_models(source, target, ignore)
    assert source.paths_of(model)[0].exists()

"""Faults of disks and folders that begin at a moment and end later, as when a stick is unplugged and plugged in again.

Those that need another file system mount small ones: only the superuser can, in a mount namespace of the process.
"""

import ctypes
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

_NEW_NAMESPACE = 0x00020000
_READ_ONLY, _REMOUNT, _BIND, _MOVE, _RECURSIVE, _PRIVATE = 1, 32, 4096, 8192, 16384, 1 << 18
_DETACH = 2
_MEGABYTES = {"home": 48, "cache": 24, "stick": 24}


@dataclass(frozen=True)
class Scene:
    """The folders of a run: the data folder, its cache folder, and a stick. With `mounted`, each is a file system of its own."""

    root: Path
    mounted: bool

    @property
    def home(self) -> Path:
        return self.root / "home"

    @property
    def cache(self) -> Path:
        return self.home / "cache"

    @property
    def stick(self) -> Path:
        return self.root / "stick"


@dataclass(frozen=True)
class Fault:
    """Something that goes wrong. `begin` is called on any thread, again if it returns False because it is not possible yet."""

    begin: Callable[[Scene], object]
    end: Callable[[Scene], object]
    needs_mounts: bool = False
    keeps: bool = True
    """Whether everything is there again when the fault has ended."""
    allows_removal: bool = True
    """Whether files can be removed while it lasts: otherwise what was unfinished stays until the next time."""


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def _checked(result: int) -> None:
    if result:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code))


def _mount(source: str, target: str, kind: str | None, flags: int, options: str | None = None) -> None:
    def encoded(text: str | None) -> bytes | None:
        return None if text is None else os.fsencode(text)

    _checked(_libc().mount(encoded(source), encoded(target), encoded(kind), flags, encoded(options)))


def _unmount(path: Path) -> None:
    _checked(_libc().umount2(os.fsencode(path), _DETACH))


def can_mount() -> bool:
    """Give this process mounts of its own, and return whether that can be done."""
    try:
        _checked(_libc().unshare(_NEW_NAMESPACE))
        _mount("none", "/", None, _RECURSIVE | _PRIVATE)
    except (OSError, AttributeError):
        return False
    return True


@contextmanager
def scene(root: Path, prepared: Path, *, mounted: bool) -> Iterator[Scene]:
    """Make a copy of the prepared folders for one run."""
    made = Scene(root, mounted)
    places = {"home": made.home, "cache": made.cache, "stick": made.stick}
    root.mkdir(parents=True)
    try:
        for name, path in places.items():
            path.mkdir(parents=True, exist_ok=True)
            if mounted:
                _mount("tmpfs", str(path), "tmpfs", 0, f"size={_MEGABYTES[name]}m,mode=700")
        shutil.copytree(prepared, root, symlinks=True, dirs_exist_ok=True)
        yield made
    finally:
        if mounted:
            for path in (*reversed(places.values()), _aside(made.stick)):
                with suppress(OSError):
                    while True:  # one mount may cover another
                        _unmount(path)
        shutil.rmtree(root, ignore_errors=True)


def _fill(path: Path) -> None:
    with suppress(OSError), (path / ".filler").open("wb", buffering=0) as file:
        for size in (1 << 20, 4096, 1):
            with suppress(OSError):
                while True:
                    file.write(b"\0" * size)


def _empty(path: Path) -> None:
    (path / ".filler").unlink(missing_ok=True)


def _full(name: str) -> Fault:
    return Fault(
        lambda scene: _fill(getattr(scene, name)), lambda scene: _empty(getattr(scene, name)), needs_mounts=True
    )


def _nearly_full(name: str, left: int) -> Fault:
    """The disk has room for a few more files."""

    def begin(scene: Scene) -> None:
        path = getattr(scene, name)
        _fill(path)
        filler = path / ".filler"
        os.truncate(filler, max(0, filler.stat().st_size - left))

    return Fault(begin, lambda scene: _empty(getattr(scene, name)), needs_mounts=True)


def _aside(path: Path) -> Path:
    return path.with_name(f"{path.name}.moved")


def _unplug(scene: Scene) -> None:
    """Leave the empty mount point, as many systems do."""
    _aside(scene.stick).mkdir()
    _mount(str(scene.stick), str(_aside(scene.stick)), None, _MOVE)


def _detach(scene: Scene) -> None:
    """Unmount the stick while it is in use: what is open can still be read and written."""
    _aside(scene.stick).mkdir()
    _mount(str(scene.stick), str(_aside(scene.stick)), None, _BIND)
    _unmount(scene.stick)


def _plug_in(scene: Scene) -> None:
    scene.stick.mkdir(exist_ok=True)
    _mount(str(_aside(scene.stick)), str(scene.stick), None, _MOVE)


def _remove_mounted(scene: Scene) -> None:
    _unplug(scene)
    with suppress(OSError):
        scene.stick.rmdir()


def _move_away(path: Callable[[Scene], Path]) -> Fault:
    def begin(scene: Scene) -> bool:
        if not path(scene).exists():
            return False
        path(scene).rename(_aside(path(scene)))
        return True

    def end(scene: Scene) -> None:
        shutil.rmtree(path(scene), ignore_errors=True)  # what was created meanwhile
        _aside(path(scene)).rename(path(scene))

    return Fault(begin, end, allows_removal=False)


def _file_in_place(path: Callable[[Scene], Path]) -> Fault:
    def begin(scene: Scene) -> None:
        path(scene).rename(_aside(path(scene)))
        path(scene).write_bytes(b"a file")

    def end(scene: Scene) -> None:
        path(scene).unlink()
        _aside(path(scene)).rename(path(scene))

    return Fault(begin, end, allows_removal=False)


def _remount(path: Path, flags: int) -> None:
    """Make a mount read-only or not, also while files in it are open."""
    with suppress(OSError):
        _mount("none", str(path), None, _REMOUNT | flags)
        return
    if flags:  # as a disk with errors: what is open can still be written
        _mount(str(path), str(path), None, _BIND)
        _mount("none", str(path), None, _REMOUNT | _BIND | flags)


def _writable_again(path: Path) -> None:
    with suppress(OSError):
        _mount("none", str(path), None, _REMOUNT)
    while not os.access(path, os.W_OK) or os.statvfs(path).f_flag & os.ST_RDONLY:
        _unmount(path)


def _read_only(path: Callable[[Scene], Path]) -> Fault:
    return Fault(
        lambda scene: _remount(path(scene), _READ_ONLY),
        lambda scene: _writable_again(path(scene)),
        needs_mounts=True,
        allows_removal=False,
    )


def _forbid(path: Callable[[Scene], Path], mode: int) -> Fault:
    """Take away permissions for a folder and all below it."""

    def begin(scene: Scene) -> None:
        for folder, _, _ in os.walk(path(scene), topdown=False):
            Path(folder).chmod(mode)

    def end(scene: Scene) -> None:
        path(scene).chmod(0o700)
        for folder, below, _ in os.walk(path(scene)):
            for each in below:
                (Path(folder) / each).chmod(0o700)

    return Fault(begin, end, allows_removal=False)


_held: dict[Path, sqlite3.Connection] = {}


def _lock(scene: Scene) -> bool:
    connection = sqlite3.connect(scene.home / "chats.sqlite3", timeout=0, isolation_level=None, check_same_thread=False)
    try:
        connection.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError:  # in the middle of a transaction of the program
        connection.close()
        return False
    _held[scene.root] = connection
    return True


def _unlock(scene: Scene) -> None:
    if connection := _held.pop(scene.root, None):
        with closing(connection):
            connection.execute("ROLLBACK")


def _truncate_below(name: str, *patterns: str) -> Fault:
    """Cut files in two, as a failing copy or disk does; they stay so."""

    def begin(scene: Scene) -> None:
        for pattern in patterns:
            for path in getattr(scene, name).rglob(pattern):
                with suppress(OSError):
                    if path.is_file():
                        os.truncate(path, path.stat().st_size // 2)

    return Fault(begin, lambda _scene: None, keeps=False)


def _remove_below(name: str, *patterns: str) -> Fault:
    def begin(scene: Scene) -> None:
        for pattern in patterns:
            for path in getattr(scene, name).rglob(pattern):
                with suppress(OSError):
                    path.unlink()

    return Fault(begin, lambda _scene: None, keeps=False)


def _stick(scene: Scene) -> Path:
    return scene.stick


def _scratch(scene: Scene) -> Path:
    return scene.cache / "backups"


FAULTS: Mapping[str, Fault] = {
    "stick-full": _full("stick"),
    "stick-nearly-full": _nearly_full("stick", 100_000),
    "cache-full": _full("cache"),
    "data-full": _full("home"),
    "stick-unplugged": Fault(_unplug, _plug_in, needs_mounts=True, allows_removal=False),
    "stick-unmounted": Fault(_detach, _plug_in, needs_mounts=True, allows_removal=False),
    "stick-gone": Fault(_remove_mounted, _plug_in, needs_mounts=True, allows_removal=False),
    "stick-read-only": _read_only(_stick),
    "cache-read-only": _read_only(lambda scene: scene.cache),
    "folder-removed": _move_away(_stick),
    "file-in-place": _file_in_place(_stick),
    "not-writable": _forbid(_stick, 0o500),
    "not-readable": _forbid(_stick, 0o000),
    "cache-not-writable": _forbid(lambda scene: scene.cache, 0o500),
    "scratch-removed": _move_away(_scratch),
    "attachments-gone": _move_away(lambda scene: scene.home / "attachments"),
    "database-locked": Fault(_lock, _unlock),
    "stick-files-cut": _truncate_below("stick", "*"),
    "stick-files-gone": _remove_below("stick", "*"),
}

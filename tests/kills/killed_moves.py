"""What is killed while it moves the data folder, on the same disk or to another one; `operations.py` kills it."""

import asyncio
import errno
import os
from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path

from chatdesk.features.backups.services.data_folder import DataFolder
from chatdesk.storage.files import data_moving
from chatdesk.system.folders import DataPointer, Folders, read_pointer
from tests.kills.homes import CHATS_BEFORE, look_at_chats, write_home
from tests.kills.operations import Findings, Operation

_ATTACHMENTS = 40
_LOCK = "instance.lock"


def _prepare(home: Path) -> None:
    """A home with chats and attachments, whose settings are elsewhere."""
    data = home / "data"
    write_home(data)
    (data / _LOCK).write_bytes(b"")
    (home / "config").mkdir()
    for number in range(_ATTACHMENTS):
        folder = data / "attachments" / f"{number:02x}"
        folder.mkdir(parents=True)
        (folder / "file").write_bytes(bytes([number]) * 50_000)


def _folders(home: Path) -> Folders:
    config = home / "config"
    return Folders(read_pointer(config).folder or home / "data", config, home / "cache", home / "logs")


async def _move(home: Path, begin: Callable[[], AbstractContextManager[None]], *, to_other_disk: bool) -> None:
    folder = DataFolder(_folders(home))
    if to_other_disk:
        data_moving._can_link = lambda *_: False
        os.link = _refuse_link
    with begin():
        plan = await folder.plan(home / "new")
        folder.work(plan).run(lambda _share: None)


def _refuse_link(*_: object, **__: object) -> None:
    raise OSError(errno.EXDEV, "Invalid cross-device link")


def _look(home: Path, findings: Findings) -> None:
    """After the next start, the data is complete in the folder that is used, and nothing is in the other one."""
    folders = _folders(home)
    asyncio.run(DataFolder(folders).finish())
    is_new = folders.data == home / "new"
    findings.new += is_new
    findings.old += not is_new
    look_at_chats(folders.data, findings, CHATS_BEFORE)
    whole = [
        number
        for number in range(_ATTACHMENTS)
        if (folders.data / "attachments" / f"{number:02x}" / "file").read_bytes() == bytes([number]) * 50_000
    ]
    if len(whole) != _ATTACHMENTS:
        findings.faults.append(f"{len(whole)} attachments are complete")
    other = home / ("data" if is_new else "new")
    left = [path for path in other.rglob("*") if path.name != _LOCK] if other.exists() else []
    findings.faults += [f"{path.relative_to(home)} is left" for path in left]
    if (folders.data / data_moving.MARKER).exists():
        findings.faults.append("the marker is left")
    if read_pointer(folders.config) != DataPointer(folders.data if is_new else None):
        findings.faults.append("something is left in the pointer")


_PARTS = ("features/backups", "storage", "system")
OPERATIONS = {
    "move": Operation(_prepare, partial(_move, to_other_disk=False), _look, _PARTS),
    "move-to-other-disk": Operation(_prepare, partial(_move, to_other_disk=True), _look, _PARTS),
}

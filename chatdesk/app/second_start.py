"""Second start of the program: passing its command to the running one, and listening for such commands."""

import logging
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject

from chatdesk.app.single_instance import (
    Delivery,
    InstanceCommand,
    SingleInstance,
    notify_starting_instance,
    open_command,
)
from chatdesk.kernel.errors.storage_errors import AlreadyRunning, RunningUnreachable
from chatdesk.system.instance_address import AddressUnsafe, instance_address
from chatdesk.system.instance_lock import InstanceLock

logger = logging.getLogger(__name__)


def send_to_running(data_folder: Path, lock: InstanceLock, files: Sequence[Path], *, quick: bool) -> bool:
    """Let the running program do what this start is for. Return False if it has ended meanwhile: then this process holds the lock.

    Raises `AlreadyRunning` if it does not answer, `RunningUnreachable` if the command might reach another user.
    """
    command = open_command(files) if files else (InstanceCommand.QUICK if quick else InstanceCommand.RAISE).value
    try:
        address = instance_address(data_folder)
    except AddressUnsafe as error:
        raise RunningUnreachable(path=str(data_folder), reason=str(error)) from error
    match notify_starting_instance(address, command, lambda: not lock.acquire()):
        case Delivery.ACCEPTED:
            return True
        case Delivery.NO_PROGRAM:
            return False
        case Delivery.NO_ANSWER:
            raise AlreadyRunning(path=str(data_folder))
        case Delivery.OTHER_USER:
            raise RunningUnreachable(path=str(data_folder), reason=address)


def listen(data_folder: Path, parent: QObject) -> SingleInstance | None:
    """Listen for second starts. Return None if there is no safe address; second starts then report that the program is unreachable."""
    try:
        return SingleInstance(instance_address(data_folder), parent)
    except AddressUnsafe as error:
        logger.warning("A second start cannot reach this one: %s", error)
        return None

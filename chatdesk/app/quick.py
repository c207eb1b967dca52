"""`chatdesk quick` while the program runs: it is told, and nothing of a window is loaded here. A key of the desktop waits for this."""

from PySide6.QtCore import QCoreApplication

from chatdesk.app.single_instance import Delivery, InstanceCommand, notify_starting_instance
from chatdesk.kernel.errors.storage_errors import StorageError
from chatdesk.system.folders import Folders
from chatdesk.system.instance_address import AddressUnsafe, instance_address
from chatdesk.system.instance_lock import InstanceLock


def request_quick_question() -> bool:
    """Have the running program open its window for quick questions. False if none runs, or none that answers."""
    folders = Folders.locate()
    application = QCoreApplication([])
    try:
        address = instance_address(folders.data)
        return notify_starting_instance(address, InstanceCommand.QUICK.value, lambda: _runs(folders)) is Delivery.TAKEN
    except AddressUnsafe:
        return False  # the start that follows says why
    finally:
        application.shutdown()


def _runs(folders: Folders) -> bool:
    """Return whether a program holds the lock; it may be starting."""
    lock = InstanceLock(folders.data / "instance.lock")
    try:
        folders.make()
        free = lock.acquire()
    except StorageError:
        return False  # the start that follows says why
    lock.release()
    return not free

"""`chatdesk quick` while the program is running: only sends a command, without loading a window, so that desktop shortcuts are fast."""

from PySide6.QtCore import QCoreApplication

from chatdesk.app.single_instance import Delivery, InstanceCommand, notify_starting_instance
from chatdesk.kernel.errors.storage_errors import StorageError
from chatdesk.system.folders import Folders
from chatdesk.system.instance_address import AddressUnsafe, instance_address
from chatdesk.system.instance_lock import InstanceLock


def request_quick_question() -> bool:
    """Let the running program open its quick question window. Return False if none is running, or it does not answer."""
    folders = Folders.locate()
    application = QCoreApplication([])
    try:
        address = instance_address(folders.data)
        return (
            notify_starting_instance(address, InstanceCommand.QUICK.value, lambda: _runs(folders)) is Delivery.ACCEPTED
        )
    except AddressUnsafe:
        return False  # the following start reports why
    finally:
        application.shutdown()


def _runs(folders: Folders) -> bool:
    """Return whether a program holds the lock; it may still be starting."""
    lock = InstanceLock(folders.data / "instance.lock")
    try:
        folders.make()
        free = lock.acquire()
    except StorageError:
        return False  # the following start reports why
    lock.release()
    return not free

"""Work between two openings of the window, when the chats are closed: all chats are replaced, or the data folder moves."""

from chatdesk.app.shell.start_progress import StartProgress
from chatdesk.kernel.errors.storage_errors import StorageError
from chatdesk.kernel.recovery import ClosedWork, Moved, Recovered
from chatdesk.storage.database.background import run_in_background
from chatdesk.ui_kit.style.appearance import Appearance


async def do_closed_work(work: ClosedWork, appearance: Appearance) -> Recovered | Moved | StorageError:
    """Do the work behind a window with its progress. Return its result, or why it failed with nothing changed."""
    progress = StartProgress(appearance, work.name)
    progress.show()
    try:
        return await run_in_background(work.run, progress.set_share)
    except StorageError as error:
        return error
    finally:
        progress.end()

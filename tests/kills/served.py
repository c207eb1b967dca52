"""A WebDAV server beside the process that is killed: its files are in the home of the run, so that they are copied and replaced with it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from chatdesk.kernel.remote_folder import StorageLocation
from tests.fakes.files_below import FilesBelow
from tests.fakes.scripted_server import on_thread
from tests.fakes.webdav_server import USER, WebDavServer

SERVED = "served"
"""The folder with the files of the server, in a home."""
_ADDRESS = "server"
"""The file with the address of the server, beside the home."""


def make_served_folder(home: Path) -> None:
    """Make the folder of the server in a home."""
    (home / SERVED / "dav").mkdir(parents=True)


@contextmanager
def serve(home: Path) -> Iterator[None]:
    """Run a server with the files in the home of the runs."""
    files = FilesBelow(home / SERVED)
    with on_thread(WebDavServer(files=files, changed=files.changed)) as server:
        home.with_name(_ADDRESS).write_text(f"{server.url}/dav/")
        yield


def location_on_server(home: Path) -> StorageLocation:
    """Return the folder on the server. The password is that of `tests/fakes/webdav_server.py`."""
    return StorageLocation(home.with_name(_ADDRESS).read_text(), USER)

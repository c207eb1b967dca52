"""How storage locations are named in the window: folders of this computer with `~` for the home folder, and WebDAV folders."""

from pathlib import Path
from urllib.parse import unquote, urlsplit

from chatdesk.kernel.remote_folder import StorageLocation
from chatdesk.ui_kit.text.safe_text import plain_line


def shown_path(path: Path) -> str:
    """Return a path for display, with `~` for the home folder."""
    try:
        return plain_line(str(Path("~") / path.relative_to(Path.home())))
    except (ValueError, RuntimeError):
        return plain_line(str(path))


def shown_location(location: StorageLocation) -> str:
    """Return the last two parts of a location: `USB stick / Chatdesk`, `cloud.example.com / Chatdesk`."""
    if location.is_remote:
        parts = urlsplit(location.address)
        names = [name for name in unquote(parts.path).split("/") if name]
        return plain_line(" / ".join([parts.hostname or "", *names[-1:]]))
    return plain_line(" / ".join(name for name in (location.path.parent.name, location.path.name) if name))

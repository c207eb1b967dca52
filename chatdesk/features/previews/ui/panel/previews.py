"""What the window needs to run pages. Without it, no preview is offered."""

from pathlib import Path

from chatdesk.features.previews.ui.panel.preview_host import PreviewHosts
from chatdesk.kernel.fast_dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Previews:
    """`folder` contains the libraries that generated pages load."""

    preview_hosts: PreviewHosts
    folder: Path

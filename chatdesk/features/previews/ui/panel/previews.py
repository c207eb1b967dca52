"""What the screen is given so that it can run pages. Without it no preview is offered."""

from pathlib import Path

from chatdesk.features.previews.ui.panel.preview_host import PreviewHosts
from chatdesk.kernel.fast_dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Previews:
    """`folder` holds the libraries that pages of ours are made of."""

    preview_hosts: PreviewHosts
    folder: Path

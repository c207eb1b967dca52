"""What the window needs to run pages. Without it, no preview is offered."""

from pathlib import Path
from typing import TYPE_CHECKING

from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.lazy import Lazy

if TYPE_CHECKING:
    from chatdesk.features.previews.ui.panel.preview_host import PreviewHosts


@dataclass(frozen=True, slots=True)
class Previews:
    """`folder` contains the libraries that generated pages load."""

    hosts: "Lazy[PreviewHosts]"
    folder: Path

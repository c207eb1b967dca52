"""What the screen is given so that it can run pages. Without it no preview is offered."""

from pathlib import Path

from chatdesk.domain.late_dataclass import dataclass
from chatdesk.ui.preview_panel.stage import Stages


@dataclass(frozen=True, slots=True)
class Previews:
    """`folder` holds the libraries that pages of ours are made of."""

    stages: Stages
    folder: Path

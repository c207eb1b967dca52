"""What the screen is given so that it can run pages. Without it no preview is offered."""

from pathlib import Path

from chatdesk.features.previews.ui.panel.stage import Stages
from chatdesk.kernel.fast_dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Previews:
    """`folder` holds the libraries that pages of ours are made of."""

    stages: Stages
    folder: Path

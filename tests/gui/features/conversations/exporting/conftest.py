"""What tests of pages share."""

import pytest

from chatdesk.features.conversations.ui.exporting.pdf_file import paper_scale
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.theme import Theme


@pytest.fixture
def theme(appearance: Appearance) -> Theme:
    """The theme of paper."""
    return appearance.paper_theme(paper_scale(appearance.paper_theme(1)))

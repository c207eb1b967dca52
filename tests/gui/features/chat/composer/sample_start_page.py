"""The empty chat of a first start, to look at."""

from chatdesk.features.chat.ui.composer.composer import Composer
from chatdesk.features.chat.ui.composer.start_page import StartPage
from chatdesk.features.models.domain.model_rows import StateKind
from chatdesk.ui_kit.style.appearance import Appearance


def sample_start_page(appearance: Appearance) -> StartPage:
    """Only the built-in model was found."""
    page = StartPage(appearance)
    page.place_composer(Composer(appearance))
    page.set_connection_line(StateKind.OK, "Ready now: SmolLM2 135M, short answers in English")
    page.set_steps((("server_settings", "Connect a provider…", "plug"), ("choose_model", "Choose a model…", "cpu")))
    return page

"""What presets contribute to the window: the page of the library."""

from collections.abc import Callable, Sequence

from chatdesk.app.program import Program
from chatdesk.features.presets.ui.importing.preset_share_presenter import PresetSharePresenter
from chatdesk.kernel.translatable import QT_TRANSLATE_NOOP
from chatdesk.ui_kit.feature import Feature, Page, PageView, WindowContext


class PresetsFeature(Feature):
    """One per window. `use` begins a chat with the preset of a key."""

    def __init__(
        self,
        program: Program,
        window: WindowContext,
        share: PresetSharePresenter,
        use: Callable[[str], object],
    ) -> None:
        self._program = program
        self._window = window
        self._share = share
        self._use = use

    def pages(self) -> Sequence[Page]:
        """Return the library; its target is the key of a preset."""
        return (Page("presets", QT_TRANSLATE_NOOP("Pages", "Presets"), self._make_library, beside_sidebar=True),)

    def _make_library(self) -> PageView:
        from chatdesk.features.presets.ui.library.library import make_library  # noqa: PLC0415 - start-up time

        window, share = self._window, self._share
        library = make_library(window.appearance, self._program, window.tasks)
        page = library.page
        page.closed.connect(window.navigation.show_chats)
        page.header.import_requested.connect(share.choose_files)
        library.used.connect(self._use)
        library.undo_offered.connect(window.tell)
        library.batch_requested.connect(lambda key: window.navigation.show_page("batch", key))
        library.export_requested.connect(share.export)
        share.take_drops_on(page, pictures=True)

        def show(key: str = "") -> None:
            page.begin()
            if key:
                library.look_at(key)

        return PageView(page, show, library.end, page.header)

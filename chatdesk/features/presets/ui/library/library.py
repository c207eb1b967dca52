"""Assembly of the library."""

from collections.abc import Callable

from chatdesk.features.presets.services.preset_services import PresetServices
from chatdesk.features.presets.ui.editor.edit_presenter import EditPresenter
from chatdesk.features.presets.ui.library.detail_pane import DetailPane
from chatdesk.features.presets.ui.library.library_page import LibraryPage
from chatdesk.features.presets.ui.library.library_presenter import LibraryPresenter
from chatdesk.features.presets.ui.library.preset_actions import PresetActions
from chatdesk.features.presets.ui.trial.trial_presenter import TrialPresenter
from chatdesk.kernel.models.model import ModelRef
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.tasks import Tasks


def make_library(
    appearance: Appearance, services: PresetServices, tasks: Tasks, model_in_use: Callable[[], ModelRef | None]
) -> LibraryPresenter:
    """Return the presenter of a new library; its `page` is the widget. `model_in_use` returns the model for trials."""
    detail = DetailPane(appearance)
    page = LibraryPage(appearance, detail)
    edits = EditPresenter(services.presets, services.settings, detail, tasks)
    trials = TrialPresenter(services, detail.editor, detail.trial, tasks, model_in_use)
    edits.preset_shown.connect(lambda preset: trials.stop() if detail.trial.isHidden() else trials.show(preset))
    detail.trial.closed.connect(trials.stop)
    detail.editor.head.trial_requested.connect(detail.show_trial)
    detail.editor.head.trial_requested.connect(edits.emit_shown)
    actions = PresetActions(services.presets, tasks, page)
    return LibraryPresenter(appearance, services.presets, services.settings, edits, actions, page)

"""The library of presets, put together by hand."""

from chatdesk.app.program import Program
from chatdesk.features.presets.ui.editor.edit_presenter import EditPresenter
from chatdesk.features.presets.ui.library.detail_pane import DetailPane
from chatdesk.features.presets.ui.library.library_page import LibraryPage
from chatdesk.features.presets.ui.library.library_presenter import LibraryPresenter
from chatdesk.features.presets.ui.library.preset_actions import PresetActions
from chatdesk.features.presets.ui.trial.trial_presenter import TrialPresenter
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.tasks import Tasks


def make_library(appearance: Appearance, program: Program, tasks: Tasks) -> LibraryPresenter:
    """Return a library that follows the services; its `page` is the widget."""
    detail = DetailPane(appearance)
    page = LibraryPage(appearance, detail)
    edits = EditPresenter(program.presets, program.settings, detail, tasks)
    trials = TrialPresenter(program, detail.editor, detail.trial, tasks)
    edits.looked_at.connect(lambda preset: trials.stop() if detail.trial.isHidden() else trials.show(preset))
    detail.trial.closed.connect(trials.stop)
    detail.editor.head.trial_requested.connect(detail.show_trial)
    detail.editor.head.trial_requested.connect(edits.tell)
    actions = PresetActions(program.presets, tasks, page)
    return LibraryPresenter(appearance, program.presets, program.settings, edits, actions, page)

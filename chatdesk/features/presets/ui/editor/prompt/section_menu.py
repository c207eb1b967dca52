"""The sections that can be added to a prompt: those of LangGPT that it has not, and one of its author's own."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from chatdesk.features.presets.domain.lang_gpt import Structure
from chatdesk.features.presets.domain.section_kinds import SectionKind
from chatdesk.features.presets.ui.editor.prompt.section_words import section_name

OFFERED = (
    SectionKind.ROLE,
    SectionKind.PROFILE,
    SectionKind.BACKGROUND,
    SectionKind.GOALS,
    SectionKind.SKILLS,
    SectionKind.CONSTRAINTS,
    SectionKind.RULES,
    SectionKind.WORKFLOW,
    SectionKind.OUTPUT_FORMAT,
    SectionKind.EXAMPLES,
    SectionKind.INPUT,
    SectionKind.INITIALIZATION,
)


class SectionMenu(QMenu):
    """Made anew each time it is opened, so it speaks the language of now."""

    chosen = Signal(object)
    """The `SectionKind`."""

    def __init__(self, structure: Structure, parent: QWidget) -> None:
        super().__init__(parent)
        for kind in structure.missing(OFFERED):
            self._offer(section_name(kind), kind)
        if self.actions():
            self.addSeparator()
        self._offer(self.tr("Section of your own"), SectionKind.OTHER)
        self.aboutToHide.connect(self.deleteLater)

    def _offer(self, words: str, kind: SectionKind) -> None:
        action = self.addAction(words)
        action.triggered.connect(lambda _checked=False, kind=kind: self.chosen.emit(kind))

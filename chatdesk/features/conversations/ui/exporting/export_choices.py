"""The left side of the export sheet: format, scope, content and page, and how they are remembered."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QCoreApplication, QLocale, Qt, Signal
from PySide6.QtWidgets import (
    QBoxLayout,
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from chatdesk.features.conversations.services.files.exported_chat import (
    ChatFormat,
    ExportOptions,
    ExportScope,
    Include,
    Margins,
    PageSize,
    ScopeContents,
)
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.label import Label
from chatdesk.ui_kit.widgets.segments import Segments

_TWO_COLUMNS = 640
"""Pixels at 100 % from which on the sections are in two columns."""
PLAIN_ENDING, MARKED_ENDING = "txt", "md"
"""Plain text is offered as a variant of Markdown."""


class Packing:
    """How several chats become files. The values are stored."""

    ONE = "one"
    FOLDER = "folder"
    ARCHIVE = "archive"


@dataclass(frozen=True, slots=True)
class ScopeChoice:
    """Something that can be exported. `title` names a file with several chats, and a folder or archive of them."""

    words: str
    count: str
    scope: ExportScope
    title: str
    is_message: bool = False
    user_files: int = 0
    """The number of presets and glossaries that belong to it."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What the user has chosen, except for the scope."""

    ending: str = ""
    """That of the format."""
    options: ExportOptions = ExportOptions()
    packing: str = Packing.ONE
    everything: str = Packing.ARCHIVE
    """How chats become files together with presets and glossaries, which a single file cannot contain."""
    with_user_files: bool = True
    printer: str = ""
    """Name of the printer that was used last."""
    paper: str = ""
    """What was last chosen for it: a key of Qt's sizes of paper. Empty for that of the page."""

    @classmethod
    def read(cls, stored: str, page: PageSize) -> "Choices":
        """Return stored choices; the defaults, with this size of the page, for what is missing or invalid."""
        try:
            record = json.loads(stored) if stored else {}
        except (ValueError, RecursionError):
            record = {}
        record = record if isinstance(record, dict) else {}
        include = record.get("include")
        chosen = (
            frozenset(each for each in Include if each in include)
            if isinstance(include, list)
            else ExportOptions().include
        )
        size, margins = record.get("page"), record.get("margins")
        options = ExportOptions(
            chosen,
            PageSize(size) if size in set(PageSize) else page,
            Margins(margins) if margins in set(Margins) else Margins.NORMAL,
        )
        ending, packing, printer, paper = (record.get(each) for each in ("format", "packing", "printer", "paper"))
        everything = record.get("everything")
        return cls(
            ending if isinstance(ending, str) else "",
            options,
            packing if packing in {Packing.FOLDER, Packing.ARCHIVE} else Packing.ONE,
            everything if everything in {Packing.ONE, Packing.FOLDER} else Packing.ARCHIVE,
            record.get("user_files") is not False,
            printer if isinstance(printer, str) else "",
            paper if isinstance(paper, str) else "",
        )

    def as_text(self) -> str:
        """Return the choices as they are stored."""
        return json.dumps(
            {
                "format": self.ending,
                "include": sorted(self.options.include),
                "page": self.options.page,
                "margins": self.options.margins,
                "packing": self.packing,
                "everything": self.everything,
                "user_files": self.with_user_files,
                "printer": self.printer,
                "paper": self.paper,
            }
        )


def local_page() -> PageSize:
    """Return the size of paper in the country of the computer."""
    system = QLocale.system()
    return PageSize.LETTER if system.measurementSystem() is QLocale.MeasurementSystem.ImperialUSSystem else PageSize.A4


class ExportChoices(Translated, QWidget):
    """The choices. `changed` is emitted when the user has changed one of them."""

    changed = Signal()

    def __init__(
        self,
        appearance: Appearance,
        formats: Sequence[ChatFormat],
        scopes: Sequence[ScopeChoice],
        choices: Choices,
        chosen: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._formats = {each.ending: each for each in formats}
        self._scopes = scopes
        self._choices = choices
        self._contents: Mapping[Include, str] = {}
        self._segments = Segments(appearance, "", self, stretched=True)
        self._segments.setObjectName("exportFormats")
        self._segments.chosen.connect(self._choose_format)
        self._format_list = QComboBox(self)
        """Instead of the segments where these do not fit."""
        self._format_list.setObjectName("exportFormatList")
        self._format_list.activated.connect(lambda _index: self._choose_format(self._format_list.currentData()))
        self._format_list.hide()
        self._description = Label(appearance, "ui", "textSecondary", self, wrap=True)
        self._plain = QCheckBox(self)
        self._plain.setObjectName("exportPlain")
        self._plain.clicked.connect(self._choose_plain)
        self._what, self._content, self._page = (Label(appearance, "label", "text", self) for _ in range(3))
        self._group = QButtonGroup(self)
        self._scope_rows = [_ChoiceRow(appearance, QRadioButton(self), self) for _ in scopes]
        for number, row in enumerate(self._scope_rows):
            row.button.setObjectName(f"exportScope{number}")
            row.button.setChecked(number == chosen)
            row.button.toggled.connect(self._change_scope)
            self._group.addButton(row.button, number)
        self._packing = QComboBox(self)
        self._packing.setObjectName("exportPacking")
        self._include_rows = {each: _ChoiceRow(appearance, QCheckBox(self), self) for each in Include}
        for include, row in self._include_rows.items():
            row.button.setObjectName(f"exportInclude_{include}")
            row.button.clicked.connect(self._change)
        self._user_files = _ChoiceRow(appearance, QCheckBox(self), self)
        self._user_files.button.setObjectName("exportUserFiles")
        self._user_files.button.clicked.connect(self._change)
        self._user_files_note = Label(appearance, "caption", "textSecondary", self, wrap=True)
        self._user_files_note.setObjectName("exportUserFilesNote")
        self._size, self._margins = QComboBox(self), QComboBox(self)
        self._size.setObjectName("exportPageSize")
        self._margins.setObjectName("exportMargins")
        for box, values in (
            (self._packing, ()),
            (self._size, tuple(PageSize)),
            (self._margins, tuple(Margins)),
        ):
            for value in values:
                box.addItem("", value)
            box.activated.connect(self._change)
        self._page_row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._page_row.addWidget(self._size)
        self._page_row.addWidget(self._margins, 1)
        self._column = QVBoxLayout(self)
        for part in (self._segments, self._format_list, self._description, self._plain):
            self._column.addWidget(part)
        self._sections = QGridLayout()
        self._scope_section = _section(self._what, *self._scope_rows, self._packing)
        self._include_section = _section(
            self._content, *self._include_rows.values(), self._user_files, self._user_files_note
        )
        self._page_section = _section(self._page)
        self._page_section.addLayout(self._page_row)
        for section in (self._scope_section, self._include_section, self._page_section):
            section.addStretch(1)
        self._column.addLayout(self._sections)
        self._column.addStretch(1)
        self._is_wide: bool | None = None
        self._arrange_sections(is_wide=False)
        appearance.bind(self._restyle)
        self._retranslate()
        self._show_choices()

    @property
    def format(self) -> ChatFormat:
        """The chosen format."""
        return self._formats[self._choices.ending]

    @property
    def choices(self) -> Choices:
        """The choices; options that the format does not have are as they were."""
        return self._choices

    def note_printer(self, printer: str, paper: str) -> None:
        """Note what was chosen for printing."""
        self._choices = replace(self._choices, printer=printer, paper=paper)

    @property
    def scope(self) -> ScopeChoice:
        """The chosen scope."""
        return self._scopes[max(0, self._group.checkedId())]

    @property
    def packing(self) -> str:
        """How the chosen chats become files: a value of `Packing`."""
        if not self._has_packing:
            return Packing.ONE
        chosen = self._choices.everything if self.scope.user_files else self._choices.packing
        return Packing.ARCHIVE if chosen == Packing.ONE and not self.format.holds_several else chosen

    @property
    def with_user_files(self) -> bool:
        """Whether the presets and glossaries are exported, too."""
        return self.scope.user_files > 0 and self.packing != Packing.ONE and self._choices.with_user_files

    @property
    def _has_packing(self) -> bool:
        return len(self.scope.scope.chats) > 1 or self.scope.user_files > 0

    def fit(self, width: int) -> None:
        """Show the formats, the sections, and the choices for the page beside each other as far as a width is enough for that."""
        is_enough = self._segments.sizeHint().width() <= width
        self._segments.setVisible(is_enough)
        self._format_list.setVisible(not is_enough)
        self._arrange_sections(is_wide=width >= round(_TWO_COLUMNS * self._appearance.theme.scale))
        if self._is_wide:
            width = (width - self._sections.horizontalSpacing()) // 2
        page = self._size.sizeHint().width() + self._margins.sizeHint().width() + self._page_row.spacing()
        directions = QBoxLayout.Direction
        self._page_row.setDirection(directions.LeftToRight if page <= width else directions.TopToBottom)

    def _arrange_sections(self, *, is_wide: bool) -> None:
        """Place what is included at the right of the scope and the page, or between them."""
        if is_wide == self._is_wide:
            return
        self._is_wide = is_wide
        sections = (self._scope_section, self._include_section, self._page_section)
        for section in sections:
            self._sections.removeItem(section)
        if is_wide:
            self._sections.addLayout(self._scope_section, 0, 0)
            self._sections.addLayout(self._page_section, 1, 0)
            self._sections.addLayout(self._include_section, 0, 1, 2, 1)
        else:
            for row, section in enumerate(sections):
                self._sections.addLayout(section, row, 0)
        self._sections.setColumnStretch(0, 1)
        self._sections.setColumnStretch(1, int(is_wide))
        self._sections.setRowStretch(1, int(is_wide))

    def focus(self) -> None:
        """Focus the chosen format."""
        if self._format_list.isVisibleTo(self):
            self._format_list.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._segments.focus()

    def show_contents(self, contents: ScopeContents) -> None:
        """Show how much of everything the scope contains."""
        locale = QLocale()
        counts = {
            Include.REASONING: self.tr("%n passage(s)", "", contents.reasoning) if contents.reasoning else "",
            Include.VERSIONS: locale.toString(contents.versions) if contents.versions else "",
            Include.ATTACHMENTS: locale.toString(contents.attachments) if contents.attachments else "",
        }
        for include, row in self._include_rows.items():
            row.show_count(counts.get(include, ""))

    def _choose_format(self, ending: str) -> None:
        if ending == MARKED_ENDING and self._plain.isChecked():
            ending = PLAIN_ENDING
        self._choices = replace(self._choices, ending=ending)
        self._show_choices()
        self.changed.emit()

    def _choose_plain(self) -> None:
        self._choose_format(MARKED_ENDING)

    def _change_scope(self, checked: bool) -> None:
        if checked:
            self._show_choices()
            self.changed.emit()

    def _change(self) -> None:
        shown = {each for each, row in self._include_rows.items() if not row.isHidden()}
        chosen = {each for each in shown if self._include_rows[each].button.isChecked()}
        options = ExportOptions(
            frozenset(self._choices.options.include - shown | chosen),
            PageSize(self._size.currentData()),
            Margins(self._margins.currentData()),
        )
        paper = self._choices.paper if options.page == self._choices.options.page else ""
        self._choices = replace(self._choices, options=options, paper=paper)
        if not self._packing.isHidden():
            packing = self._packing.currentData()
            is_everything = self.scope.user_files > 0
            self._choices = (
                replace(self._choices, everything=packing) if is_everything else replace(self._choices, packing=packing)
            )
        if not self._user_files.isHidden():
            self._choices = replace(self._choices, with_user_files=self._user_files.button.isChecked())
        self._show_user_files()
        self.changed.emit()

    def _show_choices(self) -> None:
        """Show the choices, and only those that the format and the scope have."""
        if self._choices.ending not in self._formats:
            self._choices = replace(self._choices, ending=next(iter(self._formats)))
        chosen = self.format
        is_text = chosen.ending in {MARKED_ENDING, PLAIN_ENDING}
        shown = MARKED_ENDING if is_text else chosen.ending
        self._segments.choose(shown)
        self._format_list.setCurrentIndex(self._format_list.findData(shown))
        self._description.set_text(QCoreApplication.translate("ChatFormats", chosen.description))
        self._plain.setVisible(is_text and PLAIN_ENDING in self._formats)
        self._plain.setChecked(chosen.ending == PLAIN_ENDING)
        for include, row in self._include_rows.items():
            is_meaningful = not (self.scope.is_message and include in {Include.QUESTIONS, Include.VERSIONS})
            row.setVisible(include in chosen.options and is_meaningful)
            row.button.setChecked(include in self._choices.options.include)
        self._packing.setVisible(self._has_packing)
        self._packing.clear()
        for value, label in self._packings().items():
            if chosen.holds_several or value != Packing.ONE:
                self._packing.addItem(label, value)
        self._packing.setCurrentIndex(self._packing.findData(self.packing))
        self._show_user_files()
        for part in (self._page, self._size, self._margins):
            part.setVisible(chosen.has_pages)
        self._size.setCurrentIndex(self._size.findData(self._choices.options.page))
        self._margins.setCurrentIndex(self._margins.findData(self._choices.options.margins))

    def _show_user_files(self) -> None:
        """Show the choice of presets and glossaries; in place of it, why a single file does not contain them."""
        exist, is_one = self.scope.user_files > 0, self.packing == Packing.ONE
        self._user_files.setVisible(exist and not is_one)
        self._user_files.button.setChecked(self._choices.with_user_files)
        self._user_files.show_count(QLocale().toString(self.scope.user_files))
        self._user_files_note.setVisible(exist and is_one)
        rows = (*self._include_rows.values(), self._user_files, self._user_files_note)
        self._content.setVisible(any(not row.isHidden() for row in rows))

    def _packings(self) -> Mapping[str, str]:
        return {
            Packing.ONE: self.tr("One file"),
            Packing.FOLDER: self.tr("A file each, in a folder"),
            Packing.ARCHIVE: self.tr("A file each, zipped"),
        }

    def _restyle(self) -> None:
        theme = self._appearance.theme
        self._column.setContentsMargins(0, 0, 0, theme.length("l"))
        for column in (self._column, self._scope_section, self._include_section, self._page_section):
            column.setSpacing(theme.length("xs"))
        self._sections.setHorizontalSpacing(theme.length("xxl"))
        self._sections.setVerticalSpacing(theme.length("xs"))
        self._page_row.setSpacing(theme.length("s"))
        for heading in (self._what, self._content, self._page):
            heading.setContentsMargins(0, theme.length("m"), 0, theme.length("xs"))
        self._description.setContentsMargins(0, theme.length("xs"), 0, 0)

    def _retranslate(self) -> None:
        translate = QCoreApplication.translate
        formats = [
            (each.ending, translate("ChatFormats", each.label))
            for each in self._formats.values()
            if each.ending != PLAIN_ENDING
        ]
        for part in (self._segments, self._format_list):
            part.setAccessibleName(self.tr("Format"))
        self._segments.set_segments(formats)
        self._format_list.clear()
        for ending, name in formats:
            self._format_list.addItem(name, ending)
        self._plain.setText(self.tr("Plain text, without formatting"))
        self._what.set_text(self.tr("Content"))
        self._content.set_text(self.tr("Include"))
        self._page.set_text(self.tr("Page"))
        for row, choice in zip(self._scope_rows, self._scopes, strict=True):
            row.show_words(choice.words, choice.count)
        names = {
            Include.QUESTIONS: self.tr("Questions"),
            Include.REASONING: self.tr("Reasoning"),
            Include.FACTS: self.tr("Time, model and tokens"),
            Include.VERSIONS: self.tr("Other versions of an answer"),
            Include.ATTACHMENTS: self.tr("Pictures and documents"),
        }
        for include, row in self._include_rows.items():
            row.show_words(names[include])
        self._user_files.show_words(self.tr("Presets and glossaries"))
        self._user_files_note.set_text(
            self.tr("One file contains only chats. Presets and glossaries are exported with a file for each chat.")
        )
        for box, label in (
            (self._size, ("A4", self.tr("Letter"))),
            (self._margins, (self.tr("Normal margins"), self.tr("Narrow margins"), self.tr("Wide margins"))),
        ):
            for index, text in enumerate(label):
                box.setItemText(index, text)
        for box, name in (
            (self._packing, self.tr("Files")),
            (self._size, self.tr("Page size")),
            (self._margins, self.tr("Margins")),
        ):
            box.setAccessibleName(name)
        self._show_choices()


def _section(*parts: QWidget) -> QVBoxLayout:
    """Return a column of these parts."""
    column = QVBoxLayout()
    for part in parts:
        column.addWidget(part)
    return column


class _ChoiceRow(QWidget):
    """A radio button or check box with a count at the right end."""

    def __init__(self, appearance: Appearance, button: QRadioButton | QCheckBox, parent: QWidget) -> None:
        super().__init__(parent)
        self.button = button
        self._count = Label(appearance, "ui", "textTertiary", self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(button, 1)
        row.addWidget(self._count)

    def show_words(self, label: str, count: str | None = None) -> None:
        """Show the label, and the count if it is given."""
        self.button.setText(label.replace("&", "&&"))
        if count is not None:
            self.show_count(count)

    def show_count(self, count: str) -> None:
        """Show a count, which is also read out with the label."""
        self._count.set_text(count)
        self.button.setAccessibleDescription(count)

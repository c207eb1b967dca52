"""Second step of the import: what the files contain, what of it is imported, and where the chats are put."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QCheckBox, QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from chatdesk.features.conversations.importing.foreign_chat import Program
from chatdesk.features.conversations.importing.run import SourceRead
from chatdesk.features.conversations.services.files.chat_imports import ChatState, FoundChat, ImportPreview
from chatdesk.features.conversations.services.files.import_folders import DestinationKind, ImportDestination
from chatdesk.features.conversations.ui.importing.import_choices import Contents, ImportChoices
from chatdesk.features.conversations.ui.importing.import_texts import (
    chat_refusal_text,
    chats_text,
    documents_text,
    losses_text,
    messages_text,
    pictures_text,
    program_name,
)
from chatdesk.features.conversations.ui.importing.year_bars import YearBars
from chatdesk.features.presets.importing.files import shown_name
from chatdesk.kernel.chat.conversation import MAX_CHAT_NAME_LENGTH, Folder
from chatdesk.ui_kit.forms.notice import Notice, NoticeKind
from chatdesk.ui_kit.forms.rows import RowCard
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.text.counts import counted, listed
from chatdesk.ui_kit.text.download_texts import download_size, join_parts
from chatdesk.ui_kit.text.folder_names import shown_folder_name
from chatdesk.ui_kit.text.safe_text import plain_line
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.button import Button, ButtonKind
from chatdesk.ui_kit.widgets.icon_label import IconLabel, IconTile
from chatdesk.ui_kit.widgets.label import Label

_MAX_REFUSALS = 3
"""How many are shown before the user asks for all."""
_LARGE = 10_000_000
"""Bytes from which on a fraction of a megabyte does not matter."""
_NEW = "\n"
"""Stands for the name that is being entered; no folder has it."""
_WITHOUT_NAME = frozenset({Program.CHATDESK, Program.OPENAI_MESSAGES, Program.MARKDOWN})
"""Programs after which no folder is named."""


class PreviewStep(Translated, QWidget):
    """The preview. `folders` are those in which chats can be put.

    `servers` and `glossaries` are the numbers of those that are not here yet.
    """

    other_requested = Signal()
    choose_requested = Signal()
    """Choose chats one by one."""
    changed = Signal()
    """Something was chosen or left out."""

    def __init__(
        self,
        appearance: Appearance,
        preview: ImportPreview,
        choices: ImportChoices,
        folders: Sequence[Folder],
        parent: QWidget | None = None,
        *,
        servers: int = 0,
        glossaries: int = 0,
        shows_size: bool = True,
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._preview = preview
        self._choices = choices
        self._head = _SourceHead(appearance, preview, self, shows_size=shows_size)
        self._head.other_requested.connect(self.other_requested)
        self._refused = Notice(appearance, self, NoticeKind.WARNING)
        self._refused.setVisible(bool(preview.refused))
        self._refused.acted.connect(self._show_all_refused)
        self._shown_refusals = _MAX_REFUSALS
        self._bars = YearBars(appearance, choices, self)
        self._bars.setVisible(len(choices.years()) > 1)
        self._card = RowCard(appearance, self, fill="page")
        self._chats = _CheckRow(appearance, "importChatsCheck", self._card)
        self._chats.check.clicked.connect(self._toggle_all)
        self._choose = Button(appearance, "", ButtonKind.PLAIN, icon="list-checks")
        self._choose.setObjectName("chooseChats")
        self._choose.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._choose.clicked.connect(self.choose_requested)
        self._chats.add(self._choose)
        self._presets = _CheckRow(appearance, "importPresetsCheck", self._card)
        self._presets.check.setChecked(True)
        self._presets.check.clicked.connect(self._change)
        self._glossary_count = glossaries
        self._presets.setVisible(new_presets(preview) + glossaries > 0)
        self._card.add_row(self._chats)
        self._card.add_row(self._presets)
        self._server_count = servers
        self._servers = _CheckRow(appearance, "importServersCheck", self._card)
        self._servers.check.setChecked(True)
        self._servers.check.clicked.connect(self._change)
        self._servers.setVisible(servers > 0)
        self._card.add_row(self._servers)
        self._lists = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._included = _Marked(appearance, "check", "success", self)
        self._stays = _Marked(appearance, "x", "textTertiary", self)
        self._lists.addWidget(self._included, 1)
        self._lists.addWidget(self._stays, 1)
        self._destination = _DestinationRow(appearance, preview, choices, folders, self)
        self._destination.changed.connect(self._change)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        for part in (self._head, self._refused, self._bars, self._card):
            self._column.addWidget(part)
        self._column.addLayout(self._lists)
        self._column.addWidget(self._destination)
        choices.changed.connect(self._change)
        appearance.bind(self._restyle)
        self._retranslate()

    @property
    def includes_presets(self) -> bool:
        """Whether the presets and glossaries in the files are to be imported."""
        return not self._presets.isHidden() and self._presets.check.isChecked()

    @property
    def includes_servers(self) -> bool:
        """Whether the servers in the files are to be added."""
        return not self._servers.isHidden() and self._servers.check.isChecked()

    @property
    def destination(self) -> ImportDestination:
        """Where the chats are put."""
        return self._destination.destination

    @property
    def problem(self) -> str:
        """Why the import cannot begin with these choices; empty if it can."""
        return self._destination.problem

    def _show_all_refused(self) -> None:
        self._shown_refusals = len(self._preview.refused)
        self._show_refused()

    def _show_refused(self) -> None:
        refused = [chat_refusal_text(error) for error in self._preview.refused[: self._shown_refusals]]
        more = len(self._preview.refused) - len(refused)
        if more:
            refused.append(counted(lambda number: self.tr("… and %n more", "", number), more))
        self._refused.show_text("\n".join(refused), self.tr("Show all") if more else "")

    def _toggle_all(self) -> None:
        choices = self._choices
        choices.choose(choices.chats, chosen=choices.count < choices.available)

    def _change(self) -> None:
        if self.isVisible():  # while chats are chosen one by one, nobody sees it
            self._show_choices()
        self.changed.emit()

    def _show_choices(self) -> None:
        choices, locale = self._choices, QLocale()
        count, total = choices.count, len(choices.chats)
        partly = Qt.CheckState.PartiallyChecked if count else Qt.CheckState.Unchecked
        check = self._chats.check
        check.setEnabled(choices.available > 0)
        check.setCheckState(Qt.CheckState.Checked if count and count == choices.available else partly)
        if count == total:
            check.setText(chats_text(total))
        else:
            text = self.tr("{count} of {chats}")
            check.setText(text.format(count=locale.toString(count), chats=chats_text(total)))
        contents = choices.contents()
        included = [self.tr("Every version of an answer"), self.tr("Reasoning, models, dates")]
        if {source.program for source in self._preview.sources} <= {Program.OPENAI_MESSAGES, Program.MARKDOWN}:
            included = [self.tr("Questions and answers")]
        files = (
            pictures_text(contents.pictures) if contents.pictures else "",
            documents_text(contents.documents) if contents.documents else "",
        )
        order = (
            counted(lambda number: self.tr("%n folder(s)", "", number), contents.folders) if contents.folders else "",
            counted(lambda number: self.tr("%n pinned chat(s)", "", number), contents.pinned)
            if contents.pinned
            else "",
        )
        included += [listed(parts) for parts in (files, order) if any(parts)]
        if contents.instructed:
            included.append(
                counted(
                    lambda number: self.tr("Instructions for the model in %n chat(s)", "", number), contents.instructed
                )
            )
        included += self._destination_lines(contents)
        lost = {**self._preview.left_out}
        for loss, number in choices.lost().items():
            lost[loss] = lost.get(loss, 0) + number
        self._included.show_lines(self.tr("Included"), included if count else ())
        self._stays.show_lines(self.tr("Not included"), losses_text(lost, self._preview.damaged))
        self._destination.setVisible(count > 0)

    def _destination_lines(self, contents: Contents) -> Iterable[str]:
        """Yield where archived chats and those of projects without a name are put."""
        if self.destination.kind is not DestinationKind.SOURCE_FOLDERS:
            return
        if contents.archived:
            words = counted(
                lambda number: self.tr("%n archived chat(s) in the folder “{folder}”", "", number), contents.archived
            )
            yield words.format(folder=plain_line(contents.archive))
        if contents.unnamed:
            yield counted(
                lambda number: self.tr("%n project(s), numbered because the file has no names", "", number),
                contents.unnamed,
            )
        if contents.unnamed_folders:
            yield counted(
                lambda number: self.tr("%n folder(s), numbered because the file has no names", "", number),
                contents.unnamed_folders,
            )

    def _restyle(self) -> None:
        theme = self._appearance.theme
        self._column.setSpacing(theme.length("l"))
        self._lists.setSpacing(theme.length("l"))
        self._arrange()

    def _arrange(self) -> None:
        wide = self.width() >= self._appearance.theme.length("sheetReport")
        self._lists.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _retranslate(self) -> None:
        self._show_refused()
        here = self._choices.count_of(ChatState.HERE)
        deleted = self._choices.count_of(ChatState.DELETED)
        self._chats.note.set_text(
            join_parts(
                counted(lambda number: self.tr("%n are here already", "", number), here) if here else "",
                counted(lambda number: self.tr("%n in Recently deleted", "", number), deleted) if deleted else "",
            )
        )
        self._choose.setText(self.tr("Choose chats…"))
        presets, glossaries = new_presets(self._preview), self._glossary_count
        self._presets.check.setText(
            join_parts(
                counted(lambda number: self.tr("%n preset(s)", "", number), presets) if presets else "",
                counted(lambda number: self.tr("%n glossary(s)", "", number), glossaries) if glossaries else "",
            )
        )
        self._servers.check.setText(
            counted(lambda number: self.tr("%n provider(s), switched off", "", number), self._server_count)
        )
        self._servers.note.set_text(self.tr("without their keys"))
        self._show_choices()


class _SourceHead(Translated, QWidget):
    """What is read: the name of the file, the program, its size, and what is in it; of several files, a line for each."""

    other_requested = Signal()

    def __init__(self, appearance: Appearance, preview: ImportPreview, parent: QWidget, *, shows_size: bool) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._preview = preview
        self._shows_size = shows_size
        self._name = Label(appearance, "ui", "text", self, strong=True, elide=True)
        self._name.setObjectName("importSource")
        self._facts = Label(appearance, "caption", "textTertiary", self, wrap=True)
        self._facts.setObjectName("importFacts")
        self._other = Button(appearance, "", ButtonKind.PLAIN, self)
        self._other.setObjectName("otherImportFile")
        self._other.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._other.clicked.connect(self.other_requested)
        self._files = Label(appearance, "caption", "textSecondary", self, wrap=True)
        self._files.setObjectName("importFiles")
        self._files.setVisible(len(preview.sources) > 1)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._name)
        words.addWidget(self._facts)
        words.addWidget(self._files)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(IconTile(appearance, "file-text", self))
        self._row.addLayout(words, 1)
        self._row.addWidget(self._other)
        appearance.bind(self._restyle)
        self._retranslate()

    def _restyle(self) -> None:
        self._row.setSpacing(self._appearance.theme.length("m"))

    def _retranslate(self) -> None:
        sources = self._preview.sources
        name = plain_line(sources[0].name if sources else shown_name(self._preview.paths[0].name))
        if len({source.number for source in sources}) > 1:
            name = counted(lambda count: self.tr("%n file(s)", "", count), len(sources))
        self._name.set_text(name)
        self._facts.set_text(self._facts_of(sources, self._preview.chats))
        self._files.set_text(
            "\n".join(
                join_parts(
                    plain_line(each.name),
                    self._facts_of((each,), [chat for chat in self._preview.chats if chat.is_of(each)]),
                )
                for each in sources
            )
        )
        self._other.setText(self.tr("Other file…"))

    def _facts_of(self, sources: Sequence[SourceRead], chats: Sequence[FoundChat]) -> str:
        """Return the programs of sources, their size, and how many chats and messages they have."""
        programs = listed(dict.fromkeys(program_name(source.program) for source in sources))
        size = sum(source.size for source in sources) if self._shows_size else 0
        messages = sum(chat.summary.messages for chat in chats)
        return join_parts(programs, _size_text(size), listed((chats_text(len(chats)), messages_text(messages))))


def new_presets(preview: ImportPreview) -> int:
    """Return the number of presets in the files that are not here yet."""
    return sum(not offer.is_here for offer in preview.presets.offers)


def _size_text(size: int) -> str:
    return download_size(size, 0 if size >= _LARGE else 1) if size else ""


class _CheckRow(QWidget):
    """A row of the card: a check box, and at the end a note and buttons."""

    def __init__(self, appearance: Appearance, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.check = QCheckBox(self)
        self.check.setObjectName(name)
        self.note = Label(appearance, "ui", "textTertiary", self, elide=True)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self.check)
        self._row.addStretch(1)
        self._row.addWidget(self.note)
        appearance.bind(self._restyle)

    def add(self, widget: QWidget) -> None:
        """Add a widget at the end."""
        self._row.addWidget(widget)

    def _restyle(self) -> None:
        theme = self._appearance.theme
        self.setMinimumHeight(theme.length("rowCheck"))
        self.note.setContentsMargins(0, 0, theme.length("xs"), 0)
        self._row.setContentsMargins(theme.length("m"), theme.length("xs"), theme.length("s"), theme.length("xs"))
        self._row.setSpacing(theme.length("m"))


class _Marked(QWidget):
    """A heading, and lines with the same mark before each; hidden without lines."""

    def __init__(self, appearance: Appearance, icon: str, color: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._icon = (icon, color)
        self._heading = Label(appearance, "label", "text", self)
        self._lines: list[QWidget] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self._heading)
        self._column.addStretch(1)
        appearance.bind(self._restyle)

    def show_lines(self, heading: str, lines: Iterable[str]) -> None:
        """Show these lines."""
        self._heading.set_text(heading)
        for line in self._lines:
            line.hide()
            line.deleteLater()
        self._lines = [self._line(words) for words in lines]
        for number, line in enumerate(self._lines, 1):
            self._column.insertWidget(number, line)
        self.setVisible(bool(self._lines))

    def _line(self, words: str) -> QWidget:
        theme = self._appearance.theme
        line = QWidget(self)
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.length("s"))
        icon = IconLabel(self._appearance, *self._icon, line)
        icon.setFixedHeight(theme.line("ui"))
        row.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(Label(self._appearance, "ui", "text", line, text=words, wrap=True), 1)
        return line

    def _restyle(self) -> None:
        self._column.setSpacing(self._appearance.theme.length("xs"))


class _DestinationRow(Translated, QWidget):
    """Where the chats are put: in folders as in their program, in a new folder, in an existing one, or in none."""

    changed = Signal()

    def __init__(
        self,
        appearance: Appearance,
        preview: ImportPreview,
        choices: ImportChoices,
        folders: Sequence[Folder],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._folders = folders
        programs = list(dict.fromkeys(source.program for source in preview.sources))
        self._program = programs[0] if len(programs) == 1 else None
        self._is_single = len(choices.chats) == 1
        self._has_folders = any(chat.summary.folder for chat in choices.chats)
        self._words = Label(appearance, "ui", "textSecondary", self)
        self._box = QComboBox(self)
        self._box.setObjectName("importDestination")
        self._box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._name = QLineEdit(self)
        self._name.setObjectName("importFolderName")
        self._name.setMaxLength(MAX_CHAT_NAME_LENGTH)
        names_folder = self._program is not None and self._program not in _WITHOUT_NAME
        self._name.setText(program_name(self._program) if self._program and names_folder else "")
        self._box.activated.connect(self._choose)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self._words)
        self._row.addWidget(self._box)
        self._row.addWidget(self._name, 1)
        self._row.addStretch(1)
        if self._has_folders:
            self._first = (DestinationKind.SOURCE_FOLDERS, "")
        elif names_folder and len(choices.chats) > 1:
            self._first = (DestinationKind.FOLDER, _NEW)
        else:
            self._first = (DestinationKind.NONE, "")
        appearance.bind(self._restyle)
        self._retranslate()

    @property
    def destination(self) -> ImportDestination:
        """The choice."""
        kind, folder = self._box.currentData()
        return ImportDestination(kind, self._name.text().strip() if folder == _NEW else folder)

    @property
    def problem(self) -> str:
        """Why the choice cannot be used; empty if it can."""
        has_no_name = self.destination.kind is DestinationKind.FOLDER and not self.destination.folder
        return self.tr("Enter a name for the folder.") if has_no_name else ""

    def _options(self) -> Iterable[tuple[str, DestinationKind, str]]:
        if self._has_folders:
            text = (
                self.tr("Folders as in {program}").format(program=program_name(self._program)) if self._program else ""
            )
            yield text or self.tr("Same folders as there"), DestinationKind.SOURCE_FOLDERS, ""
        yield self.tr("New folder"), DestinationKind.FOLDER, _NEW
        for folder in self._folders:
            yield shown_folder_name(folder.name), DestinationKind.FOLDER, folder.name
        yield self.tr("No folder"), DestinationKind.NONE, ""

    def _choose(self) -> None:
        self._show_name()
        self.changed.emit()

    def _show_name(self) -> None:
        self._name.setVisible(self._box.currentData()[1] == _NEW)

    def _restyle(self) -> None:
        self._row.setSpacing(self._appearance.theme.length("m"))

    def _retranslate(self) -> None:
        self._words.set_text(self.tr("Put it into") if self._is_single else self.tr("Put them into"))
        self._name.setAccessibleName(self.tr("Name of the folder"))
        self._name.setPlaceholderText(self.tr("Name of the folder"))
        self._box.setAccessibleName(self._words.text())
        chosen = self._box.currentData() or self._first
        self._box.clear()
        for text, kind, folder in self._options():
            self._box.addItem(text, (kind, folder))
        index = next(number for number in range(self._box.count()) if self._box.itemData(number) == chosen)
        self._box.setCurrentIndex(index)
        self._show_name()

"""Sheet in which the user chooses files of a folder or an archive. It reads nothing itself."""

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from chatdesk.features.chat.ui.composer.sources.source_list import SourceList
from chatdesk.features.chat.ui.composer.sources.source_tree import SourceTree
from chatdesk.kernel.documents.sources import SourceList as Listed
from chatdesk.kernel.documents.sources import SourceUse
from chatdesk.ui_kit.forms.notice import Notice, NoticeKind
from chatdesk.ui_kit.forms.text_field import TextField
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.text.counts import about_tokens, counted, rounded_tokens
from chatdesk.ui_kit.text.safe_text import plain_line
from chatdesk.ui_kit.widgets.button import ButtonKind
from chatdesk.ui_kit.widgets.label import Label
from chatdesk.ui_kit.widgets.progress_bar import WorkRow
from chatdesk.ui_kit.widgets.sheet import Sheet, SheetKind

_LIST_SHARE = 0.4
"""Maximum height of the list relative to the window; beyond that it scrolls."""


class SourcesSheet(Sheet):
    """Open it, then call `show_files` or `show_failure`. Closing it ends the search for files.

    `free_tokens` is the number of tokens that the model can read, if that is known.
    """

    attach_requested = Signal(list, list)
    """Carries the paths of the files that become one document, and those of the files that are attached on their own."""

    def __init__(self, appearance: Appearance, window: QWidget, name: str, free_tokens: int | None) -> None:
        super().__init__(appearance, window, SheetKind.FORM)
        self.setObjectName("sourcesSheet")
        self._name = name
        self._free_tokens = free_tokens
        self._listed: Listed | None = None
        self._work = WorkRow(appearance, self)
        self._work.cancelled.connect(self.cancel)
        self._failure = Notice(appearance, self, NoticeKind.WARNING)
        self._failure.setObjectName("sourcesFailure")
        self._search = TextField(appearance, "", self)
        self._search.edit.setObjectName("sourcesSearch")
        self._search.edit.setClearButtonEnabled(True)
        self._list = SourceList(appearance, self)
        self._search.edit.textChanged.connect(self._list.search)
        self._list.changed.connect(self._show_sum)
        self._tokens = Label(appearance, "caption", "textTertiary", self)
        self._tokens.setAlignment(Qt.AlignmentFlag.AlignTrailing)
        self._sum = Label(appearance, "ui", "text", self, wrap=True, strong=True)
        self._sum.setObjectName("sourcesSum")
        self._note = Label(appearance, "caption", "textSecondary", self, wrap=True)
        self._dismiss = self.add_button("")
        self._dismiss.clicked.connect(self.cancel)
        self._attach = self.add_button("", ButtonKind.FILLED)
        self._attach.setObjectName("sourcesAttach")
        self._attach.clicked.connect(self._request)
        theme = appearance.theme
        self.body.setSpacing(theme.length("m"))
        self._tokens.setContentsMargins(0, 0, theme.length("m"), 0)
        for part in (self._work, self._failure, self._search, self._tokens, self._list, self._sum, self._note):
            self.body.addWidget(part)
        self._show_state()
        self._work.show_work(self.tr("Looking for files…"))

    def show_files(self, listed: Listed, tree: SourceTree) -> None:
        """Show the files."""
        self._listed = listed
        self._list.show_tree(tree)
        self._show_state()
        if listed.files:
            self._list.setFocus()
        self.start()

    def show_failure(self, sentence: str) -> None:
        """Show why the files cannot be listed."""
        self._failure.show_text(sentence)
        self._show_state()
        self._dismiss.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._list.set_most(round(self._window.height() * _LIST_SHARE))

    def _show_state(self) -> None:
        has_files = bool(self._listed and self._listed.files)
        failed = bool(self._failure.text())
        self._work.setVisible(self._listed is None and not failed)
        self._dismiss.setVisible(self._work.isHidden())
        self._failure.setVisible(failed)
        for part in (self._search, self._tokens, self._list, self._sum, self._attach):
            part.setVisible(has_files)
        self._note.setVisible(self._listed is not None)
        self._retranslate()
        self.foot.fit()

    def _show_sum(self) -> None:
        root = self._list.rows.tree.root
        files = counted(lambda count: self.tr("%n file(s)", "", count), root.checked)
        tokens = about_tokens(root.checked_tokens) if root.checked_tokens else ""
        if tokens and self._free_tokens:
            text = self.tr("about {tokens} of the {room} tokens that the model reads")
            tokens = text.format(
                tokens=QLocale().toString(rounded_tokens(root.checked_tokens)),
                room=QLocale().toString(self._free_tokens),
            )
        self._sum.set_text(" · ".join(filter(None, (files, tokens))))
        self._sum.set_color("warning" if self._free_tokens and root.checked_tokens > self._free_tokens else "text")
        self._attach.setEnabled(root.checked > 0)

    def _request(self) -> None:
        tree = self._list.rows.tree
        texts = tree.chosen(SourceUse.TEXT, SourceUse.GENERATED)
        self.leave()
        self.attach_requested.emit(texts, tree.chosen(SourceUse.DOCUMENT))

    def _retranslate(self) -> None:
        super()._retranslate()
        name = plain_line(self._name)
        self.set_heading(self.tr("Choose files of {name}").format(name=name))
        self._search.set_name(self.tr("Search the files"))
        self._search.set_placeholder(self.tr("Search the files"))
        self._list.setAccessibleName(self.heading.text())
        if self._listed and not self._listed.files:
            self._note.set_text(self.tr("There is nothing in it that can be read."))
        else:
            cut = self.tr("Only the first 20,000 files are listed.") if self._listed and self._listed.is_cut else ""
            left_out = self.tr("Hidden files, and files that .gitignore names, are left out.")
            self._note.set_text(" ".join(filter(None, (cut, left_out))))
        self._dismiss.setText(self.tr("Close") if self._attach.isHidden() else self.tr("Cancel"))
        self._attach.setText(self.tr("Attach"))
        self._tokens.set_text(self.tr("Tokens"))
        self._show_sum()

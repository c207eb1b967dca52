"""Row of a repository found on a hub: what the hub says of it, and what its files say once they were read."""

from dataclasses import field
from datetime import datetime

from PySide6.QtCore import QDate, QLocale, QRectF, Qt, Signal, SignalInstance
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from chatdesk.features.models.domain.hub_builds import HubBuild
from chatdesk.features.models.domain.model_fit import Verdict
from chatdesk.features.models.services.hub_search import BuildFacts, HubModel
from chatdesk.features.models.services.model_catalogue import DownloadStatus
from chatdesk.features.models.ui.catalogue.card_texts import parameters_text
from chatdesk.features.models.ui.catalogue.get_action import GetAction
from chatdesk.features.models.ui.judgement_texts import context_text
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.models.hubs import Gate, HubHit, HubKind
from chatdesk.ui_kit.forms.rows import WrappingRow
from chatdesk.ui_kit.lists.row_list import ENTER_KEYS
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.button_kind import ButtonKind
from chatdesk.ui_kit.text.counts import counted
from chatdesk.ui_kit.text.download_texts import download_size, join_parts
from chatdesk.ui_kit.text.safe_text import plain_line
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.button import Button
from chatdesk.ui_kit.widgets.label import Label
from chatdesk.ui_kit.widgets.spinner import Spinner
from chatdesk.ui_kit.widgets.tag import Tag, TagKind


@dataclass(frozen=True, slots=True)
class ShownHit:
    """What is known of a repository so far. `error` is why its files could not be read."""

    hit: HubHit
    may_download: bool = True
    """Whether the user can download it: it needs no consent, or there is a token."""
    model: HubModel | None = None
    build: HubBuild | None = None
    facts: BuildFacts | None = None
    error: str = ""
    reading: bool = False
    status: DownloadStatus = field(default_factory=DownloadStatus)
    ollama_name: str = ""
    """Name under which an Ollama server that answers can download it; empty if none can."""


class HitRow(Translated, QWidget):
    """The row. `opened` asks for the files; the choice of a build asks for its header."""

    opened = Signal()
    build_chosen = Signal(int)
    get_requested = Signal()
    ollama_requested = Signal()
    chat_requested = Signal()
    page_requested = Signal()
    moved = Signal(int)

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.shown: ShownHit | None = None
        """What is shown."""
        self._name = Label(appearance, "ui", "text", self, strong=True, elide=True)
        self._name.setObjectName("hitName")
        self._tag = Tag(appearance, "", TagKind.SUCCESS, self)
        self._tag.setObjectName("hitTag")
        self._about = Label(appearance, "caption", "textTertiary", self, wrap=True)
        self._about.setObjectName("hitAbout")
        self._facts = Label(appearance, "caption", "textSecondary", self, wrap=True)
        self._facts.setObjectName("hitFacts")
        self._spinner = Spinner(appearance, "", self)
        self._spinner.hide()
        self._action = GetAction(appearance, self)
        self._action.get_requested.connect(self.get_requested)
        self._action.chat_requested.connect(self.chat_requested)
        self._look = self._button("lookAtHit", self.opened)
        self._page = self._button("openHitPage", self.page_requested)
        self._build = QComboBox(self)
        self._build.setObjectName("hitBuild")
        self._build.activated.connect(self.build_chosen)
        self._ollama = Button(appearance, "", ButtonKind.PLAIN, self, small=True, ink="accentText")
        self._ollama.setObjectName("getHitWithOllama")
        self._ollama.clicked.connect(self.ollama_requested)
        self._choices = WrappingRow(appearance, self)
        self._choices.add(self._build)
        self._choices.add(self._ollama)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._lay_out()
        appearance.bind(self._restyle)

    def show_hit(self, shown: ShownHit) -> None:
        """Show what is known."""
        self.shown = shown
        model, build = shown.model, shown.build
        builds = [] if model is None else [self._build_text(each, each is model.suggested) for each in model.builds]
        if [self._build.itemText(number) for number in range(self._build.count())] != builds:
            self._build.clear()
            self._build.addItems(builds)
        if model and build in model.builds:
            self._build.setCurrentIndex(model.builds.index(build))
        self._retranslate()

    def focus_outline(self) -> tuple[QRectF, float]:
        """Return the outline of the focus ring, and its radius. The ring is inside the list."""
        theme = self._appearance.theme
        reach = theme.stroke("focus") + theme.stroke("focusOffset")
        return QRectF(self.rect()).adjusted(reach, reach, -reach, -reach), theme.length("radius.control")

    def _build_text(self, build: HubBuild, is_suggested: bool) -> str:
        parts = [build.quantization or build.files[0].path.rpartition("/")[2], download_size(build.download_size)]
        if is_suggested:
            parts.append(self.tr("recommended"))
        elif build.is_lossy:
            parts.append(self.tr("loses quality"))
        return self.tr(", ").join(parts)

    def _retranslate(self) -> None:
        shown = self.shown
        if shown is None:
            return
        self._look.setText(self.tr("Look…"))
        self._page.setText(self.tr("Open the page"))
        self._ollama.setText(self.tr("Get it with Ollama"))
        self._build.setAccessibleName(self.tr("Quantisation"))
        self._spinner.setAccessibleName(self.tr("Reading the model's files"))
        repository = shown.hit.repository
        name = plain_line(repository.name)
        if repository.hub is HubKind.OLLAMA:
            name = f"{name.removeprefix('library/')}:{plain_line(repository.revision)}"
        self._name.set_text(name)
        self._about.set_text(self._about_text(shown.hit))
        self._about.setVisible(bool(self._about.text()))
        problem = self._problem_text(shown)
        self._facts.set_color("danger" if problem else "textSecondary")
        self._facts.set_text(problem or self._facts_text(shown))
        self._facts.setVisible(bool(self._facts.text()))
        self._show_tag(shown)
        too_large = shown.facts is not None and shown.facts.fit.verdict is Verdict.TOO_LARGE
        readable = shown.facts is not None and not problem
        is_installed = shown.status.installed
        can_chat = shown.facts is None or not shown.facts.makes_vectors
        self._action.show_state(
            name,
            shown.status.pull,
            installed=is_installed and can_chat,
            offered=readable and not too_large and not is_installed,
        )
        self._spinner.setVisible(shown.reading)
        self._look.setVisible(shown.may_download and not shown.reading and shown.facts is None and not shown.error)
        self._page.setVisible(not shown.may_download or bool(problem))
        self._build.setVisible(shown.model is not None and len(shown.model.builds) > 1)
        self._ollama.setVisible(bool(shown.ollama_name) and readable)
        self._choices.setVisible(not self._build.isHidden() or not self._ollama.isHidden())
        self._choices.arrange()
        tag = self._tag.text() if not self._tag.isHidden() else ""
        self.setAccessibleName(
            ", ".join(filter(None, (name, tag, self._about.text(), self._facts.text(), self._action.progress)))
        )

    def _about_text(self, hit: HubHit) -> str:
        locale = QLocale()
        downloads = hit.downloads
        return join_parts(
            counted(lambda number: self.tr("%n downloads", "", number), downloads) if downloads is not None else "",
            parameters_text(hit.parameters) if hit.parameters else "",
            locale.toString(_qt_date(hit.updated_at), QLocale.FormatType.ShortFormat) if hit.updated_at else "",
        )

    def _problem_text(self, shown: ShownHit) -> str:
        """Return why the model cannot be downloaded; empty if it can, or if that is not known yet."""
        if shown.error:
            return shown.error
        if not shown.may_download:
            return self.tr("Needs an account and consent on the model's page.")
        if shown.model is not None and shown.build is None:
            return self.tr("It has no GGUF files.")
        facts = shown.facts
        if facts is None:
            return ""
        if facts.problem or facts.head is None:
            return self.tr("The file is not a model that the built-in engine can load.")
        if facts.is_supported is False:
            return self.tr("The built-in engine does not know the architecture {architecture} yet.").format(
                architecture=plain_line(facts.head.architecture)
            )
        return "" if facts.is_usable else self.tr("This is not a chat model.")

    def _facts_text(self, shown: ShownHit) -> str:
        build, facts = shown.build, shown.facts
        if build is None or facts is None or facts.head is None:
            return self.tr("Reading size and context…") if shown.reading else ""
        trained = facts.head.trained_context
        context = self.tr("context up to {tokens}").format(tokens=context_text(trained)) if trained else ""
        licence = shown.model.listing.licence if shown.model else ""
        purpose = self.tr("for finding passages in documents, not for chats") if facts.makes_vectors else ""
        size = download_size(build.download_size)
        return join_parts(build.quantization, size, context, purpose, plain_line(licence))

    def _show_tag(self, shown: ShownHit) -> None:
        fit = shown.facts.fit if shown.facts else None
        kind, text = TagKind.NEUTRAL, ""
        if shown.hit.repository.hub is not HubKind.OLLAMA and shown.hit.gate is not Gate.OPEN:
            kind, text = TagKind.NEUTRAL, self.tr("With an account")
        elif fit is None or self._problem_text(shown):
            pass
        elif fit.verdict is Verdict.TOO_LARGE:
            kind, text = TagKind.DANGER, self.tr("Too large")
        elif fit.needs_free_memory:
            kind, text = TagKind.WARNING, self.tr("Little memory left")
        elif fit.runs:
            kind, text = TagKind.SUCCESS, self.tr("Fits")
        self._tag.set_kind(kind)
        self._tag.set_text(text)
        self._tag.setVisible(bool(text))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Read the files with Enter and →, and move with ↑ and ↓."""
        key = event.key()
        if (key in ENTER_KEYS or key == Qt.Key.Key_Right) and self.hasFocus() and not self._look.isHidden():
            self.opened.emit()
        elif key in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            self.moved.emit(-1 if key == Qt.Key.Key_Up else 1)
        else:
            super().keyPressEvent(event)

    def _button(self, name: str, pressed: SignalInstance) -> Button:
        button = Button(self._appearance, "", ButtonKind.OUTLINED, self)
        button.setObjectName(name)
        button.clicked.connect(pressed)
        return button

    def _lay_out(self) -> None:
        title, text = QHBoxLayout(), QVBoxLayout()
        title.addWidget(self._name)
        title.addWidget(self._tag)
        title.addStretch(1)
        text.setSpacing(0)
        text.addLayout(title)
        for part in (self._about, self._facts, self._choices):
            text.addWidget(part)
        self._line = QHBoxLayout(self)
        self._line.addLayout(text, 1)
        for action in (self._spinner, self._look, self._page, self._action):
            self._line.addWidget(action)
        self._title = title

    def _restyle(self) -> None:
        theme = self._appearance.theme
        self._line.setContentsMargins(theme.length("l"), theme.length("s"), theme.length("m"), theme.length("s"))
        self._line.setSpacing(theme.length("m"))
        self._title.setSpacing(theme.length("s"))


def _qt_date(moment: datetime) -> QDate:
    return QDate(moment.year, moment.month, moment.day)

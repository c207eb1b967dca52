"""In the card of the built-in engine: what could make it use the graphics card, what it uses, and why it is slower if it is.

`features/servers/services/built_in/engine_programs.py` knows all of it. Only this widget shows full paths of programs before they are run.
"""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QLocale, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from chatdesk.features.models.ui.engine.engine_texts import fallback_text, program_facts_text, size_text, two_sentences
from chatdesk.features.servers.services.built_in.engine_comparison import NEEDED_GAIN
from chatdesk.features.servers.services.built_in.engine_programs import ProgramInUse, ProgramOffer, ProgramProblem
from chatdesk.features.servers.services.built_in.server import BuiltIn
from chatdesk.kernel.errors.base import ChatdeskError
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.models.machine import EngineFacts
from chatdesk.ui_kit.errors.error_texts import describe_error
from chatdesk.ui_kit.forms.rows import WrappingRow
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.painting import draw_box
from chatdesk.ui_kit.tasks import Tasks
from chatdesk.ui_kit.text.safe_text import plain_line
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.button import Button, ButtonKind
from chatdesk.ui_kit.widgets.icon_label import IconLabel
from chatdesk.ui_kit.widgets.label import Label
from chatdesk.ui_kit.widgets.progress_bar import ProgressBar
from chatdesk.ui_kit.widgets.sheet import Sheet, SheetKind


@dataclass(frozen=True, slots=True)
class OfferAction:
    """A button: its name, label, kind and icon."""

    name: str
    label: str
    kind: ButtonKind = ButtonKind.OUTLINED
    icon: str = ""


@dataclass(frozen=True, slots=True)
class OfferContent:
    """What is shown. `share` is that of a download, from 0 to 1; None without one."""

    title: str
    text: str = ""
    path: str = ""
    facts: str = ""
    """Version, release and hash of the program."""
    actions: tuple[OfferAction, ...] = ()
    share: float | None = None
    ground: str = "accentSoft"
    icon: str = "gpu"
    ink: str = "accentText"


class EngineOffer(Translated, QWidget):
    """The part of the card; hidden if there is nothing to say."""

    def __init__(self, appearance: Appearance, built_in: BuiltIn, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("engineOffer")
        self._appearance = appearance
        self._built_in = built_in
        self._programs = built_in.programs.get()
        self._tasks = tasks
        self._has_looked = False
        self._is_asking = False
        self._error: ChatdeskError | None = None
        self._download: asyncio.Task[None] | None = None
        self._actions: dict[str, Callable[[], object]] = {
            "useProgram": self._ask_about_found,
            "getBuild": self._start_download,
            "chooseProgram": self.choose,
            "cancelBuild": self._cancel_download,
            "stopProgram": self._stop_using,
            "tryAgain": self._try_again,
        }
        self._box = _OfferBox(appearance, self)
        self._box.pressed = lambda name: self._actions[name]()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._box)
        self.destroyed.connect(self._programs.changes.subscribe(lambda _change: self._show()))
        self._show()

    def look(self) -> None:
        """Look for programs, once. The owner calls it when its card is shown: this part is hidden until there is something to say."""
        if not self._has_looked:
            self._has_looked = True
            self._tasks.start(self._look(), "look for engine programs")

    async def _look(self) -> None:
        await self._programs.prepare(self._built_in.engine)
        await self._programs.look(self._built_in.engine)

    def _show(self) -> None:
        content = self._content()
        self.setVisible(content is not None)
        if content:
            self._box.show_content(content)

    def _content(self) -> OfferContent | None:
        if self._programs.received is not None and (build := self._programs.offer.build):
            return self._download_content(build.size, self._programs.received)
        if self._programs.is_comparing:
            text = self.tr("Both engines answer a few questions. This takes about half a minute.")
            cancel = OfferAction("cancelBuild", self.tr("Cancel"))
            return OfferContent(self.tr("Measuring the speed"), text, actions=(cancel,), icon="cpu")
        program = self._programs.in_use
        if program:
            return self._program_content(program)
        offer = self._programs.offer
        if offer.is_for_processor:
            return self._processor_content(offer)
        return self._own_program_content() if offer.is_empty else self._offer_content(offer)

    def _processor_content(self, offer: ProgramOffer) -> OfferContent | None:
        if offer.build is None:
            return None
        tag = self._programs.release.tag
        if (gain := self._programs.gain) is not None and gain < NEEDED_GAIN:
            text = self.tr("It was {factor} times as fast as the built-in engine, and has been removed.")
            title = self.tr("llama.cpp {tag} is not faster on this computer").format(tag=tag)
            shown = OfferContent(title, text.format(factor=QLocale().toString(gain, "f", 1)), icon="cpu")
            return replace(shown, ground="sunken", ink="textSecondary")
        text = self.tr(
            "This processor has instructions (AVX-512) that the built-in engine does not use. llama.cpp {tag} from github.com may be "
            "faster with them. Chatdesk measures it, and keeps it only if it is."
        ).format(tag=tag)
        get = self.tr("Get and measure, {size}").format(size=size_text(offer.build.size))
        if offer.is_installed:
            get = self.tr("Measure again")
        action = OfferAction("getBuild", get, icon="download")
        return self._with_answer(
            OfferContent(self.tr("The processor could be faster"), text, actions=(action,), icon="cpu")
        )

    def _offer_content(self, offer: ProgramOffer) -> OfferContent:
        cards = ", ".join(plain_line(card.name) for card in offer.cards[:2])
        discrete = any(not card.integrated for card in offer.cards)
        faster = (
            self.tr("Models would then run on {card}, usually several times faster.")
            if discrete
            else self.tr("Models would then run on {card}, which can be faster.")
        ).format(card=cards)
        tag = self._programs.release.tag
        get = self.tr("Get llama.cpp, {size}").format(size=size_text(offer.build.size)) if offer.build else ""
        if offer.is_installed:
            get = self.tr("Use llama.cpp {tag}").format(tag=tag)
        content = OfferContent(self.tr("The graphics card is not used yet"))
        if offer.found:
            found = self.tr("A llama-server was found on this computer.")
            actions = [OfferAction("useProgram", self.tr("Use it…"), ButtonKind.FILLED)]
            if offer.build:
                instead = self.tr("Get llama.cpp instead, {size}").format(size=size_text(offer.build.size))
                actions.append(OfferAction("getBuild", get if offer.is_installed else instead, icon="download"))
            content = replace(content, text=two_sentences(found, faster), path=str(offer.found), actions=tuple(actions))
        else:
            source = self.tr("llama.cpp {tag} can be downloaded from github.com.").format(tag=tag)
            if offer.is_installed:
                source = self.tr("llama.cpp {tag} is installed.").format(tag=tag)
            get_it = OfferAction("getBuild", get, ButtonKind.FILLED, "download")
            choose = OfferAction("chooseProgram", self.tr("Use another program…"), ButtonKind.PLAIN)
            content = replace(content, text=two_sentences(source, faster), actions=(get_it, choose))
        return self._with_answer(content)

    def _own_program_content(self) -> OfferContent | None:
        """Return what is said of a program that the user chose though nothing was offered."""
        content = self._with_answer(OfferContent(self.tr("A llama-server of your own"), icon="terminal"))
        return content if content.text else None

    def _with_answer(self, content: OfferContent) -> OfferContent:
        """Return the content with what a program answers, if one was asked."""
        if self._is_asking:
            return replace(content, text=self.tr("Asking the program for its version and devices…"), actions=())
        if self._error:
            return replace(content, text=self._error_text(self._error), ground="dangerSoft", ink="danger")
        return content

    def _download_content(self, size: int, received: int) -> OfferContent:
        amount = self.tr("{done} of {total}").format(done=size_text(received), total=size_text(size))
        cancel = OfferAction("cancelBuild", self.tr("Cancel"))
        return OfferContent(self.tr("Getting llama.cpp"), amount, actions=(cancel,), share=received / size)

    def _program_content(self, program: ProgramInUse) -> OfferContent:
        stop = OfferAction("stopProgram", self.tr("Stop using it"), ButtonKind.PLAIN)
        path = str(program.path)
        if program.problem:
            reasons = {
                ProgramProblem.REFUSED: self.tr("It is missing, or other users of this computer could replace it."),
                ProgramProblem.CHANGED: self.tr("One of its files has changed since it was installed."),
                ProgramProblem.UNUSABLE: self.tr("It does not start, or is too old."),
            }
            text = self.tr("{reason} Models run with the built-in engine.").format(reason=reasons[program.problem])
            title = self.tr("llama-server is not used any more")
            content = OfferContent(title, text, path, actions=(stop,))
            return replace(content, ground="warningSoft", icon="triangle-alert", ink="warning")
        shown = OfferContent("", path=path, facts=program_facts_text(program))
        if fallbacks := self._programs.fallbacks:
            again = OfferAction("tryAgain", self.tr("Try again"))
            text = "\n".join(fallback_text(each) for each in fallbacks[-3:])
            shown = replace(shown, title=self.tr("Slower than it could be"), text=text, actions=(again, stop))
            return replace(shown, ground="warningSoft", icon="triangle-alert", ink="warning")
        names = ", ".join(map(plain_line, program.device_names))
        if program.facts is None:
            title = self.tr("Uses a llama-server")
        elif names:
            title = self.tr("Uses {card}").format(card=names)
        elif gain := self._programs.gain:
            factor = QLocale().toString(gain, "f", 1)
            title = self.tr("Uses llama.cpp on the processor, {factor} times as fast").format(factor=factor)
        else:
            title = self.tr("Uses a llama-server on the processor")
        actions: tuple[OfferAction, ...] = (stop,)
        newer = self._programs.offer.build
        if program.build and newer and newer.tag != program.build.tag:
            text = self.tr("Update to {tag}, {size}").format(tag=newer.tag, size=size_text(newer.size))
            actions = (OfferAction("getBuild", text, icon="download"), stop)
        return replace(shown, title=title, actions=actions, ground="sunken", ink="textSecondary")

    def _error_text(self, error: ChatdeskError) -> str:
        described = describe_error(error)
        return two_sentences(described.sentence, described.consequence)

    def _ask_about_found(self) -> None:
        if found := self._programs.offer.found:
            self._tasks.start(self._ask_about(found), "ask an engine program")

    def choose(self) -> None:
        """Let the user choose a program."""
        dialog = QFileDialog(self.window(), self.tr("Choose a llama-server program"), str(Path.home()))
        dialog.setObjectName("programDialog")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters(["llama-server (llama-server*)", self.tr("All files") + " (*)"])
        dialog.fileSelected.connect(lambda path: self._tasks.start(self._ask_about(Path(path)), "ask a program"))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    async def _ask_about(self, path: Path) -> None:
        """Run the program once for its version and devices, and have the user confirm its use."""
        self._is_asking, self._error = True, None
        self._show()
        try:
            facts = await self._programs.inspect(path, self._built_in.engine)
        except ChatdeskError as error:
            self._error = error
        else:
            self._confirm(path, facts)
        finally:
            self._is_asking = False
            self._show()

    def _confirm(self, path: Path, facts: EngineFacts) -> None:
        sheet = Sheet(self._appearance, self.window(), SheetKind.QUESTION, self.tr("Use this program for models?"))
        sheet.setObjectName("programSheet")
        sheet.body.setSpacing(self._appearance.theme.length("s"))
        version = plain_line(facts.version) or self.tr("unknown")
        cards = ", ".join(f"{plain_line(each.description)} ({size_text(each.memory)})" for each in facts.devices)
        lines = (
            ("code", str(path)),
            ("ui", self.tr("Version: {version}").format(version=version)),
            ("ui", self.tr("Graphics: {names}").format(names=cards) if cards else self._no_card_text()),
            ("ui", self.tr("It is not a part of Chatdesk. Use it only if you trust its source.")),
        )
        for role, text in lines:
            label = Label(self._appearance, role, "text" if role == "code" else "textSecondary", text=text, wrap=True)
            sheet.body.addWidget(label)
        cancel = sheet.add_button(self.tr("Cancel"))
        cancel.clicked.connect(sheet.cancel)
        use = sheet.add_button(self.tr("Use it"), ButtonKind.FILLED if cards else ButtonKind.OUTLINED)
        use.setObjectName("confirmProgram")
        use.clicked.connect(sheet.leave)
        use.clicked.connect(partial(self._use, path))
        sheet.open(use if cards else cancel)

    def _no_card_text(self) -> str:
        return self.tr("It finds no graphics card that it can use, so models would run on the processor.")

    def _use(self, path: Path) -> None:
        self._programs.use(path)
        self._tasks.start(self._programs.prepare(self._built_in.engine), "ask the engine program")

    def _start_download(self) -> None:
        self._error = None
        self._download = self._tasks.start(self._get(), "download llama.cpp")

    async def _get(self) -> None:
        build = self._programs.offer.build
        try:
            if build:
                await self._programs.get(build, self._built_in.engine)
                await self._programs.prepare(self._built_in.engine)
        except ChatdeskError as error:
            self._error = error
        self._show()

    def _cancel_download(self) -> None:
        if self._download:
            self._download.cancel()

    def _stop_using(self) -> None:
        self._programs.use(None)

    def _try_again(self) -> None:
        self._tasks.start(self._programs.forget(), "try the graphics card again")

    def _retranslate(self) -> None:
        self._show()


class _OfferBox(QWidget):
    """Icon, title, sentence, path and buttons on a coloured ground."""

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.pressed: Callable[[str], object] = lambda _name: None
        self._content: OfferContent | None = None
        self._icon = IconLabel(appearance, "gpu", "accentText", self)
        self._title = Label(appearance, "ui", "text", self, strong=True, wrap=True)
        self._title.setObjectName("offerTitle")
        self._text = Label(appearance, "ui", "textSecondary", self, wrap=True)
        self._text.setObjectName("offerText")
        self._path = Label(appearance, "code", "textSecondary", self, wrap=True, selectable=True)
        self._path.setObjectName("offerPath")
        self._facts = Label(appearance, "caption", "textTertiary", self, wrap=True, selectable=True)
        self._facts.setObjectName("offerFacts")
        self._bar = ProgressBar(appearance, parent=self)
        self._buttons = WrappingRow(appearance, self)
        self._column = QVBoxLayout()
        for part in (self._title, self._text, self._path, self._facts, self._bar):
            self._column.addWidget(part)
        self._column.addSpacing(appearance.theme.length("xs"))
        self._column.addWidget(self._buttons)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        self._row.addLayout(self._column, 1)
        appearance.bind(self._restyle)

    def show_content(self, content: OfferContent) -> None:
        """Show something; buttons are kept while they stay the same, with their focus."""
        if content == self._content:
            return
        before, self._content = self._content, content
        self.update()
        self._icon.set_icon(content.icon, content.ink)
        self._title.set_text(content.title)
        for label, text in ((self._text, content.text), (self._path, content.path), (self._facts, content.facts)):
            label.set_text(text)
            label.setVisible(bool(text))
        self._bar.setVisible(content.share is not None)
        self._bar.setAccessibleName(content.title)
        self._bar.set_fraction(content.share or 0.0)
        if before is None or before.actions != content.actions:
            self._make_buttons(content.actions)
        self.setAccessibleName(f"{content.title} {content.text}")

    def _make_buttons(self, actions: tuple[OfferAction, ...]) -> None:
        had_focus = any(button.hasFocus() for button in self._buttons.findChildren(Button))
        for button in self._buttons.findChildren(Button):
            button.hide()
            button.deleteLater()
        self._buttons.clear()
        for action in actions:
            button = Button(self._appearance, action.label, action.kind, icon=action.icon)
            button.setObjectName(action.name)
            button.clicked.connect(partial(self._press, action.name))
            self._buttons.add(button)
            button.show()
            if had_focus:
                button.setFocus()
                had_focus = False
        self._buttons.setVisible(bool(actions))
        self._buttons.arrange()

    def _press(self, name: str) -> None:
        self.pressed(name)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ground; it is the end of the card above, so only its lower corners are round."""
        theme = self._appearance.theme
        radius = theme.length("card")
        ground = theme.color(self._content.ground if self._content else "sunken")
        draw_box(QPainter(self), QRectF(self.rect()).adjusted(0, -radius, 0, 0), radius, ground, None, 0)

    def _restyle(self) -> None:
        theme = self._appearance.theme
        pad = theme.length("m")
        self._row.setContentsMargins(pad, pad, pad, pad)
        self._row.setSpacing(theme.length("s"))
        self._column.setSpacing(theme.length("xs"))

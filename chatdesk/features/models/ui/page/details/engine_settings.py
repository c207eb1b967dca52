"""How the built-in engine runs one model: context, threads, and a context that takes less memory, with what they cost."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from chatdesk.features.models.ui.engine.engine_texts import size_text
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.models.model_preference import NO_CHOICES, EngineChoices
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.label import Label
from chatdesk.ui_kit.widgets.switch import Switch


@dataclass(frozen=True, slots=True)
class EngineCosts:
    """What choices mean for one model on this computer."""

    contexts: Sequence[int]
    """The lengths to choose from, in tokens."""
    cores: int
    memory: int | None
    """Memory of this computer in bytes; None if unknown."""
    context_of: Callable[[EngineChoices], int]
    memory_of: Callable[[EngineChoices], int | None]


class EngineSettings(Translated, QWidget):
    """Three choices and their sum. `chosen` carries the new `EngineChoices`."""

    chosen = Signal(object)

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._choices = NO_CHOICES
        self._costs: EngineCosts | None = None
        self._context_name, self._context = self._named_box("modelContext")
        self._threads_name, self._threads = self._named_box("modelThreads")
        self._compact_name = Label(appearance, "ui", "text", self)
        self._compact = Switch(appearance, "", self)
        self._compact.setObjectName("modelCompact")
        self._compact.clicked.connect(self._choose)
        self._compact_note = Label(appearance, "caption", "textTertiary", self, wrap=True)
        self._compact_note.setObjectName("modelCompactNote")
        self._sum = Label(appearance, "caption", "textTertiary", self, wrap=True)
        self._sum.setObjectName("modelEngineSum")
        self._line = QHBoxLayout()
        self._line.addWidget(self._compact_name, 1)
        self._line.addWidget(self._compact)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._groups = [QVBoxLayout() for _ in range(3)]
        for group, parts in zip(
            self._groups, ((self._context_name, self._context), (self._threads_name, self._threads), ()), strict=True
        ):
            for part in parts:
                group.addWidget(part)
            self._column.addLayout(group)
        self._groups[2].addLayout(self._line)
        self._groups[2].addWidget(self._compact_note)
        self._column.addWidget(self._sum)
        appearance.bind(self._restyle)
        self._retranslate()

    def show_choices(self, choices: EngineChoices, costs: EngineCosts) -> None:
        """Show the choices for a model, and their costs."""
        self._choices, self._costs = choices, costs
        self._fill()

    def _named_box(self, name: str) -> tuple[Label, QComboBox]:
        box = QComboBox(self)
        box.setObjectName(name)
        box.activated.connect(self._choose)
        return Label(self._appearance, "ui", "text", self), box

    def _fill(self) -> None:
        if self._costs is None:
            return
        costs, choices = self._costs, self._choices
        lengths = sorted({*costs.contexts, *([choices.context] if choices.context else [])})
        self._fill_box(
            self._context, choices.context, [(0, self._context_text(0)), *((n, self._context_text(n)) for n in lengths)]
        )
        threads = [(0, self.tr("As set for the engine")), *((n, str(n)) for n in range(1, costs.cores + 1))]
        if choices.threads > costs.cores:
            threads.append((choices.threads, str(choices.threads)))
        self._fill_box(self._threads, choices.threads, threads)
        self._compact.setChecked(choices.compact)
        self._compact_note.set_text(self._compact_text())
        self._sum.set_text(self._sum_text())
        need = costs.memory_of(choices)
        self._sum.set_color("warning" if need and costs.memory and need > costs.memory else "textTertiary")

    def _fill_box(self, box: QComboBox, current: int, items: Sequence[tuple[int, str]]) -> None:
        box.clear()
        for value, text in items:
            box.addItem(text, value)
        box.setCurrentIndex(max(0, box.findData(current)))

    def _context_text(self, tokens: int) -> str:
        """Return a length with the memory that the model needs with it."""
        assert self._costs is not None  # noqa: S101 - `_fill` has checked it
        choices = replace(self._choices, context=tokens)
        count = QLocale().toString(self._costs.context_of(choices))
        text = (
            self.tr("{count} tokens").format(count=count)
            if tokens
            else self.tr("Automatic: {count} tokens").format(count=count)
        )
        need = self._costs.memory_of(choices)
        return self.tr("{choice} · {size} of memory").format(choice=text, size=size_text(need)) if need else text

    def _compact_text(self) -> str:
        assert self._costs is not None  # noqa: S101 - `_fill` has checked it
        context = self._costs.context_of(self._choices)
        full, compact = (
            self._costs.memory_of(replace(self._choices, context=context, compact=each)) for each in (False, True)
        )
        slower = self.tr("Stores the context with half the precision. Reading a prompt takes up to 28% longer.")
        if full is None or compact is None:
            return slower
        saved = self.tr("Saves {size}.").format(size=size_text(full - compact))
        return self.tr("{first} {second}", "two sentences").format(first=saved, second=slower)

    def _sum_text(self) -> str:
        costs = self._costs
        need = costs.memory_of(self._choices) if costs else None
        if costs is None or need is None:
            return ""
        if costs.memory is None:
            return self.tr("Needs about {needed} of memory.").format(needed=size_text(need))
        return self.tr("Needs about {needed} of memory; this computer has {memory}.").format(
            needed=size_text(need), memory=size_text(costs.memory)
        )

    def _choose(self) -> None:
        self._choices = EngineChoices(
            int(self._context.currentData()), int(self._threads.currentData()), self._compact.isChecked()
        )
        self._fill()
        self.chosen.emit(self._choices)

    def _restyle(self) -> None:
        theme = self._appearance.theme
        self._column.setSpacing(theme.length("m"))
        self._line.setSpacing(theme.length("s"))
        for group in self._groups:
            group.setSpacing(theme.length("xs"))

    def _retranslate(self) -> None:
        context, threads, compact = self.tr("Context"), self.tr("Threads"), self.tr("Less memory")
        self._context_name.set_text(context)
        self._context.setAccessibleName(context)
        self._threads_name.set_text(threads)
        self._threads.setAccessibleName(threads)
        self._compact_name.set_text(compact)
        self._compact.setAccessibleName(compact)
        self._fill()

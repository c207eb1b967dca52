"""The pill that says whether and how much the model thinks, and lets a person choose what that model knows."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from chatdesk.features.models.ui.parameters.thinking_words import thinking_word
from chatdesk.kernel.chat.request import Thinking
from chatdesk.kernel.models.thinking import NOTHING, ThinkingChoices
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.widgets.toggle_chip import ToggleChip

_SWITCH = {Thinking.OFF, Thinking.ON}


class ThinkChip(ToggleChip):
    """Hidden where there is nothing to say. A model that only thinks or does not has a switch, others have a menu."""

    chosen = Signal(str)
    """A value of `Thinking`."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(appearance, "", "lightbulb", parent)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keyboard with what is being written
        self._choices = NOTHING
        self._thinking = Thinking.AUTO
        self.clicked.connect(self._pressed)
        self.show_choices(NOTHING, Thinking.AUTO)

    def show_choices(self, choices: ThinkingChoices, thinking: Thinking) -> None:
        """Show what the model can be told, and what it is told."""
        self._choices, self._thinking = choices, choices.nearest(thinking)
        self._retranslate()
        self.setVisible(bool(choices.choices))

    def activate(self) -> None:
        """Switch, or open the menu, as a click does. Nothing happens where nothing can be chosen."""
        if self.isVisible() and self.isEnabled():
            self.click()

    @property
    def _is_switch(self) -> bool:
        return self._choices.sure and set(self._choices.choices) == _SWITCH

    def _pressed(self) -> None:
        self._retranslate()  # it looks as what is chosen says, whatever a click makes of it
        if self._is_switch:
            self._choose(Thinking.ON if self._thinking is Thinking.OFF else Thinking.OFF)
        else:
            self._open_menu()

    def _open_menu(self) -> None:
        menu = QMenu(self)
        menu.setObjectName("thinkMenu")
        menu.setAccessibleName(self.tr("Think before answering"))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        group = QActionGroup(menu)
        for choice in (Thinking.AUTO, *self._choices.choices):
            action = menu.addAction(thinking_word(choice))
            action.setData(choice.value)
            action.setCheckable(True)
            action.setChecked(choice is self._thinking)
            action.triggered.connect(self._chooser(choice))
            group.addAction(action)
            if choice is self._thinking:
                menu.setActiveAction(action)
        # Above the chip: below it the window ends.
        menu.popup(self.mapToGlobal(QPoint(0, -menu.sizeHint().height())))

    def _chooser(self, choice: Thinking) -> Callable[[], None]:
        return lambda: self._choose(choice)

    def _choose(self, thinking: Thinking) -> None:
        self.show_choices(self._choices, thinking)
        self.chosen.emit(thinking.value)

    def _retranslate(self) -> None:
        always, switch = self._choices.always, self._is_switch
        if always:
            words, tip = (
                self.tr("Always thinks"),
                self.tr("This model thinks before every answer; there is nothing to choose"),
            )
        elif switch:
            words, tip = self.tr("Think"), self.tr("Let the model think before it answers")
        else:
            words = self.tr("Think: {how}").format(how=thinking_word(self._thinking))
            tip = self.tr("How much the model thinks before it answers")
        if not self._choices.sure:
            tip = self.tr("Nobody told whether this model can think; if it cannot, it is asked without")
        self.setText(words)
        self.setToolTip(tip)
        self.setAccessibleDescription(tip)
        self.setEnabled(not always)
        quiet = {Thinking.OFF} if switch else {Thinking.OFF, Thinking.AUTO}
        self.setChecked(not always and self._thinking not in quiet)
        self.set_opens(opens=not always and not switch)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

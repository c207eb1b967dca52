"""The suggestion of a model above the message input, for presets that recommend models. Only the user changes the model."""

from collections.abc import Sequence

from PySide6.QtCore import QObject

from chatdesk.features.chat.ui.composer.composer import Composer, StripRank
from chatdesk.features.chat.ui.model_presenter import ModelPresenter
from chatdesk.features.servers.services.models import Models
from chatdesk.features.servers.ui.server_texts import server_name
from chatdesk.kernel.models.model import ModelRef
from chatdesk.kernel.models.model_rules import matches
from chatdesk.ui_kit.forms.notice import Notice
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.text.safe_text import plain_line


class SuggestedModel(QObject):
    """Shows a strip with a button while another model than a recommended one is chosen and a recommended one is available."""

    def __init__(self, appearance: Appearance, composer: Composer, chooser: ModelPresenter, models: Models) -> None:
        super().__init__(composer)
        self._chooser = chooser
        self._models = models
        self._patterns: Sequence[str] = ()
        self._suggested: ModelRef | None = None
        self._strip = Notice(appearance, composer, slim=True)
        self._strip.setObjectName("suggestedModel")
        self._strip.acted.connect(self._use)
        self._strip.hide()
        composer.set_strip(self._strip, StripRank.HINT)
        chooser.chosen_changed.connect(self.refresh)
        chooser.groups_changed.connect(self.refresh)

    def show(self, patterns: Sequence[str]) -> None:
        """Suggest a model whose name matches one of these patterns, the best one first. Without patterns, nothing is suggested."""
        self._patterns = patterns
        self.refresh()

    def refresh(self) -> None:
        """Update the strip for the models that are known now."""
        chosen = self._chooser.chosen.ref if self._chooser.chosen else None
        fits = chosen is not None and matches(self._patterns, chosen.model_id)
        self._suggested = None if fits else best_model(self._available(), self._patterns, chosen)
        self._strip.setVisible(self._suggested is not None)
        if self._suggested:
            name = plain_line(self._chooser.name_of(self._suggested))
            if not chosen or chosen.server_id != self._suggested.server_id:
                name = self.tr("{model} ({server})").format(model=name, server=self._server_of(self._suggested))
            self._strip.show_text(self.tr("This preset suggests {model}.").format(model=name), self.tr("Use it"))

    def _available(self) -> list[ModelRef]:
        return [model.ref for model in self._models.all() if model.can_chat]

    def _server_of(self, ref: ModelRef) -> str:
        servers = (state.server for state in self._models.states() if state.server.id == ref.server_id)
        return next((plain_line(server_name(server)) for server in servers), "")

    def _use(self) -> None:
        if self._suggested:
            self._chooser.choose(self._suggested)


def best_model(models: Sequence[ModelRef], patterns: Sequence[str], chosen: ModelRef | None) -> ModelRef | None:
    """Return the model that matches the best pattern, on the server of the chosen model if there is one; None if none matches."""
    ranks = [
        (chosen is not None and model.server_id != chosen.server_id, rank, model)
        for model in models
        for rank, pattern in enumerate(patterns)
        if matches((pattern,), model.model_id)
    ]
    return min(ranks, key=lambda entry: entry[:2])[2] if ranks else None

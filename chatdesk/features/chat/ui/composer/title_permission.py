"""The strip that asks whether models of online providers may write the titles of chats."""

from collections.abc import Callable

from chatdesk.features.chat.services.chat_titles import ChatTitles
from chatdesk.ui_kit.forms.notice import Notice
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.text.safe_text import plain_line
from chatdesk.ui_kit.translations import Translated


class TitlePermission(Translated, Notice):
    """Visible while the chat for which the permission is needed is open. Call `update_visibility` when another chat is opened."""

    def __init__(self, appearance: Appearance, titles: ChatTitles, open_id: Callable[[], str]) -> None:
        super().__init__(appearance)
        self.setObjectName("titlePermission")
        self._titles = titles
        self._open_id = open_id
        self.acted.connect(lambda: titles.decide(allowed=True))
        self.other_acted.connect(lambda: titles.decide(allowed=False))
        self.hide()

    def update_visibility(self) -> None:
        """Show or hide the strip."""
        request = self._titles.permission_request
        self._retranslate()
        self.setVisible(request is not None and request.conversation_id == self._open_id())

    def _retranslate(self) -> None:
        if request := self._titles.permission_request:
            text = self.tr(
                "Let online models write chat titles? Each title is a short request that {server} may charge for."
            )
            self.show_text(
                text.format(server=plain_line(request.server)), self.tr("Allow"), other=self.tr("Use first words")
            )

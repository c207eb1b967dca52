"""Has the transcript follow the settings that are about it, from when it is made."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from chatdesk.features.chat.ui.late_transcript import LateTranscript
from chatdesk.features.chat.ui.transcript.code_options import CodeOptions
from chatdesk.kernel.settings.declarations import ANNOUNCE, NUMBER_CODE, REASONING, SEND_KEY, WRAP_CODE
from chatdesk.kernel.settings.store import SettingChanged, Settings

if TYPE_CHECKING:
    from chatdesk.features.chat.ui.transcript.transcript_view import TranscriptView


def follow_settings(transcript: LateTranscript, settings: Settings) -> Callable[[], None]:
    """Return what ends the following."""

    def take(view: "TranscriptView", key: str) -> None:
        match key:
            case SEND_KEY.key:
                view.set_send_key(settings.get(SEND_KEY))
            case REASONING.key:
                view.set_reasoning_display(settings.get(REASONING))
            case ANNOUNCE.key:
                view.set_announcing(settings.get(ANNOUNCE))
            case WRAP_CODE.key | NUMBER_CODE.key:
                view.set_code_options(CodeOptions(settings.get(WRAP_CODE), settings.get(NUMBER_CODE)))

    def take_all(view: "TranscriptView") -> None:
        for setting in (SEND_KEY, REASONING, ANNOUNCE, WRAP_CODE):
            take(view, setting.key)

    def changed(change: SettingChanged) -> None:
        if view := transcript.made:
            take(view, change.key)

    transcript.when_made(take_all)
    return settings.changes.subscribe(changed)

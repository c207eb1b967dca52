"""What the words of an error are made of. The words: `errors.py`, and for applications `wordings.py`."""

from enum import StrEnum

from chatdesk.kernel.fast_dataclass import dataclass

# A failure put into words, ready to be shown. Who words it is ui_kit/errors/errors.py; how it is drawn is
# `failure_strip.py`.


@dataclass(frozen=True, slots=True)
class FailureAction:
    """A next step, offered as a button. `action_id` comes back with `TranscriptView.action_requested`."""

    action_id: str
    label: str
    primary: bool = False
    """The best step: drawn as the filled button, and placed last."""
    goes_on: bool = False
    """Goes on where an answer was cut off: for one that has begun."""


@dataclass(frozen=True, slots=True)
class FailureText:
    """What happened, what it means for the user, and what to do next. All of it is plain text."""

    sentence: str
    consequence: str = ""
    actions: tuple[FailureAction, ...] = ()
    details: str = ""
    """For those who want to know or to report it; folded under "More"."""


class NextStep(StrEnum):
    """What a button under an error does; the main window carries it out."""

    RETRY = "retry"
    CONTINUE = "continue"
    SERVER_SETTINGS = "server_settings"
    CHOOSE_MODEL = "choose_model"
    USE_BUILT_IN = "use_built_in"
    NEW_CHAT = "new_chat"
    ENGINE_SETTINGS = "engine_settings"
    MORE_CONTEXT = "more_context"
    """Ask again with the smallest context that is enough, which the error tells."""
    LEAVE_OUT = "leave_out"
    """Of a chat that does not fit, the oldest messages."""
    SUMMARISE = "summarise"
    SEND_ANYWAY = "send_anyway"
    DIAGNOSE = "diagnose"
    """Call the connection doctor."""
    USE_TLS = "use_tls"
    """Ask the server at the same host over TLS from now on."""
    SIGN_IN = "sign_in"
    """On the page that the server named."""


@dataclass(frozen=True, slots=True)
class Wording:
    """English source of an error's words; `{name}` stands for a field of the error. The last step is the best one."""

    sentence: str
    consequence: str = ""
    steps: tuple[NextStep, ...] = ()

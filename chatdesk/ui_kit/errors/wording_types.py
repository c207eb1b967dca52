"""The types that the wording of an error consists of: sources in the table, texts and buttons in the window."""

from enum import StrEnum

from chatdesk.kernel.fast_dataclass import dataclass


@dataclass(frozen=True, slots=True)
class FailureAction:
    """A next step, offered as a button. `action_id` comes back with `TranscriptView.action_requested`."""

    action_id: str
    label: str
    primary: bool = False
    """Whether this is the recommended step: drawn as the filled button, and placed last."""
    continues_answer: bool = False
    """Whether it continues an answer that was cut off, so it needs an answer that has begun."""


@dataclass(frozen=True, slots=True)
class FailureText:
    """What happened, what it means for the user, and what to do next. All of it is plain text."""

    sentence: str
    consequence: str = ""
    actions: tuple[FailureAction, ...] = ()
    details: str = ""
    """Technical details for a report, folded under "More"."""


class NextStep(StrEnum):
    """The action of a button under an error, carried out by the main window."""

    RETRY = "retry"
    CONTINUE = "continue"
    SERVER_SETTINGS = "server_settings"
    CHOOSE_MODEL = "choose_model"
    USE_BUILT_IN = "use_built_in"
    NEW_CHAT = "new_chat"
    ENGINE_SETTINGS = "engine_settings"
    MORE_CONTEXT = "more_context"
    """Ask again with the smallest context window that is large enough, which the error states."""
    LEAVE_OUT = "leave_out"
    """Leave out the oldest messages of a chat that does not fit."""
    SUMMARISE = "summarise"
    SEND_ANYWAY = "send_anyway"
    USE_PASSAGES = "use_passages"
    """Ask with the relevant passages of documents in place of their text."""
    SEND_WITHOUT_PASSAGES = "send_without_passages"
    """Ask although no passage of the documents fits the question."""
    DIAGNOSE = "diagnose"
    """Start the connection doctor."""
    USE_TLS = "use_tls"
    """Use TLS for the server at the same host from now on."""
    SIGN_IN = "sign_in"
    """Open the sign-in page that the server named."""
    MODEL_SOURCES = "model_sources"
    """Show the settings of model hubs."""
    MODEL_PAGE = "model_page"
    """Open the web page of a model: `page` of the error."""


@dataclass(frozen=True, slots=True)
class Wording:
    """The English source texts of an error; `{name}` stands for a field of the error."""

    sentence: str
    """What happened, in the window and on the command line."""
    consequence: str = ""
    """What it means for the user, in the window."""
    steps: tuple[NextStep, ...] = ()
    """The buttons in the window. The last one is recommended."""
    advice: str = ""
    """What to do on the command line, in the translation context `Console`."""

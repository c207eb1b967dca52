"""A failure put into words, ready to be shown. Who words it is ui_kit/errors/errors.py; how it is drawn is `failure_strip.py`."""

from chatdesk.kernel.fast_dataclass import dataclass


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
    """What happened, what it means for the person, and what to do next. All of it is plain text."""

    sentence: str
    consequence: str = ""
    actions: tuple[FailureAction, ...] = ()
    details: str = ""
    """For those who want to know or to report it; folded under "More"."""

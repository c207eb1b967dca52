"""Texts about measured speeds."""

from PySide6.QtCore import QCoreApplication, QLocale

from chatdesk.features.models.domain.speed_check import SpeedProgress, SpeedResult
from chatdesk.ui_kit.text.counts import moment_text
from chatdesk.ui_kit.text.safe_text import plain_line

_SECOND = 1000
translate = QCoreApplication.translate


def duration_text(milliseconds: int) -> str:
    """Return a duration: in milliseconds below one second, otherwise in seconds."""
    if milliseconds < _SECOND:
        return translate("Speed", "{count} ms").format(count=QLocale().toString(milliseconds))
    seconds = milliseconds / _SECOND
    return translate("Speed", "{count} s").format(count=QLocale().toString(seconds, "f", 1 if seconds < 100 else 0))


def speed_text(tokens_per_second: float | None) -> str:
    """Return a speed, or that it is unknown."""
    if tokens_per_second is None:
        return translate("Speed", "unknown")
    digits = 1 if tokens_per_second < 100 else 0
    return translate("Speed", "{count} tokens/s").format(count=QLocale().toString(tokens_per_second, "f", digits))


def estimate_text(result: SpeedResult) -> str:
    """Return the expected speed for comparison; empty if there was no estimate."""
    if not result.estimate:
        return ""
    return translate("Speed", "estimated: {speed}").format(speed=speed_text(result.estimate))


def where_text(result: SpeedResult) -> str:
    """Return when and where a result was measured, the number of runs, and by whose clock."""
    machine = plain_line(result.machine)
    facts = [
        moment_text(result.at),
        machine,
        translate("Speed", "median of {count} runs").format(count=QLocale().toString(result.runs)),
        translate("Speed", "measured by the server")
        if result.by_server
        else translate("Speed", "measured by Chatdesk, including network time"),
    ]
    return " · ".join(word for word in facts if word)


def other_text(result: SpeedResult) -> str:
    """Return a result of another machine in one line."""
    machine = plain_line(result.machine) or translate("Speed", "another computer")
    return f"{machine}: {speed_text(result.writing_speed)} · {moment_text(result.at)}"


def progress_text(progress: SpeedProgress) -> str:
    """Return the current step of a measurement."""
    if progress.is_cold:
        return translate("Speed", "Loading the model, then sending one request…")
    return translate("Speed", "Running test {number} of {total}…").format(number=progress.number, total=progress.total)

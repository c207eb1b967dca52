"""Texts for the progress of a model download."""

from PySide6.QtCore import QCoreApplication, QLocale

from chatdesk.kernel.errors.hub_errors import HubBusy
from chatdesk.kernel.models.pulls import Pull, PullPhase, PullState

translate = QCoreApplication.translate
"""The translation tools find the texts by this name."""
_MINUTE, _HOUR = 60, 3600
_FAST = 10_000_000
"""Bytes per second from which on a fraction of a megabyte does not matter."""


def download_size(size: int, decimals: int = 1) -> str:
    """Return a size with decimal prefixes, as in model libraries."""
    return QLocale().formattedDataSize(size, decimals, QLocale.DataSizeFormat.DataSizeSIFormat)


def progress_text(pull: Pull) -> str:
    """Return a text for the progress of a download."""
    progress = pull.progress
    amount = ""
    if progress.total and not progress.completed:
        amount = download_size(progress.total)
    elif progress.total:
        amount = translate("Guide", "{done} of {total}").format(
            done=download_size(progress.completed), total=download_size(progress.total)
        )
    match pull.state:
        case PullState.WAITING:
            return join_parts(translate("Guide", "Waiting for another download"), amount)
        case PullState.PAUSED:
            return join_parts(translate("Guide", "Paused"), amount)
        case PullState.RETRYING:
            return join_parts(_retry_text(pull), amount)
        case PullState.RUNNING if progress.phase is PullPhase.CHECKING:
            return translate("Guide", "Verifying the download. This can take a while for large models.")
        case PullState.RUNNING if progress.phase is PullPhase.FINISHING:
            return translate("Guide", "Almost done")
        case PullState.RUNNING if progress.phase is PullPhase.ASKING:
            return join_parts(translate("Guide", "Contacting the model library"), amount)
        case PullState.RUNNING:
            decimals = 0 if pull.speed and pull.speed >= _FAST else 1
            amount_per_second = download_size(round(pull.speed or 0), decimals)
            speed = translate("Guide", "{amount}/s").format(amount=amount_per_second) if pull.speed else ""
            return join_parts(amount, speed, left_text(pull.seconds_left), _disk_space_text(pull))
        case PullState.DONE:
            size = download_size(progress.total) if progress.total else ""
            done = translate("Guide", "Ready and verified") if pull.download else translate("Guide", "Ready")
            return join_parts(done, size)
        case _:
            return ""


def _disk_space_text(pull: Pull) -> str:
    """Return a note that the free disk space is unknown, or an empty string."""
    return translate("Guide", "free disk space unknown") if pull.free_space_is_unknown else ""


def join_parts(*text: str) -> str:
    """Return the non-empty parts separated by dots."""
    return " · ".join(word for word in text if word)


def _retry_text(pull: Pull) -> str:
    if not pull.tries:
        return translate("Guide", "Interrupted. Retrying in a moment")
    number, seconds = QLocale().toString(pull.tries), QLocale().toString(round(pull.waits))
    if isinstance(pull.error, HubBusy):
        text = translate("Guide", "{host} limits requests. Attempt {number} in {seconds} s")
        return text.format(host=pull.error.server, number=number, seconds=seconds)
    return translate("Guide", "Interrupted. Attempt {number} in {seconds} s").format(number=number, seconds=seconds)


def left_text(seconds: float | None) -> str:
    """Return a text for the remaining time; empty if it is unknown."""
    if seconds is None:
        return ""
    locale = QLocale()
    if seconds < 2 * _MINUTE:
        return translate("Guide", "about {count} s left").format(count=locale.toString(max(1, round(seconds))))
    if seconds < 2 * _HOUR:
        return translate("Guide", "about {count} min left").format(count=locale.toString(round(seconds / _MINUTE)))
    return translate("Guide", "about {count} h left").format(count=locale.toString(round(seconds / _HOUR)))

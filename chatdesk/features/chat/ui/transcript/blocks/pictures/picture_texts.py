"""Texts about pictures in the current language: names, reasons why they are not shown, and actions."""

from typing import assert_never

from PySide6.QtCore import QCoreApplication

from chatdesk.kernel.chat.attachments import MAX_ANSWER_PICTURES
from chatdesk.kernel.chat.pictures import PictureFailure, PictureProblem, classify_picture
from chatdesk.rendering.markdown.blocks import Span
from chatdesk.ui_kit.pictures.picture_store import PictureInfo, PictureState


def picture_name(span: Span) -> str:
    """Return the name of a picture: its description or a generic name."""
    return " ".join(span.text.split()) or QCoreApplication.translate("Pictures", "Picture")


def picture_tooltip(span: Span) -> str:
    """Return the tooltip of a picture: title, description and host."""
    parts = dict.fromkeys(filter(None, (span.title, picture_name(span), classify_picture(span.image).host)))
    return " · ".join(parts)


def picture_note(info: PictureInfo) -> str:
    """Return the text below the name of a picture that is not shown."""
    match info.state:
        case PictureState.ARRIVING:
            return QCoreApplication.translate("Pictures", "Loading picture…")
        case PictureState.OFFERED:
            return QCoreApplication.translate("Pictures", "From {host}").format(host=info.host)
        case PictureState.LOADING:
            return QCoreApplication.translate("Pictures", "Loading from {host}").format(host=info.host)
        case PictureState.AVAILABLE:
            return ""
        case PictureState.FAILED:
            return failure_text(info.failure) if info.failure else ""
        case _:
            assert_never(info.state)


def load_text(info: PictureInfo) -> str:
    """Return the label of the load button; empty if the picture cannot be loaded."""
    if info.state is PictureState.OFFERED:
        return QCoreApplication.translate("Pictures", "Load")
    failure = info.failure
    if not info.host or failure is None:
        return ""
    if failure.problem is PictureProblem.MOVED:
        return QCoreApplication.translate("Pictures", "Load from {host}").format(
            host=classify_picture(failure.detail).host
        )
    return QCoreApplication.translate("Pictures", "Try again") if failure.problem in _RETRIED else ""


_RETRIED = frozenset(
    {PictureProblem.UNREACHABLE, PictureProblem.TIMED_OUT, PictureProblem.NOT_FOUND, PictureProblem.BROKEN}
)


def failure_text(failure: PictureFailure) -> str:
    """Return why a picture is not shown and what the user can do."""
    match failure.problem:
        case PictureProblem.NOT_OPENED:
            return QCoreApplication.translate("Pictures", "Chatdesk only loads pictures from web addresses.")
        case PictureProblem.VECTOR:
            return QCoreApplication.translate("Pictures", "SVG pictures can contain code, so they are not shown.")
        case PictureProblem.TOO_LARGE:
            return QCoreApplication.translate("Pictures", "The picture is too large to show.")
        case PictureProblem.BROKEN:
            return QCoreApplication.translate("Pictures", "The picture is damaged, incomplete, or too large.")
        case PictureProblem.MISSING:
            return QCoreApplication.translate("Pictures", "The picture file is missing or damaged.")
        case PictureProblem.NOT_A_PICTURE:
            return QCoreApplication.translate(
                "Pictures",
                "The file is not a picture. The address may require you to sign in. Open it in your browser.",
            )
        case PictureProblem.PRIVATE_ADDRESS:
            return QCoreApplication.translate(
                "Pictures",
                "The address is on your local network, so nothing was loaded. Copy the address to open it in your "
                "browser.",
            )
        case PictureProblem.MOVED:
            host = classify_picture(failure.detail).host
            return QCoreApplication.translate("Pictures", "The picture has moved to {host}.").format(host=host)
        case PictureProblem.NOT_FOUND:
            return QCoreApplication.translate(
                "Pictures", "The server did not provide the picture ({status}). It may have been removed."
            ).format(status=failure.detail)
        case PictureProblem.UNREACHABLE:
            return QCoreApplication.translate("Pictures", "The server cannot be reached. Check your connection.")
        case PictureProblem.TIMED_OUT:
            return QCoreApplication.translate("Pictures", "The server did not respond in time.")
        case PictureProblem.TOO_MANY:
            return QCoreApplication.translate(
                "Pictures", "More than {count} pictures were received. The rest were discarded."
            ).format(count=MAX_ANSWER_PICTURES)
        case PictureProblem.NOT_SAVED:
            return QCoreApplication.translate(
                "Pictures", "The picture could not be saved. Free some disk space, then ask again."
            )
        case _:
            assert_never(failure.problem)


def viewing_text() -> str:
    """Return the label for opening a picture."""
    return QCoreApplication.translate("Pictures", "View picture")


def play_text(*, is_playing: bool) -> str:
    """Return the label for playing or stopping an animation."""
    if is_playing:
        return QCoreApplication.translate("Pictures", "Stop animation")
    return QCoreApplication.translate("Pictures", "Play animation")


def copy_text() -> str:
    """Return the label for copying a picture."""
    return QCoreApplication.translate("Pictures", "Copy picture")


def copy_address_text() -> str:
    """Return the label for copying the address of a picture."""
    return QCoreApplication.translate("Pictures", "Copy picture address")


def save_text() -> str:
    """Return the label for saving a picture."""
    return QCoreApplication.translate("Pictures", "Save picture as…")


def load_all_text(count: int) -> str:
    """Return the label for loading all pictures of a message, two or more."""
    return QCoreApplication.translate("Pictures", "Load all {count} pictures").format(count=count)

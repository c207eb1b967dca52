"""What is said of a chat that does not fit. Counts are no more exact than the estimate is."""

from PySide6.QtCore import QCoreApplication, QLocale, QObject

from chatdesk.kernel.context.context_plan import ContextFit, ContextPlan

_DATA = QLocale.DataSizeFormat.DataSizeIecFormat


class _Texts(QObject):
    """Qt's lupdate finds plurals in `tr` only."""

    def left_out(self, count: int) -> str:
        return self.tr("%n oldest message(s) would not be included.", "", count)

    def are_left_out(self, count: int) -> str:
        return self.tr(
            "%n oldest message(s) are not included, because the chat does not fit the context window.",
            "",
            count,
        )

    def as_summary(self, count: int) -> str:
        return self.tr("%n oldest message(s) are sent as a summary.", "", count)

    def will_be_summarised(self, count: int) -> str:
        return self.tr("%n oldest message(s) will be summarised when you send.", "", count)


def about(tokens: int | None) -> str:
    """Return a count in the language's way, rounded as an estimate is."""
    tokens = tokens or 0
    step = 10 if tokens < 1_000 else 100 if tokens < 100_000 else 1_000
    return exactly(round(tokens / step) * step)


def exactly(tokens: int | None) -> str:
    """Return a count in the language's way."""
    return QLocale().toString(tokens or 0)


def ask_text(fit: ContextFit, model: str) -> str:
    """Say how much there is, how much there is room for, and what would be left out."""
    return _joined(_counts(fit, model), _Texts().left_out(len(fit.left_out)))


def too_long_text(fit: ContextFit, model: str) -> str:
    """Say that leaving out old messages does not help."""
    if not fit.left_out:
        return _message_counts(fit, model)
    helps_not = QCoreApplication.translate(
        "Context", "Leaving out older messages is not enough, because the last one is too long."
    )
    return _joined(_counts(fit, model), helps_not)


def left_out_text(plan: ContextPlan) -> str:
    """Say what does not go along, as the user has chosen."""
    return _Texts().are_left_out(plan.left_out)


def summary_text(plan: ContextPlan) -> str:
    """Say what goes along as a summary, or will."""
    if plan.to_summarise:
        return _Texts().will_be_summarised(plan.left_out)
    return _Texts().as_summary(plan.left_out)


def anyway_text(fit: ContextFit) -> str:
    """Say that all of it is sent, though it does not fit."""
    words = QCoreApplication.translate(
        "Context",
        "The whole chat is sent: about {tokens} tokens in a context window of {room}. The server may refuse it.",
    )
    return words.format(tokens=about(fit.tokens), room=exactly(fit.room))


def size_text(tokens: int, more_bytes: int | None) -> str:
    """Say how large a context is, and how much more memory it takes."""
    if more_bytes is None:
        words = QCoreApplication.translate("Context", "{tokens} tokens (memory use unknown)")
        return words.format(tokens=exactly(tokens))
    words = QCoreApplication.translate("Context", "{tokens} tokens (about {size} more memory)")
    return words.format(tokens=exactly(tokens), size=QLocale().formattedDataSize(more_bytes, 1, _DATA))


def _joined(first: str, second: str) -> str:
    both = QCoreApplication.translate("Context", "{first} {second}", "two sentences")
    return both.format(first=first, second=second)


def _message_counts(fit: ContextFit, model: str) -> str:
    """Say how long a single message is: nothing is there that could be left out."""
    words = QCoreApplication.translate(
        "Context", "This message has about {tokens} tokens; the context window of {model} is {room}."
    )
    if fit.tokens <= (fit.room or 0):
        words = QCoreApplication.translate(
            "Context",
            "This message has about {tokens} tokens. The context window of {model} is {room}, which leaves too "
            "little room for an answer.",
        )
    return words.format(tokens=about(fit.tokens), model=model, room=exactly(fit.room))


def _counts(fit: ContextFit, model: str) -> str:
    words = QCoreApplication.translate(
        "Context", "This chat has about {tokens} tokens; the context window of {model} is {room}."
    )
    if fit.tokens <= (fit.room or 0):
        words = QCoreApplication.translate(
            "Context",
            "This chat has about {tokens} tokens. The context window of {model} is {room}, which leaves too "
            "little room for an answer.",
        )
    return words.format(tokens=about(fit.tokens), model=model, room=exactly(fit.room))

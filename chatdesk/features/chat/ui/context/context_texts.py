"""Texts about a chat that does not fit into the context. Counts are rounded to the precision of the estimate."""

from PySide6.QtCore import QCoreApplication, QLocale, QObject

from chatdesk.kernel.context.context_plan import ContextFit, ContextPlan
from chatdesk.ui_kit.text.counts import rounded_tokens

_DATA = QLocale.DataSizeFormat.DataSizeIecFormat


class _Texts(QObject):
    """Plural texts; Qt's lupdate finds plurals only in `tr`."""

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
    """Return a token count in the locale's format, rounded to the precision of an estimate."""
    return exact_count(rounded_tokens(tokens or 0))


def exact_count(tokens: int | None) -> str:
    """Return a token count in the locale's format."""
    return QLocale().toString(tokens or 0)


def ask_text(fit: ContextFit, model: str) -> str:
    """Return the text with the size of the chat, the context size and what would be left out."""
    return _joined(_counts(fit, model), _Texts().left_out(len(fit.left_out)))


def too_long_text(fit: ContextFit, model: str) -> str:
    """Return the text that leaving out old messages is not enough."""
    if not fit.left_out:
        return _message_counts(fit, model)
    not_enough = QCoreApplication.translate(
        "Context", "Leaving out older messages is not enough, because the last one is too long."
    )
    return _joined(_counts(fit, model), not_enough)


def left_out_text(plan: ContextPlan) -> str:
    """Return the text about messages left out at the user's choice."""
    return _Texts().are_left_out(plan.left_out)


def summary_text(plan: ContextPlan) -> str:
    """Return the text about messages sent as a summary, now or with the next question."""
    if plan.to_summarise:
        return _Texts().will_be_summarised(plan.left_out)
    return _Texts().as_summary(plan.left_out)


def anyway_text(fit: ContextFit) -> str:
    """Return the text that everything is sent although it does not fit."""
    text = QCoreApplication.translate(
        "Context",
        "The whole chat is sent: about {tokens} tokens in a context window of {room}. The server may refuse it.",
    )
    return text.format(tokens=about(fit.tokens), room=exact_count(fit.context_length))


def size_text(tokens: int, more_bytes: int | None) -> str:
    """Return the label of a context size with its additional memory."""
    if more_bytes is None:
        text = QCoreApplication.translate("Context", "{tokens} tokens (memory use unknown)")
        return text.format(tokens=exact_count(tokens))
    text = QCoreApplication.translate("Context", "{tokens} tokens (about {size} more memory)")
    return text.format(tokens=exact_count(tokens), size=QLocale().formattedDataSize(more_bytes, 1, _DATA))


def _joined(first: str, second: str) -> str:
    template = QCoreApplication.translate("Context", "{first} {second}", "two sentences")
    return template.format(first=first, second=second)


def _message_counts(fit: ContextFit, model: str) -> str:
    """Return the text about a single message that is too long, with nothing to leave out."""
    text = QCoreApplication.translate(
        "Context", "This message has about {tokens} tokens; the context window of {model} is {room}."
    )
    if fit.tokens <= (fit.context_length or 0):
        text = QCoreApplication.translate(
            "Context",
            "This message has about {tokens} tokens. The context window of {model} is {room}, which leaves too "
            "little room for an answer.",
        )
    return text.format(tokens=about(fit.tokens), model=model, room=exact_count(fit.context_length))


def _counts(fit: ContextFit, model: str) -> str:
    text = QCoreApplication.translate(
        "Context", "This chat has about {tokens} tokens; the context window of {model} is {room}."
    )
    if fit.tokens <= (fit.context_length or 0):
        text = QCoreApplication.translate(
            "Context",
            "This chat has about {tokens} tokens. The context window of {model} is {room}, which leaves too "
            "little room for an answer.",
        )
    return text.format(tokens=about(fit.tokens), model=model, room=exact_count(fit.context_length))

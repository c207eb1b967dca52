"""Marks texts that are declared in one place and shown, translated, in another."""


def QT_TRANSLATE_NOOP(context: str, text: str) -> str:  # noqa: N802, ARG001 - the name Qt's lupdate looks for
    """Return `text` unchanged. The call makes Qt's tools collect it for translation; the code that shows it translates it in `context`."""
    return text


TWO_SENTENCES = QT_TRANSLATE_NOOP("Errors", "{first} {second}")
"""Joins two sentences. A language may join them without a space."""

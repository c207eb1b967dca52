"""A marker for texts that are declared in one place and shown translated in another."""


def QT_TRANSLATE_NOOP(context: str, text: str) -> str:  # noqa: N802, ARG001 - the name Qt's lupdate looks for
    """Return `text` unchanged. Qt's translation tools find the call; the code that shows the text translates it within `context`."""
    return text


TWO_SENTENCES = QT_TRANSLATE_NOOP("Errors", "{first} {second}")
"""Joins two sentences. A language may join them without a space."""

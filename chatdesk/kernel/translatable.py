"""Marks a text that is declared in one place and shown, translated, in another."""


def QT_TRANSLATE_NOOP(context: str, text: str) -> str:  # noqa: N802, ARG001 - the name Qt's lupdate looks for
    """Return `text` as it is; Qt's translation tools find it by this call. Whoever shows it translates it within `context`."""
    return text

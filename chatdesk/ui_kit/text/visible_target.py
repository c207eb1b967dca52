"""How the target of a link is shown to people: nothing in it hidden, and not endless."""

_LONGEST = 300


def visible_target(target: str, longest: int = _LONGEST) -> str:
    """Return a target with what cannot be seen (controls, marks that turn the direction) made visible, cut after `longest` characters."""
    shown = "".join(character if character.isprintable() else f"[U+{ord(character):04X}]" for character in target)
    return shown if len(shown) <= longest else shown[: longest - 1] + "…"

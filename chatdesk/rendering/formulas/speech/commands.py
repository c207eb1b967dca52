"""Speech for commands with arguments: fractions, roots, accents, fonts, text, labelled arrows."""

import re
from collections.abc import Callable
from typing import Protocol

from chatdesk.rendering.formulas.speech.kinds import (
    ABOVE,
    ACCENTS,
    ARROWS,
    BINOMIALS,
    CROSSED_OUT,
    FONTS,
    FRACTIONS,
    LATIN_CAPITALS,
    NUMBER_SETS,
    TEXTS,
    TRANSPARENT,
    UPRIGHT,
    VECTORS,
    WITH_DROPPED,
    WITH_FIRST_DROPPED,
    Kind,
)
from chatdesk.rendering.formulas.speech.spoken_part import NOTHING, SpokenPart, joined
from chatdesk.rendering.formulas.speech.tokens import Tokens
from chatdesk.rendering.formulas.speech.vocabulary import Vocabulary
from chatdesk.rendering.formulas.typeset.abbreviations import (
    ABBREVIATIONS,
    DERIVATIVES,
    abbreviated,
    derivative,
    derivative_arguments,
)
from chatdesk.rendering.formulas.typeset.chemistry import chemistry, physical_quantity
from chatdesk.rendering.formulas.typeset.units import angle_in_latex

_IN_TEXT = re.compile(r"\\[a-zA-Z]+\s*|\\([%$_&#{}])|\\.|[{}~]")
_UNITS = re.compile(r"\\([a-zA-Z]+)")
_AROUND = {
    r"\abs": (r"\lvert", r"\rvert"),
    r"\norm": (r"\lVert", r"\rVert"),
    r"\set": (r"\{", r"\}"),
    r"\Set": (r"\{", r"\}"),
}
_SHORT_SETS = {
    r"\R": "reals",
    r"\N": "naturals",
    r"\Z": "integers",
    r"\Q": "rationals",
    r"\C": "complex",
    r"\reals": "reals",
}


class Speaks(Protocol):
    """The interface for speaking the arguments of commands, see `Speaker`."""

    tokens: Tokens
    vocabulary: Vocabulary

    def argument(self) -> SpokenPart:
        """Speak the next argument."""

    def upright_argument(self) -> SpokenPart:
        """Speak the next argument, treating adjacent letters as one word."""

    def part_of(self, latex: str) -> SpokenPart:
        """Speak LaTeX from another source."""

    def sign(self, symbol: str) -> SpokenPart:
        """Speak one sign."""

    def row_list(self, name: str, ends: frozenset[str]) -> SpokenPart:
        """Speak rows up to one of `ends`."""

    def fenced(self) -> SpokenPart:
        r"""Speak the fenced part after \left."""

    def fence_sign(self) -> SpokenPart:
        r"""Speak the fence after \middle."""


def speak_command(speaker: Speaks, command: str) -> SpokenPart | None:
    """Speak a command that was just read, with its arguments; None if it has none or is unknown."""
    handler = _HANDLERS.get(command)
    return handler(speaker, command) if handler else None


def _pair(speaker: Speaks, pattern: str) -> SpokenPart:
    one, other = speaker.argument(), speaker.argument()
    simple = one.simple and other.simple
    spoken = speaker.vocabulary.phrase(pattern if simple else f"long {pattern}", one.text, other.text)
    return SpokenPart(spoken, simple=False)


def _fraction(speaker: Speaks, _command: str) -> SpokenPart:
    speaker.tokens.option()
    return _pair(speaker, "fraction")


def _choose(speaker: Speaks, _command: str) -> SpokenPart:
    return _pair(speaker, "choose")


def _words(speaker: Speaks, _command: str) -> SpokenPart:
    return _text(speaker, speaker.tokens.raw())


def _upright(speaker: Speaks, _command: str) -> SpokenPart:
    return speaker.upright_argument()


def _vector(speaker: Speaks, _command: str) -> SpokenPart:
    inside = speaker.argument()
    return SpokenPart(
        speaker.vocabulary.phrase("vector" if inside.simple else "long vector", inside.text), simple=inside.simple
    )


def _stacked(speaker: Speaks, command: str) -> SpokenPart:
    beside = speaker.argument()
    return _beside(speaker, speaker.argument(), "below" if command == r"\underset" else "above", beside)


def _silent(speaker: Speaks, command: str) -> SpokenPart:
    speaker.tokens.raw()
    if command == r"\rule":
        speaker.tokens.raw()
    return NOTHING


def _second(speaker: Speaks, command: str) -> SpokenPart:
    speaker.tokens.raw()
    return _text(speaker, speaker.tokens.raw()) if command == r"\colorbox" else speaker.argument()


def _argument(speaker: Speaks, _command: str) -> SpokenPart:
    return speaker.argument()


def _fenced(speaker: Speaks, _command: str) -> SpokenPart:
    return speaker.fenced()


def _fence_sign(speaker: Speaks, _command: str) -> SpokenPart:
    return speaker.fence_sign()


def _operator(speaker: Speaks, command: str) -> SpokenPart:
    name = _plain(speaker.tokens.raw())
    return SpokenPart(name, Kind.FUNCTION if command == r"\operatorname" else Kind.LARGE) if name else NOTHING


def _brace(speaker: Speaks, command: str) -> SpokenPart:
    pattern = "brace below" if command == r"\underbrace" else "brace above"
    return SpokenPart(speaker.vocabulary.phrase(pattern, speaker.argument().text), simple=False, sign=pattern)


def _tag(speaker: Speaks, _command: str) -> SpokenPart:
    return SpokenPart(
        ", " + speaker.vocabulary.phrase("tag", _plain(speaker.tokens.raw())), Kind.PUNCTUATION, simple=False
    )


def _stack(speaker: Speaks, _command: str) -> SpokenPart:
    speaker.tokens.consume()
    spoken = speaker.row_list("subarray", frozenset({"}"}))
    speaker.tokens.consume()
    return spoken


def _around(speaker: Speaks, command: str) -> SpokenPart:
    opening, closing = (speaker.vocabulary.signs[sign] for sign in _AROUND[command])
    return SpokenPart(f"{opening} {speaker.argument().text} {closing}", Kind.CLOSE, simple=False)


def _chemistry(speaker: Speaks, _command: str) -> SpokenPart:
    return speaker.part_of(chemistry(speaker.tokens.raw()))


def _quantity(speaker: Speaks, command: str) -> SpokenPart:
    r"""Speak a number and its unit, or what physics encloses with \qty."""
    speaker.tokens.option()
    if command == r"\qty" and speaker.tokens.next != "{":
        return NOTHING
    value = speaker.part_of(speaker.tokens.raw())
    return joined((value, _unit(speaker, ""))) if speaker.tokens.next == "{" else value


def _latin_capital(_speaker: Speaks, command: str) -> SpokenPart:
    return SpokenPart(LATIN_CAPITALS[command])


def _physical(speaker: Speaks, _command: str) -> SpokenPart:
    return speaker.part_of(physical_quantity(speaker.tokens.raw()))


def _angle(speaker: Speaks, _command: str) -> SpokenPart:
    return speaker.part_of(angle_in_latex(speaker.tokens.raw()))


def _abbreviation(speaker: Speaks, command: str) -> SpokenPart:
    speaker.tokens.accept("*")
    arguments = [speaker.tokens.raw() for _ in range(ABBREVIATIONS[command[1:]][0])]
    return speaker.part_of(abbreviated(command[1:], arguments))


def _derivative(speaker: Speaks, command: str) -> SpokenPart:
    speaker.tokens.accept("*")
    order, first = speaker.tokens.option(), speaker.tokens.raw()
    further = [speaker.tokens.raw() for _ in range(derivative_arguments(command[1:]) - 1) if speaker.tokens.next == "{"]
    above, below = derivative(command[1:], order, first, further)
    return speaker.part_of(rf"\frac{{{above}}}{{{below}}}")


def _number(speaker: Speaks, _command: str) -> SpokenPart:
    return SpokenPart(speaker.tokens.raw())


def _prescript(speaker: Speaks, _command: str) -> SpokenPart:
    above, below, base = speaker.argument().text, speaker.argument().text, speaker.argument().text
    before = speaker.vocabulary.phrase("lone superscript", above), speaker.vocabulary.phrase("lone subscript", below)
    return SpokenPart(" ".join((*before, base)), simple=False)


def _sides(speaker: Speaks, _command: str) -> SpokenPart:
    return joined((speaker.argument(), speaker.argument()))


def _number_set(speaker: Speaks, command: str) -> SpokenPart:
    return SpokenPart(speaker.vocabulary.phrase(_SHORT_SETS[command]))


def _differential(_speaker: Speaks, _command: str) -> SpokenPart:
    return SpokenPart("d")


def _in_pattern(speaker: Speaks, command: str) -> SpokenPart:
    return SpokenPart(speaker.vocabulary.phrase(_PATTERNS[command], speaker.argument().text), simple=False)


def _root(speaker: Speaks, _command: str) -> SpokenPart:
    order, inside = speaker.tokens.option().strip(), speaker.argument()
    long = "" if inside.simple else "long "
    if not order or order == "2":
        return SpokenPart(speaker.vocabulary.phrase(f"{long}root", inside.text), simple=False)
    if order == "3":
        return SpokenPart(speaker.vocabulary.phrase(f"{long}cube root", inside.text), simple=False)
    return SpokenPart(
        speaker.vocabulary.phrase(f"{long}nth root", speaker.part_of(order).text, inside.text), simple=False
    )


def _accent(speaker: Speaks, command: str) -> SpokenPart:
    name, inside = speaker.vocabulary.signs[r"\bar" if command == r"\overline" else command], speaker.argument()
    if inside.simple:
        return SpokenPart(speaker.vocabulary.phrase("accent", inside.text, name))
    return SpokenPart(speaker.vocabulary.phrase("long accent", inside.text, name), simple=False)


def _in_font(speaker: Speaks, command: str) -> SpokenPart:
    font = next(font for font, commands in FONTS.items() if command in commands)
    written = speaker.tokens.position
    inside = speaker.argument()
    letters = speaker.tokens.written(written)
    if font == "blackboard" and letters in NUMBER_SETS:
        return SpokenPart(speaker.vocabulary.phrase(NUMBER_SETS[letters]))
    return SpokenPart(speaker.vocabulary.phrase(font, inside.text), simple=inside.simple)


def _beside(speaker: Speaks, base: SpokenPart, pattern: str, beside: SpokenPart) -> SpokenPart:
    return (
        SpokenPart(speaker.vocabulary.phrase(pattern, base.text, beside.text), base.kind, simple=False)
        if beside.text
        else base
    )


def _arrow(speaker: Speaks, command: str) -> SpokenPart:
    arrow, below = ARROWS[command], speaker.tokens.option()
    spoken = speaker.sign(arrow)
    if arrow == r"\to":
        spoken = SpokenPart(speaker.vocabulary.phrase("arrow"), Kind.OPERATOR)
    spoken = _beside(speaker, spoken, "above", speaker.argument())
    return _beside(speaker, spoken, "below", speaker.part_of(below)) if below else spoken


def _not(speaker: Speaks, _command: str) -> SpokenPart:
    symbol = speaker.tokens.next
    for sign in (rf"\not{symbol}", {"=": r"\ne", "<": r"\nless", ">": r"\ngtr", r"\in": r"\notin"}.get(symbol, "")):
        if sign in speaker.vocabulary.signs:
            speaker.tokens.consume()
            return speaker.sign(sign)
    spoken = speaker.argument()
    return SpokenPart(speaker.vocabulary.phrase("not", spoken.text), spoken.kind, simple=False)


def _text(speaker: Speaks, raw: str) -> SpokenPart:
    """Speak text, and the $formulas$ in it."""
    parts = re.split(r"(?<!\\)\$", raw)
    spoken = [speaker.part_of(part) if number % 2 else SpokenPart(_plain(part)) for number, part in enumerate(parts)]
    return SpokenPart(re.sub(r" (?=[,.;:])", "", joined(spoken).text), simple=len(parts) == 1)


def _plain(raw: str) -> str:
    return (
        " ".join(_IN_TEXT.sub(lambda found: found[1] or " ", raw).split())
        if re.search(r"[\\{}~]", raw)
        else " ".join(raw.split())
    )


def _unit(speaker: Speaks, _command: str) -> SpokenPart:
    r"""Speak a unit of siunitx: \kilo\meter\per\second by its names."""
    raw = speaker.tokens.raw()
    return SpokenPart(
        _plain(_UNITS.sub(r"\1 ", raw)) if "\\" in raw else _plain(raw).replace("^2", "²").replace("^3", "³")
    )


_PATTERNS = {
    r"\boxed": "boxed",
    r"\fbox": "boxed",
    r"\pmod": "modulo",
    r"\pod": "modulo",
    r"\mod": "modulo",
    r"\ket": "ket",
    r"\bra": "bra",
    **dict.fromkeys(CROSSED_OUT, "crossed out"),
}
_HANDLERS: dict[str, Callable[[Speaks, str], SpokenPart]] = {
    **{f"\\{name}": _abbreviation for name in ABBREVIATIONS},
    **{f"\\{name}": _derivative for name in DERIVATIVES},
    **dict.fromkeys(LATIN_CAPITALS, _latin_capital),
    r"\pu": _physical,
    r"\ang": _angle,
    **dict.fromkeys(FRACTIONS, _fraction),
    **dict.fromkeys(BINOMIALS, _choose),
    **dict.fromkeys(UPRIGHT, _upright),
    **dict.fromkeys(TEXTS, _words),
    **dict.fromkeys(frozenset().union(*FONTS.values()), _in_font),
    **dict.fromkeys(ACCENTS | {r"\overline"}, _accent),
    **dict.fromkeys(VECTORS, _vector),
    **dict.fromkeys(ABOVE | {r"\underset"}, _stacked),
    **dict.fromkeys(ARROWS, _arrow),
    **dict.fromkeys(WITH_DROPPED | {r"\rule"}, _silent),
    **dict.fromkeys(WITH_FIRST_DROPPED, _second),
    **dict.fromkeys(TRANSPARENT, _argument),
    **dict.fromkeys(_PATTERNS, _in_pattern),
    **dict.fromkeys((r"\operatorname", r"\operatorname*", r"\operatornamewithlimits", r"\mathop"), _operator),
    **dict.fromkeys((r"\underbrace", r"\overbrace"), _brace),
    **dict.fromkeys((r"\tag", r"\tag*"), _tag),
    **dict.fromkeys(_AROUND, _around),
    **dict.fromkeys((r"\ce", r"\cee"), _chemistry),
    **dict.fromkeys((r"\SI", r"\qty"), _quantity),
    **dict.fromkeys((r"\si", r"\unit"), _unit),
    **dict.fromkeys(_SHORT_SETS, _number_set),
    r"\left": _fenced,
    r"\middle": _fence_sign,
    r"\sqrt": _root,
    r"\not": _not,
    r"\substack": _stack,
    r"\num": _number,
    r"\prescript": _prescript,
    r"\sideset": _sides,
    r"\dd": _differential,
}

r"""The commands with arguments: fractions, roots, accents, fonts, boxes, colours, spaces and delimiters.

Environments are in `environments.py`. Commands that can be expressed by others are templates in `templates.py`.
"""

import re
import unicodedata
from copy import deepcopy
from xml.etree import ElementTree as ET

from chatdesk.rendering.formulas.typeset import symbols
from chatdesk.rendering.formulas.typeset.elements import (
    ARROW,
    ATOM,
    LIMITS,
    OVERLAP,
    Elements,
    Style,
    fence,
    fenced,
    node,
    operator,
    row,
    space,
    styled,
    token,
    undisplayed,
    with_atom,
)
from chatdesk.rendering.formulas.typeset.groups import Missing, words
from chatdesk.rendering.formulas.typeset.parser import Command, Parser, Switch, length
from chatdesk.rendering.formulas.typeset.text import text
from chatdesk.rendering.formulas.typeset.typeset_formula import NotSettable, Reason

_BIG_SIZES = {"big": "1.2em", "Big": "1.623em", "bigg": "2.047em", "Bigg": "2.470em"}
_BIG_ATOMS = {"": "ORDINARY", "l": "OPENING", "r": "CLOSING", "m": "RELATION"}
_CLASSES = {
    "mathord": "ORDINARY",
    "mathinner": "ORDINARY",
    "mathopen": "OPENING",
    "mathclose": "CLOSING",
    "mathpunct": "PUNCTUATION",
    "mathbin": "BINARY",
    "mathrel": "RELATION",
}
_NOTATIONS = {
    "boxed": "box",
    "fbox": "box",
    "framebox": "box",
    "cancel": "updiagonalstrike",
    "bcancel": "downdiagonalstrike",
    "xcancel": "updiagonalstrike downdiagonalstrike",
    "sout": "horizontalstrike",
    "circled": "circle",
    "slashed": "updiagonalstrike",
}
_ENCLOSING = words(
    "box roundedbox circle left right top bottom updiagonalstrike downdiagonalstrike horizontalstrike verticalstrike updiagonalarrow "
    "actuarial"
)
_SIZES = words("tiny scriptsize footnotesize small normalsize large Large LARGE huge Huge")
_NOTHING = words(
    "nonumber notag allowbreak nobreak null relax noindent centering protect strut mathstrut displaylimits nolimits par goodbreak "
    "hspace* break"
)
"""Commands that affect the layout of a page, or nothing visible."""
_NEGATED = {"∣": "∤", "∥": "∦", "→": "↛", "⇒": "⇏", "⇔": "⇎"}
_RIGHT = frozenset({"\\right", "\\middle"})


def _fraction(parser: Parser, name: str, style: Style) -> ET.Element:
    if name == "cfrac":
        parser.option()
    parts = (
        [undisplayed(parser.argument(style.inner())) for _ in range(2)]
        if name != "cfrac"
        else _continued(parser, style)
    )
    return _resized(node("mfrac", *parts), name)


def _continued(parser: Parser, style: Style) -> Elements:
    return [styled(parser.argument(style), display=True, level=0) for _ in range(2)]


def _resized(fraction: ET.Element, name: str) -> ET.Element:
    """Return a fraction in the size that the first letter of the command says: display or text style."""
    if name[0] in "dt" or name == "cfrac":
        fraction.attrib |= {"displaystyle": str(name[0] != "t").lower(), "scriptlevel": "0"}
    return fraction


def _binomial(parser: Parser, name: str, style: Style) -> ET.Element:
    parts = [undisplayed(parser.argument(style.inner())) for _ in range(2)]
    return fenced("(", _resized(node("mfrac", *parts, linethickness="0"), name), ")")


def _general_fraction(parser: Parser, name: str, style: Style) -> ET.Element:
    left, right = (_delimiter(parser, raw) for raw in (parser.raw().strip(), parser.raw().strip()))
    thickness, kind = parser.raw().strip(), parser.raw().strip()
    fraction = node("mfrac", *(undisplayed(parser.argument(style.inner())) for _ in range(2)))
    if thickness:
        width = length(thickness)
        fraction.set("linethickness", f"{width:.3f}em" if width else "0")
    made = fenced(left, fraction, right) if left or right else fraction
    return styled(made, display=kind == "0", level=max(0, int(kind) - 1)) if kind in {"0", "1", "2", "3"} else made


def _root(parser: Parser, name: str, style: Style) -> ET.Element:
    degree = parser.option()
    index = parser.sub(degree, style.inner()) if degree.strip() else None
    inner = parser.argument(style)
    return node("msqrt", inner) if index is None else node("mroot", inner, undisplayed(index))


def _accent(parser: Parser, name: str, style: Style) -> ET.Element:
    inner = parser.argument(style)
    mark = operator(symbols.ACCENTS[name])
    if name in {"bar", "Bar"} or (name in {"vec", "Vec"} and len(inner) > 1):
        mark = operator("¯" if name in {"bar", "Bar"} else "→", stretchy="true")
    return node("mover", inner, mark, accent="true")


def _stretched(parser: Parser, name: str, style: Style) -> ET.Element:
    inner = parser.argument(style)
    over = name in symbols.OVER
    mark = operator((symbols.OVER if over else symbols.UNDER)[name], stretchy="true")
    made = node("mover", inner, mark) if over else node("munder", inner, mark)
    if name in symbols.LABELLED:
        made.set(LIMITS, "always")
    else:
        made.set("accent" if over else "accentunder", "true")
    return with_atom(made, "ORDINARY")


def _above(parser: Parser, name: str, style: Style) -> ET.Element:
    mark = undisplayed(parser.argument(style.inner()))
    base = _base(parser, style)
    return node("munder" if name == "underset" else "mover", base, mark)


def _base(parser: Parser, style: Style) -> ET.Element:
    """Return the base of an overset, which keeps its role for its neighbours."""
    if parser.next != "{":
        return parser.argument(style)
    elements = Parser(parser.raw(), parser.grammar, parser.depth).row(frozenset(), style)
    if len(elements) == 1:
        return elements[0]
    are_names = elements and all(element.get(ATOM) == "OPERATOR" for element in elements)
    return with_atom(node("mrow", *elements), "OPERATOR") if are_names else row(elements)


def _above_and_below(parser: Parser, name: str, style: Style) -> ET.Element:
    above, below = (undisplayed(parser.argument(style.inner())) for _ in range(2))
    return node("munderover", _base(parser, style), below, above)


def _labelled_arrow(parser: Parser, name: str, style: Style) -> ET.Element:
    option = parser.option()
    below = undisplayed(parser.sub(option, style.inner())) if option.strip() else None
    above = undisplayed(parser.argument(style.inner()))
    arrow = operator(symbols.ARROWS[name], "RELATION", stretchy="true")
    made = node("mover", arrow, above) if below is None else node("munderover", arrow, below, above)
    made.set(ARROW, "true")
    return made


def _font(parser: Parser, name: str, style: Style) -> ET.Element:
    font = symbols.FONTS[name]
    if font == "bold-italic" and style.font in {"normal", "bold"}:
        font = "bold"
    if font == "normal" and style.font in {"bold", "bold-italic"}:
        font = "bold"
    inner = parser.argument(Style(style.display, font))
    return inner if inner.tag != "mo" else node("mrow", inner)


def _font_switch(parser: Parser, name: str, ends: frozenset[str], style: Style) -> ET.Element:
    return row(parser.row(ends, Style(style.display, symbols.FONTS[name])))


def _style_switch(parser: Parser, name: str, ends: frozenset[str], style: Style) -> ET.Element:
    display = name == "displaystyle"
    level = {"scriptstyle": 1, "scriptscriptstyle": 2}.get(name, 0)
    return styled(row(parser.row(ends, Style(display, style.font))), display=display, level=level)


def _size_switch(parser: Parser, name: str, ends: frozenset[str], style: Style) -> ET.Element:
    """Return the rest of the row as it is: sizes of text apply to words."""
    return row(parser.row(ends, style))


def _color_switch(parser: Parser, name: str, ends: frozenset[str], style: Style) -> ET.Element:
    color = _color(parser)
    return node("mstyle", row(parser.row(ends, style)), mathcolor=color)


def _colored(parser: Parser, name: str, style: Style) -> ET.Element:
    color = _color(parser)
    return node("mstyle", parser.argument(style), mathcolor=color)


def _colored_box(parser: Parser, name: str, style: Style) -> ET.Element:
    frame = _color(parser) if name == "fcolorbox" else ""
    ground = _color(parser)
    inner = row(text(parser, parser.raw(), style))
    if not frame:
        return node("mpadded", inner, mathbackground=ground)
    return node(
        "menclose", node("mstyle", inner, mathcolor="black"), notation="box", mathcolor=frame, mathbackground=ground
    )


def _color(parser: Parser) -> str:
    """Return the colour in the next arguments as CSS writes it. Mixtures become their first colour."""
    model, raw = parser.option(), parser.raw().strip()
    if model in {"rgb", "RGB"}:
        try:
            parts = [float(part) * (255 if model == "rgb" else 1) for part in raw.split(",")]
        except ValueError as error:
            raise NotSettable(Reason.NOT_UNDERSTOOD, raw[:40]) from error
        return "#" + "".join(f"{min(255, max(0, round(part))):02x}" for part in parts[:3])
    if model == "gray":
        return "gray"
    name = raw.partition("!")[0]
    return f"#{name}" if model == "HTML" else name


def _operator_name(parser: Parser, name: str, style: Style) -> ET.Element:
    limits = parser.accept("*") or name == "operatornamewithlimits"
    raw = parser.raw()
    plain = " ".join(re.sub(r"\\[,;: !]|~|\\(?:mathrm|text|rm|mathop|limits)(?![a-zA-Z])|[{}]", " ", raw).split())
    if plain.replace(" ", "").isalpha() and plain.isascii():
        return _name(plain, limits=limits)
    return _operator(parser.sub(raw.replace("-", r"\text{-}"), Style(style.display, "normal")), limits=limits)


def _name(word: str, *, limits: bool) -> ET.Element:
    element = (
        token("mo", word.replace(" ", "\u2009"), stretchy="false", movablelimits="false")
        if limits
        else token("mi", word)
    )
    if not limits:
        element.set("mathvariant", "normal")
        element.text = word.replace(" ", "\u2009")
    return _operator(element, limits=limits)


def _operator(element: ET.Element, *, limits: bool) -> ET.Element:
    if limits:
        element.set(LIMITS, "movable")
    return with_atom(element, "OPERATOR")


def _function(parser: Parser, name: str, style: Style) -> ET.Element:
    return _name(name, limits=False)


def _limit(parser: Parser, name: str, style: Style) -> ET.Element:
    return _name(symbols.WITH_LIMITS[name], limits=True)


def _varying_limit(parser: Parser, name: str, style: Style) -> ET.Element:
    mark = {"varlimsup": "―", "varliminf": "―", "varinjlim": "→", "varprojlim": "←"}[name]
    line = operator(mark, stretchy="true")
    made = node("mover" if name == "varlimsup" else "munder", token("mi", "lim", mathvariant="normal"), line)
    return _operator(made, limits=True)


def _large(parser: Parser, name: str, style: Style) -> ET.Element:
    element = operator(
        symbols.LARGE.get(name) or symbols.INTEGRALS[name], "OPERATOR", movablelimits="false", largeop="true"
    )
    if name in symbols.LARGE:
        element.set(LIMITS, "movable")
    return element


def _large_class(parser: Parser, name: str, style: Style) -> ET.Element:
    inner = parser.argument(Style(style.display, style.font))
    if len(inner) == 1 and inner[0].tag in {"mo", "mi"}:
        inner = inner[0]
    return _operator(inner if inner.tag != "mi" else node("mrow", inner), limits=True)


def _class(parser: Parser, name: str, style: Style) -> ET.Element:
    return with_atom(node("mrow", parser.argument(style)), _CLASSES[name])


def _left(parser: Parser, name: str, style: Style) -> ET.Element:
    parts = [fence(sign, "prefix")] if (sign := _delimiter(parser, parser.consume())) else []
    while True:
        parts += parser.row(_RIGHT, style)
        end = parser.consume()
        sign = _delimiter(parser, parser.consume())
        if end == "\\right":
            return node("mrow", *parts, *([fence(sign, "postfix")] if sign else []))
        if sign:
            parts.append(fence(sign, "infix"))


def _big(parser: Parser, name: str, style: Style) -> ET.Element:
    kind = name[-1] if name[-1] in "lrm" else ""
    size = _BIG_SIZES[name.removesuffix(kind)]
    sign = _delimiter(parser, parser.raw().strip() if parser.next == "{" else parser.consume())
    if not sign:
        return node("mrow")
    form = {"l": "prefix", "r": "postfix"}.get(kind, "infix")
    return operator(sign, _BIG_ATOMS[kind], stretchy="true", fence="true", form=form, minsize=size, maxsize=size)


def _delimiter(parser: Parser, raw: str) -> str:
    found = symbols.delimiter_of(raw) if raw else ""
    if found is None:
        raise NotSettable(Reason.NOT_UNDERSTOOD, raw)
    return found


def _not(parser: Parser, name: str, style: Style) -> ET.Element:
    inner = parser.argument(style)
    leaf = inner
    while len(leaf) == 1:
        leaf = leaf[0]
    sign = leaf.text or ""
    composed = _NEGATED.get(sign) or unicodedata.normalize("NFC", sign + "\u0338")
    if len(composed) == 1 and not len(leaf):
        return operator(composed)
    return node("menclose", inner, notation="updiagonalstrike")


def _ensured(parser: Parser, _name: str, style: Style) -> ET.Element:
    return parser.argument(style)


def _phantom(parser: Parser, name: str, style: Style) -> ET.Element:
    phantom = node("mphantom", parser.argument(style))
    if name == "hphantom":
        return node("mpadded", phantom, height="0px", depth="0px")
    return node("mpadded", phantom, width="0px") if name == "vphantom" else phantom


def _smash(parser: Parser, name: str, style: Style) -> ET.Element:
    part = parser.option()
    inner = parser.argument(style)
    sizes = {"height": "0px"} if part == "t" else {"depth": "0px"} if part == "b" else {"height": "0px", "depth": "0px"}
    return node("mpadded", inner, **sizes)


def _overlap(parser: Parser, name: str, style: Style) -> ET.Element:
    inner = parser.argument(style) if name.startswith("math") else row(text(parser, parser.raw(), style))
    overlap = {"l": "left", "c": "both"}.get(name.removeprefix("math")[0], "")
    return node("mpadded", inner, width="0px", **({OVERLAP: overlap} if overlap else {}))


def _space(parser: Parser, name: str, style: Style) -> ET.Element:
    return space(symbols.SPACES[name])


def _measured_space(parser: Parser, name: str, style: Style) -> ET.Element:
    parser.accept("*")
    return space(parser.length())


def _rule(parser: Parser, name: str, style: Style) -> ET.Element:
    parser.option()
    width, height = parser.length(), parser.length()
    return ET.Element("mspace", width=f"{width:.3f}em", height=f"{height:.3f}em", mathbackground="black")


def _raised(parser: Parser, name: str, style: Style) -> ET.Element:
    by = length(parser.raw())
    inner = row(text(parser, parser.raw(), style))
    return node("mpadded", inner, voffset=f"{by:.3f}em", height=f"{by:+.3f}em", depth=f"{-by:+.3f}em")


def _enclosed(parser: Parser, name: str, style: Style) -> ET.Element:
    if name == "framebox":
        parser.option()
        parser.option()
    inner = row(text(parser, parser.raw(), style)) if name in {"fbox", "framebox"} else parser.argument(style)
    return node("menclose", inner, notation=_NOTATIONS[name])


def _enclose(parser: Parser, name: str, style: Style) -> ET.Element:
    notations = [raw for raw in re.split(r"[\s,]+", parser.raw()) if raw]
    parser.option()
    inner = parser.argument(style)
    if notations == ["longdiv"]:
        return _dividend(inner)
    if notations == ["radical"]:
        return node("msqrt", inner)
    if not notations or not set(notations) <= _ENCLOSING:
        raise NotSettable(Reason.UNKNOWN, " ".join(notations)[:40])
    return node("menclose", inner, notation=" ".join(notations))


def _long_division(parser: Parser, name: str, style: Style) -> ET.Element:
    return _dividend(parser.argument(style))


def _dividend(inner: ET.Element) -> ET.Element:
    line = node("mover", node("mrow", space(0.15), inner), operator("―", stretchy="true"), accent="true")
    return node("mrow", fence(")", "prefix"), line)


def _actuarial(parser: Parser, name: str, style: Style) -> ET.Element:
    inner = token("mi", "n") if name == "angln" else parser.argument(style)
    return node("menclose", inner, notation="actuarial")


def _cancelled_to(parser: Parser, name: str, style: Style) -> ET.Element:
    value = undisplayed(parser.argument(style.inner()))
    return node("msup", node("menclose", parser.argument(style), notation="updiagonalarrow"), value)


def _modulo(parser: Parser, name: str, style: Style) -> ET.Element:
    word = token("mi", "mod", mathvariant="normal")
    if name == "bmod":
        return with_atom(node("mrow", word), "BINARY")
    inner = parser.argument(style)
    if name == "mod":
        return node("mrow", space(1), word, space(0.333), inner)
    words = [] if name == "pod" else [word, space(0.333)]
    return node("mrow", space(1), operator("("), *words, inner, operator(")"))


def _colon(parser: Parser, name: str, style: Style) -> ET.Element:
    return operator(":", "PUNCTUATION")


def _sided(parser: Parser, name: str, style: Style) -> ET.Element:
    r"""Return the sign after \sideset with scripts on both sides, as high as the sign."""
    before, after = parser.raw(), parser.raw()
    sign = parser.nucleus(style)
    if sign is None:
        raise Missing("a sign is missing")
    limits = sign.attrib.pop(LIMITS, "")
    phantom = node("mpadded", node("mphantom", deepcopy(sign)), width="0px")
    left, right = (
        Parser(scripts, parser.grammar, parser.depth).scripts(base, style)
        for scripts, base in ((before, phantom), (after, sign))
    )
    return _operator(node("mrow", left, right), limits=bool(limits))


def _tag(parser: Parser, name: str, style: Style) -> None:
    bare = parser.accept("*")
    raw = parser.raw()
    parser.tags.append(raw if bare else f"({raw})")


def tag_in_row(parser: Parser, name: str, style: Style) -> ET.Element:
    r"""Return a \tag as words at the end of its row."""
    bare = parser.accept("*")
    raw = parser.raw()
    return node("mrow", space(2), *text(parser, raw if bare else f"({raw})", style))


def _nothing(parser: Parser, name: str, style: Style) -> None:
    """Show nothing."""


def _skip_argument(parser: Parser, name: str, style: Style) -> None:
    parser.accept("*")
    parser.raw()


def _reference(parser: Parser, name: str, style: Style) -> ET.Element:
    """Return a reference as the label it refers to: only a document has numbers for them."""
    label = parser.raw()
    return token("mtext", f"({label})" if name == "eqref" else label)


def _link(parser: Parser, name: str, style: Style) -> ET.Element:
    parser.raw()
    return parser.argument(style)


def _text(parser: Parser, name: str, style: Style) -> ET.Element:
    return row(text(parser, f"\\{name}{{{parser.raw()}}}", style))


def _choice(parser: Parser, name: str, style: Style) -> ET.Element:
    choices = [parser.raw() for _ in range(4)]
    return parser.sub(choices[0 if style.display else 1], style)


def _of(handler: Command, names: str) -> dict[str, Command]:
    return dict.fromkeys(names.split(), handler)


COMMANDS: dict[str, Command] = {
    **dict.fromkeys(symbols.SPACES, _space),
    **dict.fromkeys(symbols.ACCENTS, _accent),
    **dict.fromkeys([*symbols.OVER, *symbols.UNDER], _stretched),
    **dict.fromkeys(symbols.ARROWS, _labelled_arrow),
    **dict.fromkeys(symbols.FUNCTIONS, _function),
    **dict.fromkeys(symbols.WITH_LIMITS, _limit),
    **dict.fromkeys([*symbols.LARGE, *symbols.INTEGRALS], _large),
    **dict.fromkeys(symbols.FONTS.keys() - symbols.SWITCHES, _font),
    **dict.fromkeys(_CLASSES, _class),
    **dict.fromkeys(_NOTATIONS, _enclosed),
    **dict.fromkeys(_NOTHING, _nothing),
    **{f"{size}{kind}": _big for size in _BIG_SIZES for kind in _BIG_ATOMS},
    **_of(_fraction, "frac dfrac tfrac cfrac"),
    **_of(_binomial, "binom dbinom tbinom"),
    **_of(_general_fraction, "genfrac"),
    **_of(_root, "sqrt"),
    **_of(_above, "overset underset stackrel stackbin"),
    **_of(_above_and_below, "overunderset"),
    **_of(_colored, "textcolor"),
    **_of(_colored_box, "colorbox fcolorbox"),
    **_of(_operator_name, "operatorname operatornamewithlimits"),
    **_of(_varying_limit, "varlimsup varliminf varinjlim varprojlim"),
    **_of(_large_class, "mathop"),
    **_of(_left, "left"),
    **_of(_not, "not"),
    "ensuremath": _ensured,
    **_of(_phantom, "phantom hphantom vphantom"),
    **_of(_smash, "smash"),
    **_of(_overlap, "mathrlap mathllap mathclap rlap llap clap"),
    **_of(_measured_space, "hspace hskip kern mkern mskip mspace"),
    **_of(_rule, "rule"),
    **_of(_raised, "raisebox"),
    **_of(_enclose, "enclose"),
    **_of(_long_division, "longdiv"),
    **_of(_actuarial, "angl angln"),
    **_of(_cancelled_to, "cancelto"),
    **_of(_modulo, "bmod mod pmod pod"),
    **_of(_colon, "colon"),
    **_of(_sided, "sideset"),
    **_of(_tag, "tag"),
    **_of(_skip_argument, "label require vspace"),
    **_of(_reference, "ref eqref autoref cref Cref"),
    **_of(_link, "href htmlClass htmlId"),
    **_of(_choice, "mathchoice"),
    **_of(
        _text,
        "text textrm textnormal textmd textup textsc mbox hbox textbf textit textsl emph textsf texttt textsuperscript textsubscript "
        "textcircled",
    ),
}
SWITCHES: dict[str, Switch] = {
    **dict.fromkeys(symbols.SWITCHES, _font_switch),
    **dict.fromkeys(("displaystyle", "textstyle", "scriptstyle", "scriptscriptstyle"), _style_switch),
    **dict.fromkeys(_SIZES, _size_switch),
    "color": _color_switch,
}

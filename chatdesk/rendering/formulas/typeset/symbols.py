"""What LaTeX's commands for single signs and for names stand for. The less common signs are looked up in latex2mathml's table."""

import unicodedata
from xml.etree import ElementTree as ET

from latex2mathml.symbols_parser import convert_symbol

from chatdesk.rendering.formulas.typeset.adjust import Atom, atom_of_sign
from chatdesk.rendering.formulas.typeset.elements import Style, operator, token
from chatdesk.rendering.formulas.typeset.groups import words

_SIGNS = {
    "Alpha": "Α",
    "Beta": "Β",
    "Epsilon": "Ε",
    "Zeta": "Ζ",
    "Eta": "Η",
    "Iota": "Ι",
    "Kappa": "Κ",
    "Mu": "Μ",
    "Nu": "Ν",
    "Omicron": "Ο",
    "Rho": "Ρ",
    "Tau": "Τ",
    "Chi": "Χ",
    "dag": "†",
    "ddag": "‡",
    "sim": "∼",
    "ast": "∗",
    "setminus": "⧵",
    "smallsetminus": "∖",
    "blacksquare": "■",
    "square": "□",
    "Box": "□",
    "qed": "□",
    "leadsto": "⇝",
    "models": "⊨",
    "centerdot": "⋅",
    "cdotp": "⋅",
    "dots": "…",
    "hdots": "…",
    "dotsb": "⋯",
    "dotsm": "⋯",
    "dotsi": "⋯",
    "dotsc": "…",
    "dotso": "…",
    "coloneq": "≔",
    "coloneqq": "≔",
    "eqqcolon": "≕",
    "eqcolon": "≕",
    "vcentcolon": "∶",
    "ratio": "∶",
    "dblcolon": "∷",
    "Coloneqq": "⩴",
    "colonequals": "≔",
    "shortparallel": "∥",
    "lbrace": "{",
    "rbrace": "}",
    "lbrack": "[",
    "rbrack": "]",
    "lparen": "(",
    "rparen": ")",
    "{": "{",
    "}": "}",
    "|": "‖",
    "%": "%",
    "$": "$",
    "&": "&",
    "#": "#",
    "_": "_",
    "vert": "|",
    "lvert": "|",
    "rvert": "|",
    "Vert": "‖",
    "lVert": "‖",
    "rVert": "‖",
    "lt": "<",
    "gt": ">",
    "infin": "∞",
    "empty": "∅",
    "exist": "∃",
    "isin": "∈",
    "real": "ℜ",
    "Reals": "ℝ",
    "image": "ℑ",
    "alef": "ℵ",
    "weierp": "℘",
    "iff": "⟺",
    "implies": "⟹",
    "impliedby": "⟸",
    "degree": "°",
    "textdegree": "°",
    "perthousand": "‰",
    "textperthousand": "‰",
    "celsius": "℃",
    "textcelsius": "℃",
    "ohm": "Ω",
    "micro": "μ",
    "copyright": "©",
    "textcopyright": "©",
    "textregistered": "®",
    "texttrademark": "™",
    "P": "¶",
    "S": "§",
    "pounds": "£",
    "textsterling": "£",
    "euro": "€",
    "texteuro": "€",
    "yen": "¥",
    "cent": "¢",
    "AA": "Å",
    "aa": "å",
    "O": "Ø",
    "o": "ø",
    "AE": "Æ",
    "ae": "æ",
    "OE": "Œ",
    "oe": "œ",
    "ss": "ß",
    "L": "Ł",
    "l": "ł",
    "i": "ı",
    "j": "ȷ",
    "textbar": "|",
    "textbackslash": "\\",
    "textasciitilde": "~",
    "textasciicircum": "^",
    "textless": "<",
    "textgreater": ">",
    "textunderscore": "_",
    "textdollar": "$",
    "textquotesingle": "'",
    "textbullet": "•",
    "textellipsis": "…",
    "textemdash": "—",
    "textendash": "–",
    "textmu": "μ",
    "textohm": "Ω",
    "lq": "‘",
    "rq": "’",
    "cross": "×",
    "vdot": "·",
    "thickapprox": "≈",
    "thicksim": "∼",
    "plusmn": "±",
    "iddots": "⋰",
    "adots": "⋰",
    "hslash": "ℏ",
    "smallint": "∫",
    "circledS": "Ⓢ",
    "doublecap": "⋒",
    "doublecup": "⋓",
    "gggtr": "⋙",
    "llless": "⋘",
    "restriction": "↾",
    "Darr": "⇓",
    "Uarr": "⇑",
    "Harr": "⇔",
    "lArr": "⇐",
    "rArr": "⇒",
    "larr": "←",
    "rarr": "→",
    "harr": "↔",
    "Larr": "⇐",
    "Rarr": "⇒",
    "smallfrown": "⌢",
    "smallsmile": "⌣",
    "lgroup": "⟮",
    "rgroup": "⟯",
    "lAngle": "⟪",
    "rAngle": "⟫",
    "ulcorner": "⌜",
    "urcorner": "⌝",
    "llcorner": "⌞",
    "lrcorner": "⌟",
    "textprime": "′",
    "bull": "•",
    "clubs": "♣",
    "diamonds": "♢",
    "hearts": "♡",
    "spades": "♠",
    "Dagger": "‡",
    "dArr": "⇓",
    "darr": "↓",
    "uArr": "⇑",
    "uarr": "↑",
    "hArr": "⇔",
    "lrArr": "⇔",
    "Lrarr": "⇔",
    "lrarr": "↔",
    "mathellipsis": "…",
    "sdot": "⋅",
    "sect": "§",
    "sub": "⊂",
    "sube": "⊆",
    "supe": "⊇",
    "thetasym": "ϑ",
    "permil": "‰",
    "arcdeg": "°",
    "defeq": "≔",
    "textrightarrow": "→",
    "textleftarrow": "←",
    "suchthat": "∣",
    "given": "∣",
    "upmu": "μ",
    "upalpha": "α",
    "upbeta": "β",
    "upgamma": "γ",
    "updelta": "δ",
    "upepsilon": "ϵ",
    "uptheta": "θ",
    "uplambda": "λ",
    "upnu": "ν",
    "uppi": "π",
    "uprho": "ρ",
    "upsigma": "σ",
    "uptau": "τ",
    "upphi": "ϕ",
    "upchi": "χ",
    "uppsi": "ψ",
    "upomega": "ω",
}
_UPRIGHT_GREEK = frozenset(name for name in _SIGNS if name.startswith("up"))

LARGE = {
    "sum": "∑",
    "prod": "∏",
    "coprod": "∐",
    "bigcup": "⋃",
    "bigcap": "⋂",
    "bigvee": "⋁",
    "bigwedge": "⋀",
    "bigoplus": "⨁",
    "bigotimes": "⨂",
    "bigodot": "⨀",
    "biguplus": "⨄",
    "bigsqcup": "⨆",
}
"""Signs with limits above and below in displayed formulas."""
INTEGRALS = {
    "int": "∫",
    "intop": "∫",
    "iint": "∬",
    "iiint": "∭",
    "iiiint": "⨌",
    "oint": "∮",
    "oiint": "∯",
    "oiiint": "∰",
    "varointclockwise": "∲",
    "ointctrclockwise": "∳",
    "fint": "⨏",
}
FUNCTIONS = words(
    "arccos arcsin arctan arctg arcctg arccot arg ch cos cosec cosh cot cotg coth csc ctg cth deg dim exp hom ker lb lg ln log sec "
    "sech csch arsinh arcosh artanh arccsc arcsec sgn sh sign sin sinh tan tanh tg th tr Tr rank erf erfc Res rot diag adj Hom Ker "
    "Var Cov supp Span End Aut Ext Tor Spec"
)
WITH_LIMITS = {
    **{name: name for name in words("det gcd inf lcm lim max min plim sup Pr")},
    "limsup": "lim sup",
    "liminf": "lim inf",
    "argmin": "arg min",
    "argmax": "arg max",
    "injlim": "inj lim",
    "projlim": "proj lim",
    "esssup": "ess sup",
    "essinf": "ess inf",
}
"""Names with limits below in displayed formulas."""

ACCENTS = {
    "hat": "ˆ",
    "tilde": "˜",
    "bar": "¯",
    "vec": "\u20d7",
    "Vec": "\u20d7",
    "dot": "˙",
    "ddot": "¨",
    "dddot": "\u20db",
    "ddddot": "\u20dc",
    "acute": "´",
    "grave": "`",
    "check": "ˇ",
    "breve": "˘",
    "mathring": "˚",
    "Hat": "ˆ",
    "Tilde": "˜",
    "Bar": "¯",
    "Dot": "˙",
    "Ddot": "¨",
    "Acute": "´",
}
OVER = {
    "widehat": "\u0302",
    "widetilde": "\u0303",
    "widecheck": "\u030c",
    "overline": "―",
    "overbar": "―",
    "overrightarrow": "→",
    "overleftarrow": "←",
    "overleftrightarrow": "↔",
    "Overrightarrow": "⇒",
    "overrightharpoon": "⇀",
    "overleftharpoon": "↼",
    "overbrace": "⏞",
    "overbracket": "⎴",
    "overparen": "⏜",
    "wideparen": "⏜",
    "overarc": "⏜",
    "overfrown": "⏜",
    "overgroup": "⏠",
}
"""Signs above, as wide as their base."""
UNDER = {
    "underline": "―",
    "underbar": "―",
    "underrightarrow": "→",
    "underleftarrow": "←",
    "underleftrightarrow": "↔",
    "underbrace": "⏟",
    "underbracket": "⎵",
    "underparen": "⏝",
    "undergroup": "⏡",
    "utilde": "\u0303",
}
LABELLED = frozenset({"overbrace", "underbrace", "overbracket", "underbracket", "overparen", "underparen"})
"""Signs whose scripts are labels above or below them."""

ARROWS = {
    "xrightarrow": "→",
    "xleftarrow": "←",
    "xleftrightarrow": "↔",
    "xRightarrow": "⇒",
    "xLeftarrow": "⇐",
    "xLeftrightarrow": "⇔",
    "xmapsto": "↦",
    "xhookrightarrow": "↪",
    "xhookleftarrow": "↩",
    "xrightharpoonup": "⇀",
    "xrightharpoondown": "⇁",
    "xleftharpoonup": "↼",
    "xleftharpoondown": "↽",
    "xrightleftharpoons": "⇌",
    "xleftrightharpoons": "⇋",
    "xtwoheadrightarrow": "↠",
    "xtwoheadleftarrow": "↞",
    "xlongequal": "=",
    "xrightleftarrows": "⇄",
    "xtofrom": "⇄",
}
"""Arrows as long as their labels."""

_DELIMITERS = {
    "<": "⟨",
    ">": "⟩",
    "/": "/",
    ".": "",
    "\\langle": "⟨",
    "\\rangle": "⟩",
    "\\lfloor": "⌊",
    "\\rfloor": "⌋",
    "\\lceil": "⌈",
    "\\rceil": "⌉",
    "\\backslash": "\\",
    "\\llbracket": "⟦",
    "\\rrbracket": "⟧",
    "\\lmoustache": "⎰",
    "\\rmoustache": "⎱",
    "\\uparrow": "↑",
    "\\downarrow": "↓",
    "\\updownarrow": "↕",
    "\\Uparrow": "⇑",
    "\\Downarrow": "⇓",
    "\\Updownarrow": "⇕",
    **{
        f"\\{name}": _SIGNS[name]
        for name in words("lbrace rbrace lbrack rbrack { } | vert lvert rvert Vert lVert rVert")
    },
    **{
        f"\\{name}": _SIGNS[name]
        for name in words("lgroup rgroup ulcorner urcorner llcorner lrcorner lAngle rAngle lparen rparen")
    },
    **{sign: sign for sign in "()[]|⟨⟩⌊⌋⌈⌉‖⟦⟧↑↓"},
}

SPACES = {
    ",": 3 / 18,
    "thinspace": 3 / 18,
    ":": 4 / 18,
    ">": 4 / 18,
    "medspace": 4 / 18,
    ";": 5 / 18,
    "thickspace": 5 / 18,
    "!": -3 / 18,
    "negthinspace": -3 / 18,
    "negmedspace": -4 / 18,
    "negthickspace": -5 / 18,
    " ": 0.25,
    "": 0.25,
    "\n": 0.25,
    "\t": 0.25,
    "space": 0.25,
    "nobreakspace": 0.25,
    "enspace": 0.5,
    "enskip": 0.5,
    "quad": 1.0,
    "qquad": 2.0,
    "hfill": 2.0,
    "hfil": 2.0,
    "/": 0.0,
}
"""Widths in em."""

FONTS = {
    "mathrm": "normal",
    "rm": "normal",
    "textup": "normal",
    "mathup": "normal",
    "symrm": "normal",
    "mathbf": "bold",
    "bf": "bold",
    "symbf": "bold",
    "bold": "bold",
    "mathbfup": "bold",
    "mathit": "italic",
    "it": "italic",
    "mathnormal": "",
    "mathsf": "sans-serif",
    "sf": "sans-serif",
    "mathtt": "monospace",
    "tt": "monospace",
    "mathbb": "double-struck",
    "Bbb": "double-struck",
    "symbb": "double-struck",
    "mathds": "double-struck",
    "mathbbm": "double-struck",
    "mathcal": "script",
    "cal": "script",
    "symcal": "script",
    "mathscr": "script",
    "mathfrak": "fraktur",
    "frak": "fraktur",
    "boldsymbol": "bold-italic",
    "bm": "bold-italic",
    "pmb": "bold-italic",
    "mathbfit": "bold-italic",
    "symbfit": "bold-italic",
}
"""MathML's names of the fonts. `bold-italic` leaves digits and capital Greek letters upright."""
SWITCHES = frozenset({"rm", "bf", "it", "sf", "tt", "cal", "frak"})
"""Fonts that apply to the rest of the group."""
SHORT = {
    "R": "ℝ",
    "N": "ℕ",
    "Z": "ℤ",
    "Q": "ℚ",
    "C": "ℂ",
    "reals": "ℝ",
    "natnums": "ℕ",
    "integers": "ℤ",
    "cnums": "ℂ",
    "Complex": "ℂ",
}
"""Sets that people abbreviate without defining the command."""


def sign_of(name: str) -> str:
    """Return the sign of a command, which is given without its backslash; empty if it is unknown."""
    if name in _SIGNS:
        return _SIGNS[name]
    if name in SHORT:
        return SHORT[name]
    code = convert_symbol(f"\\{name}")
    sign = chr(int(code, 16)) if code else ""
    return sign if sign and unicodedata.category(sign)[0] in "LNPS" else ""


def delimiter_of(text: str) -> str | None:
    r"""Return the sign of a token after \left, \right or \big; empty for a full stop, None if it is no delimiter."""
    return _DELIMITERS.get(text)


_CHARACTERS = {"-": "−", "*": "∗", "`": "‘", '"': "”", "!": "!"}
_UPRIGHT_DIGITS = frozenset({"italic", "normal", "script", "fraktur"})


def letter(char: str, style: Style) -> ET.Element:
    """Return a letter in the font of its surroundings. Capital Greek letters are upright."""
    font = style.font
    if "Α" <= char <= "Ω" and font in {"", "bold-italic"}:
        font = "bold" if font else "normal"
    return token("mi", char, **({"mathvariant": font} if font else {}))


def number(digits: str, style: Style) -> ET.Element:
    """Return a number in the font of its surroundings."""
    font = "bold" if style.font == "bold-italic" else style.font
    return token("mn", digits, **({"mathvariant": font} if font and font not in _UPRIGHT_DIGITS else {}))


def sign(char: str, style: Style) -> ET.Element:
    """Return a sign that is neither a letter nor a number."""
    char = _CHARACTERS.get(char, char)
    bold = {"mathvariant": "bold"} if style.font in {"bold", "bold-italic"} else {}
    if atom_of_sign(char) is Atom.ORDINARY and unicodedata.category(char) == "Sm" and char not in "|/":
        return token("mi", char, **{"mathvariant": "normal", **bold})
    return operator(char, **bold)

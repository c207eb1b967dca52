"""Roles of signs in a formula: opening, joining, with limits, and alternative notations of signs."""

from enum import Enum, auto


class Kind(Enum):
    """Role of a part of a formula for its neighbours."""

    OPERAND = auto()
    OPERATOR = auto()
    """Includes relations and arrows."""
    OPEN = auto()
    CLOSE = auto()
    PUNCTUATION = auto()
    LARGE = auto()
    """Sums and similar operators, and names with limits."""
    FUNCTION = auto()
    NOTHING = auto()


def _commands(names: str) -> frozenset[str]:
    return frozenset("\\" + name for name in names.split())


LARGE = _commands("sum prod coprod int iint iiint oint oiint bigcup bigcap bigoplus bigotimes bigwedge bigvee bigsqcup")
LIMITED = _commands("lim limsup liminf max min sup inf argmax argmin det gcd Pr")
LIMITS = _commands("lim limsup liminf")
FUNCTIONS = _commands("sin cos tan cot sec csc arcsin arccos arctan sinh cosh tanh coth log ln exp ker dim deg hom arg")
OPENING = frozenset({"(", "["}) | _commands("{ langle lfloor lceil lvert lVert")
CLOSING = frozenset({")", "]"}) | _commands("} rangle rfloor rceil rvert rVert")
OPERANDS = _commands(
    "infty partial nabla hbar ell Re Im wp aleph beth emptyset angle triangle square blacksquare checkmark dagger ddagger S P top bot"
    " degree prime imath jmath ldots star bigstar complement pounds copyright % $ # & _ backslash sharp flat natural clubsuit"
    " diamondsuit heartsuit spadesuit alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau"
    " upsilon phi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega"
)
ACCENTS = _commands(
    "hat tilde bar check acute grave dot ddot dddot breve mathring underline overleftarrow overleftrightarrow wideparen"
)
VECTORS = _commands("vec overrightarrow")
UPRIGHT = _commands("mathrm mathsf mathtt mathit mathnormal mathup rm textnormal")
TEXTS = _commands("text textrm textnormal textmd textup textsc mbox hbox mathtext textbf textit textsf texttt emph")
FONTS = {
    "bold": _commands("mathbf boldsymbol bm pmb"),
    "script": _commands("mathcal mathscr"),
    "fraktur": _commands("mathfrak"),
    "blackboard": _commands("mathbb mathds mathbbm Bbb"),
}
NUMBER_SETS = {"N": "naturals", "Z": "integers", "Q": "rationals", "R": "reals", "C": "complex"}
FRACTIONS = _commands("frac dfrac tfrac cfrac")
BINOMIALS = _commands("binom dbinom tbinom")
ABOVE = _commands("overset stackrel")
ARROWS = {
    r"\xrightarrow": r"\to",
    r"\xleftarrow": r"\gets",
    r"\xleftrightarrow": r"\leftrightarrow",
    r"\xRightarrow": r"\implies",
    r"\xLeftarrow": r"\impliedby",
    r"\xLeftrightarrow": r"\iff",
    r"\xmapsto": r"\mapsto",
    r"\xhookrightarrow": r"\hookrightarrow",
    r"\xrightleftharpoons": r"\rightleftharpoons",
    r"\xlongequal": "=",
}
CROSSED_OUT = _commands("cancel bcancel xcancel sout slashed")
TRANSPARENT = _commands("mathord mathbin mathrel mathopen mathclose mathpunct mathinner smash")
DROPPED = _commands(
    ", : ; ! > / thinspace medspace thickspace negthinspace displaystyle textstyle scriptstyle scriptscriptstyle limits nolimits"
    " displaylimits nonumber notag big Big bigg Bigg bigl Bigl biggl Biggl bigr Bigr biggr Biggr bigm Bigm biggm Biggm"
    " hline hdashline toprule midrule bottomrule strut mathstrut null relax allowbreak nobreak hfill hfil small large Large normalsize"
    " bf it sf tt cal boldmath noindent centering"
) | {r"\ "}
WITH_DROPPED = _commands("phantom hphantom vphantom hspace hspace* vspace vspace* label require color cline")
"""Commands whose argument is not spoken."""
WITH_FIRST_DROPPED = _commands("textcolor href htmlClass htmlId colorbox")
LENGTHS = _commands("mkern kern hskip mskip")
PAUSES = _commands("quad qquad newline \\ cr")

LATIN_CAPITALS = {
    r"\Alpha": "A",
    r"\Beta": "B",
    r"\Epsilon": "E",
    r"\Zeta": "Z",
    r"\Eta": "H",
    r"\Iota": "I",
    r"\Kappa": "K",
    r"\Mu": "M",
    r"\Nu": "N",
    r"\Omicron": "O",
    r"\Rho": "P",
    r"\Tau": "T",
    r"\Chi": "X",
}
"""Greek letters that look like Latin ones and are spoken so."""
_ALTERNATIVES = {
    ":": (r"\colon", r"\vcentcolon"),
    r"\epsilon": (r"\varepsilon",),
    r"\theta": (r"\vartheta",),
    r"\kappa": (r"\varkappa",),
    r"\pi": (r"\varpi",),
    r"\rho": (r"\varrho",),
    r"\sigma": (r"\varsigma",),
    r"\phi": (r"\varphi",),
    r"\Gamma": (r"\varGamma",),
    r"\Delta": (r"\varDelta",),
    r"\Theta": (r"\varTheta",),
    r"\Lambda": (r"\varLambda",),
    r"\Xi": (r"\varXi",),
    r"\Pi": (r"\varPi",),
    r"\Sigma": (r"\varSigma",),
    r"\Upsilon": (r"\varUpsilon",),
    r"\Phi": (r"\varPhi",),
    r"\Psi": (r"\varPsi",),
    r"\Omega": (r"\varOmega",),
    r"\emptyset": (r"\varnothing",),
    r"\square": (r"\Box",),
    r"\blacksquare": (r"\qed",),
    r"\ldots": (
        r"\dots",
        r"\cdots",
        r"\dotsb",
        r"\dotsc",
        r"\dotsm",
        r"\dotsi",
        r"\dotso",
        r"\vdots",
        r"\ddots",
    ),
    r"\div": ("/",),
    r"\dagger": (r"\dag",),
    r"\ddagger": (r"\ddag",),
    r"\parallel": (r"\shortparallel",),
    r"\cdot": (
        r"\bullet",
        r"\cdotp",
    ),
    "*": (r"\ast",),
    r"\wedge": (r"\land",),
    r"\vee": (r"\lor",),
    r"\lnot": (r"\neg",),
    r"\setminus": (r"\smallsetminus",),
    r"\ne": (r"\neq",),
    "<": (r"\lt",),
    ">": (r"\gt",),
    r"\le": (
        r"\leq",
        r"\leqslant",
    ),
    r"\ge": (
        r"\geq",
        r"\geqslant",
    ),
    r"\coloneqq": (r"\coloneq",),
    r"\preceq": (r"\preccurlyeq",),
    r"\succeq": (r"\succcurlyeq",),
    r"\triangleleft": (r"\lhd",),
    r"\models": (r"\vDash",),
    r"\iff": (
        r"\Leftrightarrow",
        r"\Longleftrightarrow",
    ),
    r"\implies": (
        r"\Rightarrow",
        r"\Longrightarrow",
    ),
    r"\impliedby": (
        r"\Leftarrow",
        r"\Longleftarrow",
    ),
    r"\to": (r"\rightarrow",),
    r"\gets": (r"\leftarrow",),
    r"\leftrightarrow": (r"\longleftrightarrow",),
    r"\mapsto": (r"\longmapsto",),
    r"\rightleftharpoons": (r"\leftrightharpoons",),
    r"\leadsto": (r"\rightsquigarrow",),
    r"\limsup": (r"\varlimsup",),
    r"\liminf": (r"\varliminf",),
    r"\log": (r"\lg",),
    "[": (r"\lbrack",),
    "]": (r"\rbrack",),
    r"\{": (r"\lbrace",),
    r"\}": (r"\rbrace",),
    "|": (r"\vert",),
    r"\|": (r"\Vert",),
    r"\hat": (r"\widehat",),
    r"\tilde": (r"\widetilde",),
    r"\underline": (r"\underbar",),
    r"\wideparen": (r"\overarc",),
}
_CHARACTERS = {
    "α": r"\alpha",
    "β": r"\beta",
    "γ": r"\gamma",
    "δ": r"\delta",
    "ε": r"\epsilon",
    "ζ": r"\zeta",
    "η": r"\eta",
    "θ": r"\theta",
    "ι": r"\iota",
    "κ": r"\kappa",
    "λ": r"\lambda",
    "μ": r"\mu",
    "ν": r"\nu",
    "ξ": r"\xi",
    "π": r"\pi",
    "ρ": r"\rho",
    "σ": r"\sigma",
    "τ": r"\tau",
    "υ": r"\upsilon",
    "φ": r"\phi",
    "χ": r"\chi",
    "ψ": r"\psi",
    "ω": r"\omega",
    "Γ": r"\Gamma",
    "Δ": r"\Delta",
    "Θ": r"\Theta",
    "Λ": r"\Lambda",
    "Ξ": r"\Xi",
    "Π": r"\Pi",
    "Σ": r"\Sigma",
    "Φ": r"\Phi",
    "Ψ": r"\Psi",
    "Ω": r"\Omega",
    "∞": r"\infty",
    "∂": r"\partial",
    "∇": r"\nabla",
    "∅": r"\emptyset",
    "∠": r"\angle",
    "±": r"\pm",
    "∓": r"\mp",
    "×": r"\times",
    "÷": r"\div",
    "·": r"\cdot",
    "∘": r"\circ",
    "⊕": r"\oplus",
    "⊗": r"\otimes",
    "∧": r"\wedge",
    "∨": r"\vee",
    "¬": r"\lnot",
    "∩": r"\cap",
    "∪": r"\cup",
    "≠": r"\ne",
    "≤": r"\le",
    "≥": r"\ge",
    "≪": r"\ll",
    "≫": r"\gg",
    "≈": r"\approx",
    "≡": r"\equiv",
    "∼": r"\sim",
    "≅": r"\cong",
    "∝": r"\propto",
    "∈": r"\in",
    "∉": r"\notin",
    "⊂": r"\subset",
    "⊆": r"\subseteq",
    "⊃": r"\supset",
    "⊇": r"\supseteq",
    "∥": r"\parallel",
    "⊥": r"\perp",
    "∀": r"\forall",
    "∃": r"\exists",
    "∴": r"\therefore",
    "∵": r"\because",
    "⇔": r"\iff",
    "⇒": r"\implies",
    "→": r"\to",
    "←": r"\gets",
    "↔": r"\leftrightarrow",
    "↦": r"\mapsto",
    "↑": r"\uparrow",
    "↓": r"\downarrow",
    "∑": r"\sum",
    "∏": r"\prod",
    "∫": r"\int",
    "∮": r"\oint",
    "⟨": r"\langle",
    "⟩": r"\rangle",
    "…": r"\ldots",
    "⋯": r"\ldots",
    "′": r"\prime",
    "△": r"\triangle",
    "°": r"\degree",
    "−": "-",
}
SAME = {alternative: sign for sign, alternatives in _ALTERNATIVES.items() for alternative in alternatives} | _CHARACTERS
"""The standard sign for alternative notations."""

r"""Commands that stand for other LaTeX, mostly those of the package physics: for typesetting and for speech."""

import re

ABBREVIATIONS = {
    "prescript": (3, r"{}^{#1}_{#2}{#3}"),
    "nicefrac": (2, r"{}^{#1}\!/\!{}_{#2}"),
    "sfrac": (2, r"{}^{#1}\!/\!{}_{#2}"),
    "flatfrac": (2, r"{#1}/{#2}"),
    "set": (1, r"\left\{#1\right\}"),
    "ceil": (1, r"\left\lceil #1\right\rceil"),
    "floor": (1, r"\left\lfloor #1\right\rfloor"),
    "ket": (1, r"\left|#1\right\rangle"),
    "bra": (1, r"\left\langle #1\right|"),
    "Ket": (1, r"\left|#1\right\rangle"),
    "Bra": (1, r"\left\langle #1\right|"),
    "mel": (3, r"\left\langle #1\middle|#2\middle|#3\right\rangle"),
    "matrixel": (3, r"\left\langle #1\middle|#2\middle|#3\right\rangle"),
    "dyad": (2, r"\left|#1\middle\rangle\!\middle\langle #2\right|"),
    "ketbra": (2, r"\left|#1\middle\rangle\!\middle\langle #2\right|"),
    "innerproduct": (2, r"\left\langle #1\middle|#2\right\rangle"),
    "comm": (2, r"\left[#1,#2\right]"),
    "commutator": (2, r"\left[#1,#2\right]"),
    "acomm": (2, r"\left\{#1,#2\right\}"),
    "anticommutator": (2, r"\left\{#1,#2\right\}"),
    "pb": (2, r"\left\{#1,#2\right\}"),
    "poissonbracket": (2, r"\left\{#1,#2\right\}"),
    "order": (1, r"\mathcal{O}\left(#1\right)"),
    "pmqty": (1, r"\begin{pmatrix}#1\end{pmatrix}"),
    "bmqty": (1, r"\begin{bmatrix}#1\end{bmatrix}"),
    "vmqty": (1, r"\begin{vmatrix}#1\end{vmatrix}"),
    "mdet": (1, r"\begin{vmatrix}#1\end{vmatrix}"),
    "va": (1, r"\vec{\boldsymbol{#1}}"),
    "vectorarrow": (1, r"\vec{\boldsymbol{#1}}"),
    "vu": (1, r"\hat{\boldsymbol{#1}}"),
    "vectorunit": (1, r"\hat{\boldsymbol{#1}}"),
    "vb": (1, r"\mathbf{#1}"),
    "vectorbold": (1, r"\mathbf{#1}"),
    "qq": (1, r"\quad\text{#1}\quad"),
    "cfn": (1, r"\text{#1}"),
    "grad": (0, r"\boldsymbol{\nabla}"),
    "gradient": (0, r"\boldsymbol{\nabla}"),
    "divergence": (0, r"\boldsymbol{\nabla}\cdot{}"),
    "curl": (0, r"\boldsymbol{\nabla}\times{}"),
    "laplacian": (0, r"\nabla^2"),
    "qcomma": (0, r",\quad"),
    "qif": (0, r"\quad\text{if}\quad"),
    "qand": (0, r"\quad\text{and}\quad"),
    "qor": (0, r"\quad\text{or}\quad"),
    "LaTeX": (0, r"\text{LaTeX}"),
    "TeX": (0, r"\text{TeX}"),
    "bigO": (0, r"\mathcal{O}"),
    "empheqlbrace": (0, r"\{"),
}
"""Count of arguments, and what they are inserted into, by names without the backslash."""
DERIVATIVES = {
    "dv": r"\mathrm{d}",
    "derivative": r"\mathrm{d}",
    "odv": r"\mathrm{d}",
    "pdv": r"\partial",
    "partialderivative": r"\partial",
    "fdv": r"\delta",
    "functionalderivative": r"\delta",
}
"""The sign of each kind of derivative."""
_INSERTED = re.compile(r"#(\d)")


def abbreviated(name: str, arguments: list[str]) -> str:
    """Return what a command with these arguments stands for."""
    return _INSERTED.sub(lambda found: arguments[int(found[1]) - 1], ABBREVIATIONS[name][1])


def derivative(name: str, order: str, first: str, further: list[str]) -> tuple[str, str]:
    """Return the numerator and the denominator of a derivative, whose only argument is the variable."""
    sign = DERIVATIVES[name]
    power = f"^{{{order}}}" if order else ""
    if len(further) == 2:
        return rf"{sign}^2 {first}", rf"{sign} {further[0]}\,{sign} {further[1]}"
    if further:
        return f"{sign}{power} {first}", f"{sign} {further[0]}{power}"
    return f"{sign}{power}", f"{sign} {first}{power}"


def derivative_arguments(name: str) -> int:
    """Return how many arguments a derivative may have."""
    return 3 if name.startswith("p") else 2

r"""Numbers and units as the package siunitx writes them, as ordinary LaTeX: \num, \unit, \qty and \ang."""

import re

from chatdesk.rendering.formulas.typeset.groups import argument, words
from chatdesk.rendering.formulas.typeset.typeset_formula import NotSettable, Reason

_PREFIXES = {
    "quecto": "q",
    "ronto": "r",
    "yocto": "y",
    "zepto": "z",
    "atto": "a",
    "femto": "f",
    "pico": "p",
    "nano": "n",
    "micro": "μ",
    "milli": "m",
    "centi": "c",
    "deci": "d",
    "deca": "da",
    "deka": "da",
    "hecto": "h",
    "kilo": "k",
    "mega": "M",
    "giga": "G",
    "tera": "T",
    "peta": "P",
    "exa": "E",
    "zetta": "Z",
    "yotta": "Y",
    "kibi": "Ki",
    "mebi": "Mi",
    "gibi": "Gi",
    "tebi": "Ti",
}
_UNITS = {
    "ampere": "A",
    "candela": "cd",
    "kelvin": "K",
    "kilogram": "kg",
    "gram": "g",
    "meter": "m",
    "metre": "m",
    "mole": "mol",
    "second": "s",
    "becquerel": "Bq",
    "degreeCelsius": "°C",
    "celsius": "°C",
    "coulomb": "C",
    "farad": "F",
    "gray": "Gy",
    "hertz": "Hz",
    "henry": "H",
    "joule": "J",
    "katal": "kat",
    "lumen": "lm",
    "lux": "lx",
    "newton": "N",
    "ohm": "Ω",
    "pascal": "Pa",
    "radian": "rad",
    "siemens": "S",
    "sievert": "Sv",
    "steradian": "sr",
    "tesla": "T",
    "volt": "V",
    "watt": "W",
    "weber": "Wb",
    "astronomicalunit": "au",
    "bel": "B",
    "dalton": "Da",
    "day": "d",
    "decibel": "dB",
    "electronvolt": "eV",
    "hectare": "ha",
    "hour": "h",
    "liter": "L",
    "litre": "L",
    "minute": "min",
    "neper": "Np",
    "tonne": "t",
    "bar": "bar",
    "bit": "bit",
    "byte": "B",
    "percent": r"\%",
    "angstrom": "Å",
    "atmosphere": "atm",
    "atomicmassunit": "u",
    "calorie": "cal",
    "year": "a",
    "knot": "kn",
    "poise": "P",
    "gauss": "G",
    "molar": "M",
    "inch": "in",
    "foot": "ft",
    "mile": "mi",
    "pound": "lb",
    "degree": "°",
    "arcminute": "′",
    "arcsecond": "″",
    "torr": "Torr",
    "mmHg": "mmHg",
    "parsec": "pc",
    "lightyear": "ly",
    "clight": "c",
    "dioptre": "dpt",
}
_SHORT = words(
    "m cm mm km nm pm fm um s ms us ns ps fs g mg kg ug A mA uA K V mV kV W kW MW mW uW J kJ MJ eV keV MeV GeV TeV meV kWh Hz kHz MHz "
    "GHz THz mHz N kN mN MN Pa kPa MPa GPa hPa bar mbar mol mmol umol nmol kmol L l mL ml uL ul hl dB F fF pF nF uF T mT H mH uH ohm "
    "kohm Mohm au u hour min day"
)
_POWERS = {"squared": "2", "cubed": "3"}
_POWERS_BEFORE = {"square": "2", "cubic": "3"}
_WITH_ARGUMENT = frozenset({"tothe", "raiseto", "of", "text", "mathrm", "textrm", "^", "_"})
_SIGNS = {
    **dict.fromkeys((",", ";", " ", "!", "~"), r"\,"),
    **dict.fromkeys((".", "*", "·", "⋅", "cdot"), r"\cdot "),
    "times": r"\times ",
    "/": "/",
    "(": "(",
    ")": ")",
    "{": "",
    "}": "",
}
_LETTERS = {"mu": "μ", "Omega": "Ω", "circ": "°", "AA": "Å", "ell": "ℓ", "%": r"\%"}
_POWER = re.compile(r"-?\d+")
_TOKEN = re.compile(r"\\[a-zA-Z]+|\\.|[A-Za-zµμΩÅ°%′″]+|\d+|.", re.DOTALL)
_NUMBER = re.compile(
    r"(?P<sign>[+\-−±]|\\pm\s*)?(?P<whole>\d*)(?:[.,](?P<part>\d+))?(?P<error>\(\d+(?:\.\d+)?\)|(?:\\pm|\+-|±)\s*\d+(?:[.,]\d+)?)?"
    r"(?:(?:[eEdD]|\\times\s*10\s*\^|\s*x\s*10\s*\^)\s*\{?(?P<power>[+\-−]?\d+)\}?)?"
)
_LONG = 5
"""Digits from which on a number is split into groups of three."""


def number_in_latex(content: str) -> str:
    """Return a number with its digits in groups, and its exponent as a power of ten; other text is LaTeX already."""
    plain = re.sub(r"(?<!\\)\s|~|\\[,; ]", "", content)
    factors = re.split(r"(?<=\d)x(?=\d)|\\times(?!10\^)", plain)
    if len(factors) > 1:
        return r" \times ".join(number_in_latex(factor) for factor in factors)
    found = _NUMBER.fullmatch(plain)
    if not found or not plain:
        return content
    sign = (found["sign"] or "").replace("±", r"\pm ").replace("−", "-").replace("+", "{+}").replace("-", "{-}")
    digits = _grouped(found["whole"])
    if found["part"]:
        digits = f"{digits or '0'}.{_grouped_after(found['part'])}"
    if error := found["error"]:
        digits += error if error.startswith("(") else r" \pm " + re.sub(r"\\pm|\+-|±", "", error)
    if found["power"] is None:
        return sign + digits
    power = rf"10^{{{found['power'].replace('−', '-').lstrip('+')}}}"
    if not digits:
        return sign + power
    return rf"{sign}({digits}) \times {power}" if r"\pm" in digits else rf"{sign}{digits} \times {power}"


def _grouped(digits: str) -> str:
    if len(digits) < _LONG:
        return digits
    first = len(digits) % 3
    groups = [digits[:first]] * bool(first) + [digits[at : at + 3] for at in range(first, len(digits), 3)]
    return r"\,".join(groups)


def _grouped_after(digits: str) -> str:
    return r"\,".join(digits[at : at + 3] for at in range(0, len(digits), 3)) if len(digits) >= _LONG else digits


def quantity_in_latex(number: str, unit: str, options: str = "") -> str:
    """Return a number and its unit."""
    written = unit_in_latex(unit, options)
    close = written.startswith((r"\mathrm{°}", r"\mathrm{′}", r"\mathrm{″}"))
    value = number_in_latex(number)
    return value + ("" if close or not value else r"\,") + written


def angle_in_latex(content: str) -> str:
    """Return an angle: degrees, or degrees, minutes and seconds separated by semicolons."""
    parts = content.split(";")
    if len(parts) > 3:
        raise NotSettable(Reason.NOT_UNDERSTOOD, content[:40])
    return "".join(
        number_in_latex(part) + rf"\mathrm{{{sign}}}" for part, sign in zip(parts, "°′″", strict=False) if part.strip()
    )


def unit_in_latex(content: str, options: str = "") -> str:
    r"""Return a unit in upright letters: \per gives negative powers, or a stroke if the options say so."""
    return _Unit("per-mode" in options and ("symbol" in options or "fraction" in options)).read(content)


class _Unit:
    """Reads a unit from left to right: either commands, or letters with signs between them."""

    def __init__(self, stroke: bool) -> None:
        self._stroke = stroke
        self._written: list[str] = []
        self._prefix = ""
        self._power = ""
        self._per = False
        self._joined = True
        """Whether the next unit follows a sign, and needs no space before it."""

    def read(self, content: str) -> str:
        at = 0
        while found := _TOKEN.match(content, at):
            at = self._token(content, found[0], found.end())
        if self._prefix or self._power or self._per:
            raise NotSettable(Reason.INCOMPLETE)
        return "".join(self._written)

    def _token(self, content: str, text: str, end: int) -> int:
        """Read a token and its argument. Return the position after them."""
        name = text[1:] if text.startswith("\\") else ""
        if text == "^" and (bare := _POWER.match(content, end)):
            self._raise(bare[0])
            end = bare.end()
        elif name in _WITH_ARGUMENT or text in _WITH_ARGUMENT:
            part, end = argument(content, end)
            self._read_argument(name or text, part)
        elif text == "-":
            power = re.compile(r"\d+").match(content, end)
            if not power:
                raise NotSettable(Reason.NOT_UNDERSTOOD, content[:40])
            self._raise("-" + power[0])
            end = power.end()
        elif name:
            self._read_command(name)
        else:
            self._read_sign(text)
        return end

    def _read_command(self, name: str) -> None:
        if name in _PREFIXES:
            self._prefix += _PREFIXES[name]
        elif name in _UNITS or name in _SHORT:
            self._unit(_UNITS.get(name) or _short(name))
        elif name == "per":
            self._per = True
        elif name in _POWERS:
            self._raise(_POWERS[name])
        elif name in _POWERS_BEFORE:
            self._power = _POWERS_BEFORE[name]
        elif name in _SIGNS:
            self._sign(_SIGNS[name])
        elif name in _LETTERS:
            self._letters(_LETTERS[name])
        else:
            raise NotSettable(Reason.UNKNOWN, f"\\{name}")

    def _read_argument(self, name: str, part: str) -> None:
        if name == "raiseto":
            self._power = part
        elif name in {"tothe", "^"} and part in {r"\circ", "°"}:
            self._letters("°")
        elif name in {"tothe", "^"}:
            self._raise(part)
        elif name in {"of", "_"}:
            self._written.append(rf"_{{\text{{{part}}}}}")
        else:
            self._unit(part)

    def _read_sign(self, text: str) -> None:
        if text in _SIGNS:
            self._sign(_SIGNS[text])
        elif text.isdigit() and not self._joined:
            self._raise(text)
        elif text.isdigit():
            self._written.append(text)
        elif not text.isspace():
            self._letters(text.replace("%", r"\%"))
        elif not self._joined:
            self._sign(r"\,")

    def _unit(self, symbol: str) -> None:
        if self._per and self._stroke:
            self._sign("/")
        elif not self._joined:
            self._written.append(r"\,")
        self._written.append(rf"\mathrm{{{self._prefix}{symbol}}}")
        power, self._prefix, self._power = self._power, "", ""
        self._joined = False
        negative = self._per and not self._stroke
        self._per = False
        if power or negative:
            self._written.append(f"^{{{'-' if negative else ''}{power or '1'}}}")

    def _letters(self, letters: str) -> None:
        """Write letters as they are; only units that are commands have spaces between them."""
        if self._prefix or self._per or self._power:
            self._unit(letters)
        else:
            self._written.append(rf"\mathrm{{{letters}}}")
            self._joined = False

    def _raise(self, power: str) -> None:
        """Give the last unit a power."""
        if not self._written:
            raise NotSettable(Reason.INCOMPLETE)
        negative = self._written[-1] == "^{-1}"
        if negative:
            self._written.pop()
        self._written.append(f"^{{{'-' if negative else ''}{power}}}")

    def _sign(self, sign: str) -> None:
        self._written.append(sign)
        self._joined = True


def _short(name: str) -> str:
    """Return the symbol of an abbreviated unit of siunitx."""
    symbol = name.replace("ohm", "Ω").replace("hour", "h").replace("day", "d")
    return "μ" + symbol[1:] if symbol.startswith("u") and len(symbol) > 1 else symbol

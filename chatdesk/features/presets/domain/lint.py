"""Linter for prompts: hints about likely mistakes, as data. There are few, and none for patterns that good prompts may contain.

`features/presets/ui/editor/lint_line.py` provides their texts.
"""

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum

from chatdesk.features.presets.domain.headings import lines_of, outside_code
from chatdesk.features.presets.domain.lang_gpt import Section, parse, sections_with_offsets
from chatdesk.features.presets.domain.section_kinds import SectionKind
from chatdesk.features.presets.domain.sentences import split_sentences
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.presets.preset import Preset
from chatdesk.kernel.presets.template import names_in, placeholders_in
from chatdesk.kernel.presets.variable import SYSTEM_NAMES, Variable, VariableKind

_NAMES = {
    "en": "english 英语 英文",
    "zh": "chinese mandarin 中文 汉语 普通话",
    "zh-hans": "simplified-chinese 简体中文 简体 简中",
    "zh-hant": "traditional-chinese 繁体中文 繁體中文 繁体 繁體 正體中文",
    "ja": "japanese 日语 日文 日本语",
    "ko": "korean 韩语 韩文 朝鲜语",
    "fr": "french 法语 法文",
    "de": "german 德语 德文",
    "es": "spanish 西班牙语 西语",
    "pt": "portuguese 葡萄牙语 葡语",
    "it": "italian 意大利语",
    "nl": "dutch 荷兰语",
    "ru": "russian 俄语 俄文",
    "ar": "arabic 阿拉伯语",
    "hi": "hindi 印地语",
    "tr": "turkish 土耳其语",
    "vi": "vietnamese 越南语",
    "th": "thai 泰语",
}
_LANGUAGES = {name.replace("-", " "): code for code, names in _NAMES.items() for name in names.split()}
_NAME = "|".join(sorted((re.escape(name) for name in _LANGUAGES), key=len, reverse=True))
_ANY_NAME = re.compile(rf"(?<![a-z])(?:{_NAME})(?![a-z])", re.IGNORECASE)

_DEMAND = re.compile(
    rf"""
    \b(?:answer|reply|respond|talk|speak|communicate|answers|replies|responses?)
        (?:\ (?:only|always|strictly|exclusively|entirely|everything|all|every|questions?|messages?
             |to|with|the|users?|me|them|must|should|be|is|are|written|given|back)){{0,5}}
        \ in\ (?:only\ |fluent\ |plain\ |simple\ |clear\ |natural\ |modern\ )*(?P<english>{_NAME})\b
    |(?:用|以|使用|说)\s*(?:流利的|规范的|自然的|地道的|简洁的)?(?P<chinese>{_NAME})
        (?:来|进行|与用户|和用户|同用户|跟用户|和我)*(?:回答|回复|作答|答复|交流|对话|沟通|应答|说话|输出(?=\s*(?:[。，；！,.;!]|$)))
    |^[\s*+-]*(?:default\ )?(?:language|语言|默认语言|输出语言|回答语言)\**\s*[:：]\s*\**(?P<field>{_NAME})\s*$
    """,
    re.IGNORECASE | re.VERBOSE,
)
_HEDGE = re.compile(
    r"\b(?:if|when|whenever|unless|otherwise|or|for|depending|except|not|never|don['’]t|same|then|first|until|while|but)\b"
    r"|如果|若|当|时|除非|否则|或|不|别|勿|先|然后|再|对于|除了|例如|比如|切换",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class LanguageDemand:
    """A position that asks for a language. `language` is a code such as `en` or `zh-hant`; `name` is the name used in the text."""

    language: str
    name: str
    start: int
    end: int

    def contradicts(self, other: "LanguageDemand") -> bool:
        """Return whether no answer can satisfy both. All variants of Chinese count as Chinese."""
        one, two = sorted((self.language, other.language), key=len)
        return one != two and not two.startswith(f"{one}-")


def demands_in(text: str) -> Iterator[LanguageDemand]:
    """Yield all plain demands for a language of the answers in order, excluding those with a condition, a choice or a negation."""
    for line in outside_code(text):
        at = line.start
        for sentence, separator in split_sentences(line.text):
            match = _DEMAND.search(sentence)
            if match and len(_ANY_NAME.findall(sentence)) == 1 and not _HEDGE.search(sentence):
                name = match["english"] or match["chinese"] or match["field"]
                start = at + match.start() + len(match[0]) - len(match[0].lstrip())
                yield LanguageDemand(_LANGUAGES[name.casefold()], name, start, at + match.end())
            at += len(sentence) + len(separator)


LONG_PROMPT = 12_000
"""Characters, with Chinese ones counted four times: about 3,000 tokens of the 4,096 that are the default of many servers."""

_MAX_CHECKED_LENGTH = 100_000
"""Maximum characters to check, because checks run during typing. A longer prompt only gets the hint that it is long."""
_MIN_TYPO_LENGTH = 5
_HAN = re.compile("[\u2e80-\u9fff\uac00-\ud7af\uf900-\uffef]")
_STEP = re.compile(r"\s*(?:[-*+•]|\d+[.)、．]|[(（]\d+[)）]|#{1,6} |step\b|第.{1,3}步|[①-⑳])", re.IGNORECASE)
_THEN = re.compile(r"\bthen\b|->|→|⇒|然后|接着|随后|最后|再", re.IGNORECASE)


_Placed = tuple[tuple[int, Section], ...]


class HintKind(StrEnum):
    """Kind of a hint. The content of `detail` is documented for each kind."""

    EMPTY_SECTION = "empty-section"
    SECTION_TWICE = "section-twice"
    NO_STEPS = "no-steps"
    """A workflow of only one sentence."""
    TWO_LANGUAGES = "two-languages"
    """`detail`: the two names of the languages."""
    LONG = "long"
    MISSPELT_VARIABLE = "misspelt-variable"
    """`detail`: the name used, and the likely intended one."""
    UNUSED_VARIABLE = "unused-variable"
    """`detail`: the name, as for the next two kinds."""
    REQUIRED_UNUSED = "required-unused"
    NO_CHOICES = "no-choices"


@dataclass(frozen=True, slots=True)
class Hint:
    """A hint about the range `start` to `end` of the prompt; both are 0 if it has no position."""

    kind: HintKind
    start: int = 0
    end: int = 0
    section: str = ""
    """The heading of its section."""
    detail: tuple[str, ...] = ()


def hints_for(prompt: str, declared: Sequence[Variable] = (), others: Sequence[str] = ()) -> tuple[Hint, ...]:
    """Return the hints: first those with a position, in the order of the prompt.

    `others` are the other texts of the preset, which can contain variables too.
    """
    if len(prompt) > _MAX_CHECKED_LENGTH:
        return (Hint(HintKind.LONG),)
    sections = tuple(sections_with_offsets(parse(prompt)))
    found = [
        *_section_hints(sections),
        *_language_hints(prompt, sections),
        *_spelling_hints(prompt, declared, others),
    ]
    found.sort(key=lambda hint: hint.start)
    intended = {hint.detail[1] for hint in found if hint.kind is HintKind.MISSPELT_VARIABLE}
    return (*found, *_length_hints(prompt), *_declaration_hints(prompt, declared, others, intended))


def lint(preset: Preset) -> tuple[Hint, ...]:
    """Return the hints about a preset."""
    return hints_for(preset.prompt, preset.declared, (preset.question, preset.greeting))


def _section_hints(sections: _Placed) -> Iterator[Hint]:
    seen: set[tuple[int, str]] = set()
    above: list[tuple[int, int]] = []  # level and index of the parent sections
    for number, (start, section) in enumerate(sections):
        if not section.heading:
            continue
        following = sections[number + 1][1] if number + 1 < len(sections) else None
        where = (start, start + len(section.heading), section.heading_text)
        if _is_empty(section, following):
            yield Hint(HintKind.EMPTY_SECTION, *where)
        while above and above[-1][0] >= section.level:
            above.pop()
        key = (above[-1][1] if above else -1, section.heading_text.casefold())
        above.append((section.level, number))
        if key in seen:
            yield Hint(HintKind.SECTION_TWICE, *where)
        seen.add(key)
        if section.kind is SectionKind.WORKFLOW and section.body and _is_one_sentence(section.body):
            yield Hint(
                HintKind.NO_STEPS,
                start + section.body_start,
                start + section.body_start + len(section.body),
                section.heading_text,
            )


def _is_empty(section: Section, following: Section | None) -> bool:
    """Return whether text is missing below a heading. The last section may be empty: the user's input may follow it."""
    if section.body or section.title or not section.heading_text:
        return False
    if section.kind is SectionKind.ROLE and section.heading_text.endswith((":", "：")):
        return True
    if following is None:
        return section.kind is not SectionKind.INPUT
    return following.level <= section.level


def _is_one_sentence(body: str) -> bool:
    lines = [line.text for line in lines_of(body) if line.text.strip()]
    return (
        len(lines) == 1
        and not _STEP.match(lines[0])
        and not _THEN.search(lines[0])
        and len(split_sentences(lines[0])) == 1
    )


def _language_hints(prompt: str, sections: _Placed) -> Iterator[Hint]:
    examples = [
        (start, start + len(section.text))
        for start, section in sections
        if section.kind in {SectionKind.EXAMPLES, SectionKind.INPUT}
    ]
    demands = [
        demand for demand in demands_in(prompt) if not any(start <= demand.start < end for start, end in examples)
    ]
    for demand in demands[1:]:
        if demand.contradicts(demands[0]):
            yield Hint(HintKind.TWO_LANGUAGES, demand.start, demand.end, detail=(demands[0].name, demand.name))
            return


def _spelling_hints(prompt: str, declared: Sequence[Variable], others: Sequence[str]) -> Iterator[Hint]:
    """Find undeclared names that are similar to a declared one; any other undeclared name becomes an input."""
    names = {variable.name for variable in declared}
    used = {name for text in (prompt, *others) for name in names_in(text)}
    unused = names - used
    for placeholder in placeholders_in(prompt):
        if placeholder.name in names | SYSTEM_NAMES:
            continue
        intended = [
            name
            for name in (*sorted(unused), *sorted(names - unused), *sorted(SYSTEM_NAMES))
            if _is_typo(placeholder.name, name)
        ]
        if intended:
            yield Hint(
                HintKind.MISSPELT_VARIABLE, placeholder.start, placeholder.end, detail=(placeholder.name, intended[0])
            )


def _length_hints(prompt: str) -> Iterator[Hint]:
    chinese = 0 if prompt.isascii() else len(_HAN.findall(prompt))
    if len(prompt) + 3 * chinese > LONG_PROMPT:
        yield Hint(HintKind.LONG)


def _declaration_hints(
    prompt: str, declared: Sequence[Variable], others: Sequence[str], intended: set[str]
) -> Iterator[Hint]:
    used = intended | {name for text in (prompt, *others) for name in names_in(text)}
    for variable in declared:
        if variable.name not in used:
            kind = HintKind.REQUIRED_UNUSED if variable.required else HintKind.UNUSED_VARIABLE
            yield Hint(kind, detail=(variable.name,))
        if variable.kind is VariableKind.CHOICE and not any(choice.strip() for choice in variable.choices):
            yield Hint(HintKind.NO_CHOICES, detail=(variable.name,))


def _is_typo(one: str, two: str) -> bool:
    """Return whether one name is a typo of the other: a letter added, missing, replaced or swapped. Digits are no typos."""
    if one.casefold() == two.casefold():
        return True
    if one.strip("0123456789_-") == two.strip("0123456789_-") or min(len(one), len(two)) < _MIN_TYPO_LENGTH:
        return False
    if len(one) > len(two):
        one, two = two, one
    same = next((at for at, (a, b) in enumerate(zip(one, two, strict=False)) if a != b), len(one))
    rest, other = one[same:], two[same:]
    if len(one) != len(two):
        return rest == other[1:]
    return rest[1:] == other[1:] or (rest[:2] == other[1::-1] and rest[2:] == other[2:])

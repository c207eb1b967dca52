"""Hints about a prompt: what its author may have overlooked, as data. They are few, and silent where a good prompt could look like that.

The screen words them (`features/presets/ui/editor/hint_words.py`).
"""

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum

from chatdesk.features.presets.domain.answer_language import demands_in
from chatdesk.features.presets.domain.headings import lines_of
from chatdesk.features.presets.domain.lang_gpt import Section, parse, placed
from chatdesk.features.presets.domain.section_kinds import SectionKind
from chatdesk.features.presets.domain.sentences import split_sentences
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.presets.preset import Preset
from chatdesk.kernel.presets.template import names_in, places_in
from chatdesk.kernel.presets.variable import SYSTEM_NAMES, Variable, VariableKind

LONG_PROMPT = 12_000
"""Characters, a Chinese one counted four times: about 3,000 tokens, which leaves little of the 4,096 that many servers begin with."""

_MOST_READ = 100_000
"""Characters. A longer prompt is only said to be long: reading it would take too long while one writes."""
_SHORTEST_MISSPELT = 5
_HAN = re.compile("[\u2e80-\u9fff\uac00-\ud7af\uf900-\uffef]")
_STEP = re.compile(r"\s*(?:[-*+•]|\d+[.)、．]|[(（]\d+[)）]|#{1,6} |step\b|第.{1,3}步|[①-⑳])", re.IGNORECASE)
_THEN = re.compile(r"\bthen\b|->|→|⇒|然后|接着|随后|最后|再", re.IGNORECASE)


_Placed = tuple[tuple[int, Section], ...]


class HintKind(StrEnum):
    """What a hint is about; what its `detail` says stands with each."""

    EMPTY_SECTION = "empty-section"
    SECTION_TWICE = "section-twice"
    NO_STEPS = "no-steps"
    """A workflow of one sentence."""
    TWO_LANGUAGES = "two-languages"
    """Detail is how both are called, two words."""
    LONG = "long"
    MISSPELT_VARIABLE = "misspelt-variable"
    """Detail is what it is called, and what it seems to mean."""
    UNUSED_VARIABLE = "unused-variable"
    """Detail is its name, as with the next two."""
    REQUIRED_UNUSED = "required-unused"
    NO_CHOICES = "no-choices"


@dataclass(frozen=True, slots=True)
class Hint:
    """A place in the prompt, `start` to `end`, and what is remarkable there; both are 0 if the hint is of no place."""

    kind: HintKind
    start: int = 0
    end: int = 0
    section: str = ""
    """The words of the heading it stands under."""
    detail: tuple[str, ...] = ()


def hints_for(prompt: str, declared: Sequence[Variable] = (), others: Sequence[str] = ()) -> tuple[Hint, ...]:
    """Return the hints, those with a place first, in the order of the prompt.

    `others` are the preset's other texts, where variables can be used too.
    """
    if len(prompt) > _MOST_READ:
        return (Hint(HintKind.LONG),)
    sections = tuple(placed(parse(prompt)))
    found = [
        *_about_sections(sections),
        *_about_languages(prompt, sections),
        *_about_spelling(prompt, declared, others),
    ]
    found.sort(key=lambda hint: hint.start)
    meant = {hint.detail[1] for hint in found if hint.kind is HintKind.MISSPELT_VARIABLE}
    return (*found, *_about_length(prompt), *_about_declared(prompt, declared, others, meant))


def lint(preset: Preset) -> tuple[Hint, ...]:
    """Return the hints about a preset."""
    return hints_for(preset.prompt, preset.declared, (preset.question, preset.greeting))


def _about_sections(sections: _Placed) -> Iterator[Hint]:
    seen: set[tuple[int, str]] = set()
    above: list[tuple[int, int]] = []  # level and number of the sections this one lies under
    for number, (start, section) in enumerate(sections):
        if not section.heading:
            continue
        following = sections[number + 1][1] if number + 1 < len(sections) else None
        where = (start, start + len(section.heading), section.words)
        if _is_empty(section, following):
            yield Hint(HintKind.EMPTY_SECTION, *where)
        while above and above[-1][0] >= section.level:
            above.pop()
        key = (above[-1][1] if above else -1, section.words.casefold())
        above.append((section.level, number))
        if key in seen:
            yield Hint(HintKind.SECTION_TWICE, *where)
        seen.add(key)
        if section.kind is SectionKind.WORKFLOW and section.body and _is_one_sentence(section.body):
            yield Hint(
                HintKind.NO_STEPS,
                start + section.body_start,
                start + section.body_start + len(section.body),
                section.words,
            )


def _is_empty(section: Section, following: Section | None) -> bool:
    """Whether nothing stands under a heading where something should. The last may be meant for what the person says next."""
    if section.body or section.title or not section.words:
        return False
    if section.kind is SectionKind.ROLE and section.words.endswith((":", "：")):
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


def _about_languages(prompt: str, sections: _Placed) -> Iterator[Hint]:
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


def _about_spelling(prompt: str, declared: Sequence[Variable], others: Sequence[str]) -> Iterator[Hint]:
    """Find names that are not declared and nearly one that is; any other name is a text to be asked for."""
    names = {variable.name for variable in declared}
    used = {name for text in (prompt, *others) for name in names_in(text)}
    idle = names - used
    for place in places_in(prompt):
        if place.name in names | SYSTEM_NAMES:
            continue
        meant = [
            name for name in (*sorted(idle), *sorted(names - idle), *sorted(SYSTEM_NAMES)) if _is_near(place.name, name)
        ]
        if meant:
            yield Hint(HintKind.MISSPELT_VARIABLE, place.start, place.end, detail=(place.name, meant[0]))


def _about_length(prompt: str) -> Iterator[Hint]:
    signs = 0 if prompt.isascii() else len(_HAN.findall(prompt))
    if len(prompt) + 3 * signs > LONG_PROMPT:
        yield Hint(HintKind.LONG)


def _about_declared(
    prompt: str, declared: Sequence[Variable], others: Sequence[str], meant: set[str]
) -> Iterator[Hint]:
    used = meant | {name for text in (prompt, *others) for name in names_in(text)}
    for variable in declared:
        if variable.name not in used:
            kind = HintKind.REQUIRED_UNUSED if variable.required else HintKind.UNUSED_VARIABLE
            yield Hint(kind, detail=(variable.name,))
        if variable.kind is VariableKind.CHOICE and not any(choice.strip() for choice in variable.choices):
            yield Hint(HintKind.NO_CHOICES, detail=(variable.name,))


def _is_near(one: str, two: str) -> bool:
    """Whether a slip of the fingers makes one of the other: a letter more, less, another, or two exchanged. Digits are no slip."""
    if one.casefold() == two.casefold():
        return True
    if one.strip("0123456789_-") == two.strip("0123456789_-") or min(len(one), len(two)) < _SHORTEST_MISSPELT:
        return False
    if len(one) > len(two):
        one, two = two, one
    same = next((at for at, (a, b) in enumerate(zip(one, two, strict=False)) if a != b), len(one))
    rest, other = one[same:], two[same:]
    if len(one) != len(two):
        return rest == other[1:]
    return rest[1:] == other[1:] or (rest[:2] == other[1::-1] and rest[2:] == other[2:])

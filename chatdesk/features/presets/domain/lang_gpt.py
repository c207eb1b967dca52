"""LangGPT prompt as sections under headings, parsed from any text and written back without loss.

Sections are consecutive regardless of their heading levels; joined, they are the text. `section_kinds.py` classifies the headings, and
`conversion.py` converts a plain prompt to sections.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import accumulate, pairwise

from chatdesk.features.presets.domain.headings import Heading, heading_in, outside_code
from chatdesk.features.presets.domain.section_kinds import ORDER, SectionKind, heading_for, kind_of, name_in
from chatdesk.features.presets.domain.sentences import is_chinese
from chatdesk.kernel.fast_dataclass import dataclass

_DEFAULT_LEVEL = 2
_MAX_LEVEL = 6
_GAP = "\n\n"


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with its text, consisting of `heading`, `lead`, `body` and `tail`. The user sees the body.

    The heading is the whole line without its line ending; empty for text before the first heading. `lead` is the white space between
    heading and body, `tail` that after the section. The lead is kept but not written while the body is empty.
    """

    heading: str = ""
    lead: str = ""
    body: str = ""
    tail: str = ""

    @property
    def text(self) -> str:
        """The section as written in the prompt."""
        return f"{self.heading}{self.lead if self.body else ''}{self.body}{self.tail}"

    @property
    def level(self) -> int:
        """The level of the heading; 0 without a heading."""
        return self._parsed_heading.level if self._parsed_heading else 0

    @property
    def heading_text(self) -> str:
        """The text of the heading without the marks."""
        return self._parsed_heading.heading_text if self._parsed_heading else ""

    @property
    def kind(self) -> SectionKind:
        """The topic of the section."""
        return kind_of(self.heading_text) if self._parsed_heading else SectionKind.OPENING

    @property
    def title(self) -> str:
        """The text after the colon of the heading: "Travel planner" in `# Role: Travel planner`."""
        return self.heading_text[len(name_in(self.heading_text)) + 1 :].strip()

    @property
    def body_start(self) -> int:
        """The offset of the body in the section."""
        return len(self.heading) + (len(self.lead) if self.body else 0)

    def with_body(self, body: str) -> "Section":
        """Return the section with another body; heading and white space are kept."""
        lead = self.lead or ("\n" if self.heading else "")
        return replace(self, body=body, lead=lead)

    def with_title(self, title: str) -> "Section":
        """Return the section with another title after the colon; an empty title removes the colon."""
        title, name = " ".join(title.split()), name_in(self.heading_text).rstrip()
        colon = "：" if is_chinese(name) else ": "
        return self.with_heading_text(f"{name}{colon}{title}" if title else name)

    def with_heading_text(self, heading_text: str) -> "Section":
        """Return the section with another heading text at the same level."""
        return replace(self, heading=f"{'#' * self.level} {' '.join(heading_text.split())}".rstrip())

    @property
    def _parsed_heading(self) -> Heading | None:
        return heading_in(self.heading) if self.heading else None


@dataclass(frozen=True, slots=True)
class Structure:
    """A prompt as sections. Operations return a new prompt and keep the text of all other sections byte for byte."""

    sections: tuple[Section, ...] = ()

    @property
    def text(self) -> str:
        """The text of the prompt."""
        return "".join(section.text for section in self.sections)

    @property
    def starts(self) -> tuple[int, ...]:
        """The offset of each section in the text."""
        lengths = (len(section.text) for section in self.sections)
        return tuple(accumulate(lengths, initial=0))[:-1]

    @property
    def is_lang_gpt(self) -> bool:
        """Whether any heading is a known LangGPT heading."""
        return any(section.kind not in {SectionKind.OPENING, SectionKind.OTHER} for section in self.sections)

    def replaced(self, index: int, section: Section) -> "Structure":
        """Return the prompt with the section at this index replaced."""
        return Structure((*self.sections[:index], section, *self.sections[index + 1 :]))

    def removed(self, index: int) -> "Structure":
        """Return the prompt without the section at this index. The new last section gets the trailing white space of the old one."""
        kept = [*self.sections[:index], *self.sections[index + 1 :]]
        if kept and index == len(kept):
            kept[-1] = replace(kept[-1], tail=self.sections[index].tail)
        return Structure(tuple(kept))

    def inserted(self, index: int, section: Section, gap: str = "") -> "Structure":
        """Return the prompt with a section inserted at this index.

        At the end, `gap` separates it from the section before it, whose trailing white space it gets.
        """
        sections = list(self.sections)
        if sections and index == len(sections):
            last = sections[-1]
            sections[-1] = replace(last, tail=_separator(gap or self._gap))
            section = replace(section, tail=last.tail)
        elif sections:
            section = replace(section, tail=_separator(section.tail or self._gap))
        sections.insert(index, section)
        return Structure(tuple(sections))

    def moved(self, index: int, by: int) -> "Structure":
        """Return the prompt with a section moved down by `by` positions. The white space between the sections keeps its position."""
        target = index + by
        if not self.can_move(index, by):
            return self
        order = list(self.sections)
        order.insert(target, order.pop(index))
        return Structure(
            tuple(replace(section, tail=old.tail) for section, old in zip(order, self.sections, strict=True))
        )

    def can_move(self, index: int, by: int) -> bool:
        """Return whether a section can be moved by `by` positions. Text before the first heading always stays first."""
        first = 1 if self.sections and not self.sections[0].heading else 0
        return first <= index < len(self.sections) and first <= index + by < len(self.sections)

    def added(self, kind: SectionKind) -> tuple["Structure", int]:
        """Return the prompt with an empty section of this kind at its LangGPT position and in the style of the others, and its index."""
        heading_text = heading_for(kind, chinese=self._is_chinese)
        level = 1 if kind is SectionKind.ROLE else self._level
        rank = ORDER.index(kind)
        before = [index for index, section in enumerate(self.sections) if ORDER.index(section.kind) <= rank]
        index = len(self.sections) if kind is SectionKind.OTHER else max(before, default=-1) + 1
        while index < len(self.sections) and self.sections[index].level > level:
            index += 1  # deeper sections belong to the one before
        return self.inserted(index, Section(f"{'#' * level} {heading_text}", lead=self._lead)), index

    def missing(self, kinds: tuple[SectionKind, ...]) -> tuple[SectionKind, ...]:
        """Return those kinds that the prompt does not have."""
        existing = {section.kind for section in self.sections}
        return tuple(kind for kind in kinds if kind not in existing)

    @property
    def _is_chinese(self) -> bool:
        """Whether the headings are Chinese; without known headings, whether the text is."""
        names = "".join(section.heading_text for section in self.sections if section.kind is not SectionKind.OTHER)
        return is_chinese(names or self.text)

    @property
    def _level(self) -> int:
        levels = Counter(section.level for section in self.sections if section.kind is not SectionKind.ROLE)
        del levels[0]
        return min((-count, level) for level, count in levels.items())[1] if levels else _DEFAULT_LEVEL

    @property
    def _gap(self) -> str:
        """The most frequent white space between sections."""
        gaps = Counter(section.tail for section in self.sections[:-1] if section.heading)
        return gaps.most_common(1)[0][0] if gaps else _GAP

    @property
    def _lead(self) -> str:
        leads = Counter(section.lead for section in self.sections if section.heading and section.body)
        return leads.most_common(1)[0][0] if leads else "\n"


def parse(text: str) -> Structure:
    """Return the sections of a text; joined, they are the text byte for byte.

    A heading starts a section if it is the first one, is a known LangGPT heading, is of level 1 or 2, or is not deeper than the heading
    before it. All other headings belong to the body of their section.
    """
    starts: list[int] = []
    level = _MAX_LEVEL
    for line in outside_code(text):
        heading = heading_in(line.text)
        if heading is None:
            continue
        known = kind_of(heading.heading_text) is not SectionKind.OTHER
        if known or (not heading.tight and (heading.level <= max(_DEFAULT_LEVEL, level))):
            starts.append(line.start)
            level = heading.level
    if not starts or starts[0] > 0:
        starts.insert(0, 0)
    return Structure(tuple(_section(text[start:end]) for start, end in pairwise([*starts, len(text)]) if end > start))


def sections_with_offsets(structure: Structure) -> Iterator[tuple[int, Section]]:
    """Yield the offset of each section in the text, and the section."""
    return zip(structure.starts, structure.sections, strict=True)


def _section(text: str) -> Section:
    line = text.partition("\n")[0]
    heading = line.rstrip() if _begins_section(line) else ""
    rest = text[len(heading) :]
    body = rest.strip()
    if not body:
        return Section(heading, tail=rest)
    # The first line keeps its indentation, which is significant in lists and code.
    start = rest.rfind("\n", 0, rest.index(body)) + 1 or len(rest) - len(rest.lstrip())
    end = len(rest.rstrip())
    return Section(heading, rest[:start], rest[start:end], rest[end:])


def _begins_section(line: str) -> bool:
    heading = heading_in(line)
    return heading is not None and (not heading.tight or kind_of(heading.heading_text) is not SectionKind.OTHER)


def _separator(tail: str) -> str:
    """Return white space that separates a section from the next one."""
    return tail if "\n" in tail else f"{tail}{_GAP}"

"""A prompt as LangGPT writes it: sections under headings, read from any text and written back without loss.

Sections lie one after the other, whatever the levels of their headings; together they are the text. What a heading is about is told by
`section_kinds.py`; a plain prompt is made into sections by `conversion.py`.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import accumulate, pairwise

from chatdesk.features.presets.domain.headings import Heading, heading_in, outside_code
from chatdesk.features.presets.domain.section_kinds import ORDER, SectionKind, heading_words, kind_of, name_in
from chatdesk.features.presets.domain.sentences import is_chinese
from chatdesk.kernel.fast_dataclass import dataclass

_USUAL_LEVEL = 2
_DEEPEST = 6
_GAP = "\n\n"


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it. Its text is `heading`, `lead`, `body`, `tail`, of which the user sees the body.

    The heading is the whole line without its end; empty for what stands before the first one. `lead` is what parts it from the body, `tail`
    what parts the section from the next: white space only. While the body is empty the lead is remembered, not written.
    """

    heading: str = ""
    lead: str = ""
    body: str = ""
    tail: str = ""

    @property
    def text(self) -> str:
        """The section as it stands in the prompt."""
        return f"{self.heading}{self.lead if self.body else ''}{self.body}{self.tail}"

    @property
    def level(self) -> int:
        """That of its heading; 0 without one."""
        return self._read.level if self._read else 0

    @property
    def words(self) -> str:
        """Those of its heading, without the marks."""
        return self._read.words if self._read else ""

    @property
    def kind(self) -> SectionKind:
        """What it is about."""
        return kind_of(self.words) if self._read else SectionKind.OPENING

    @property
    def title(self) -> str:
        """What stands behind the colon of its heading: the travel planner of `# Role: Travel planner`."""
        return self.words[len(name_in(self.words)) + 1 :].strip()

    @property
    def body_start(self) -> int:
        """Where in its text the body begins."""
        return len(self.heading) + (len(self.lead) if self.body else 0)

    def with_body(self, body: str) -> "Section":
        """Return it with another body; heading and white space stay."""
        lead = self.lead or ("\n" if self.heading else "")
        return replace(self, body=body, lead=lead)

    def with_title(self, title: str) -> "Section":
        """Return it with another title behind the colon; an empty one takes the colon away."""
        title, name = " ".join(title.split()), name_in(self.words).rstrip()
        colon = "：" if is_chinese(name) else ": "
        return self.with_words(f"{name}{colon}{title}" if title else name)

    def with_words(self, words: str) -> "Section":
        """Return it with other words for its heading, at the same level."""
        return replace(self, heading=f"{'#' * self.level} {' '.join(words.split())}".rstrip())

    @property
    def _read(self) -> Heading | None:
        return heading_in(self.heading) if self.heading else None


@dataclass(frozen=True, slots=True)
class Structure:
    """A prompt in sections. The changed ones are new; the text of the others stays as it was written, byte for byte."""

    sections: tuple[Section, ...] = ()

    @property
    def text(self) -> str:
        """The prompt."""
        return "".join(section.text for section in self.sections)

    @property
    def starts(self) -> tuple[int, ...]:
        """Where each section begins in the text."""
        lengths = (len(section.text) for section in self.sections)
        return tuple(accumulate(lengths, initial=0))[:-1]

    @property
    def is_lang_gpt(self) -> bool:
        """Whether one of its headings is among those LangGPT knows."""
        return any(section.kind not in {SectionKind.OPENING, SectionKind.OTHER} for section in self.sections)

    def replaced(self, place: int, section: Section) -> "Structure":
        """Return it with another section in this place."""
        return Structure((*self.sections[:place], section, *self.sections[place + 1 :]))

    def removed(self, place: int) -> "Structure":
        """Return it without a section. The new end has the white space of the old one."""
        kept = [*self.sections[:place], *self.sections[place + 1 :]]
        if kept and place == len(kept):
            kept[-1] = replace(kept[-1], tail=self.sections[place].tail)
        return Structure(tuple(kept))

    def inserted(self, place: int, section: Section, gap: str = "") -> "Structure":
        """Return it with one section more, which begins here. Behind the last one `gap` parts it, and it gets the end's white space."""
        sections = list(self.sections)
        if sections and place == len(sections):
            last = sections[-1]
            sections[-1] = replace(last, tail=_parting(gap or self._gap))
            section = replace(section, tail=last.tail)
        elif sections:
            section = replace(section, tail=_parting(section.tail or self._gap))
        sections.insert(place, section)
        return Structure(tuple(sections))

    def moved(self, place: int, by: int) -> "Structure":
        """Return it with a section so many places further down. White space stays where it is, between the sections."""
        target = place + by
        if not self.can_move(place, by):
            return self
        order = list(self.sections)
        order.insert(target, order.pop(place))
        return Structure(
            tuple(replace(section, tail=old.tail) for section, old in zip(order, self.sections, strict=True))
        )

    def can_move(self, place: int, by: int) -> bool:
        """Whether a section can go there. Nothing goes above what stands before the first heading."""
        first = 1 if self.sections and not self.sections[0].heading else 0
        return first <= place < len(self.sections) and first <= place + by < len(self.sections)

    def added(self, kind: SectionKind) -> tuple["Structure", int]:
        """Return it with an empty section of this kind, where LangGPT has it, and its place. It is written as the others are."""
        words = heading_words(kind, chinese=self._is_chinese)
        level = 1 if kind is SectionKind.ROLE else self._level
        rank = ORDER.index(kind)
        before = [place for place, section in enumerate(self.sections) if ORDER.index(section.kind) <= rank]
        place = len(self.sections) if kind is SectionKind.OTHER else max(before, default=-1) + 1
        while place < len(self.sections) and self.sections[place].level > level:
            place += 1  # what is deeper belongs to the one before
        return self.inserted(place, Section(f"{'#' * level} {words}", lead=self._lead)), place

    def missing(self, kinds: tuple[SectionKind, ...]) -> tuple[SectionKind, ...]:
        """Return which of these it has not."""
        have = {section.kind for section in self.sections}
        return tuple(kind for kind in kinds if kind not in have)

    @property
    def _is_chinese(self) -> bool:
        """Whether its headings are; without any that say so, whether its text is."""
        names = "".join(section.words for section in self.sections if section.kind is not SectionKind.OTHER)
        return is_chinese(names or self.text)

    @property
    def _level(self) -> int:
        levels = Counter(section.level for section in self.sections if section.kind is not SectionKind.ROLE)
        del levels[0]
        return min((-count, level) for level, count in levels.items())[1] if levels else _USUAL_LEVEL

    @property
    def _gap(self) -> str:
        """What parts its sections, mostly."""
        gaps = Counter(section.tail for section in self.sections[:-1] if section.heading)
        return gaps.most_common(1)[0][0] if gaps else _GAP

    @property
    def _lead(self) -> str:
        leads = Counter(section.lead for section in self.sections if section.heading and section.body)
        return leads.most_common(1)[0][0] if leads else "\n"


def parse(text: str) -> Structure:
    """Return the sections of a text; their text is this one, byte for byte.

    A heading begins a section if it is the first, if LangGPT knows it, if it is of the first two levels, or if it lies no deeper than the
    one before it. Any other stays in the body of the section it stands in.
    """
    starts: list[int] = []
    level = _DEEPEST
    for line in outside_code(text):
        heading = heading_in(line.text)
        if heading is None:
            continue
        known = kind_of(heading.words) is not SectionKind.OTHER
        if known or (not heading.tight and (heading.level <= max(_USUAL_LEVEL, level))):
            starts.append(line.start)
            level = heading.level
    if not starts or starts[0] > 0:
        starts.insert(0, 0)
    return Structure(tuple(_section(text[start:end]) for start, end in pairwise([*starts, len(text)]) if end > start))


def placed(structure: Structure) -> Iterator[tuple[int, Section]]:
    """Yield where in the text each section begins, and the section."""
    return zip(structure.starts, structure.sections, strict=True)


def _section(text: str) -> Section:
    line = text.partition("\n")[0]
    heading = line.rstrip() if _begins_section(line) else ""
    rest = text[len(heading) :]
    body = rest.strip()
    if not body:
        return Section(heading, tail=rest)
    # The first line keeps its indentation: in a list or in code it means something.
    start = rest.rfind("\n", 0, rest.index(body)) + 1 or len(rest) - len(rest.lstrip())
    end = len(rest.rstrip())
    return Section(heading, rest[:start], rest[start:end], rest[end:])


def _begins_section(line: str) -> bool:
    heading = heading_in(line)
    return heading is not None and (not heading.tight or kind_of(heading.words) is not SectionKind.OTHER)


def _parting(tail: str) -> str:
    """Return white space that parts a section from the next one."""
    return tail if "\n" in tail else f"{tail}{_GAP}"

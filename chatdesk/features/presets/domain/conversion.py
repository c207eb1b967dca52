"""Conversion of a plain prompt to LangGPT sections by simple, predictable rules. All sentences are kept verbatim.

The section of a sentence is recognized by a role ("You are …"), a prohibition, numbered steps, a description of the output, a line that
contains only variables, or a label such as "Rules:" above a list. Other sentences are background if they describe something, otherwise
goals. Existing headings are kept with the text below them.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from chatdesk.features.presets.domain.headings import Line, lines_of
from chatdesk.features.presets.domain.lang_gpt import Section, Structure, parse
from chatdesk.features.presets.domain.section_kinds import ORDER, SectionKind, heading_for, kind_of
from chatdesk.features.presets.domain.sentences import is_chinese, split_sentences
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.presets.template import placeholders_in

_ROLE = re.compile(
    r"(?:you are|you’re|you're) (?:an?|the|my|our|one of)\b"
    r"|you (?:will )?act as\b|act as\b|i want you to act as\b|your role is\b|pretend to be\b"
    r"|[你您](?:现在)?是(?!否|不是)|(?:请)?[你您]?(?:将|来)?(?:扮演|担任|充当)|(?:请)?作为一[名位个]|假设[你您]是|假如[你您]是",
    re.IGNORECASE,
)
_CONSTRAINT = re.compile(
    r"(?:please )?(?:never|always|do not|don['’]t|avoid|refrain from|under no circumstances)\b"
    r"|(?:you|it|the \w+|answers?) (?:must|must not|should never|should not|shouldn['’]t|may not)\b"
    r"|[^，,。；;]{0,6}(?:不要|不得|禁止|切勿|请勿|严禁|不许|避免|务必|必须|始终|绝不)",
    re.IGNORECASE,
)
_OUTPUT = re.compile(
    r"(?:please )?(?:output|format)\b|the (?:output|answer|format)\b"
    r"|(?:please )?(?:answer|reply|respond|return|present|give)\b(?:\s*:|.{0,40}?\b(?:as|in|with|using)\b)"
    r"|(?:please )?return (?:only|just|nothing|json|the)\b"
    r"|(?:请|最后|最终)?(?:只|仅)?(?:输出|返回)|(?:请)?(?:以|用|按照?|使用)[^，,。]{1,20}(?:输出|回答|返回|回复|呈现|作答)|(?:输出|回答)格式",
    re.IGNORECASE,
)
_EXAMPLE = re.compile(r"(?:for )?examples?\b.{0,20}:|(?:例如|比如|示例|例子)[^。]{0,8}[:：]", re.IGNORECASE)
_DESCRIPTION = re.compile(
    r"(?:the|our|we|i|my|this|these|there|it|they|he|she|context|background)\b(?! (?:goal|task|aim))"
    r"|我|这|本|该|用户|公司|目前|背景|现在有",
    re.IGNORECASE,
)
_STEP = re.compile(r"\s*(?:\d+[.)、．]|[(（]\d+[)）]|step \d+\b|第[一二三四五六七八九十\d]+步|[①-⑳])", re.IGNORECASE)
_BULLET = re.compile(r"\s*[-*+•·]\s")
_LEAD_IN = re.compile(r"[:：]\s*$")


@dataclass(frozen=True, slots=True)
class _Part:
    """Text that stays together: a sentence, a list with its lead-in line, or a code block."""

    kind: SectionKind
    text: str
    line: int
    """Offset of its first line in the prompt."""
    separator: str = "\n"
    """The white space after it in the prompt."""


def convert(text: str) -> str:
    """Return the prompt in sections. A prompt that already has LangGPT headings is returned unchanged."""
    structure = parse(text)
    if structure.is_lang_gpt or not text.strip():
        return text
    opening = structure.sections[0]
    if opening.heading:
        return text
    chinese = is_chinese(text)
    parts = list(_parts(opening.text))
    sections = [
        _section(kind, [part for part in parts if part.kind is kind], chinese=chinese)
        for kind in ORDER
        if any(part.kind is kind for part in parts)
    ]
    sections = [replace(section, tail="\n\n") for section in sections]
    sections[-1] = replace(sections[-1], tail=opening.tail)
    return Structure((*sections, *structure.sections[1:])).text


def _parts(text: str) -> Iterator[_Part]:
    has_role = False
    kind = SectionKind.GOALS
    for block in _blocks(lines_of(text)):
        unsplit = _unsplit_part(block, kind)
        for part in (unsplit,) if unsplit else _sentence_parts(block[0]):
            kind = SectionKind.GOALS if part.kind is SectionKind.ROLE and has_role else part.kind
            has_role = has_role or kind is SectionKind.ROLE
            yield replace(part, kind=kind)


def _blocks(lines: tuple[Line, ...]) -> Iterator[list[Line]]:
    """Yield groups of lines: a lead-in with its list, a list item with its continuation lines, a code block, or otherwise a single line."""
    block: list[Line] = []
    for line in lines:
        if not line.in_code and not line.text.strip():
            if block and (block[-1].in_code or not _LEAD_IN.search(block[-1].text)):
                yield block
                block = []
            continue
        if block and not _continues(block, line):
            yield block
            block = []
        block.append(line)
    if block:
        yield block


def _continues(block: list[Line], line: Line) -> bool:
    if line.in_code:
        return block[-1].in_code or bool(_LEAD_IN.search(block[-1].text))
    if block[-1].in_code:
        return False
    if _LEAD_IN.search(block[0].text) and not _is_item(block[0]):
        return len(block) == 1 or _is_continuation(line) or not _is_continuation(block[1])
    if _is_item(block[0]):
        return line.text[:1].isspace() or (_starts_with_step(block) and bool(_STEP.match(line.text)))
    return _is_continuation(block[0]) and _is_continuation(line)


def _unsplit_part(block: list[Line], before: SectionKind) -> _Part | None:
    """Return a block that is not split; None for a line of sentences. Code belongs to the section of the text before it (`before`)."""
    text = "".join(line.text for line in block).strip("\n")
    if any(not line.closed for line in block):
        return _Part(SectionKind.INPUT, text, block[0].start)  # must be last: anything after it would become code
    first = block[0].text
    if _is_only_variables(text):
        return _Part(SectionKind.INPUT, text, block[0].start)
    if block[0].in_code:
        return _Part(before, text, block[0].start)
    if len(block) == 1 and not _is_continuation(block[0]):
        return None
    if _starts_with_step(block):
        return _Part(SectionKind.WORKFLOW, text, block[0].start)
    label = _LEAD_IN.sub("", first)
    if label != first and (named := kind_of(label)) is not SectionKind.OTHER:
        return _Part(named, text, block[0].start)
    kind = _kind_of_sentence(_BULLET.sub("", first).strip() if _BULLET.match(first) else first.strip())
    if kind in {SectionKind.GOALS, SectionKind.ROLE} and any(_STEP.match(line.text) for line in block[1:]):
        kind = SectionKind.WORKFLOW
    return _Part(kind, text, block[0].start)


def _sentence_parts(line: Line) -> Iterator[_Part]:
    *others, last = split_sentences(line.text.rstrip())
    for text, separator in (*others, (last[0], "\n")):
        yield _Part(_kind_of_sentence(text.strip()), text.strip(), line.start, separator)


def _kind_of_sentence(text: str) -> SectionKind:
    for pattern, kind in (
        (_ROLE, SectionKind.ROLE),
        (_OUTPUT, SectionKind.OUTPUT_FORMAT),
        (_CONSTRAINT, SectionKind.CONSTRAINTS),
        (_EXAMPLE, SectionKind.EXAMPLES),
        (_DESCRIPTION, SectionKind.BACKGROUND),
    ):
        if pattern.match(text):
            return kind
    return SectionKind.GOALS


def _section(kind: SectionKind, parts: list[_Part], *, chinese: bool) -> Section:
    level = 1 if kind is SectionKind.ROLE else 2
    heading = f"{'#' * level} {heading_for(kind, chinese=chinese)}"
    if kind is SectionKind.CONSTRAINTS:
        lines = [part.text if "\n" in part.text or _BULLET.match(part.text) else f"- {part.text}" for part in parts]
        return Section(heading, "\n", "\n".join(lines))
    body = parts[0].text
    for before, part in pairwise(parts):
        body += (before.separator if before.line == part.line else "\n") + part.text
    return Section(heading, "\n", body)


def _is_item(line: Line) -> bool:
    return not line.in_code and bool(_STEP.match(line.text) or _BULLET.match(line.text))


def _is_continuation(line: Line) -> bool:
    """Return whether a line is part of a list, a table or a quotation."""
    return not line.in_code and (_is_item(line) or line.text[:1].isspace() or line.text.startswith(("|", ">")))


def _starts_with_step(block: list[Line]) -> bool:
    return not block[0].in_code and bool(_STEP.match(block[0].text))


def _is_only_variables(text: str) -> bool:
    end, left = 0, ""
    for placeholder in placeholders_in(text):
        left += text[end : placeholder.start]
        end = placeholder.end
    return bool(end) and not (left + text[end:]).strip()

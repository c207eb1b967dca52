"""Assignment of style sheets and scripts to the pages of an answer: by the references of a page, otherwise by order.

A page with inline styles or scripts and no such references gets no others: further code in the answer is then an excerpt.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from chatdesk.features.previews.domain.artifact import CodeFence
from chatdesk.features.previews.domain.file_names import find_named, plain_path
from chatdesk.features.previews.domain.html_tags import Tag, tags
from chatdesk.features.previews.domain.modules import imported_files
from chatdesk.kernel.fast_dataclass import dataclass

_NAMES = frozenset({"link", "script", "style"})
_SCRIPT_TYPES = frozenset(
    {"", "module", "text/javascript", "application/javascript", "text/ecmascript", "application/ecmascript"}
)


@dataclass(frozen=True, slots=True)
class PagePart:
    """A fence with its normalized language and its file name; empty if it has none."""

    fence: CodeFence
    language: str
    name: str


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference to a file in a page."""

    tag: Tag
    language: str
    path: str


def references(page: str) -> tuple[list[Reference], set[str]]:
    """Return the local references of a page, and the languages of its inline code."""
    found, own = [], set()
    for tag in tags(page, _NAMES):
        if tag.closing:
            continue
        path = plain_path(tag.value("href" if tag.name == "link" else "src") or "")
        if tag.name == "link":
            if path and "stylesheet" in (tag.value("rel") or "").lower().split():
                found.append(Reference(tag, "css", path))
        elif tag.name == "style":
            own.add("css")
        elif path:
            found.append(Reference(tag, "javascript", path))
        elif tag.value("src") is None and _is_script(tag) and page[tag.end : tag.content_end].strip():
            own.add("javascript")
    return found, own


def _is_script(tag: Tag) -> bool:
    return (tag.value("type") or "").strip().lower() in _SCRIPT_TYPES


def pages_of(parts: Sequence[PagePart], components: Sequence[str]) -> Iterator[list[PagePart]]:
    """Yield each page with the files that belong to it, the page first.

    `components` are the names of React files: a page that only loads one of them is skipped.
    """
    pages = [part for part in parts if part.language == "html"]
    others = [part for part in parts if part.language in {"css", "javascript"}]
    page_references = [references(page.fence.text) for page in pages]
    groups: list[list[PagePart]] = [[page] for page in pages]
    open_references: list[list[Reference]] = []
    assigned: set[int] = set()
    for group, (asked, _) in zip(groups, page_references, strict=True):
        left = []
        for reference in asked:
            same = [other for other in others if other.language == reference.language]
            index = find_named(reference.path, [other.name for other in same])
            if index is None:
                left.append(reference)
            elif same[index] not in group:
                group.append(same[index])
                assigned.add(same[index].fence.number)
        open_references.append(left)
    _add_imported_modules(groups, others, assigned)
    for other in others:
        if other.fence.number not in assigned:
            _assign(other, groups, page_references, open_references)
    _add_imported_modules(groups, others, assigned)
    for group, (asked, _) in zip(groups, page_references, strict=True):
        starts = any(find_named(reference.path, components) is not None for reference in asked)
        if not (starts and len(group) == 1):
            yield group


def _add_imported_modules(groups: list[list[PagePart]], others: Sequence[PagePart], assigned: set[int]) -> None:
    """Add to each page the modules that its scripts import."""
    scripts = [other for other in others if other.language == "javascript"]
    names = [script.name for script in scripts]
    for group in groups:
        # Inline scripts of the page can import modules too.
        for part in group:  # grows during the iteration
            if part.language == "css":
                continue
            for index in imported_files(part.fence.text, names):
                if scripts[index] not in group:
                    group.append(scripts[index])
                    assigned.add(scripts[index].fence.number)


def _assign(
    other: PagePart,
    groups: list[list[PagePart]],
    page_references: Sequence[tuple[list[Reference], set[str]]],
    open_references: list[list[Reference]],
) -> None:
    """Assign an unreferenced file to the preceding page, or else to the next one, if that page lacks one of its language."""
    before = [index for index, group in enumerate(groups) if group[0].fence.number < other.fence.number]
    nearest = [*before[-1:], *[index for index in range(len(groups)) if index not in before][:1]]
    for index in nearest:
        reference = next((left for left in open_references[index] if left.language == other.language), None)
        if reference is not None:
            open_references[index].remove(reference)
            # The file takes the name that the page uses for it.
            groups[index].append(replace(other, name=reference.path))
            return
    for index in nearest:
        asked, own = page_references[index]
        if other.language not in own and all(reference.language != other.language for reference in asked):
            groups[index].append(other)
            return

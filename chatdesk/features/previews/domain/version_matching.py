"""Detection of artifacts in a chat that are versions of the same artifact, by names, titles and similarity of their code.

Answers are processed once, in the order of the chat, and decisions are final: a later answer never changes the number of an earlier
version. Two artifacts of one answer are never versions of each other.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Self

from chatdesk.features.previews.domain.artifact import Artifact, ArtifactKind
from chatdesk.features.previews.domain.file_names import is_generic_name, last_part
from chatdesk.kernel.fast_dataclass import dataclass

_MAX_COMPARED_LENGTH = 20_000
"""Maximum characters of code to compare."""
_FEW_LINES = 6
_COMMON = re.compile(
    r"<(?:/|!|title\b|(?:html|head|meta|body|style|script|main|div|ul|svg)\b[^>]*>$)|\W*$|@?\w{0,4}\W*$"
    r"|(?:margin|padding|box-sizing|display|justify-content|align-items|font-family|cursor|border|width|height)\s*:"
    r"|import .{0,60}[\"']react|export default"
)
"""Lines that code of one kind typically contains, whatever its purpose."""
_WORD = re.compile(r"[^\W_]{3,}")


@dataclass(frozen=True, slots=True)
class Features:
    """The compared features of code: its lines, or its words if it has few lines."""

    counts: Counter[str]
    total: int

    @classmethod
    def of(cls, artifact: Artifact) -> Self:
        """Return the features of an artifact, from the beginning of its code."""
        text = "\n".join(file.text[:_MAX_COMPARED_LENGTH] for file in artifact.files)[:_MAX_COMPARED_LENGTH]
        lines = [stripped for line in text.split("\n") if not _COMMON.match(stripped := line.strip())]
        units = lines if len(lines) >= _FEW_LINES else _WORD.findall("\n".join(lines))
        counts = Counter(units)
        return cls(counts, sum(counts.values()))

    def similarity(self, other: Self) -> float:
        """Return the share of common features regardless of order (difflib's quick ratio): 0 for none, 1 for identical ones."""
        both = self.total + other.total
        # The sizes alone give an upper limit, which avoids the comparison in many cases.
        if not both or min(self.total, other.total) * 4 < both - min(self.total, other.total):
            return 0.0
        return 2 * sum((self.counts & other.counts).values()) / both


_MIN_SIMILARITY = 0.5
_MAX_COMPARED = 8
"""Maximum number of groups to compare an artifact with, the most recently changed ones. This limits the time for long chats."""
_MAX_NAME_LENGTH = 200
"""Maximum characters of names and titles, which come from a model."""
_VERSION_WORDS = re.compile(
    r"(?:[\s_.–—-]*[(\[]?(?<![^\W_])(?:v|version |ver\.? ?)\d+(?:\.\d+)*[)\]]?"
    r"|[\s_.–—-]*[(\[](?:fixed|updated|improved|final|new|revised)[)\]]|[\s_.-]+(?:fixed|updated|improved|final|revised))+$"
)
_GENERIC_TITLES = frozenset(
    {
        *(
            "",
            "document",
            "untitled",
            "untitled document",
            "title",
            "page",
            "page title",
            "my page",
            "home",
            "index",
            "html",
        ),
        *(
            "app",
            "my app",
            "main",
            "demo",
            "example",
            "test",
            "component",
            "script",
            "preview",
            "diagram",
            "graph",
            "data",
        ),
        *("文档", "无标题", "标题", "示例", "页面", "首页", "测试", "演示"),
    }
)


@dataclass(frozen=True, slots=True)
class Answer:
    """The artifacts of one answer.

    `question` is the ID of the answered message: in several answers to one question, artifacts that are the only one of their kind are
    versions of each other. `changes` is the ID of the message whose artifacts the user edited, if any; the identities are the same, and
    `message` is then a unique ID for the edited version.
    """

    message: str
    artifacts: Sequence[Artifact]
    question: str = ""
    changes: str = ""


@dataclass(frozen=True, slots=True)
class Version:
    """A version; numbers count from 1 in the order of the chat."""

    number: int
    message: str
    artifact: Artifact


@dataclass(frozen=True, slots=True)
class Versions:
    """All artifacts of a chat grouped into versions. A message ID and an artifact identity find a version."""

    groups: tuple[tuple[Version, ...], ...]
    positions: Mapping[tuple[str, int], tuple[int, int]]
    """The group of an artifact and its index in the group."""

    def of(self, message: str, identity: int) -> tuple[Version, ...]:
        """Return all versions of an artifact including itself, oldest first; empty if it is unknown."""
        position = self.positions.get((message, identity))
        return self.groups[position[0]] if position else ()

    def find(self, message: str, identity: int) -> Version | None:
        """Return an artifact as a version; None if it is unknown."""
        position = self.positions.get((message, identity))
        return self.groups[position[0]][position[1]] if position else None


def versions_of(answers: Iterable[Answer]) -> Versions:
    """Return the versions of all artifacts in a chat. Answers must be in order and have unique IDs.

    Takes linear time; at most 20,000 characters of each artifact are read, and only if its name and title are inconclusive.
    """
    grouping = _Grouping()
    for answer in answers:
        grouping.add(answer)
    return Versions(tuple(tuple(group) for group in grouping.groups), grouping.positions)


type _Key = tuple[ArtifactKind, str, str]


class _Grouping:
    """The groups so far, with the indexes for finding the group of another artifact."""

    def __init__(self) -> None:
        self.groups: list[list[Version]] = []
        self.positions: dict[tuple[str, int], tuple[int, int]] = {}
        self._features: dict[int, Features] = {}
        """Features of the newest version of a group, once it was compared."""
        self._by_key: defaultdict[_Key, list[int]] = defaultdict(list)
        self._recent: defaultdict[ArtifactKind, list[int]] = defaultdict(list)
        self._alone: dict[tuple[str, ArtifactKind], int | None] = {}
        """The group of the only artifact of its kind among the answers to a question; None if an answer had several."""

    def add(self, answer: Answer) -> None:
        """Assign each artifact of an answer to a group: first by name or title, then by similarity."""
        chosen: dict[int, int] = {}
        for artifact in answer.artifacts:
            if (group := self._find_by_name(answer, artifact, set(chosen.values()))) is not None:
                chosen[artifact.identity] = group
        for artifact in answer.artifacts:
            if artifact.identity not in chosen:
                group = self._find_similar(artifact, set(chosen.values()))
                if group is None:
                    group = len(self.groups)
                    self.groups.append([])
                chosen[artifact.identity] = group
            self._append(answer.message, artifact, chosen[artifact.identity])
        self._remember_alone(answer, chosen)

    def _find_by_name(self, answer: Answer, artifact: Artifact, matched: set[int]) -> int | None:
        changed = self.positions.get((answer.changes, artifact.identity)) if answer.changes else None
        if changed and changed[0] not in matched:
            return changed[0]
        for key in _keys(artifact):
            found = [group for group in self._by_key[key] if group not in matched and self._can_match(artifact, group)]
            if found:
                return found[-1]
        same = [other for other in answer.artifacts if other.kind is artifact.kind]
        sibling = self._alone.get((answer.question, artifact.kind)) if answer.question and len(same) == 1 else None
        return sibling if sibling not in matched else None

    def _find_similar(self, artifact: Artifact, matched: set[int]) -> int | None:
        candidates = [
            group for group in self._recent[artifact.kind] if group not in matched and self._can_match(artifact, group)
        ]
        if not candidates:
            return None
        features = Features.of(artifact)
        for group in candidates:
            if group not in self._features:
                self._features[group] = Features.of(self.groups[group][-1].artifact)
        best = max(reversed(candidates), key=lambda group: features.similarity(self._features[group]))
        return best if features.similarity(self._features[best]) >= _MIN_SIMILARITY else None

    def _can_match(self, artifact: Artifact, group: int) -> bool:
        """Return whether the names allow it: files with different names are different artifacts, however similar they are."""
        names = {_plain(file.main.name) for file in (artifact, self.groups[group][-1].artifact)}
        return len({name for name in names if not is_generic_name(name)}) < 2

    def _append(self, message: str, artifact: Artifact, group: int) -> None:
        versions = self.groups[group]
        self.positions[message, artifact.identity] = (group, len(versions))
        versions.append(Version(len(versions) + 1, message, artifact))
        self._features.pop(group, None)
        for key in _keys(artifact):
            _move_to_end(self._by_key[key], group)
        _move_to_end(self._recent[artifact.kind], group)

    def _remember_alone(self, answer: Answer, chosen: Mapping[int, int]) -> None:
        if not answer.question:
            return
        kinds = [artifact.kind for artifact in answer.artifacts]
        for artifact in answer.artifacts:
            alone = kinds.count(artifact.kind) == 1
            group = chosen[artifact.identity] if alone else None
            self._alone.setdefault((answer.question, artifact.kind), group)


def _move_to_end(groups: list[int], group: int) -> None:
    if group in groups:
        groups.remove(group)
    groups.append(group)
    del groups[:-_MAX_COMPARED]


def _keys(artifact: Artifact) -> list[_Key]:
    """Return the keys that identify an artifact, the most reliable first."""
    names = sorted({_plain(file.name) for file in artifact.files})
    keys = []
    if not is_generic_name(_plain(artifact.main.name)):
        keys.append((artifact.kind, "name", _plain(artifact.main.name)))
    if len(names) > 1 and not all(map(is_generic_name, names)):
        keys.append((artifact.kind, "names", "\0".join(names)))
    title = _VERSION_WORDS.sub("", (artifact.title or "")[:_MAX_NAME_LENGTH].casefold()).strip()
    if title not in _GENERIC_TITLES and not is_generic_name(title):
        keys.append((artifact.kind, "title", title))
    return keys


def _plain(name: str) -> str:
    """Return the last part of a file name without version suffixes."""
    last = last_part(name)[-_MAX_NAME_LENGTH:].casefold()
    stem, dot, ending = last.rpartition(".")
    return f"{_VERSION_WORDS.sub('', stem) or stem}{dot}{ending}"

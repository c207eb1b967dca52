"""Which artifacts of a chat are versions of the same thing. Nobody says so: it is told by names, titles and what the code has in common.

Answers are gone through once, in the order of the chat, and nothing that was decided is decided again: a later answer never changes the
number of an earlier version. Two artifacts of one answer are never versions of each other.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Self

from chatdesk.features.previews.domain.artifact import Artifact, ArtifactKind
from chatdesk.features.previews.domain.file_names import is_made_up, last_part
from chatdesk.kernel.fast_dataclass import dataclass

# How alike two codes are: the share of lines they have in common, wherever they stand. It is what difflib
# calls the quick ratio.

_BEGINNING = 20_000
"""Characters that are looked at."""
_FEW_LINES = 6
_COMMON = re.compile(
    r"<(?:/|!|title\b|(?:html|head|meta|body|style|script|main|div|ul|svg)\b[^>]*>$)|\W*$|@?\w{0,4}\W*$"
    r"|(?:margin|padding|box-sizing|display|justify-content|align-items|font-family|cursor|border|width|height)\s*:"
    r"|import .{0,60}[\"']react|export default"
)
"""Lines that code of a kind has in common whatever it is for."""
_WORD = re.compile(r"[^\W_]{3,}")


@dataclass(frozen=True, slots=True)
class Features:
    """What is compared of a code: its lines, or, where it has few, its words."""

    counts: Counter[str]
    total: int

    @classmethod
    def of(cls, artifact: Artifact) -> Self:
        """Return the features of an artifact; of long ones those of the beginning."""
        text = "\n".join(file.text[:_BEGINNING] for file in artifact.files)[:_BEGINNING]
        lines = [stripped for line in text.split("\n") if not _COMMON.match(stripped := line.strip())]
        pieces = lines if len(lines) >= _FEW_LINES else _WORD.findall("\n".join(lines))
        counts = Counter(pieces)
        return cls(counts, sum(counts.values()))

    def likeness(self, other: Self) -> float:
        """Return 0 for nothing in common, 1 for the same."""
        both = self.total + other.total
        # What lengths alone allow is known before anything is counted.
        if not both or min(self.total, other.total) * 4 < both - min(self.total, other.total):
            return 0.0
        return 2 * sum((self.counts & other.counts).values()) / both


_ALIKE = 0.5
_MOST_COMPARED = 8
"""Things that one more artifact is compared with: those that changed last. With all of them a long chat would take forever."""
_LONGEST = 200
"""Characters of names and titles that are looked at: those come from a model, too."""
_VERSION_WORDS = re.compile(
    r"(?:[\s_.–—-]*[(\[]?(?<![^\W_])(?:v|version |ver\.? ?)\d+(?:\.\d+)*[)\]]?"
    r"|[\s_.–—-]*[(\[](?:fixed|updated|improved|final|new|revised)[)\]]|[\s_.-]+(?:fixed|updated|improved|final|revised))+$"
)
_SAYING_NOTHING = frozenset(
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
    """What can run in one answer.

    `question` is the message it answers: others to the same question are its siblings, and what is alone of its kind in both is the
    same thing, said anew. `changes` is the message, if any, whose artifacts these are the user's changes of, with the same identities;
    `message` is then a name of its own for them.
    """

    message: str
    artifacts: Sequence[Artifact]
    question: str = ""
    changes: str = ""


@dataclass(frozen=True, slots=True)
class Version:
    """One version; numbers count from 1 in the order of the chat."""

    number: int
    message: str
    artifact: Artifact


@dataclass(frozen=True, slots=True)
class Versions:
    """All things of a chat that can run, each with its versions. A message and an artifact's identity find theirs."""

    groups: tuple[tuple[Version, ...], ...]
    places: Mapping[tuple[str, int], tuple[int, int]]
    """In which group an artifact is, and where in it."""

    def of(self, message: str, identity: int) -> tuple[Version, ...]:
        """Return all versions of an artifact, oldest first, it among them; none if it is not known."""
        place = self.places.get((message, identity))
        return self.groups[place[0]] if place else ()

    def find(self, message: str, identity: int) -> Version | None:
        """Return an artifact as the version it is; None if it is not known."""
        place = self.places.get((message, identity))
        return self.groups[place[0]][place[1]] if place else None


def versions_of(answers: Iterable[Answer]) -> Versions:
    """Return the versions of everything that can run in a chat, whose answers are given in its order, each under a name of its own.

    Time grows with the number of answers; of each code at most 20,000 characters are read, and only if its name and title say nothing.
    """
    grouping = _Grouping()
    for answer in answers:
        grouping.add(answer)
    return Versions(tuple(tuple(group) for group in grouping.groups), grouping.places)


type _Key = tuple[ArtifactKind, str, str]


class _Grouping:
    """The groups so far, and the ways in which one more artifact finds its own."""

    def __init__(self) -> None:
        self.groups: list[list[Version]] = []
        self.places: dict[tuple[str, int], tuple[int, int]] = {}
        self._features: dict[int, Features] = {}
        """Of the newest version of a group, once it was compared."""
        self._by_key: defaultdict[_Key, list[int]] = defaultdict(list)
        self._recent: defaultdict[ArtifactKind, list[int]] = defaultdict(list)
        self._alone: dict[tuple[str, ArtifactKind], int | None] = {}
        """Which group the only artifact of a kind went to, of the answers to a question; None if one of them had several."""

    def add(self, answer: Answer) -> None:
        """Give each artifact of an answer its group: first those whose name or title says which, then the others."""
        chosen: dict[int, int] = {}
        for artifact in answer.artifacts:
            if (group := self._said(answer, artifact, set(chosen.values()))) is not None:
                chosen[artifact.identity] = group
        for artifact in answer.artifacts:
            if artifact.identity not in chosen:
                group = self._alike(artifact, set(chosen.values()))
                if group is None:
                    group = len(self.groups)
                    self.groups.append([])
                chosen[artifact.identity] = group
            self._put(answer.message, artifact, chosen[artifact.identity])
        self._remember_alone(answer, chosen)

    def _said(self, answer: Answer, artifact: Artifact, taken: set[int]) -> int | None:
        changed = self.places.get((answer.changes, artifact.identity)) if answer.changes else None
        if changed and changed[0] not in taken:
            return changed[0]
        for key in _keys(artifact):
            found = [group for group in self._by_key[key] if group not in taken and self._may_be(artifact, group)]
            if found:
                return found[-1]
        same = [other for other in answer.artifacts if other.kind is artifact.kind]
        sibling = self._alone.get((answer.question, artifact.kind)) if answer.question and len(same) == 1 else None
        return sibling if sibling not in taken else None

    def _alike(self, artifact: Artifact, taken: set[int]) -> int | None:
        candidates = [
            group for group in self._recent[artifact.kind] if group not in taken and self._may_be(artifact, group)
        ]
        if not candidates:
            return None
        features = Features.of(artifact)
        for group in candidates:
            if group not in self._features:
                self._features[group] = Features.of(self.groups[group][-1].artifact)
        best = max(reversed(candidates), key=lambda group: features.likeness(self._features[group]))
        return best if features.likeness(self._features[best]) >= _ALIKE else None

    def _may_be(self, artifact: Artifact, group: int) -> bool:
        """Whether names allow it: two files that are called differently are two things, however alike they are."""
        names = {_plain(file.main.name) for file in (artifact, self.groups[group][-1].artifact)}
        return len({name for name in names if not is_made_up(name)}) < 2

    def _put(self, message: str, artifact: Artifact, group: int) -> None:
        versions = self.groups[group]
        self.places[message, artifact.identity] = (group, len(versions))
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
    del groups[:-_MOST_COMPARED]


def _keys(artifact: Artifact) -> list[_Key]:
    """Return what an artifact can be known by, the surest first."""
    names = sorted({_plain(file.name) for file in artifact.files})
    keys = []
    if not is_made_up(_plain(artifact.main.name)):
        keys.append((artifact.kind, "name", _plain(artifact.main.name)))
    if len(names) > 1 and not all(map(is_made_up, names)):
        keys.append((artifact.kind, "names", "\0".join(names)))
    title = _VERSION_WORDS.sub("", (artifact.title or "")[:_LONGEST].casefold()).strip()
    if title not in _SAYING_NOTHING and not is_made_up(title):
        keys.append((artifact.kind, "title", title))
    return keys


def _plain(name: str) -> str:
    """Return the last part of a file's name without words for its version."""
    last = last_part(name)[-_LONGEST:].casefold()
    stem, dot, ending = last.rpartition(".")
    return f"{_VERSION_WORDS.sub('', stem) or stem}{dot}{ending}"

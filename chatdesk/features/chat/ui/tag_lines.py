"""Tags for reasoning as a person writes them, one pair a line: the model, what opens, what closes; and back."""

import re
import shlex
from collections.abc import Iterable

from chatdesk.kernel.chat.reasoning_tags import MOST_OWN_TAGS, OwnTags
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.models.think_tags import TagFault, ThinkTags

_PLAIN = re.compile(r"[^\s\"'\\]+")


@dataclass(frozen=True, slots=True)
class TagLines:
    """`wrong_line` is the first one that is not sound; `fault` says why, or is None if the line has not three words."""

    own: tuple[OwnTags, ...] = ()
    wrong_line: str = ""
    fault: TagFault | None = None
    too_many: bool = False


def parse_tag_lines(text: str) -> TagLines:
    """Return the pairs in a text; empty lines do not count. Words with spaces in them stand in quotation marks."""
    own: list[OwnTags] = []
    for line in filter(None, map(str.strip, text.splitlines())):
        try:
            words = shlex.split(line)
        except ValueError:
            words = []
        if len(words) != 3 or not words[0].strip():
            return TagLines(wrong_line=line)
        each = OwnTags(words[0].strip(), ThinkTags(words[1], words[2]))
        if each.tags.fault:
            return TagLines(wrong_line=line, fault=each.tags.fault)
        own.append(each)
    return TagLines(too_many=True) if len(own) > MOST_OWN_TAGS else TagLines(tuple(own))


def tag_text(own: Iterable[OwnTags]) -> str:
    """Return pairs as lines."""
    return "\n".join(" ".join(map(_quoted, (each.models, each.tags.opening, each.tags.closing))) for each in own)


def _quoted(word: str) -> str:
    """Return a word so that it is read as one: as it is where that does."""
    return word if _PLAIN.fullmatch(word) else shlex.quote(word)

"""Pairs of tags that the user has set for models, beside those we know (`resources/models.toml`), and their record in the settings."""

import json
from collections.abc import Iterable

from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.models.model_rules import matches
from chatdesk.kernel.models.think_tags import ThinkTags

MOST_OWN_TAGS = 50


@dataclass(frozen=True, slots=True)
class OwnTags:
    """`models` is the id of a model; `*` in it stands for anything, and alone for all."""

    models: str
    tags: ThinkTags


def own_tags_for(own: Iterable[OwnTags], model_id: str) -> tuple[ThinkTags, ...]:
    """Return the pairs for one model, in their order."""
    return tuple(each.tags for each in own if matches((each.models,), model_id))


def to_record(own: Iterable[OwnTags]) -> str:
    """Return them as a text for the settings; empty for none."""
    rows = [[each.models, each.tags.opening, each.tags.closing] for each in own]
    return json.dumps(rows, ensure_ascii=False) if rows else ""


def from_record(record: str) -> tuple[OwnTags, ...]:
    """Read it back; what cannot be understood or looked for is left out."""
    try:
        rows = json.loads(record) if record else []
    except (ValueError, RecursionError):
        return ()
    found = (_read(row) for row in rows[:MOST_OWN_TAGS]) if isinstance(rows, list) else ()
    return tuple(each for each in found if each)


def _read(row: object) -> OwnTags | None:
    match row:
        case [str(models), str(opening), str(closing)] if models.strip():
            tags = ThinkTags(opening, closing)
            return None if tags.fault else OwnTags(models.strip(), tags)
        case _:
            return None

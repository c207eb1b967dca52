"""User-defined pairs of reasoning tags, in addition to the built-in ones (`resources/models.toml`), and their format in the settings."""

import json
from collections.abc import Iterable

from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.models.model_rules import matches
from chatdesk.kernel.models.think_tags import ThinkTags

MAX_CUSTOM_TAGS = 50


@dataclass(frozen=True, slots=True)
class OwnTags:
    """A tag pair for models. `models` is a model id, in which `*` matches anything; `*` alone matches all models."""

    models: str
    tags: ThinkTags


def own_tags_for(own: Iterable[OwnTags], model_id: str) -> tuple[ThinkTags, ...]:
    """Return the tag pairs for a model, in their order."""
    return tuple(each.tags for each in own if matches((each.models,), model_id))


def to_record(own: Iterable[OwnTags]) -> str:
    """Return the tag pairs as text for the settings; an empty string for none."""
    rows = [[each.models, each.tags.opening, each.tags.closing] for each in own]
    return json.dumps(rows, ensure_ascii=False) if rows else ""


def from_record(record: str) -> tuple[OwnTags, ...]:
    """Return the tag pairs from the settings. Invalid and unusable ones are skipped."""
    try:
        rows = json.loads(record) if record else []
    except (ValueError, RecursionError):
        return ()
    found = (_read(row) for row in rows[:MAX_CUSTOM_TAGS]) if isinstance(rows, list) else ()
    return tuple(each for each in found if each)


def _read(row: object) -> OwnTags | None:
    match row:
        case [str(models), str(opening), str(closing)] if models.strip():
            tags = ThinkTags(opening, closing)
            return None if tags.fault else OwnTags(models.strip(), tags)
        case _:
            return None

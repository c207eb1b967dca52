"""What a person wants where a chat does not fit, as plain values for JSON, and back. Reading is tolerant."""

import json
from contextlib import suppress

from chatdesk.kernel.context.context import ContextChoice, ContextWish, Summary

_NO_WISH = ContextWish()


def to_json(wish: ContextWish) -> str:
    """Return it as JSON; an empty text if nothing was said."""
    if wish == ContextWish():
        return ""
    record: dict[str, object] = {"choice": wish.choice.value}
    if wish.summary:
        summary = wish.summary
        record["summary"] = {"text": summary.text, "until": summary.until, **({"of": summary.of} if summary.of else {})}
    return json.dumps(record, ensure_ascii=False, separators=(",", ":"))


def from_json(text: str) -> ContextWish:
    """Return what `to_json` wrote."""
    if not text:  # nearly every chat of a long list
        return _NO_WISH
    try:
        record = json.loads(text)
    except (ValueError, RecursionError):
        record = None
    if not isinstance(record, dict):
        return ContextWish()
    choice = ContextChoice.ASK
    with suppress(ValueError):
        choice = ContextChoice(str(record.get("choice")))
    summary = record.get("summary")
    kept = None
    if isinstance(summary, dict) and isinstance(summary.get("text"), str) and isinstance(summary.get("until"), str):
        of = summary.get("of")
        kept = Summary(summary["text"], summary["until"], of if isinstance(of, str) else "")
    return ContextWish(choice, kept)

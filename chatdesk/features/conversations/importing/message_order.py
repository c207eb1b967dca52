"""The order of messages and of their parts, whatever a file says: each message after its parent, no cycles, no repetitions."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from chatdesk.features.conversations.importing.foreign_chat import (
    DamagedChat,
    ForeignChat,
    ForeignMessage,
    ForeignPart,
    Loss,
)
from chatdesk.features.conversations.importing.foreign_parts import answered, asked
from chatdesk.kernel.chat.message import Role

_BEGINNING_OF_TIME = datetime.fromtimestamp(0, UTC)

MAX_MESSAGES = 100_000
"""Maximum number of messages of a chat."""


def forest[Item](
    items: Iterable[Item], name_of: Callable[[Item], str], parent_of: Callable[[Item], str]
) -> dict[str, tuple[str, Item]]:
    """Return the items by name, each after its parent, whose name is given with it; siblings keep their order.

    Of several with the same name, only the first remains. One whose parent is missing has none, and neither has the first one of a cycle.
    """
    named: dict[str, Item] = {}
    for item in items:
        named.setdefault(name_of(item), item)
    children: dict[str, list[str]] = {}
    for name, item in named.items():
        if (parent := parent_of(item)) in named:
            children.setdefault(parent, []).append(name)
    ordered: dict[str, tuple[str, Item]] = {}
    roots = [name for name, item in named.items() if parent_of(item) not in named]
    for root in (*roots, *named):  # what no root leads to is in a cycle, or below one
        waiting = [(root, "")]
        while waiting:
            name, parent = waiting.pop()
            if name not in ordered:
                ordered[name] = (parent, named[name])
                waiting += ((child, name) for child in reversed(children.get(name, ())))
    return ordered


def closest_shown(parents: Mapping[str, str], shown: Collection[str]) -> Mapping[str, str]:
    """Return for each node of a tree the closest node above it that is shown; empty if there is none."""
    found: dict[str, str] = {}
    for start in parents:
        passed: dict[str, None] = {}
        key = start
        while key in parents and key not in found and key not in passed:
            passed[key] = None
            key = parents[key]
            if key in shown:
                break
        result = key if key in shown and key not in passed else found.get(key, "")
        found |= dict.fromkeys(passed, result)
    return found


def joined_answers(
    messages: Sequence[ForeignMessage], head: str, losses: list[Loss]
) -> tuple[tuple[ForeignMessage, ...], str]:
    """Return the messages with every answer as one, and the head: results of tools, and what a model wrote after them, belong to it.

    The messages are returned in order; repetitions of an id are lost.
    """
    ordered = forest(messages, lambda each: each.id, lambda each: each.parent)
    losses += [Loss.DAMAGED_MESSAGE] * (len(messages) - len(ordered))
    joined: dict[str, ForeignMessage] = {}
    inside: dict[str, str] = {}
    """The answer of each message that has become part of one."""
    tools = set[str]()
    for above, message in ordered.values():
        parent = inside.get(above, above)
        answer = joined.get(parent)
        continues = message.role is Role.TOOL or (message.role is Role.ASSISTANT and above in tools)
        if message.role is Role.TOOL:
            tools.add(message.id)
        if continues and answer and answer.role is Role.ASSISTANT:
            inside[message.id] = parent
            joined[parent] = replace(
                answer,
                parts=answer.parts + message.parts,
                usage=message.usage or answer.usage,
                is_interrupted=message.is_interrupted,
            )
        else:
            joined[message.id] = replace(message, parent=parent)
    return tuple(joined.values()), inside.get(head, head)


def consistent(chat: ForeignChat) -> ForeignChat | DamagedChat | Loss:
    """Return a chat whose messages, and the parts of each, are in order.

    A message without an id gets one from its position. If the file does not say what was shown, the branch with the newest end is.
    """
    if not chat.messages:
        return Loss.EMPTY_CHAT
    if len(chat.messages) > MAX_MESSAGES:
        return DamagedChat(chat.title)
    named = [each if each.id else replace(each, id=f"#{number}") for number, each in enumerate(chat.messages)]
    ordered = forest(named, lambda message: message.id, lambda message: message.parent)
    messages = tuple(replace(each, parent=parent, parts=_arranged(each)) for parent, each in ordered.values())
    lost = dict(chat.lost)
    if twice := len(named) - len(messages):
        lost[Loss.DAMAGED_MESSAGE] = lost.get(Loss.DAMAGED_MESSAGE, 0) + twice
    head = chat.head if chat.head in ordered else _newest_end(named)
    return replace(chat, messages=messages, head=head, lost=lost)


def _arranged(message: ForeignMessage) -> tuple[ForeignPart, ...]:
    match message.role:
        case Role.USER:
            return asked(message.parts)
        case Role.ASSISTANT:
            return answered(message.parts)
        case _:
            return message.parts


def _newest_end(messages: Sequence[ForeignMessage]) -> str:
    """Return the id of the newest message that no other one follows; without times, that of the last one. Empty if there is none."""
    followed = {message.parent for message in messages}
    ends = [message for message in messages if message.id not in followed]
    last = max(reversed(ends), key=lambda message: message.created_at or _BEGINNING_OF_TIME, default=None)
    return last.id if last else ""

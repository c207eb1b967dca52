"""An application of a server as a partner of a chat: what it tells of itself, and what it keeps of a conversation.

Applications (a Dify app, an n8n workflow) choose their model themselves and remember what was said under an id of their own. How they
are asked is in `providers/applications/`; which answer belongs to which remote conversation is kept by
`features/chat/services/request/remote_conversations.py`.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import field

from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.presets.variable import Variable


@dataclass(frozen=True, slots=True)
class Application:
    """What an application tells of itself before anybody asks it anything."""

    description: str = ""
    opening: str = ""
    """What it says first, as markdown."""
    questions: tuple[str, ...] = ()
    """What it proposes to begin with."""
    inputs: tuple[Variable, ...] = ()
    """What it wants filled in, once for each conversation."""
    follows_up: bool = False
    """Whether it proposes further questions after an answer, when it is asked for them."""
    remembers: bool = True
    """Whether it takes a conversation; one that does not knows nothing of earlier messages, nor can it be told of them."""

    def missing(self, values: Mapping[str, str]) -> tuple[Variable, ...]:
        """Return what must be filled in and is not."""
        return tuple(each for each in self.inputs if each.required and not values.get(each.name, each.default).strip())

    def filled_in(self, values: Mapping[str, str]) -> dict[str, str]:
        """Return a value for everything it asks for, the default where nothing was said."""
        return {each.name: values.get(each.name, each.default) for each in self.inputs}


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file that lies at the application's server already: the server's id and name for its kind, and what the user knows it by."""

    id: str
    kind: str
    name: str

    def as_text(self) -> str:
        """Return it as a value of a form."""
        return json.dumps([self.id, self.kind, self.name], ensure_ascii=False)


def sent_files(text: str) -> tuple[SentFile, ...]:
    """Return the files that a value of a form tells of: of one, or of a list of them."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return ()
    listed = value if isinstance(value, list) else []
    found = []
    for each in listed if all(isinstance(each, list) for each in listed) else [listed]:
        match each:
            case [str(file_id), str(kind), str(name)] if file_id:
                found.append(SentFile(file_id, kind, name))
    return tuple(found)


def files_as_text(files: Sequence[SentFile]) -> str:
    """Return files as a value of a form; nothing without any."""
    texts = [file.as_text() for file in files]
    return texts[0] if len(texts) == 1 else f"[{', '.join(texts)}]" if texts else ""


@dataclass(frozen=True, slots=True)
class RemoteAnswer:
    """Where an answer stands at its server: the ids that it gave, the message's empty where it gives none."""

    conversation: str
    message: str = ""


@dataclass(frozen=True, slots=True)
class Session:
    """What is asked within: the remote conversation to go on with (empty: a new one is opened), and what was filled in for it."""

    conversation: str = ""
    inputs: Mapping[str, str] = field(default_factory=dict)

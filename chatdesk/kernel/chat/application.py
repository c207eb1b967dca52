"""An application of a server as a chat partner: its description of itself, and what it stores of a conversation.

Applications (a Dify app, an n8n workflow) choose their model themselves and store the conversation under an id of their own.
`providers/applications/` contacts them; `features/chat/services/request/remote_conversations.py` maps answers to remote conversations.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import field

from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.presets.variable import Variable


@dataclass(frozen=True, slots=True)
class Application:
    """What an application reports about itself before the first question."""

    description: str = ""
    opening: str = ""
    """Its opening message, as Markdown."""
    questions: tuple[str, ...] = ()
    """Suggested first questions."""
    inputs: tuple[Variable, ...] = ()
    """Inputs to fill in once for each conversation."""
    follows_up: bool = False
    """Whether it suggests further questions after an answer on request."""
    remembers: bool = True
    """Whether it stores the conversation. If not, it does not know earlier messages, and they cannot be sent to it."""

    def missing(self, values: Mapping[str, str]) -> tuple[Variable, ...]:
        """Return the required inputs that have no value."""
        return tuple(each for each in self.inputs if each.required and not values.get(each.name, each.default).strip())

    def filled_in(self, values: Mapping[str, str]) -> dict[str, str]:
        """Return a value for every input, using the default if none was given."""
        return {each.name: values.get(each.name, each.default) for each in self.inputs}


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file already uploaded to the application's server: the server's id and its name for the type, and the file name for the user."""

    id: str
    kind: str
    name: str

    def as_text(self) -> str:
        """Return the file as the value of a form field."""
        return json.dumps([self.id, self.kind, self.name], ensure_ascii=False)


def sent_files(text: str) -> tuple[SentFile, ...]:
    """Return the files in the value of a form field, which holds one file or a list of files."""
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
    """Return files as the value of a form field; an empty string for no files."""
    texts = [file.as_text() for file in files]
    return texts[0] if len(texts) == 1 else f"[{', '.join(texts)}]" if texts else ""


@dataclass(frozen=True, slots=True)
class RemoteAnswer:
    """Ids that the server assigned to an answer. `message` is empty if the server does not give one."""

    conversation: str
    message: str = ""


@dataclass(frozen=True, slots=True)
class Session:
    """Context of a request to an application: the remote conversation to continue (empty: start a new one) and its input values."""

    conversation: str = ""
    inputs: Mapping[str, str] = field(default_factory=dict)

"""What can go wrong with an application of a server (Dify, n8n, …), as types carrying data. No sentences, as in `errors.py`.

ServerError
├── ApplicationUnavailable           it is not published, or switched off
│   ├── NotAChatApplication / ApplicationLacksModel
│   └── ApplicationWaits / ApplicationSilent
└── ConversationForgotten            it no longer knows the conversation
"""

from chatdesk.kernel.errors.base import ServerError
from chatdesk.kernel.fast_dataclass import dataclass


@dataclass(eq=False)
class ApplicationUnavailable(ServerError):
    """An application is not published, or switched off. `detail` is its own text."""

    detail: str = ""


@dataclass(eq=False)
class NotAChatApplication(ApplicationUnavailable):
    """An application is of a kind that answers no chats; `detail` names the kind."""


@dataclass(eq=False)
class ApplicationLacksModel(ApplicationUnavailable):
    """The model that the application itself asks is not set up there."""


@dataclass(eq=False)
class ApplicationWaits(ApplicationUnavailable):
    """An application waits for something that only its own page can show."""


@dataclass(eq=False)
class ApplicationSilent(ApplicationUnavailable):
    """An application ran and said nothing."""


@dataclass(eq=False)
class ConversationForgotten(ServerError):
    """An application no longer knows the conversation it was to go on with."""

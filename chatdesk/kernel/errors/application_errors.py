"""Errors of applications on a server (Dify, n8n, …).

ServerError
├── ApplicationUnavailable           not published, or turned off
│   ├── NotAChatApplication / ApplicationLacksModel
│   └── ApplicationWaits / ApplicationSilent
└── ConversationForgotten            the application no longer has the conversation
"""

from chatdesk.kernel.errors.base import ServerError
from chatdesk.kernel.fast_dataclass import dataclass


@dataclass(eq=False)
class ApplicationUnavailable(ServerError):
    """The application is not published, or is turned off. `detail` is its own message."""

    detail: str = ""


@dataclass(eq=False)
class NotAChatApplication(ApplicationUnavailable):
    """The application is not a chat application. `detail` names its kind."""


@dataclass(eq=False)
class ApplicationLacksModel(ApplicationUnavailable):
    """The model that the application uses is not set up there."""


@dataclass(eq=False)
class ApplicationWaits(ApplicationUnavailable):
    """The application waits for input that only its own page can show."""


@dataclass(eq=False)
class ApplicationSilent(ApplicationUnavailable):
    """The application finished without an answer."""


@dataclass(eq=False)
class ConversationForgotten(ServerError):
    """The application no longer has the conversation that was to be continued."""

"""The services of one running program, handed to the screen as one value. Made in app/composition.py; no behaviour here."""

from dataclasses import dataclass

from chatdesk.services.chat import Chat
from chatdesk.services.connections import Connections
from chatdesk.services.conversations import Conversations
from chatdesk.services.models import Models
from chatdesk.services.servers import Servers
from chatdesk.services.settings import Settings


@dataclass(frozen=True, slots=True)
class Program:
    """Everything a screen may use."""

    settings: Settings
    conversations: Conversations
    chat: Chat
    servers: Servers
    connections: Connections
    models: Models

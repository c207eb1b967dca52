"""Reasoning of models: the levels that a model supports, the tags around its reasoning, and the user's last choice for it.

`kernel/models/thinking.py` defines the levels; the protocols in `providers/` send them.
"""

import json
from dataclasses import replace

from chatdesk.features.servers.services.servers import Servers
from chatdesk.kernel.chat.custom_think_tags import from_record, own_tags_for
from chatdesk.kernel.chat.request import ChatRequest, Thinking
from chatdesk.kernel.models.model import Model, ModelRef
from chatdesk.kernel.models.model_rules import ModelRule, rule_for
from chatdesk.kernel.models.think_tags import USUAL_TAGS, together
from chatdesk.kernel.models.thinking import NOTHING, ThinkingChoices, choices_for
from chatdesk.kernel.servers.server import ServerConfig
from chatdesk.kernel.settings.declarations import REASONING_TAGS, THINKING_OF_MODELS
from chatdesk.kernel.settings.store import Settings

_MAX_REMEMBERED = 200
"""Maximum number of models."""


class Reasoning:
    """Reasoning levels of models. One per program."""

    def __init__(self, servers: Servers, rules: tuple[ModelRule, ...], settings: Settings) -> None:
        self._servers = servers
        self._rules = rules
        self._settings = settings

    def choices(self, model: Model) -> ThinkingChoices:
        """Return the reasoning levels that a model supports."""
        server = self._servers.find(model.ref.server_id)
        can_think = None if model.capabilities is None else model.can_think
        return self._choices(server, model.ref.model_id, can_think=can_think) if server else NOTHING

    def with_thinking_resolved(self, server: ServerConfig, request: ChatRequest) -> ChatRequest:
        """Return the request with a level that its model supports, and the reasoning tags to look for in the answer."""
        choices = self._choices(server, request.model_id, can_think=request.can_think)
        own = own_tags_for(from_record(self._settings.get(REASONING_TAGS)), request.model_id)
        known = rule_for(self._rules, request.model_id).tags
        tags = together((*own, *known, USUAL_TAGS))
        return replace(request, thinking=choices.nearest(request.thinking), tags=tags)

    def remembered(self, ref: ModelRef) -> Thinking:
        """Return the user's last choice for a model."""
        return self._remembered().get(_name(ref), Thinking.AUTO)

    def remember(self, ref: ModelRef, thinking: Thinking) -> None:
        """Store the user's choice for a model as the default for new chats with it."""
        stored = {name: value for name, value in self._remembered().items() if name != _name(ref)}
        if thinking is not Thinking.AUTO:
            stored[_name(ref)] = thinking
        newest = list(stored.items())[-_MAX_REMEMBERED:]
        self._settings.set(THINKING_OF_MODELS, json.dumps(dict(newest), ensure_ascii=False) if newest else "")

    def _remembered(self) -> dict[str, Thinking]:
        try:
            record = json.loads(self._settings.get(THINKING_OF_MODELS) or "{}")
        except (ValueError, RecursionError):
            return {}
        items = record.items() if isinstance(record, dict) else ()
        known = set(map(str, Thinking))
        return {name: Thinking(word) for name, word in items if isinstance(word, str) and word in known}

    def _choices(self, server: ServerConfig, model_id: str, *, can_think: bool | None) -> ThinkingChoices:
        """Return the levels: those reported by the server, else by the vendor's rules, the model's rules, or the vendor's defaults."""
        if can_think is False:
            return NOTHING
        vendor = self._servers.vendor_of(server)
        known = choices_for(vendor.thinking_rules, model_id)
        if known is not None:
            return ThinkingChoices(known)
        known = rule_for(self._rules, model_id).thinking
        if known is not None and (vendor.thinking or known == (Thinking.ON,)):
            return ThinkingChoices(known)
        if can_think:
            return ThinkingChoices(vendor.thinking or (Thinking.ON,))
        return ThinkingChoices(vendor.thinking, sure=False)


def _name(ref: ModelRef) -> str:
    return f"{ref.server_id}\n{ref.model_id}"

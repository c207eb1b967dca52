"""Applications as their documents describe them, for a `ScriptedServer`: each answers by its script, and notes what it was asked."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from tests.fakes.scripted_server import LAST_CHUNK, Request, ScriptedServer, Step, chunk, head, reply

INFO = {"name": "Travel planner", "description": "Plans short trips.", "tags": [], "mode": "advanced-chat"}
PARAMETERS = {
    "opening_statement": "Hello! Where do you want to **go**?",
    "suggested_questions": ["Three days in Rome", "A weekend by the sea"],
    "suggested_questions_after_answer": {"enabled": True},
    "user_input_form": [
        {"text-input": {"label": "City", "variable": "city", "required": True, "default": "", "max_length": 48}},
        {"select": {"label": "Tone", "variable": "tone", "required": False, "options": ["friendly", "brief"]}},
        {"number": {"label": "Days", "variable": "days", "required": False, "default": 3}},
        {"paragraph": {"label": "Notes", "variable": "notes", "required": False}},
    ],
    "file_upload": {"image": {"enabled": True, "number_limits": 2, "transfer_methods": ["remote_url", "local_file"]}},
    "system_parameters": {"image_file_size_limit": 10},
}


def dify_event(kind: str, *, conversation: str = "c-1", message: str = "m-1", **more: object) -> dict[str, object]:
    """Return one event of an answer."""
    return {"event": kind, "task_id": "t-1", "message_id": message, "conversation_id": conversation, **more}


def dify_answer(
    *pieces: str, conversation: str = "c-1", message: str = "m-1", sources: object = None
) -> list[dict[str, object]]:
    """Return the events of an answer that goes well."""
    ids = {"conversation": conversation, "message": message}
    usage = {"prompt_tokens": 12, "completion_tokens": 34, "total_tokens": 46}
    return [
        dify_event("workflow_started", **ids, data={"id": "r-1"}),
        dify_event("node_started", **ids, data={"title": "Knowledge search", "node_type": "knowledge-retrieval"}),
        *(dify_event("message", **ids, answer=piece) for piece in pieces),
        dify_event(
            "message_end",
            **ids,
            metadata={"usage": usage} | ({"retriever_resources": sources} if sources is not None else {}),
        ),
        dify_event("workflow_finished", **ids, data={"status": "succeeded"}),
    ]


def event_stream(*events: object) -> list[Step]:
    """Return a stream of Server-Sent Events: a mapping as the JSON of one, bytes and other steps as they are."""
    return [
        head(),
        *(chunk(f"data: {json.dumps(each)}\n\n") if isinstance(each, dict) else each for each in events),
        LAST_CHUNK,
    ]


@dataclass
class ScriptedDify:
    """An app. Each question takes the next of `answers`: the steps of a reply; without one it says "Yes."."""

    info: dict[str, object] = field(default_factory=lambda: dict(INFO))
    parameters: dict[str, object] = field(default_factory=lambda: dict(PARAMETERS))
    suggested: list[str] = field(default_factory=lambda: ["What about food?", "How much is it?"])
    answers: list[Iterable[Step]] = field(default_factory=list)
    on_stop: Iterable[Step] = (reply({"result": "success"}),)
    server: ScriptedServer = field(init=False)
    _conversations: int = 0

    def __post_init__(self) -> None:
        self.server = ScriptedServer(self._script)

    def says(self, *steps: object) -> None:
        self.answers.append(event_stream(*steps))

    def asked(self) -> list[dict]:
        """Return the bodies of all questions."""
        return [request.json() for request in self.server.requests if request.path == "/v1/chat-messages"]

    def stopped(self) -> list[Request]:
        return [request for request in self.server.requests if request.path.endswith("/stop")]

    def _script(self, request: Request) -> Iterable[Step]:
        match urlsplit(request.path).path:
            case "/v1/info":
                return [reply(self.info)]
            case "/v1/parameters":
                return [reply(self.parameters)]
            case "/v1/files/upload":
                return [reply({"id": "f-1", "name": "picture.png"}, 201)]
            case "/v1/chat-messages":
                return self.answers.pop(0) if self.answers else self._yes(request)
            case path if path.endswith("/stop"):
                return self.on_stop
            case path if path.endswith("/suggested"):
                return [reply({"result": "success", "data": self.suggested})]
        return [reply({"code": "not_found", "message": "not here", "status": 404}, 404)]

    def _yes(self, request: Request) -> Iterable[Step]:
        known = request.json()["conversation_id"]
        if not known:
            self._conversations += 1
        conversation = known or f"c-{self._conversations}"
        number = len(self.asked())
        return event_stream(*dify_answer("Yes.", conversation=conversation, message=f"m-{number}"))

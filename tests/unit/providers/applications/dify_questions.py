"""Questions to a scripted Dify app."""

from chatdesk.kernel.chat.answer import GrowingAnswer
from chatdesk.kernel.chat.application import Session
from chatdesk.kernel.chat.message import Role
from chatdesk.kernel.chat.request import ChatRequest, Turn
from chatdesk.kernel.chat.stream_events import StreamEvent
from chatdesk.kernel.errors.base import ChatdeskError
from chatdesk.network.endpoint import make_endpoint
from chatdesk.network.http import HttpClient
from chatdesk.network.timeouts import LOCAL
from chatdesk.providers.applications.dify import DifyProvider, dify_error
from chatdesk.providers.server_api import ServerApi

USER = "chatdesk-5e7f"


def provider(http: HttpClient, url: str, key: str | None = "app-1") -> DifyProvider:
    return DifyProvider("5e7f", ServerApi(make_endpoint("Planner", url, key), http, LOCAL, dify_error))


def asking(*turns: Turn, conversation: str = "", **inputs: str) -> ChatRequest:
    return ChatRequest("app", turns or (Turn(Role.USER, "Hi"),), session=Session(conversation, inputs))


async def outcome_of(
    asked: DifyProvider, request: ChatRequest
) -> tuple[GrowingAnswer, list[StreamEvent], ChatdeskError | None]:
    answer, events = GrowingAnswer(), []
    try:
        async for event in asked.chat(request):
            answer.apply(event)
            events.append(event)
    except ChatdeskError as error:
        return answer, events, error
    return answer, events, None

"""Questions to a scripted Dify app."""

from chatdesk.domain.answer import GrowingAnswer
from chatdesk.domain.application import Session
from chatdesk.domain.errors import ChatdeskError
from chatdesk.domain.message import Role
from chatdesk.domain.request import ChatRequest, Turn
from chatdesk.domain.stream_events import StreamEvent
from chatdesk.providers.applications.dify import DifyProvider, judge
from chatdesk.providers.endpoint import make_endpoint
from chatdesk.providers.http import HttpClient
from chatdesk.providers.server_api import ServerApi
from chatdesk.providers.timeouts import LOCAL

USER = "chatdesk-5e7f"


def provider(http: HttpClient, url: str, key: str | None = "app-1") -> DifyProvider:
    return DifyProvider("5e7f", ServerApi(make_endpoint("Planner", url, key), http, LOCAL, judge))


def asking(*turns: Turn, conversation: str = "", **inputs: str) -> ChatRequest:
    return ChatRequest("app", turns or (Turn(Role.USER, "Hi"),), session=Session(conversation, inputs))


async def told(
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

import json

import pytest

from chatdesk.kernel.chat.application import RemoteAnswer, SentFile, files_as_text, sent_files
from chatdesk.kernel.chat.message import Role, ToolCallPart
from chatdesk.kernel.chat.request import Picture, Turn
from chatdesk.kernel.chat.stream_events import AnswerStage, AnswerStageChanged, RemoteAnswerStored
from chatdesk.kernel.errors.application_errors import (
    ApplicationLacksModel,
    ApplicationUnavailable,
    ApplicationWaits,
    NotAChatApplication,
)
from chatdesk.kernel.errors.attachment_errors import AttachmentTooLarge, TooManyPictures
from chatdesk.kernel.errors.base import (
    AnswerEndedEarly,
    KeyRejected,
    NotAChatServer,
    QuotaExhausted,
    RateLimited,
    RequestRefused,
    ServerError,
    ServerFailed,
    to_failure,
)
from chatdesk.kernel.models.model import Capability
from chatdesk.kernel.presets.variable import Upload, VariableKind
from chatdesk.network.http import HttpClient
from chatdesk.providers.applications.dify_form import file_kind
from tests.fakes.scripted_applications import (
    ScriptedDify,
    dify_answer,
    dify_event,
    event_stream,
)
from tests.fakes.scripted_server import LAST_CHUNK, chunk, head, reply
from tests.unit.providers.applications.dify_questions import USER, asking, outcome_of, provider

TURNS = (
    Turn(Role.SYSTEM, "Be brief."),
    Turn(Role.USER, "Hi"),
    Turn(Role.ASSISTANT, "Hello."),
    Turn(Role.USER, "And Rome?"),
)
PICTURE = Picture("image/png", b"\x89PNG")


async def test_an_app_tells_what_it_is_called_says_and_asks(http: HttpClient) -> None:
    async with ScriptedDify().server as server:
        (model,) = await provider(http, server.url).list_models()
    app = model.application
    assert (model.ref.model_id, model.name) == ("Travel planner", "Travel planner")
    assert (model.can_see, model.can_think) == (True, False)
    assert app.opening == "Hello! Where do you want to **go**?"
    assert app.questions == ("Three days in Rome", "A weekend by the sea")
    assert [(each.name, each.kind, each.required) for each in app.inputs] == [
        ("city", VariableKind.TEXT, True),
        ("tone", VariableKind.CHOICE, False),
        ("days", VariableKind.NUMBER, False),
        ("notes", VariableKind.LONG_TEXT, False),
    ]
    assert (app.follows_up, app.remembers) == (True, True)
    assert server.requests[0].headers["authorization"] == "Bearer app-1"


@pytest.mark.parametrize("address", ["", "/v1"])
async def test_the_version_may_stand_in_the_address_or_not(http: HttpClient, address: str) -> None:
    async with ScriptedDify().server as server:
        await provider(http, server.url + address).probe()
    assert server.requests[0].path == "/v1/info"


async def test_without_pictures_allowed_it_sees_none(http: HttpClient) -> None:
    async with ScriptedDify(parameters={}).server as server:
        (model,) = await provider(http, server.url).list_models()
    assert model.capabilities == {Capability.CHAT}


async def test_a_first_question_opens_a_conversation_and_tells_what_was_said(http: HttpClient) -> None:
    dify = ScriptedDify()
    dify.says(*dify_answer("Ci", "ao."))
    async with dify.server as server:
        answer, events, error = await outcome_of(
            provider(http, server.url), asking(*TURNS, city="Rome", days="2", notes="")
        )
    (body,) = dify.asked()
    assert (answer.text, error) == ("Ciao.", None)
    assert RemoteAnswerStored(RemoteAnswer("c-1", "m-1")) in events
    assert AnswerStageChanged(AnswerStage.WORKING, name="Knowledge search") in events
    assert (answer.usage.prompt_tokens, answer.usage.completion_tokens) == (12, 34)
    assert (body["conversation_id"], body["user"], body["response_mode"]) == ("", USER, "streaming")
    assert body["inputs"] == {"city": "Rome", "days": 2}
    for text in ("Be brief.", "User: Hi", "Assistant: Hello.", "The user says now:\nAnd Rome?"):
        assert text in body["query"]


async def test_a_conversation_that_goes_on_is_asked_the_question_alone(http: HttpClient) -> None:
    dify = ScriptedDify()
    async with dify.server as server:
        await outcome_of(provider(http, server.url), asking(*TURNS, conversation="c-9"))
    (body,) = dify.asked()
    assert (body["query"], body["conversation_id"]) == ("And Rome?", "c-9")


@pytest.mark.parametrize(
    "refusal",
    [
        {"code": "not_found", "message": "Conversation Not Exists.", "status": 404},
        {"code": "conversation_completed", "message": "ended", "status": 400},
    ],
)
async def test_a_conversation_that_was_deleted_there_is_sent_again(http: HttpClient, refusal: dict) -> None:
    dify = ScriptedDify(answers=[[reply(refusal, refusal["status"])]])
    async with dify.server as server:
        answer, _, error = await outcome_of(provider(http, server.url), asking(*TURNS, conversation="gone"))
    assert (answer.text, error) == ("Yes.", None)
    first, second = dify.asked()
    assert (first["conversation_id"], second["conversation_id"]) == ("gone", "")
    assert "Assistant: Hello." in second["query"]


async def test_pictures_are_uploaded_and_named(http: HttpClient) -> None:
    dify = ScriptedDify()
    async with dify.server as server:
        await outcome_of(provider(http, server.url), asking(Turn(Role.USER, "What is it?", pictures=(PICTURE,))))
    (upload,) = (request for request in server.requests if request.path == "/v1/files/upload")
    assert upload.headers["content-type"].startswith("multipart/form-data; boundary=")
    assert b"\x89PNG" in upload.body
    assert USER.encode() in upload.body
    assert dify.asked()[0]["files"] == [{"type": "image", "transfer_method": "local_file", "upload_file_id": "f-1"}]


async def test_more_pictures_than_allowed_are_refused_before_anything_is_sent(http: HttpClient) -> None:
    dify = ScriptedDify()
    async with dify.server as server:
        _, _, error = await outcome_of(
            provider(http, server.url), asking(Turn(Role.USER, "?", pictures=(PICTURE,) * 3))
        )
        assert isinstance(error, TooManyPictures)
        assert error.limit == 2
        big = Picture("image/jpeg", bytes(11 * 1024 * 1024))
        _, _, error = await outcome_of(provider(http, server.url), asking(Turn(Role.USER, "?", pictures=(big,))))
        assert isinstance(error, AttachmentTooLarge)
        assert error.megabytes == 10
    assert dify.asked() == []


async def test_of_earlier_pictures_the_newest_go_along(http: HttpClient) -> None:
    dify = ScriptedDify()
    told_before = tuple(Turn(Role.USER, str(number), pictures=(PICTURE,)) for number in range(3))
    async with dify.server as server:
        answer, _, error = await outcome_of(provider(http, server.url), asking(*told_before, Turn(Role.USER, "now")))
    assert (answer.text, error) == ("Yes.", None)
    assert len(dify.asked()[0]["files"]) == 2


async def test_what_it_proposes_next_is_asked_for_as_the_same_user(http: HttpClient) -> None:
    async with ScriptedDify().server as server:
        assert await provider(http, server.url).follow_ups(RemoteAnswer("c-1", "m-1")) == (
            "What about food?",
            "How much is it?",
        )
    assert server.requests[-1].path == f"/v1/messages/m-1/suggested?user={USER}"


async def test_tools_files_and_moderation(http: HttpClient) -> None:
    thought = {"id": "s-1", "tool": "search", "tool_input": '{"q":"Rome"}'}
    dify = ScriptedDify()
    dify.says(
        dify_event("agent_thought", id="s-1", tool="search", tool_input=""),
        dify_event("agent_thought", **thought),
        dify_event("agent_thought", **thought, observation="found"),
        dify_event("agent_message", answer="Something rude"),
        dify_event("message_replace", answer="I cannot say that."),
        dify_event("message_file", type="image", belongs_to="assistant", url="/files/a b>.png"),
        dify_event("message_file", type="image", belongs_to="assistant", url="javascript:alert(1)"),
        dify_event("message_file", type="image", belongs_to="user", url="/files/mine.png"),
        dify_event("message_file", type="image", belongs_to="assistant", url="http://[x/a.png"),
        dify_event("message_file", type="image", belongs_to=[], url="/files/odd.png"),
        dify_event("tts_message", audio="AAAA"),
        dify_event("message_end"),
    )
    async with dify.server as server:
        answer, _, error = await outcome_of(provider(http, server.url), asking())
    assert error is None
    assert answer.text.strip() == f"I cannot say that.\n\n![image](<{server.url}/files/a%20b%3E.png>)"
    assert [part for part in answer.parts() if isinstance(part, ToolCallPart)] == [
        ToolCallPart("s-1", "search", '{"q":"Rome"}')
    ]


async def test_a_last_event_that_repeats_everything_adds_nothing(http: HttpClient) -> None:
    dify = ScriptedDify()
    whole = "The Colosseum is in Rome."
    dify.says(
        dify_event("message", answer=whole[:20]),
        dify_event("message", answer=whole[20:]),
        dify_event("message", answer=whole),
        dify_event("message_end"),
    )
    async with dify.server as server:
        assert (await outcome_of(provider(http, server.url), asking()))[0].text == whole


ERRORS = [
    ("invalid_param", 400, RequestRefused),
    ("app_unavailable", 400, ApplicationUnavailable),
    ("provider_not_initialize", 400, ApplicationLacksModel),
    ("provider_quota_exceeded", 400, QuotaExhausted),
    ("model_currently_not_support", 400, ApplicationLacksModel),
    ("completion_request_error", 400, ServerFailed),
    ("not_chat_app", 400, NotAChatApplication),
    ("too_many_requests", 429, RateLimited),
    ("unauthorized", 401, KeyRejected),
    ("internal_server_error", 500, ServerFailed),
]


@pytest.mark.parametrize(("code", "status", "kind"), ERRORS, ids=[code for code, *_ in ERRORS])
@pytest.mark.parametrize("in_stream", [False, True], ids=["refused", "in the stream"])
async def test_its_errors_are_ours(
    http: HttpClient, code: str, status: int, kind: type[ServerError], in_stream: bool
) -> None:
    error = {"code": code, "message": "in its own words", "status": status}
    answer = event_stream({"event": "error", "task_id": "t", **error}) if in_stream else [reply(error, status)]
    dify = ScriptedDify(answers=[answer])
    async with dify.server as server:
        _, _, raised = await outcome_of(provider(http, server.url), asking())
    assert type(raised) is kind
    detail = f"in its own words ({code})" if kind is ServerFailed and in_stream else "in its own words"
    assert to_failure(raised).data.get("detail", detail) in {detail, "in its own words"}


async def test_a_workflow_that_fails_tells_why_though_no_error_follows(http: HttpClient) -> None:
    dify = ScriptedDify()
    dify.says(
        dify_event("message", answer="So far"),
        dify_event("workflow_finished", data={"status": "failed", "error": "node broke"}),
    )
    async with dify.server as server:
        answer, _, error = await outcome_of(provider(http, server.url), asking())
    assert (answer.text, type(error), error.detail) == ("So far", ServerFailed, "node broke")


async def test_a_form_that_only_dify_shows_is_said_to_be_waited_for(http: HttpClient) -> None:
    dify = ScriptedDify()
    dify.says(
        dify_event("message", answer="Please fill in"), dify_event("human_input_required", data={"title": "Approval"})
    )
    async with dify.server as server:
        assert isinstance((await outcome_of(provider(http, server.url), asking()))[2], ApplicationWaits)


async def test_a_stream_without_its_end_is_reported_as_such(http: HttpClient) -> None:
    dify = ScriptedDify(
        answers=[[head(), chunk(f"data: {json.dumps(dify_event('message', answer='Ha'))}\n\n"), LAST_CHUNK]]
    )
    async with dify.server as server:
        answer, _, error = await outcome_of(provider(http, server.url), asking())
    assert (answer.text, type(error)) == ("Ha", AnswerEndedEarly)


async def test_other_kinds_of_app_and_other_servers_are_distinguished(http: HttpClient) -> None:
    async with ScriptedDify(info={"name": "W", "mode": "workflow"}).server as server:
        with pytest.raises(NotAChatApplication):
            await provider(http, server.url).probe()
    async with ScriptedDify(info={"hello": "world"}).server as server:
        with pytest.raises(NotAChatServer):
            await provider(http, server.url).probe()


async def test_a_file_of_the_form_is_sent_first_and_named_in_the_question(http: HttpClient) -> None:
    contract = {"label": "Contract", "variable": "contract", "required": True, "allowed_file_types": ["document"],
                "allowed_file_extensions": [".PDF", "docx"]}  # fmt: skip
    pages = {"label": "Pages", "variable": "pages", "allowed_file_types": ["image", "custom"], "max_length": 2}
    form = [{"file": contract}, {"file-list": pages}]
    dify = ScriptedDify(parameters={"user_input_form": form, "system_parameters": {"file_size_limit": 5}})
    async with dify.server as server:
        asked = provider(http, server.url)
        (model,) = await asked.list_models()
        first, second = model.application.inputs
        assert (first.kind, first.required) == (VariableKind.FILE, True)
        assert first.upload == Upload(5 * 1024 * 1024, (".pdf", ".docx"), ("document",))
        assert (second.upload.several, second.upload.most) == (True, 2)
        sent = await asked.send_file('my "contract".pdf', b"%PDF", first.upload.kinds)
        page = await asked.send_file("page.png", b"\x89PNG", second.upload.kinds)
        assert (sent.kind, page.kind) == ("document", "image")
        both = files_as_text([page, sent, page])
        await outcome_of(asked, asking(contract=sent.as_text(), pages=both, lost="not a file"))
    uploads = [request for request in server.requests if request.path == "/v1/files/upload"]
    assert b'filename="my _contract_.pdf"' in uploads[0].body
    assert b"Content-Type: application/pdf" in uploads[0].body
    file = {"type": "document", "transfer_method": "local_file", "upload_file_id": "f-1"}
    assert dify.asked()[0]["inputs"] == {"contract": file, "pages": [{**file, "type": "image"}, file]}


@pytest.mark.parametrize(
    ("name", "kinds", "kind"),
    [
        ("a.pdf", (), "document"),
        ("a.PNG", ("image",), "image"),
        ("a.xyz", ("document", "custom"), "custom"),
        ("a.mp3", ("document",), "document"),
        ("a", (), "document"),
    ],
)
def test_what_a_file_is_is_recognised_by_the_ending_of_its_name(name: str, kinds: tuple[str, ...], kind: str) -> None:
    assert file_kind(name, kinds) == kind


@pytest.mark.parametrize("text", ["", "{}", "[", "[1,2,3]", '["","document","x"]', "[" * 3000])
def test_a_value_that_tells_of_no_file_is_none(text: str) -> None:
    assert sent_files(text) == ()


@pytest.mark.parametrize("text", ["[[]]", '[["f"]]', '[["", "a", "b"]]', "[" * 5_000])
def test_a_list_that_tells_of_no_file_is_none(text: str) -> None:
    assert sent_files(text) == ()


def test_files_come_back_from_the_value_of_a_form() -> None:
    one, two = SentFile("f-1", "image", "a.png"), SentFile("f-2", "document", 'b "x".pdf')
    assert files_as_text(()) == ""
    assert sent_files(files_as_text((one,))) == (one,)
    assert sent_files(files_as_text((one, two))) == (one, two)

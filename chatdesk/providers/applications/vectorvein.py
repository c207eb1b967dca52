"""VectorVein's workflows, in the desktop program or on vectorvein.com: submits a form and polls the status until there is a result.

There is no streaming and no conversation. The HTTP status is always a success; the result is in the body. Runs can be stopped in the cloud,
but not in the desktop program, where they continue after Stop.
"""

import asyncio
import time
from collections.abc import AsyncGenerator, Coroutine, Iterator, Mapping
from urllib.parse import quote

from chatdesk.kernel.chat.application import Application
from chatdesk.kernel.chat.message import FinishReason
from chatdesk.kernel.chat.request import ChatRequest
from chatdesk.kernel.chat.stream_events import AnswerStage, AnswerStageChanged, Finished, StreamEvent
from chatdesk.kernel.errors.base import ModelNotFound, ServerError, ServerFailed, ServerTimedOut
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.models.model import Capability, Model, ModelRef
from chatdesk.kernel.presets.variable import TOGGLE_ON, Variable, VariableKind
from chatdesk.kernel.servers.server import ServerStatus
from chatdesk.kernel.text.json_values import NotJson, decode, elements, members, text_of
from chatdesk.network.timeouts import LIST, PROBE, Timeouts
from chatdesk.providers.answer_text import MAX_ANSWER_CHARACTERS, AnswerText
from chatdesk.providers.applications.application_provider import ApplicationProvider, last_question
from chatdesk.providers.applications.forms import MAX_FORM_FIELDS, variable, words
from chatdesk.providers.applications.stopping import MAX_WAIT_FOR_ID
from chatdesk.providers.errors.reported_error import ReportedError
from chatdesk.providers.key_mask import AnswerMask
from chatdesk.providers.server_api import ServerApi

# Decoding of VectorVein's workflows into models and forms. Format: its API and the data of its editor.
#
# A workflow has fields instead of a chat. The first text field receives the message; the others are the form.

_KINDS = {
    "input": VariableKind.TEXT,
    "text": VariableKind.TEXT,
    "textarea": VariableKind.LONG_TEXT,
    "select": VariableKind.CHOICE,
    "number": VariableKind.NUMBER,
    "checkbox": VariableKind.TOGGLE,
    "switch": VariableKind.TOGGLE,
}
_TEXTS = frozenset({VariableKind.TEXT, VariableKind.LONG_TEXT})


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a workflow: its node there, and its variable in the form."""

    node_id: str
    name: str
    variable: Variable


@dataclass(frozen=True, slots=True)
class Workflow:
    """A workflow. `question` is the field for the message; None if there is no text field."""

    id: str
    title: str
    application: Application
    question: Field | None = None
    fields: tuple[Field, ...] = ()
    """All other fields."""

    def sent(self, question: str, inputs: Mapping[str, str]) -> list[dict[str, object]]:
        """Return the fields in the format of the request."""
        asked = [(self.question, question)] if self.question else []
        asked += [(field, inputs.get(field.variable.name, field.variable.default)) for field in self.fields]
        return [
            {"node_id": field.node_id, "field_name": field.name, "value": _value(field.variable, value)}
            for field, value in asked
        ]


def decode_workflow(value: object) -> Workflow | None:
    """Return a workflow, or None if the value is invalid."""
    entry = members(value)
    workflow_id = words(entry.get("wid"))
    if not workflow_id:
        return None
    listed = tuple(_listed(entry) or _of_nodes(members(entry.get("data"))))[:MAX_FORM_FIELDS]
    question = next((field for field in listed if field.variable.kind in _TEXTS), None)
    fields = tuple(field for field in listed if field is not question)
    application = Application(
        description=words(entry.get("brief")), inputs=tuple(field.variable for field in fields), remembers=False
    )
    return Workflow(workflow_id, words(entry.get("title")) or workflow_id, application, question, fields)


def decode_outputs(value: object) -> str:
    """Return the outputs of a workflow as Markdown: each one below its title; a single one without a title."""
    outputs = [members(each) for each in elements(value)]
    said = [(words(each.get("title")), text) for each in outputs if (text := _shown(each.get("value")))]
    if len(said) == 1:
        return said[0][1]
    return "\n\n".join(f"**{title}**\n\n{text}" if title else text for title, text in said)


def _listed(entry: Mapping[str, object]) -> list[Field]:
    """Return the fields listed separately by the API."""
    found = (
        _field(words(each.get("node_id")), each.get("field_name"), each)
        for each in map(members, elements(entry.get("inputs")))
    )
    return [field for field in found if field]


def _of_nodes(data: Mapping[str, object]) -> Iterator[Field]:
    """Yield the fields that the editor shows: the marked ones of all nodes."""
    for node in map(members, elements(data.get("nodes"))):
        inside = members(node.get("data"))
        if node.get("category") == "triggers" or inside.get("has_inputs") is False:
            continue
        for name, described in members(inside.get("template")).items():
            about = members(described)
            if about.get("show") is True and (field := _field(words(node.get("id")), name, about)):
                yield field


def _field(node_id: str, name: object, about: Mapping[str, object]) -> Field | None:
    kind = _KINDS.get(text_of(about.get("field_type")) or text_of(about.get("type")) or "input")
    key = words(name)
    if not (node_id and key and kind):
        return None
    options = [
        members(each).get("value") if isinstance(each, dict) else each for each in elements(about.get("options"))
    ]
    label = about.get("display_name") or about.get("label") or about.get("title") or key
    default = about.get("value") if "value" in about else about.get("default")
    made = variable(f"{node_id}.{key}", kind, about, label=label, default=default, choices=options)
    return Field(node_id, key, made) if made else None


def _value(field: Variable, value: str) -> object:
    if field.kind is VariableKind.TOGGLE:
        return value == TOGGLE_ON
    if field.kind is VariableKind.NUMBER and value.strip():
        try:
            return decode(value.replace(",", "."))
        except NotJson:
            return value
    return value


def _shown(value: object) -> str:
    if isinstance(value, str):
        return text_of(value)
    shown = [each for each in elements(value) if isinstance(each, str | int | float)]
    if shown:
        return "\n".join(f"- {text_of(each) if isinstance(each, str) else each}" for each in shown)
    return "" if value in (None, [], {}) else words(value) or f"`{value}`"


FIRST_PAUSE, LONGEST_PAUSE = 0.5, 5.0
"""First and maximum pause in seconds between status requests. The pauses become longer."""
MAX_RUN_SECONDS = 3 * 3600.0
_MAX_REPLY_BYTES = 1024 * 1024
"""Maximum size of the reply to the start of a run, in bytes."""
_MAX_ENTRIES = 100
_ASKED_AT_ONCE = 4
_RUNNING = 202


class VectorVeinProvider(ApplicationProvider):
    """A `Provider` whose models are workflows."""

    def __init__(self, server_id: str, api: ServerApi, *, first_pause: float = FIRST_PAUSE) -> None:
        self._server_id = server_id
        self._api = api
        self._first_pause = first_pause
        self._is_cloud = api.endpoint.base_url.endswith("/open-api")
        self._known: dict[str, Workflow] = {}

    async def probe(self) -> ServerStatus:
        """Request the list of workflows."""
        began = time.monotonic()
        found = await self._listed(PROBE)
        return ServerStatus(None, len(found), (time.monotonic() - began) * 1000)

    async def list_models(self) -> tuple[Model, ...]:
        """Return the workflows with their forms."""
        limit = asyncio.Semaphore(_ASKED_AT_ONCE)

        async def complete(entry: object) -> Model | None:
            workflow = decode_workflow(entry)
            if workflow is None:
                return None
            if workflow.question is None and not workflow.fields:  # in some versions, the list contains only titles
                async with limit:
                    workflow = await self._read(workflow.id)
            self._known[workflow.id] = workflow
            return self._model(workflow)

        found = await asyncio.gather(*map(complete, await self._listed(LIST)))
        return tuple(model for model in found if model)

    async def describe(self, model_id: str) -> Model:
        """Return one workflow."""
        workflow = self._known[model_id] = await self._read(model_id)
        return self._model(workflow)

    async def chat(self, request: ChatRequest) -> AsyncGenerator[StreamEvent, None]:
        """Run the workflow and yield its result. Closing the iterator stops the run, if that is supported."""
        yield AnswerStageChanged(AnswerStage.WAITING)
        workflow = self._known.get(request.model_id) or await self._read(request.model_id)
        run = {
            "wid": workflow.id,
            "output_scope": "output_fields_only",
            "wait_for_completion": False,
            "input_fields": workflow.sent(last_question(request).text, request.session.inputs),
        }
        run_id = await self._begun(run)
        done = False
        try:
            began, pause = time.monotonic(), self._first_pause
            while True:
                reply = await self._call("workflow/check-status", {"rid": run_id})
                if reply.get("status") != _RUNNING:
                    break
                if time.monotonic() - began > MAX_RUN_SECONDS:
                    raise ServerTimedOut(*self._where, MAX_RUN_SECONDS)
                yield AnswerStageChanged(AnswerStage.WORKING, name=workflow.title)
                await asyncio.sleep(pause)
                pause = min(LONGEST_PAUSE, pause * 1.5)
            done = True
        except ServerFailed:
            done = True
            raise
        finally:
            if not done and (stopping := self._stopping(run_id)):
                self._api.start_background_task(stopping)
        answer, mask = AnswerText(), AnswerMask(self._api.endpoint.keys)
        text = decode_outputs(reply.get("data"))[:MAX_ANSWER_CHARACTERS]
        for event in (*mask.masked([*answer.content(text), *answer.finish()]), *mask.finish()):
            yield event
        yield Finished(FinishReason.STOP, text_of(reply.get("msg")))

    async def _begun(self, run: Mapping[str, object]) -> str:
        """Start a run and return its id. If it is cancelled meanwhile, the run is stopped as soon as its id is known."""
        is_sent = asyncio.Event()
        beginning = asyncio.ensure_future(self._begin(run, is_sent))
        try:
            return await asyncio.shield(beginning)
        except asyncio.CancelledError:
            if is_sent.is_set() and self._is_cloud:
                self._api.start_background_task(self._stop_once_begun(beginning))
            else:
                beginning.cancel()
                await asyncio.wait([beginning])
            raise

    async def _begin(self, run: Mapping[str, object], is_sent: asyncio.Event) -> str:
        path = self._path("workflow/run")
        try:
            async with (
                asyncio.timeout(LIST.connect + LIST.first_event),
                self._api.stream(path, run, accept="application/json", model="", on_sent=is_sent.set) as stream,
            ):
                content = await stream.read(_MAX_REPLY_BYTES)
        except TimeoutError as error:
            raise ServerTimedOut(*self._where, LIST.first_event) from error
        try:
            started = self._checked(decode(content))
        except NotJson:
            started = {}
        run_id = text_of(members(started.get("data")).get("rid")) or text_of(started.get("rid"))
        if not run_id:
            raise self._api.not_an_api(stream.url, stream.status, content.decode("utf-8", "replace"))
        return run_id

    async def _stop_once_begun(self, beginning: "asyncio.Future[str]") -> None:
        try:
            async with asyncio.timeout(MAX_WAIT_FOR_ID):
                run_id = await beginning
        except TimeoutError:
            return
        if stopping := self._stopping(run_id):
            await stopping

    def _stopping(self, run_id: str) -> Coroutine[object, object, object] | None:
        return self._call("workflow/stop-run", {"rid": run_id}) if self._is_cloud else None

    async def _listed(self, timeouts: Timeouts) -> list[object]:
        if self._is_cloud:
            reply = await self._call("workflow/list", {"page": 1, "page_size": _MAX_ENTRIES}, timeouts)
        else:
            reply = self._checked(await self._api.get(self._path("workflow/list"), timeouts))
        data = reply.get("data")
        if not isinstance(data, dict | list):
            raise self._api.not_an_api(self._api.endpoint.url(self._path("workflow/list")), 200, str(reply))
        return list(elements(data) or elements(members(data).get("workflows")))[:_MAX_ENTRIES]

    async def _read(self, workflow_id: str) -> Workflow:
        if self._is_cloud:
            reply = await self._call("workflow/get", {"wid": workflow_id})
        else:
            reply = self._checked(await self._api.get(self._path(f"workflow/{quote(workflow_id, safe='')}")))
        workflow = decode_workflow(reply.get("data"))
        if workflow is None:
            raise ModelNotFound(*self._where, workflow_id)
        return workflow

    async def _call(self, path: str, body: Mapping[str, object], timeouts: Timeouts = LIST) -> Mapping[str, object]:
        return self._checked(await self._api.post(self._path(path), body, timeouts))

    def _checked(self, value: object) -> Mapping[str, object]:
        """Return a successful reply. Raise the `ServerError` in its body."""
        reply = members(value)
        if reply.get("status") not in (None, 200, _RUNNING):
            raise self._api.stream_error(value, "")
        return reply

    def _model(self, workflow: Workflow) -> Model:
        ref = ModelRef(self._server_id, workflow.id)
        chats = frozenset({Capability.CHAT})
        return Model(ref, workflow.title, chats, application=workflow.application)

    def _path(self, path: str) -> str:
        return f"/{path}" if self._is_cloud else f"/api/{path}"

    @property
    def _where(self) -> tuple[str, str]:
        return self._api.endpoint.server, self._api.endpoint.base_url


def judge(error: ReportedError, where: tuple[str, str], _detail: str) -> ServerError | None:
    """Return the error for statuses that VectorVein uses differently."""
    if error.status == 404 and ("workflow" in error.message.lower() or "record" in error.message.lower()):
        return ModelNotFound(*where, error.message)
    return None

"""`chatdesk ask`: answers one question, using the services without a window or a database."""

import asyncio
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, aclosing
from dataclasses import replace
from datetime import UTC, datetime
from difflib import get_close_matches
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Protocol

from chatdesk.app.console.console import Console
from chatdesk.app.console.error_texts import describe
from chatdesk.app.console.input import check_argument, piped_text
from chatdesk.app.console.report import ConsoleError, Report, WrongUsage
from chatdesk.app.core import PRESETS_NAME, Core, open_core
from chatdesk.app.exit_code import ExitCode
from chatdesk.features.chat.services.answers import Answers
from chatdesk.features.chat.services.instruction_resolver import InstructionResolver
from chatdesk.features.chat.services.request.request_builder import instructed_request
from chatdesk.features.models.services.model_choice import choose_model
from chatdesk.features.models.services.model_contexts import estimated_tokens
from chatdesk.features.servers.services.models import ServerState
from chatdesk.kernel.chat.answer import GrowingAnswer
from chatdesk.kernel.chat.applied_presets import AppliedPreset
from chatdesk.kernel.chat.message import Attachment, Role, ToolCallPart
from chatdesk.kernel.chat.request import ChatRequest, Thinking, Turn
from chatdesk.kernel.chat.stream_events import PictureArrived, StreamEvent
from chatdesk.kernel.errors.base import (
    AnswerEmpty,
    ChatdeskError,
    ModelNotFound,
    PicturesRefused,
    ServerUnreachable,
)
from chatdesk.kernel.models.model import Model, ModelRef
from chatdesk.kernel.models.parameters import NUMBER_RANGES
from chatdesk.kernel.servers.server import ServerConfig
from chatdesk.kernel.settings.declarations import LAST_MODEL, LAST_SERVER
from chatdesk.kernel.translatable import QT_TRANSLATE_NOOP
from chatdesk.system.resources import Resources

if TYPE_CHECKING:
    from chatdesk.app.console.asked_files import AskedFiles
    from chatdesk.kernel.chat.attachments import ReadingProgress

_ALWAYS_THINKS = QT_TRANSLATE_NOOP("Console", "{model} always reasons, so “{wanted}” was not sent.")
_DOES_NOT_THINK = QT_TRANSLATE_NOOP("Console", "{model} is not known to support reasoning, so “{wanted}” was not sent.")
_NOT_KNOWN_TO_THINK = QT_TRANSLATE_NOOP(
    "Console", "{server} has no known setting for reasoning, so “{wanted}” was not sent."
)

_OWN_CONTEXT = QT_TRANSLATE_NOOP("Console", "{server} sets the context window itself, so --context was not sent.")

_FILES_TOO_LONG = QT_TRANSLATE_NOOP(
    "Console",
    "The files and the question have about {tokens} tokens, but {model} reads at most {limit}. Send less, or choose a model with a "
    "larger context window.",
)
_IDLE_OLLAMA = QT_TRANSLATE_NOOP("Console", "Ollama is installed but not running, so {model} answers instead.")

Warn = Callable[[ChatdeskError], None]


class AnswerReport(Report, Protocol):
    """Receives the events of an answer as they arrive."""

    def start(self, server: ServerConfig, model: Model) -> None:
        """Report the server and the model."""

    def show(self, event: StreamEvent) -> None:
        """Report an event of the answer."""

    def show_reading(self, name: str, progress: "ReadingProgress") -> None:
        """Report how far a file has been read."""

    def show_file(self, attachment: Attachment) -> None:
        """Report a file that is sent with the question."""


async def ask(options: SimpleNamespace, console: Console, report: AnswerReport) -> ExitCode:
    """Stream one answer. Raises a `ConsoleError` or `ChatdeskError` if there is none, or if it is incomplete."""

    def warn(error: ChatdeskError) -> None:
        problem = describe(error, console.texts)
        report.warn(problem.name, problem.sentence)

    context = _context(options.context)
    question = await _question(options)
    console.folders.make()
    async with AsyncExitStack() as stack:
        documents = _documents(options.var_file) if options.preset else ()
        files = await stack.enter_async_context(_files(options.file, report)) if options.file or documents else None
        core = await stack.enter_async_context(open_core(console.folders, Resources.locate(), console.redactor))
        texts = {path: await files.text_of(Path(check_argument(path)), report) for path in documents} if files else {}
        preset = _preset(console, options, texts)
        _check_question(question, preset)
        model = await _find_model(core, options.server, options.model, warn)
        server = next(server for server in core.servers.servers.enabled() if server.id == model.ref.server_id)
        if not options.server and not options.model and _has_idle_ollama(core, server):
            report.warn("ollama_not_running", console.texts.render(_IDLE_OLLAMA, model=model.name))
        report.start(server, model)
        for attachment in files.attachments if files else ():
            report.show_file(attachment)
        request = await _request(core, console, model, preset, options, question, files)
        if context:
            request = replace(request, parameters=replace(request.parameters, num_ctx=context))
            if "num_ctx" not in core.servers.models.known_parameters(model.ref):
                report.warn("context_not_sent", console.texts.render(_OWN_CONTEXT, server=server.name))
        if options.think and (why := _why_not_sent(core, model, Thinking(options.think))):
            names = {"model": model.ref.model_id, "server": server.name, "wanted": options.think}
            report.warn("thinking_not_sent", console.texts.render(why, **names))
        if files:
            await _check_size(core, model, request)
        answers = Answers(core.servers.connections, core.models.contexts)
        answer, has_picture = GrowingAnswer(), False
        async with aclosing(answers.stream(model.ref, request)) as batches:
            async for batch in batches:
                for event in batch:
                    answer.apply(event)
                    has_picture |= isinstance(event, PictureArrived)
                    report.show(event)
    if not has_picture:
        _check_answer(answer, server, model)
    return ExitCode.ANSWERED


def _files(names: Sequence[str], report: AnswerReport) -> "AbstractAsyncContextManager[AskedFiles]":
    from chatdesk.app.console.asked_files import read_files  # noqa: PLC0415 - start-up time: most questions have none

    return read_files(names, report)


async def _check_size(core: Core, model: Model, request: ChatRequest) -> None:
    """Raise a `ConsoleError` if the files exceed the largest context of the model: some servers would leave out what does not fit."""
    contexts = core.models.contexts
    request = await contexts.with_context_size(model.ref, request)
    tokens, limit = estimated_tokens(request), contexts.budget_of(model.ref, request.parameters).tokens
    if limit is not None and tokens > limit:
        values = {"tokens": f"{tokens:,}", "limit": f"{limit:,}", "model": model.ref.model_id}
        raise ConsoleError(ExitCode.REFUSED, "context_too_long", _FILES_TOO_LONG, **values)


def _documents(var_files: Sequence[str]) -> tuple[str, ...]:
    """Return the paths of documents that are values of variables."""
    if not var_files:
        return ()
    from chatdesk.app.console.console_presets import documents_in  # noqa: PLC0415 - start-up time

    return documents_in(var_files)


def _preset(console: Console, options: SimpleNamespace, texts: Mapping[str, str]) -> AppliedPreset | None:
    """Return the preset with its values. `texts` are those of documents, by path."""
    if not options.preset:
        if options.var or options.var_file:
            raise WrongUsage(
                QT_TRANSLATE_NOOP(
                    "Console", "--var and --var-file set the variables of a preset. Choose one with --preset."
                )
            )
        return None
    from chatdesk.app.console.console_presets import (  # noqa: PLC0415 - start-up time
        all_presets,
        fill_in,
        find_preset,
    )

    own, shipped = console.folders.data / PRESETS_NAME, Resources.locate().resources / "presets"
    presets = all_presets(own, shipped, console.texts.language)
    return fill_in(find_preset(presets, options.preset), options.var, options.var_file, texts)


async def _request(
    core: Core,
    console: Console,
    model: Model,
    preset: AppliedPreset | None,
    options: SimpleNamespace,
    question: str,
    files: "AskedFiles | None",
) -> ChatRequest:
    """Return the request. Raises `PicturesRefused` if there are pictures, and the model is known not to see them."""
    if files and files.has_pictures and model.can_see is False:
        raise PicturesRefused(model=model.name)
    instruction_resolver = InstructionResolver(core.models.rules, lambda: console.texts.language)
    now = datetime.now(UTC)
    instructions = instruction_resolver.instructions(preset, options.system, model.ref, now)
    text = preset.message_text(question, instruction_resolver.facts(model.ref, now)) if preset else question
    can_think = None if model.capabilities is None else model.can_think
    thinking = Thinking(options.think) if options.think else instructions.thinking
    turn = await files.turn(text) if files else Turn(Role.USER, text)
    return instructed_request(model.ref.model_id, (turn,), instructions, thinking, can_think)


def _context(text: str) -> int | None:
    """Return the context length in tokens; None if the option is not set."""
    if not text:
        return None
    allowed = NUMBER_RANGES["num_ctx"]
    tokens = int(text) if text.isascii() and text.isdecimal() and len(text) < 20 else 0
    if not allowed.has(tokens):
        error = QT_TRANSLATE_NOOP(
            "Console", "--context must be a number of tokens from {least} to {most}, not {value}."
        )
        raise WrongUsage(error, least=allowed.least, most=allowed.most, value=text)
    return tokens


async def _question(options: SimpleNamespace) -> str:
    for text in (*options.arguments, options.system, *options.var):
        check_argument(text)
    piped = (await piped_text(sys.stdin)).strip()
    return "\n\n".join(part for part in (" ".join(options.arguments).strip(), piped) if part)


def _check_question(question: str, preset: AppliedPreset | None) -> None:
    if not question and not (preset and preset.question):
        raise WrongUsage(
            QT_TRANSLATE_NOOP("Console", 'The question is missing. Try: chatdesk ask "Why is the sky blue?"')
        )


def _why_not_sent(core: Core, model: Model, wanted: Thinking) -> str:
    """Return why a requested reasoning level is not sent to the model; empty if it is sent."""
    choices = core.models.reasoning.choices(model)
    if wanted is Thinking.AUTO or choices.nearest(wanted) is not Thinking.AUTO:
        return ""
    if choices.always:
        return "" if wanted is Thinking.ON else _ALWAYS_THINKS
    return _DOES_NOT_THINK if choices.sure else _NOT_KNOWN_TO_THINK


def _check_answer(answer: GrowingAnswer, server: ServerConfig, model: Model) -> None:
    """Raise an error if the answer contains no text: a script would treat an empty output as an answer."""
    if answer.text.strip():
        return
    tools = [part.name for part in answer.parts() if isinstance(part, ToolCallPart)]
    if tools:
        text = QT_TRANSLATE_NOOP("Console", "The model asked for tools, which `chatdesk ask` does not run: {names}")
        raise ConsoleError(ExitCode.CUT_OFF, "answer_only_tool_calls", text, names=", ".join(tools))
    if answer.reasoning.strip():
        text = QT_TRANSLATE_NOOP("Console", "The model produced only reasoning and no answer.")
        raise ConsoleError(ExitCode.CUT_OFF, "answer_only_reasoning", text)
    raise AnswerEmpty(server.name, server.base_url, model=model.ref.model_id)


async def _find_model(core: Core, server_name: str, model_name: str, warn: Warn) -> Model:
    """Return the model to use. Raises the server's own error if the named one does not answer.

    `warn` is called for each other server that does not answer.
    """
    wanted = _servers_named(core, server_name)
    await asyncio.gather(*(core.servers.models.refresh_server(server) for server in wanted))
    ids = {server.id for server in wanted}
    states = [state for state in core.servers.models.states() if state.server.id in ids]
    models = [model for state in states for model in state.models]
    last = ModelRef(core.settings.get(LAST_SERVER), core.settings.get(LAST_MODEL))
    named = [model for model in models if not model_name or model_name in _names(model)]
    if model := choose_model(wanted, named, last):
        if model.ref.server_id != last.server_id:
            _warn_about_last_model(states, last, warn)
        return model
    errors = [state.error for state in states if state.error]
    if errors and len(errors) == len(states):
        raise errors[-1]
    for error in errors:
        warn(error)
    answered = ", ".join(state.server.name for state in states if not state.error)
    if not model_name:
        text = QT_TRANSLATE_NOOP("Console", "No chat model found on {server}.")
        raise ConsoleError(ExitCode.NOT_AVAILABLE, "model_not_found", text, server=answered)
    if named:
        text = QT_TRANSLATE_NOOP("Console", "{model} is not a chat model.")
        raise ConsoleError(ExitCode.NOT_AVAILABLE, "model_not_found", text, model=model_name)
    near = get_close_matches(model_name, [model.ref.model_id for model in models], 3)
    if near:
        text = QT_TRANSLATE_NOOP("Console", "Model not found: {model}. Did you mean {near}?")
        raise ConsoleError(ExitCode.NOT_AVAILABLE, "model_not_found", text, model=model_name, near=", ".join(near))
    if len(states) > len(errors) + 1:
        text = QT_TRANSLATE_NOOP(
            "Console", "Model not found on any server: {model}. Run `chatdesk models` to list the available models."
        )
        raise ConsoleError(ExitCode.NOT_AVAILABLE, "model_not_found", text, model=model_name)
    raise ModelNotFound(server=answered, model=model_name)


def _has_idle_ollama(core: Core, server: ServerConfig) -> bool:
    """Return whether the built-in engine will answer although an installed local Ollama is not running."""
    if not server.is_built_in:
        return False
    away = [state for state in core.servers.models.states() if isinstance(state.error, ServerUnreachable)]
    if not any(each.server.manages_models and each.server.is_on_this_machine for each in away):
        return False
    from chatdesk.system.ollama_program import is_installed  # noqa: PLC0415 - start-up time: only where none answers

    return is_installed()


def _warn_about_last_model(states: Sequence[ServerState], last: ModelRef, warn: Warn) -> None:
    """Warn if another model than the last one is used because its server does not answer."""
    for state in states:
        if state.server.id == last.server_id and state.error:
            warn(state.error)


def _servers_named(core: Core, name: str) -> list[ServerConfig]:
    """Return the enabled servers with a name, or all for an empty one. Raises a `ConsoleError` if there are none."""
    enabled = core.servers.servers.enabled()
    wanted = [server for server in enabled if not name or name.lower() in {server.name.lower(), server.id}]
    if wanted:
        return wanted
    off = [each for each in core.servers.servers.all() if name.lower() in {each.name.lower(), each.id}]
    known = ", ".join(server.name for server in enabled)
    text = (
        QT_TRANSLATE_NOOP("Console", "{name} is turned off in the settings. Available servers: {known}")
        if off
        else QT_TRANSLATE_NOOP("Console", "Unknown server: {name}. Available servers: {known}")
    )
    raise ConsoleError(ExitCode.NOT_AVAILABLE, "server_not_found", text, name=name, known=known)


def _names(model: Model) -> set[str]:
    return {model.ref.model_id, model.ref.model_id.removesuffix(":latest"), model.name}

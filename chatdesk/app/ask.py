"""`chatdesk ask` and `chatdesk models`: the services without a window and without a database."""

import argparse
import asyncio
import json
import sys
from contextlib import AbstractAsyncContextManager, aclosing
from dataclasses import asdict, replace
from datetime import UTC, datetime
from typing import TextIO

from chatdesk.app.console_presets import (
    WrongUsage,
    all_presets,
    as_json,
    as_lines,
    console_language,
    filled_in,
    find_preset,
)
from chatdesk.app.core import PRESETS_NAME, Core, open_core
from chatdesk.app.error_texts import describe, thinking_changed
from chatdesk.app.exit_code import ExitCode
from chatdesk.domain.errors import ChatdeskError, ModelNotFound
from chatdesk.domain.message import Role
from chatdesk.domain.model import Model, ModelRef
from chatdesk.domain.presets.applied import AppliedPreset
from chatdesk.domain.presets.preset import Preset
from chatdesk.domain.redaction import Redactor
from chatdesk.domain.request import ChatRequest, Thinking, Turn
from chatdesk.domain.settings import LANGUAGE, LAST_MODEL, LAST_SERVER
from chatdesk.domain.source import Source
from chatdesk.domain.stream_events import (
    CharactersLost,
    ContextGrown,
    Finished,
    FollowUps,
    KeptRemotely,
    PictureAdded,
    PictureArrived,
    PromptWeighed,
    ReasoningDelta,
    SourcesFound,
    Stage,
    StageChanged,
    StreamEvent,
    TextDelta,
    TextTakenBack,
    TextWasReasoning,
    ThinkingChanged,
    ToolCallDelta,
    UsageReported,
)
from chatdesk.rendering.source_lines import showable
from chatdesk.services.model_choice import choose_model
from chatdesk.services.preset_use import Briefing
from chatdesk.services.request_builder import instructed_request
from chatdesk.system.folders import Folders
from chatdesk.system.resources import Resources

_NOTHING_TO_ASK = 'Nothing to ask. Try: chatdesk ask "Why is the sky blue?"'

_STAGES = {
    Stage.WAITING_FOR_ENGINE: "Waiting until the built-in engine is free",
    Stage.STARTING_ENGINE: "Starting the built-in engine",
    Stage.CONNECTING: "Connecting",
    Stage.RECONNECTING: "No answer, trying again",
    Stage.SERVER_BUSY: "The server is busy, trying again",
    Stage.SUMMARISING: "Summarising",
    Stage.WAITING: "Waiting for the server",
    Stage.LOADING_MODEL: "Loading the model",
    Stage.READING_PROMPT: "Reading the prompt",
    Stage.THINKING: "Thinking",
    Stage.WORKING: "Working",
}


async def ask(options: argparse.Namespace) -> int:
    """Stream one answer to standard output and return the exit code."""
    question = _question(options.question, sys.stdin)
    printer = _JsonPrinter() if options.json else _TextPrinter(show_reasoning=options.reasoning)
    try:
        async with _core() as core:
            preset = _preset(core, options)
            _check_question(question, preset)
            model = await _find_model(core, options.server, options.model)
            request = _request(core, model, preset, options.system, question, options.think)
            request = _with_context(core, request, model.ref, options.context)
            async with aclosing(core.answers.stream(model.ref, request)) as batches:
                async for batch in batches:
                    for event in batch:
                        printer.show(event)
    except WrongUsage as error:
        sys.stderr.write(f"{error}\n")
        return ExitCode.USAGE
    except ChatdeskError as error:
        printer.end()
        code, sentence = describe(error)
        sys.stderr.write(_said(sys.stderr, sentence) + "\n")
        return code
    except asyncio.CancelledError:
        printer.end()
        return ExitCode.STOPPED
    printer.end()
    return ExitCode.ANSWERED


async def list_models(options: argparse.Namespace) -> int:
    """Print every server with its models and return the exit code."""
    async with _core() as core:
        await core.models.refresh()
        states = core.models.states()
    if options.json:
        rows = [
            {
                "server": state.server.name,
                "error": describe(state.error)[1] if state.error else None,
                "models": [{"id": model.ref.model_id, "name": model.name} for model in state.models],
            }
            for state in states
        ]
        print(json.dumps(rows, ensure_ascii=False, indent=2))  # noqa: T201
    else:
        for state in states:
            line = f"{state.server.name}: {describe(state.error)[1]}" if state.error else state.server.name
            print(_said(sys.stdout, line))  # noqa: T201
            for model in state.models:
                print(_said(sys.stdout, f"  {model.ref.model_id}"))  # noqa: T201
    return ExitCode.ANSWERED if any(state.models for state in states) else ExitCode.NOT_AVAILABLE


async def list_presets(options: argparse.Namespace) -> int:
    """Print every preset and return the exit code."""
    async with _core() as core:
        presets = _presets(core)
    print(as_json(presets) if options.json else as_lines(presets))  # noqa: T201
    return ExitCode.ANSWERED


def _core() -> AbstractAsyncContextManager[Core]:
    folders = Folders.locate()
    folders.make()
    return open_core(folders, Resources.locate(), Redactor())


def _presets(core: Core) -> tuple[Preset, ...]:
    language = console_language(core.settings.get(LANGUAGE))
    return all_presets(Folders.locate().data / PRESETS_NAME, Resources.locate().resources / "presets", language)


def _preset(core: Core, options: argparse.Namespace) -> AppliedPreset | None:
    if not options.preset:
        if options.var or options.var_file:
            raise WrongUsage("--var and --var-file fill in a preset: name one with --preset.")
        return None
    return filled_in(find_preset(_presets(core), options.preset), options.var, options.var_file)


def _request(
    core: Core, model: Model, preset: AppliedPreset | None, system: str, question: str, thinking_word: str
) -> ChatRequest:
    briefing = Briefing(core.model_rules, lambda: console_language(core.settings.get(LANGUAGE)))
    now = datetime.now(UTC)
    told = briefing.instructions(preset, system, model.ref, now)
    text = preset.message_text(question, briefing.facts(model.ref, now)) if preset else question
    can_think = None if model.capabilities is None else model.can_think
    thinking = Thinking(thinking_word) if thinking_word else told.thinking
    return instructed_request(model.ref.model_id, (Turn(Role.USER, text),), told, thinking, can_think)


def _with_context(core: Core, request: ChatRequest, ref: ModelRef, tokens: int | None) -> ChatRequest:
    """Ask for so much context, if a person wants that and the server can be asked."""
    if tokens is None:
        return request
    if "num_ctx" not in core.models.known_parameters(ref):
        sys.stderr.write("The server of this model has a context of its own: --context changes nothing there.\n")
        return request
    return replace(request, parameters=replace(request.parameters, num_ctx=tokens))


def _question(words: list[str], stdin: TextIO) -> str:
    piped = "" if stdin.isatty() else stdin.read().strip()
    return "\n\n".join(part for part in (" ".join(words).strip(), piped) if part)


def _check_question(question: str, preset: AppliedPreset | None) -> None:
    if not question and not (preset and preset.question):
        raise WrongUsage(_NOTHING_TO_ASK)


async def _find_model(core: Core, server_name: str, model_name: str) -> Model:
    """Return the model to ask. Raises the server's own error if the one that was named does not answer."""
    wanted = [s for s in core.servers.enabled() if not server_name or server_name.lower() in {s.name.lower(), s.id}]
    if not wanted:
        raise ModelNotFound(server=server_name, model=model_name or "any")
    await asyncio.gather(*(core.models.refresh_server(server) for server in wanted))
    ids = {server.id for server in wanted}
    states = [state for state in core.models.states() if state.server.id in ids]
    models = [model for state in states for model in state.models]
    if model_name:
        models = [m for m in models if model_name in {m.ref.model_id, m.ref.model_id.removesuffix(":latest"), m.name}]
    last = ModelRef(core.settings.get(LAST_SERVER), core.settings.get(LAST_MODEL))
    if model := choose_model(wanted, models, last):
        return model
    errors = [state.error for state in states if state.error]
    if errors and len(errors) == len(states):
        raise errors[-1]
    raise ModelNotFound(server=", ".join(server.name for server in wanted), model=model_name or "any")


_LONGEST_SOURCE = 300


class _TextPrinter:
    """The answer to standard output; what goes on, and the reasoning if wanted, to standard error."""

    def __init__(self, *, show_reasoning: bool) -> None:
        self._show_reasoning = show_reasoning
        self._tells = sys.stderr.isatty()
        self._line = ""
        self._ends_line = True
        self._reasoned = False
        self._lost = False
        self._sources: tuple[Source, ...] = ()

    def show(self, event: StreamEvent) -> None:
        match event:
            case TextDelta(text):
                self._clear_line()
                if self._reasoned and self._show_reasoning:
                    sys.stderr.write("\n\n")
                    sys.stderr.flush()
                self._reasoned = False
                self._write(sys.stdout, _said(sys.stdout, text))
                self._ends_line = text.endswith("\n")
            case ReasoningDelta(text):
                self._reasoned = True
                if self._show_reasoning:
                    self._clear_line()
                    self._write(sys.stderr, _said(sys.stderr, text))
                else:
                    self._tell("Thinking")
            case StageChanged(stage, done, total, seconds, _):
                percent = f" {100 * done // total}%" if done is not None and total else ""
                pause = f" in {seconds} s" if seconds is not None else ""
                self._tell(_STAGES[stage] + percent + pause)
            case ThinkingChanged(wanted, used):
                self._clear_line()
                sys.stderr.write(thinking_changed(wanted, used) + "\n")
            case ContextGrown(tokens):
                self._clear_line()
                sys.stderr.write(f"The model reads this with {tokens:,} tokens of context.\n")
            case TextWasReasoning():  # it is printed already
                self.end()
                self._ends_line = True
                sys.stderr.write("(So far it was thinking. The answer follows.)\n")
            case CharactersLost():
                self._lost = True
            case SourcesFound(sources):
                self._sources = sources
            case PictureArrived(source):
                self._clear_line()
                is_elsewhere = source.startswith(("https://", "http://"))
                where = showable(source[:_LONGEST_SOURCE]) if is_elsewhere else "ask in the window to see and keep it"
                sys.stderr.write(f"(A picture is part of the answer: {where}.)\n")
            case (
                TextTakenBack()
                | ToolCallDelta()
                | PromptWeighed()
                | UsageReported()
                | KeptRemotely()
                | FollowUps()
                | PictureAdded()
                | Finished()
            ):
                pass

    def end(self) -> None:
        self._clear_line()
        if not self._ends_line:
            self._write(sys.stdout, "\n")
        if self._lost:
            self._lost = False
            sys.stderr.write("(Some characters arrived damaged; \ufffd stands for them.)\n")
        for source in self._sources:
            words = (source.title, source.collection, source.address)
            line = " · ".join(filter(None, words)) or source.passage
            shown = " ".join(showable(line[:_LONGEST_SOURCE]).split())
            self._write(sys.stderr, f"[{source.number}] {shown}\n")
        self._sources = ()

    def _tell(self, line: str) -> None:
        if self._tells and line != self._line:
            self._clear_line()
            self._write(sys.stderr, line + "…")
            self._line = line

    def _clear_line(self) -> None:
        if self._line:
            self._write(sys.stderr, "\r\033[K")
            self._line = ""

    @staticmethod
    def _write(stream: TextIO, text: str) -> None:
        stream.write(text)
        stream.flush()


def _said(stream: TextIO, text: str) -> str:
    """Return what a stranger says as a terminal may be told it: control characters in it could set its title, or its clipboard.

    A file or another program gets the text as it is.
    """
    return showable(text).replace("\r", "") if stream.isatty() else text


class _JsonPrinter:
    """Every event as one line of JSON: {"event": "TextDelta", "text": "…"}."""

    def show(self, event: StreamEvent) -> None:
        print(json.dumps({"event": type(event).__name__, **asdict(event)}, ensure_ascii=False), flush=True)  # noqa: T201

    def end(self) -> None:
        """Nothing to finish: every line is whole."""

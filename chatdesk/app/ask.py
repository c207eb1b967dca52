"""`chatdesk ask` and `chatdesk models`: the services without a window and without a database."""

import argparse
import asyncio
import json
import sys
from contextlib import AbstractAsyncContextManager, aclosing
from dataclasses import asdict
from typing import TextIO

from chatdesk.app.composition import Core, open_core
from chatdesk.app.error_texts import ExitCode, describe
from chatdesk.domain.errors import ChatdeskError, ModelNotFound
from chatdesk.domain.message import Role
from chatdesk.domain.model import Model, ModelRef
from chatdesk.domain.redaction import Redactor
from chatdesk.domain.request import ChatRequest, Turn
from chatdesk.domain.settings import LAST_MODEL, LAST_SERVER
from chatdesk.domain.stream_events import (
    Finished,
    ReasoningDelta,
    Stage,
    StageChanged,
    StreamEvent,
    TextDelta,
    TextWasReasoning,
    ToolCallDelta,
    UsageReported,
)
from chatdesk.services.model_choice import choose_model
from chatdesk.system.folders import Folders
from chatdesk.system.resources import Resources

_STAGES = {
    Stage.STARTING_ENGINE: "Starting the built-in engine",
    Stage.CONNECTING: "Connecting",
    Stage.WAITING: "Waiting for the server",
    Stage.LOADING_MODEL: "Loading the model",
    Stage.READING_PROMPT: "Reading the prompt",
    Stage.THINKING: "Thinking",
}


async def ask(options: argparse.Namespace) -> int:
    """Stream one answer to standard output and return the exit code."""
    question = _question(options.question, sys.stdin)
    if not question:
        sys.stderr.write('Nothing to ask. Try: chatdesk ask "Why is the sky blue?"\n')
        return ExitCode.USAGE
    turns = [Turn(Role.SYSTEM, options.system)] if options.system.strip() else []
    printer = _JsonPrinter() if options.json else _TextPrinter(show_reasoning=options.reasoning)
    try:
        async with _core() as core:
            model = await _find_model(core, options.server, options.model)
            request = ChatRequest(
                model.ref.model_id,
                (*turns, Turn(Role.USER, question)),
                can_think=None if model.capabilities is None else model.can_think,
            )
            async with aclosing(core.connections.stream(model.ref, request)) as batches:
                async for batch in batches:
                    for event in batch:
                        printer.show(event)
    except ChatdeskError as error:
        printer.end()
        code, sentence = describe(error)
        sys.stderr.write(sentence + "\n")
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
            print(f"{state.server.name}: {describe(state.error)[1]}" if state.error else state.server.name)  # noqa: T201
            for model in state.models:
                print(f"  {model.ref.model_id}")  # noqa: T201
    return ExitCode.ANSWERED if any(state.models for state in states) else ExitCode.NOT_AVAILABLE


def _core() -> AbstractAsyncContextManager[Core]:
    folders = Folders.locate()
    folders.make()
    return open_core(folders, Resources.locate(), Redactor())


def _question(words: list[str], stdin: TextIO) -> str:
    piped = "" if stdin.isatty() else stdin.read().strip()
    return "\n\n".join(part for part in (" ".join(words).strip(), piped) if part)


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


class _TextPrinter:
    """The answer to standard output; what goes on, and the reasoning if wanted, to standard error."""

    def __init__(self, *, show_reasoning: bool) -> None:
        self._show_reasoning = show_reasoning
        self._tells = sys.stderr.isatty()
        self._line = ""
        self._ends_line = True
        self._reasoned = False

    def show(self, event: StreamEvent) -> None:
        match event:
            case TextDelta(text):
                self._clear_line()
                if self._reasoned and self._show_reasoning:
                    sys.stderr.write("\n\n")
                    sys.stderr.flush()
                self._reasoned = False
                self._write(sys.stdout, text)
                self._ends_line = text.endswith("\n")
            case ReasoningDelta(text):
                self._reasoned = True
                if self._show_reasoning:
                    self._clear_line()
                    self._write(sys.stderr, text)
                else:
                    self._tell("Thinking")
            case StageChanged(stage, done, total):
                percent = f" {100 * done // total}%" if done is not None and total else ""
                self._tell(_STAGES[stage] + percent)
            case TextWasReasoning() | ToolCallDelta() | UsageReported() | Finished():
                pass

    def end(self) -> None:
        self._clear_line()
        if not self._ends_line:
            self._write(sys.stdout, "\n")

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


class _JsonPrinter:
    """Every event as one line of JSON: {"event": "TextDelta", "text": "…"}."""

    def show(self, event: StreamEvent) -> None:
        print(json.dumps({"event": type(event).__name__, **asdict(event)}, ensure_ascii=False), flush=True)  # noqa: T201

    def end(self) -> None:
        """Nothing to finish: every line is whole."""

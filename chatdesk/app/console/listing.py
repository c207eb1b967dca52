"""The commands `chatdesk models` and `chatdesk presets`: lists as text or JSON."""

from collections.abc import Sequence

from chatdesk.app.console.console import Console
from chatdesk.app.console.console_presets import all_presets, as_lines, as_records
from chatdesk.app.console.error_texts import describe
from chatdesk.app.console.json_lines import JsonLines, problem_fields, server_fields
from chatdesk.app.console.report import Report
from chatdesk.app.core import PRESETS_NAME, open_core
from chatdesk.app.exit_code import ExitCode
from chatdesk.features.servers.services.models import ServerState
from chatdesk.kernel.models.model import Model
from chatdesk.kernel.presets.preset import Preset
from chatdesk.system.resources import Resources


async def list_models(console: Console, report: Report) -> ExitCode:
    """Print every server with its models."""
    console.folders.make()
    async with open_core(console.folders, Resources.locate(), console.redactor) as core:
        await core.servers.models.refresh()
        states = core.servers.models.states()
    for state in states:
        if isinstance(report, JsonLines):
            _print_record(state, console, report)
        else:
            _print_lines(state, console)
    return ExitCode.ANSWERED if any(state.models for state in states) else ExitCode.NOT_AVAILABLE


async def list_presets(console: Console, report: Report) -> ExitCode:
    """Print every preset."""
    own, shipped = console.folders.data / PRESETS_NAME, Resources.locate().resources / "presets"
    presets: Sequence[Preset] = all_presets(own, shipped, console.texts.language)
    if isinstance(report, JsonLines):
        for record in as_records(presets):
            report.line("preset", **record)
    else:
        console.output.write_foreign(as_lines(presets) + "\n")
    return ExitCode.ANSWERED


def _print_record(state: ServerState, console: Console, report: JsonLines) -> None:
    error = problem_fields(describe(state.error, console.texts)) if state.error else None
    models = [{"id": model.ref.model_id, "name": model.name} for model in state.models]
    report.line("server", **server_fields(state.server), models=models, error=error)


def _print_lines(state: ServerState, console: Console) -> None:
    problem = describe(state.error, console.texts) if state.error else None
    first = f"{state.server.name}: {problem.sentence}" if problem else state.server.name
    lines = (first, *(f"  {_display_name(model)}" for model in state.models))
    console.output.write_foreign("".join(f"{' '.join(line.splitlines())}\n" for line in lines))


def _display_name(model: Model) -> str:
    """Return the name of a model as in the window, followed by its id if the name differs."""
    name, own_id = model.name, model.ref.model_id
    return name if own_id in {name, f"{name}:latest"} else f"{name} ({own_id})"

"""Dispatch of the command line: from the arguments to the command to run and the report to use."""

import sys
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from functools import partial
from types import SimpleNamespace

from chatdesk import __version__
from chatdesk.app.console import verbs
from chatdesk.app.console.arguments import HELP, HelpRequested, Option, Verb, read_arguments
from chatdesk.app.console.console import Console
from chatdesk.app.console.error_texts import describe
from chatdesk.app.console.json_lines import JsonAnswer, JsonLines
from chatdesk.app.console.output import Output, reserve_standard_descriptors
from chatdesk.app.console.report import Report, TextReport, WrongUsage
from chatdesk.app.console.running import Work, run
from chatdesk.app.console.text_printer import TextPrinter
from chatdesk.app.console.texts import ConsoleTexts, chosen_language, system_language
from chatdesk.app.console.verbs import ASK, EXPORT, IMPORT, MODELS, PRESETS, VERBS
from chatdesk.app.exit_code import ExitCode
from chatdesk.app.piped_text import use_utf8_in_pipes
from chatdesk.kernel.errors.storage_errors import FolderUnavailable
from chatdesk.kernel.redaction import Redactor
from chatdesk.kernel.translatable import QT_TRANSLATE_NOOP
from chatdesk.system.folders import Folders
from chatdesk.system.resources import Resources

# The help texts of the program and of each command.

_PROGRAM = QT_TRANSLATE_NOOP(
    "Console",
    "Chat with local and remote language models. Without a command, the window opens. With files, the "
    "window offers to import them: presets, chats saved as JSON, and GGUF models.",
)
_EXIT_CODES = QT_TRANSLATE_NOOP(
    "Console",
    "exit codes: 0 success, 1 a file or the output cannot be read or written, 2 invalid usage, 3 no "
    "server or model available, 4 the server refused the request, 5 the answer is incomplete or empty, "
    "130 interrupted by Ctrl+C or a closed pipe",
)
_VERSION = Option("--version", QT_TRANSLATE_NOOP("Console", "show the version and exit"))


def usage(verb: Verb | None, texts: ConsoleTexts) -> str:
    """Return the usage line of a command, or of the program."""
    if verb is None:
        return texts.render(QT_TRANSLATE_NOOP("Console", "usage: {command}"), command="chatdesk [VERB ... | FILE ...]")
    parts = (
        "chatdesk",
        verb.name,
        "[OPTION ...]" if verb.options else "",
        f"[{verb.value_name}]" if verb.value_name else "",
    )
    return texts.render(QT_TRANSLATE_NOOP("Console", "usage: {command}"), command=" ".join(filter(None, parts)))


def help_text(verb: Verb | None, texts: ConsoleTexts) -> str:
    """Return the help of a command, or of the program."""
    if verb is None:
        verbs = [(each.name, texts.render(each.summary)) for each in VERBS.values()]
        return _joined(
            usage(None, texts),
            texts.render(_PROGRAM),
            _section(texts.render(QT_TRANSLATE_NOOP("Console", "commands:")), verbs),
            _options((_VERSION, HELP), texts),
            texts.render(QT_TRANSLATE_NOOP("Console", "Run `chatdesk help COMMAND` to see the options of a command.")),
        )
    examples = [(example, "") for example in verb.examples]
    return _joined(
        usage(verb, texts),
        texts.render(verb.description or verb.summary),
        _options((*verb.options, HELP), texts),
        _section(texts.render(QT_TRANSLATE_NOOP("Console", "examples:")), examples) if examples else "",
        texts.render(_EXIT_CODES),
    )


def _options(options: Iterable[Option], texts: ConsoleTexts) -> str:
    rows = [
        (
            f"{_SHORT.get(option.name, '')}{option.name} {option.value}".rstrip(),
            texts.render(option.help, choices=", ".join(option.choices)),
        )
        for option in options
    ]
    return _section(texts.render(QT_TRANSLATE_NOOP("Console", "options:")), rows)


_SHORT = {"--help": "-h, ", "--version": "-v, "}


def _section(title: str, rows: Iterable[tuple[str, str]]) -> str:
    rows = tuple(rows)
    width = max(len(name) for name, _ in rows)
    return "\n".join((title, *(f"  {name:{width}}  {text}".rstrip() for name, text in rows)))


def _joined(*paragraphs: str) -> str:
    return "\n\n".join(filter(None, paragraphs)) + "\n"


def call(arguments: Sequence[str]) -> ExitCode:
    """Run the command of the arguments. There is at least one argument, and none is a file to open."""
    reserve_standard_descriptors()
    use_utf8_in_pipes()
    output, translations = Output(sys.stdout, sys.stderr), Resources.locate().translations
    try:
        folders = Folders.locate()
    except FolderUnavailable as error:
        return refuse(error)
    console = Console(output, ConsoleTexts(lambda: chosen_language(folders), translations), folders, Redactor())
    work, report = _work(arguments, console)
    return run(work, report, console)


def refuse(error: FolderUnavailable) -> ExitCode:
    """Report that there is no usable data folder, for the window too. Without it, the settings and their language are unknown."""
    problem = describe(error, ConsoleTexts(system_language, Resources.locate().translations))
    TextReport(Output(sys.stdout, sys.stderr)).fail(problem)
    return problem.code


def _work(arguments: Sequence[str], console: Console) -> tuple[Work, Report]:
    """Return the command to run and its report."""
    first, *rest = arguments
    in_text = TextReport(console.output)
    if first in {"-h", "--help"}:
        return _printing(help_text(None, console.texts), console), in_text
    if first in {"-v", "--version"}:
        return _printing(f"Chatdesk {__version__}\n", console), in_text
    verb = VERBS.get(first)
    if verb is None:
        return _refusing(None, _unknown(first), console), in_text
    as_json = "--json" in rest
    try:
        options = read_arguments(verb, rest)
    except HelpRequested:
        return _printing(help_text(verb, console.texts), console), in_text
    except WrongUsage as error:
        return _refusing(verb, error, console), JsonLines(console.output, verb.name) if as_json else in_text
    if verb is ASK:
        return _asking(options, console)
    if verb in {MODELS, PRESETS}:
        from chatdesk.app.console.listing import list_models, list_presets  # noqa: PLC0415 - start-up time of `ask`

        report = JsonLines(console.output, verb.name) if as_json else in_text
        return partial(list_models if verb is MODELS else list_presets, console, report), report
    if verb is IMPORT:
        from chatdesk.app.console.importing import import_files  # noqa: PLC0415 - start-up time of `ask`

        report = JsonLines(console.output, verb.name) if as_json else in_text
        return partial(import_files, options, console, report), report
    if verb is EXPORT:
        from chatdesk.app.console.exporting import export_chats  # noqa: PLC0415 - start-up time of `ask`

        report = JsonLines(console.output, verb.name) if as_json else in_text
        return partial(export_chats, options, console, report), report
    return _helping(options.arguments, console), in_text


def _asking(options: SimpleNamespace, console: Console) -> tuple[Work, Report]:
    from chatdesk.app.ask import ask  # noqa: PLC0415 - start-up time of the other verbs

    report = (
        JsonAnswer(console.output, ASK.name)
        if options.json
        else TextPrinter(console.output, console.texts, show_reasoning=options.reasoning)
    )
    return partial(ask, options, console, report), report


def _helping(names: Sequence[str], console: Console) -> Work:
    """Return the command that prints the help of the named command, or of the program."""
    verb = VERBS.get(names[0]) if names else None
    if names and verb is None:
        return _refusing(verbs.HELP, _unknown(names[0]), console)
    return _printing(help_text(verb, console.texts), console)


def _printing(text: str, console: Console) -> Work:
    async def work() -> ExitCode:
        console.output.write(text)
        return ExitCode.ANSWERED

    return work


def _refusing(verb: Verb | None, error: WrongUsage, console: Console) -> Work:
    async def work() -> ExitCode:
        console.output.write_status(usage(verb, console.texts) + "\n")
        raise error

    return work


def _unknown(name: str) -> WrongUsage:
    near = get_close_matches(name, VERBS, 1)
    if near:
        text = QT_TRANSLATE_NOOP("Console", "No such command or file: {name}. Did you mean {near}?")
        return WrongUsage(text, name=name, near=near[0])
    return WrongUsage(QT_TRANSLATE_NOOP("Console", "No such command or file: {name}."), name=name)

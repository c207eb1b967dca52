"""The help texts of the program and of each command."""

from collections.abc import Iterable

from chatdesk.app.console.arguments import HELP, Option, Verb
from chatdesk.app.console.texts import ConsoleTexts
from chatdesk.app.console.verbs import VERBS
from chatdesk.kernel.translatable import QT_TRANSLATE_NOOP

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


def usage(verb: Verb | None, words: ConsoleTexts) -> str:
    """Return the usage line of a command, or of the program."""
    if verb is None:
        return words.say(QT_TRANSLATE_NOOP("Console", "usage: {command}"), command="chatdesk [VERB ... | FILE ...]")
    parts = ("chatdesk", verb.name, "[OPTION ...]" if verb.options else "", f"[{verb.takes}]" if verb.takes else "")
    return words.say(QT_TRANSLATE_NOOP("Console", "usage: {command}"), command=" ".join(filter(None, parts)))


def help_text(verb: Verb | None, words: ConsoleTexts) -> str:
    """Return the help of a command, or of the program."""
    if verb is None:
        verbs = [(each.name, words.say(each.summary)) for each in VERBS.values()]
        return _joined(
            usage(None, words),
            words.say(_PROGRAM),
            _section(words.say(QT_TRANSLATE_NOOP("Console", "commands:")), verbs),
            _options((_VERSION, HELP), words),
            words.say(QT_TRANSLATE_NOOP("Console", "Run `chatdesk help COMMAND` to see the options of a command.")),
        )
    examples = [(example, "") for example in verb.examples]
    return _joined(
        usage(verb, words),
        words.say(verb.description or verb.summary),
        _options((*verb.options, HELP), words),
        _section(words.say(QT_TRANSLATE_NOOP("Console", "examples:")), examples) if examples else "",
        words.say(_EXIT_CODES),
    )


def _options(options: Iterable[Option], words: ConsoleTexts) -> str:
    rows = [
        (
            f"{_SHORT.get(option.name, '')}{option.name} {option.value}".rstrip(),
            words.say(option.help, choices=", ".join(option.choices)),
        )
        for option in options
    ]
    return _section(words.say(QT_TRANSLATE_NOOP("Console", "options:")), rows)


_SHORT = {"--help": "-h, ", "--version": "-v, "}


def _section(title: str, rows: Iterable[tuple[str, str]]) -> str:
    rows = tuple(rows)
    width = max(len(name) for name, _ in rows)
    return "\n".join((title, *(f"  {name:{width}}  {words}".rstrip() for name, words in rows)))


def _joined(*paragraphs: str) -> str:
    return "\n\n".join(filter(None, paragraphs)) + "\n"

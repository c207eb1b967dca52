"""The help, of the program and of each verb."""

from collections.abc import Iterable

from chatdesk.app.console.arguments import HELP, Option, Verb
from chatdesk.app.console.verbs import VERBS
from chatdesk.app.console.words import Words
from chatdesk.kernel.translatable import QT_TRANSLATE_NOOP

_PROGRAM = QT_TRANSLATE_NOOP(
    "Console",
    "Chat with local and remote language models. Without a verb, the window opens; with files, it asks "
    "whether to take in what they hold: presets, chats that were saved as JSON, models as GGUF.",
)
_EXIT_CODES = QT_TRANSLATE_NOOP(
    "Console",
    "exit codes: 0 answered, 1 a file or the output cannot be read or written, 2 wrong usage, 3 no server or model to ask, "
    "4 the server refused, 5 the answer broke off or is empty, 130 stopped by Ctrl+C, or because nobody read on",
)
_VERSION = Option("--version", QT_TRANSLATE_NOOP("Console", "show the version"))


def usage(verb: Verb | None, words: Words) -> str:
    """Return the one line that says how something is called."""
    if verb is None:
        return words.say(QT_TRANSLATE_NOOP("Console", "usage: {command}"), command="chatdesk [VERB ... | FILE ...]")
    parts = ("chatdesk", verb.name, "[OPTION ...]" if verb.options else "", f"[{verb.takes}]" if verb.takes else "")
    return words.say(QT_TRANSLATE_NOOP("Console", "usage: {command}"), command=" ".join(filter(None, parts)))


def help_text(verb: Verb | None, words: Words) -> str:
    """Return the help of a verb, or of the program."""
    if verb is None:
        verbs = [(each.name, words.say(each.summary)) for each in VERBS.values()]
        return _joined(
            usage(None, words),
            words.say(_PROGRAM),
            _section(words.say(QT_TRANSLATE_NOOP("Console", "verbs:")), verbs),
            _options((_VERSION, HELP), words),
            words.say(QT_TRANSLATE_NOOP("Console", "`chatdesk help VERB` shows the options of a verb.")),
        )
    examples = [(example, "") for example in verb.examples]
    return _joined(
        usage(verb, words),
        words.say(verb.description or verb.summary),
        _options((*verb.options, HELP), words),
        _section(words.say(QT_TRANSLATE_NOOP("Console", "examples:")), examples) if examples else "",
        words.say(_EXIT_CODES),
    )


def _options(options: Iterable[Option], words: Words) -> str:
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

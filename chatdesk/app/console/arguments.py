"""Parser of command-line arguments. `verbs.py` declares the commands. Not argparse, whose errors are in English only."""

from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from types import SimpleNamespace

from chatdesk.app.console.report import WrongUsage
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.translatable import QT_TRANSLATE_NOOP


@dataclass(frozen=True, slots=True)
class Option:
    """An option `--name`. Its value is a text, a list of texts if `repeated`, or without `value` whether it was given."""

    name: str
    help: str
    value: str = ""
    """The placeholder of its value in the help; empty for an option without a value."""
    repeated: bool = False
    choices: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """Its name among the parsed values."""
        return self.name.lstrip("-").replace("-", "_")


@dataclass(frozen=True, slots=True)
class Verb:
    """A command. All texts are English sources in the translation context `Console`."""

    name: str
    summary: str
    description: str = ""
    options: tuple[Option, ...] = ()
    value_name: str = ""
    """The placeholder of positional arguments; empty if there are none."""
    examples: tuple[str, ...] = ()
    """Example commands, which are not translated."""


HELP = Option("--help", QT_TRANSLATE_NOOP("Console", "show this help and exit"))


class HelpRequested(Exception):
    """The arguments include `-h` or `--help`."""


def read_arguments(verb: Verb, arguments: Sequence[str]) -> SimpleNamespace:
    """Return the option values by `Option.key`, and positional arguments as `arguments`. Raise `WrongUsage` or `HelpRequested`."""
    options = {option.name: option for option in (*verb.options, HELP)}
    values: dict[str, str | bool | list[str]] = {option.key: _unset(option) for option in verb.options}
    positional: list[str] = []
    waiting = iter(arguments)
    for argument in waiting:
        if argument == "--":
            positional += waiting
        elif argument == "-h":
            raise HelpRequested
        elif argument.startswith("--"):
            name, equals, text = argument.partition("=")
            option = _found(options, name)
            if option is HELP:
                raise HelpRequested
            _set(values, option, text if equals else None, waiting)
        elif argument.startswith("-") and len(argument) > 1:
            raise _unknown(argument, options)
        else:
            positional.append(argument)
    if positional and not verb.value_name:
        raise WrongUsage(QT_TRANSLATE_NOOP("Console", "Unexpected argument: {argument}"), argument=positional[0])
    return SimpleNamespace(**values, arguments=positional)


def _unset(option: Option) -> str | bool | list[str]:
    if option.repeated:
        return []
    return "" if option.value else False


def _found(options: dict[str, Option], name: str) -> Option:
    """Return the option of this name, or the only one that starts with it."""
    if name in options:
        return options[name]
    beginning = [option for known, option in options.items() if known.startswith(name) and len(name) > len("--")]
    if len(beginning) != 1:
        raise _unknown(name, options)
    return beginning[0]


def _set(values: dict[str, str | bool | list[str]], option: Option, text: str | None, waiting: Iterator[str]) -> None:
    if not option.value:
        if text is not None:
            raise WrongUsage(QT_TRANSLATE_NOOP("Console", "{option} does not take a value."), option=option.name)
        values[option.key] = True
        return
    text = next(waiting, None) if text is None else text
    if text is None:
        raise WrongUsage(
            QT_TRANSLATE_NOOP("Console", "Missing value: {option} {value}"),
            option=option.name,
            value=option.value,
        )
    if option.choices and text not in option.choices:
        raise WrongUsage(
            QT_TRANSLATE_NOOP("Console", "Invalid value for {option}: “{value}”. Choose one of: {choices}."),
            option=option.name,
            choices=", ".join(option.choices),
            value=text,
        )
    before = values[option.key]
    values[option.key] = [*before, text] if isinstance(before, list) else text


def _unknown(name: str, options: dict[str, Option]) -> WrongUsage:
    near = get_close_matches(name, options, 1)
    if near:
        return WrongUsage(
            QT_TRANSLATE_NOOP("Console", "Unknown option: {option}. Did you mean {near}?"), option=name, near=near[0]
        )
    return WrongUsage(QT_TRANSLATE_NOOP("Console", "Unknown option: {option}."), option=name)

"""The command line: what each verb means. `chatdesk` alone opens the window, with files too; nothing else here but `quick` loads Qt.

Exit codes: app/exit_code.py.
"""

import argparse
import asyncio
import gc
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from chatdesk import __version__
from chatdesk.app.plain_imports import load_pyside
from chatdesk.engine.child_argument import ENGINE_CHILD_ARGUMENT
from chatdesk.prompts.importing.child_argument import IMPORT_CHILD_ARGUMENT
from chatdesk.rendering.math.child_argument import FORMULA_CHILD_ARGUMENT

_VERBS = frozenset({"ask", "models", "presets", "quick"})
_EPILOG = """\
exit codes: 0 answered, 2 wrong usage, 3 no server or model to ask, 4 the server refused, 5 the answer broke off, 130 stopped by
Ctrl+C, or because nobody read on
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what the arguments say and return the exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given[:1] == [ENGINE_CHILD_ARGUMENT]:  # a frozen program is its own Python: this is the engine's process
        from chatdesk.engine.child import main as engine_child  # noqa: PLC0415 - only in that process

        return engine_child()
    if given[:1] == [FORMULA_CHILD_ARGUMENT]:
        from chatdesk.rendering.math.child import main as formula_child  # noqa: PLC0415 - likewise

        return formula_child()
    if given[:1] == [IMPORT_CHILD_ARGUMENT]:
        from chatdesk.app.import_child import main as import_child  # noqa: PLC0415 - likewise

        return import_child()
    if not given:
        return _window()
    if files := _files_in(given):
        return _window(files=files)
    options = _parser().parse_args(given)
    match options.verb:
        case "quick":
            return _quick()
        case "ask" | "models" | "presets":
            return _print(options)
        case _:
            return _window()


def _print(options: argparse.Namespace) -> int:
    """Run a verb that writes to standard output, and return its exit code; whoever reads it may leave before the end (`| head`)."""
    from chatdesk.app.ask import ask, list_models, list_presets  # noqa: PLC0415 - start-up time of the window
    from chatdesk.app.exit_code import ExitCode  # noqa: PLC0415 - likewise
    from chatdesk.app.piped_text import use_utf8_in_pipes  # noqa: PLC0415 - likewise

    use_utf8_in_pipes()
    verbs = {"ask": ask, "models": list_models, "presets": list_presets}
    try:
        code = asyncio.run(verbs[options.verb](options))
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # Python writes what is left when it ends
        return ExitCode.STOPPED
    return code


def _quick() -> int:
    load_pyside()
    from chatdesk.app.quick import tell_to_ask_quickly  # noqa: PLC0415 - the other verbs run without Qt

    return 0 if tell_to_ask_quickly() else _window(quick=True)


def _files_in(given: Sequence[str]) -> list[Path]:
    """Return the files that are to be opened; none where a verb is meant. A verb with a slip in it is no file: it is told as such."""
    names = given[1:] if given[0] == "--" else given
    if not names or names[0].startswith("-") or (given[0] in _VERBS):
        return []
    paths = [_path(name) for name in names]
    is_path = "/" in names[0] or os.sep in names[0] or os.path.lexists(paths[0])
    return paths if is_path or given[0] == "--" else []


def _path(name: str) -> Path:
    """Return a file's whole path, of its address too, which some programs hand over."""
    if name.startswith("file://"):
        from urllib.parse import urlsplit  # noqa: PLC0415 - start-up time of the window
        from urllib.request import url2pathname  # noqa: PLC0415 - likewise

        name = url2pathname(urlsplit(name).path)
    return Path(os.path.abspath(name))  # noqa: PTH100 - a link is opened by its own name


def _window(*, quick: bool = False, files: Sequence[Path] = ()) -> int:
    gc.disable()  # a twelfth of the start is looking for garbage among what was just loaded; see app/garbage.py
    load_pyside()
    from chatdesk.app.window import open_window  # noqa: PLC0415 - the other verbs run without Qt

    return open_window(quick=quick, files=files)


def _context(text: str) -> int:
    from chatdesk.domain.parameters import NUMBER_RANGES  # noqa: PLC0415 - start-up time of the window

    tokens, allowed = int(text), NUMBER_RANGES["num_ctx"]
    if not allowed.has(tokens):
        raise argparse.ArgumentTypeError(f"from {allowed.least:,} to {allowed.most:,} tokens")
    return tokens


def _parser() -> argparse.ArgumentParser:
    from chatdesk.domain.request import Thinking  # noqa: PLC0415 - start-up time of the window

    parser = argparse.ArgumentParser(
        prog="chatdesk",
        usage="%(prog)s [-h] [--version] [VERB ... | FILE ...]",
        description="Chat with local and remote language models. Without a verb, the window opens; with files, it asks "
        "whether to take in what they hold: presets, chats that were saved as JSON, models as GGUF.",
        epilog=_EPILOG,
    )
    parser.add_argument("--version", action="version", version=f"Chatdesk {__version__}")
    verbs = parser.add_subparsers(dest="verb", metavar="VERB")

    ask = verbs.add_parser(
        "ask",
        help="ask one question; the answer streams to standard output",
        description="Ask one question. What is piped in is added to it, or is the question.",
        epilog=_EPILOG,
    )
    ask.add_argument("question", nargs="*", help="the question; more words than one need no quotes")
    ask.add_argument("--model", metavar="M", default="", help="the model's name, as `chatdesk models` lists it")
    ask.add_argument("--server", metavar="S", default="", help="the server's name, as `chatdesk models` lists it")
    ask.add_argument("--system", metavar="TEXT", default="", help="a system prompt")
    ask.add_argument("--preset", metavar="P", default="", help="a preset, as `chatdesk presets` lists it")
    ask.add_argument("--var", metavar="NAME=VALUE", action="append", default=[], help="fill in one of its variables")
    ask.add_argument(
        "--var-file", metavar="NAME=FILE", action="append", default=[], help="likewise, with a file's text"
    )
    ask.add_argument(
        "--think",
        metavar="HOW",
        choices=list(map(str, Thinking)),
        default="",
        help=f"whether to think first, and how much: {', '.join(Thinking)}",
    )
    ask.add_argument(
        "--context",
        metavar="N",
        type=_context,
        default=None,
        help="tokens of context to ask Ollama for; without it, the smallest usual size that is enough",
    )
    ask.add_argument("--reasoning", action="store_true", help="show the model's reasoning on standard error")
    ask.add_argument("--json", action="store_true", help="print every event as a line of JSON")

    presets = verbs.add_parser("presets", help="list the presets and their variables", epilog=_EPILOG)
    presets.add_argument("--json", action="store_true", help="print the list as JSON")

    verbs.add_parser(
        "quick",
        help="open the small window for one quick question",
        description="Open the window for quick questions of the running program, or start the program with it. "
        "Bind this command to a key in the settings of your desktop to have it at hand everywhere.",
        epilog=_EPILOG,
    )

    models = verbs.add_parser("models", help="list servers and their models", epilog=_EPILOG)
    models.add_argument("--json", action="store_true", help="print the list as JSON")
    return parser

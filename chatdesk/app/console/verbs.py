"""The commands of the command line and their options. `arguments.py` parses them; `calling.py` runs them."""

from chatdesk.app.console.arguments import Option, Verb
from chatdesk.kernel.chat.request import Thinking
from chatdesk.kernel.translatable import QT_TRANSLATE_NOOP

_AS_JSON = Option("--json", QT_TRANSLATE_NOOP("Console", "print JSON, one object per line (see docs/command-line.md)"))

ASK = Verb(
    "ask",
    QT_TRANSLATE_NOOP("Console", "ask a question and stream the answer to standard output"),
    QT_TRANSLATE_NOOP("Console", "Ask a question. Piped input is appended to it, or used as the question."),
    (
        Option("--model", QT_TRANSLATE_NOOP("Console", "model name, as listed by `chatdesk models`"), "M"),
        Option("--server", QT_TRANSLATE_NOOP("Console", "server name, as listed by `chatdesk models`"), "S"),
        Option(
            "--file",
            QT_TRANSLATE_NOOP("Console", "send a document or a picture with the question"),
            "FILE",
            repeated=True,
        ),
        Option("--system", QT_TRANSLATE_NOOP("Console", "system prompt"), "TEXT"),
        Option("--preset", QT_TRANSLATE_NOOP("Console", "preset, as listed by `chatdesk presets`"), "P"),
        Option(
            "--var",
            QT_TRANSLATE_NOOP("Console", "set a variable of the preset"),
            "NAME=VALUE",
            repeated=True,
        ),
        Option(
            "--var-file",
            QT_TRANSLATE_NOOP("Console", "set a variable of the preset to the contents of a file"),
            "NAME=FILE",
            repeated=True,
        ),
        Option(
            "--think",
            QT_TRANSLATE_NOOP("Console", "reasoning: {choices}"),
            "HOW",
            choices=tuple(map(str, Thinking)),
        ),
        Option(
            "--context",
            QT_TRANSLATE_NOOP(
                "Console", "context window in tokens (Ollama only); by default the smallest common size that fits"
            ),
            "N",
        ),
        Option("--reasoning", QT_TRANSLATE_NOOP("Console", "show the model's reasoning on standard error")),
        _AS_JSON,
    ),
    value_name="QUESTION ...",
    examples=(
        'chatdesk ask "Why is the sky blue?"',
        'git diff | chatdesk ask "Write a commit message:"',
        'chatdesk ask --file report.pdf --file costs.xlsx "Which costs grew most?"',
        "chatdesk ask --preset translate --var to=English < letter.txt",
        'chatdesk ask --model deepseek-r1:7b --reasoning "Is 1001 prime?"',
    ),
)
MODELS = Verb(
    "models",
    QT_TRANSLATE_NOOP("Console", "list servers and their models"),
    options=(_AS_JSON,),
    examples=("chatdesk models", "chatdesk models --json"),
)
PRESETS = Verb(
    "presets",
    QT_TRANSLATE_NOOP("Console", "list presets and their variables"),
    options=(_AS_JSON,),
    examples=("chatdesk presets",),
)
IMPORT = Verb(
    "import",
    QT_TRANSLATE_NOOP("Console", "import chats and presets of other programs"),
    QT_TRANSLATE_NOOP(
        "Console",
        "Show the chats and presets in files, archives and folders of other programs, and import them after asking. What is already here "
        "is left out, and new messages are added to chats that are here. If the window is open, it shows what can be imported instead.",
    ),
    (
        Option("--yes", QT_TRANSLATE_NOOP("Console", "import without asking")),
        Option("--folder", QT_TRANSLATE_NOOP("Console", "put the chats into this folder of the list"), "NAME"),
        _AS_JSON,
    ),
    value_name="FILE ...",
    examples=("chatdesk import chatgpt-export.zip", "chatdesk import --yes --folder Jan ~/.config/Jan/data"),
)
EXPORT_FORMATS = {
    "json": "chatdesk.json",
    "markdown": "md",
    "text": "txt",
    "html": "html",
    "word": "docx",
    "pdf": "pdf",
}
"""The formats of `export`, and the endings of their files."""
EXPORT = Verb(
    "export",
    QT_TRANSLATE_NOOP("Console", "write chats as files"),
    QT_TRANSLATE_NOOP(
        "Console",
        "Write each chat as a file, into a new folder or a .zip archive. JSON files can be imported again. The window must be closed.",
    ),
    (
        Option(
            "--format",
            QT_TRANSLATE_NOOP("Console", "format of the files: {choices}; by default json"),
            "FORMAT",
            choices=tuple(EXPORT_FORMATS),
        ),
        Option("--folder", QT_TRANSLATE_NOOP("Console", "only the chats in this folder of the list"), "NAME"),
        Option(
            "--everything",
            QT_TRANSLATE_NOOP("Console", "with reasoning, times, models, tokens and other versions (always in JSON)"),
        ),
        _AS_JSON,
    ),
    value_name="PLACE",
    examples=("chatdesk export chats.zip", "chatdesk export --format markdown --folder Work ~/Documents/chats"),
)
QUICK = Verb(
    "quick",
    QT_TRANSLATE_NOOP("Console", "open the quick question window"),
    QT_TRANSLATE_NOOP(
        "Console",
        "Open the quick question window, and start Chatdesk if it is not running. To open it from anywhere, "
        "bind this command to a keyboard shortcut in your desktop settings.",
    ),
)
HELP = Verb("help", QT_TRANSLATE_NOOP("Console", "show the help for a command"), value_name="VERB")

VERBS = {verb.name: verb for verb in (ASK, MODELS, PRESETS, IMPORT, EXPORT, QUICK, HELP)}

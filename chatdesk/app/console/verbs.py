"""What the command line can do: its verbs and options with their help. How they are read: `arguments.py`; what they do: `app/ask.py`."""

from chatdesk.app.console.arguments import Option, Verb
from chatdesk.kernel.chat.request import Thinking
from chatdesk.kernel.translatable import QT_TRANSLATE_NOOP

_AS_JSON = Option("--json", QT_TRANSLATE_NOOP("Console", "print JSON, one object a line (docs/command-line.md)"))

ASK = Verb(
    "ask",
    QT_TRANSLATE_NOOP("Console", "ask one question; the answer streams to standard output"),
    QT_TRANSLATE_NOOP("Console", "Ask one question. What is piped in is added to it, or is the question."),
    (
        Option("--model", QT_TRANSLATE_NOOP("Console", "the model's name, as `chatdesk models` lists it"), "M"),
        Option("--server", QT_TRANSLATE_NOOP("Console", "the server's name, as `chatdesk models` lists it"), "S"),
        Option("--system", QT_TRANSLATE_NOOP("Console", "a system prompt"), "TEXT"),
        Option("--preset", QT_TRANSLATE_NOOP("Console", "a preset, as `chatdesk presets` lists it"), "P"),
        Option(
            "--var",
            QT_TRANSLATE_NOOP("Console", "fill in one of the preset's variables"),
            "NAME=VALUE",
            repeated=True,
        ),
        Option(
            "--var-file",
            QT_TRANSLATE_NOOP("Console", "fill in one of the preset's variables with a file's text"),
            "NAME=FILE",
            repeated=True,
        ),
        Option(
            "--think",
            QT_TRANSLATE_NOOP("Console", "whether to think first, and how much: {choices}"),
            "HOW",
            choices=tuple(map(str, Thinking)),
        ),
        Option(
            "--context",
            QT_TRANSLATE_NOOP(
                "Console", "tokens of context to ask Ollama for; without it, the smallest usual size that is enough"
            ),
            "N",
        ),
        Option("--reasoning", QT_TRANSLATE_NOOP("Console", "show the model's reasoning on standard error")),
        _AS_JSON,
    ),
    takes="QUESTION ...",
    examples=(
        'chatdesk ask "Why is the sky blue?"',
        'git diff | chatdesk ask "Write a commit message:"',
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
    QT_TRANSLATE_NOOP("Console", "list the presets and their variables"),
    options=(_AS_JSON,),
    examples=("chatdesk presets",),
)
QUICK = Verb(
    "quick",
    QT_TRANSLATE_NOOP("Console", "open the small window for one quick question"),
    QT_TRANSLATE_NOOP(
        "Console",
        "Open the window for quick questions of the running program, or start the program with it. "
        "Bind this command to a key in the settings of your desktop to have it at hand everywhere.",
    ),
)
HELP = Verb("help", QT_TRANSLATE_NOOP("Console", "show the help of a verb"), takes="VERB")

VERBS = {verb.name: verb for verb in (ASK, MODELS, PRESETS, QUICK, HELP)}

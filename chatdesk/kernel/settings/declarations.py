"""Declarations of all settings: key, default, choices and texts.

The settings dialog, the settings file and its migration are derived from this list. The texts are English sources marked for Qt's
translation tools; `features/settings` shows them translated.
"""

from typing import cast

from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.languages import LANGUAGES
from chatdesk.kernel.translatable import QT_TRANSLATE_NOOP


@dataclass(frozen=True, slots=True)
class Choice:
    """One possible value of a setting, and its label."""

    value: str
    words: str


@dataclass(frozen=True, slots=True)
class Setting[Value: (bool, int, float, str)]:
    """A setting the user can change. `key` is its name in the file and never changes once released."""

    key: str
    default: Value
    title: str = ""
    help: str = ""
    choices: tuple[Choice, ...] = ()
    bounds: tuple[int, int] | None = None
    """Minimum and maximum of a number."""
    also: str = ""
    """Other names by which people look for it, separated by commas."""

    def accepts(self, value: object) -> bool:
        """Return whether a value has the right type and is within the bounds.

        Unknown choices are accepted: a newer version may have written them.
        """
        of_its_kind = type(value) is type(self.default)
        return of_its_kind and (self.bounds is None or self.bounds[0] <= cast("float", value) <= self.bounds[1])


@dataclass(frozen=True, slots=True)
class WindowState[Value: (bool, int, float, str)](Setting[Value]):
    """Size, position or last page of a window. Stored in a separate file, `window.json`."""


THEME = Setting(
    "appearance.theme",
    "system",
    QT_TRANSLATE_NOOP("Settings", "Theme"),
    QT_TRANSLATE_NOOP("Settings", "Follow the system, or always use the light or dark theme."),
    (
        Choice("system", QT_TRANSLATE_NOOP("Settings", "Follow the system")),
        Choice("light", QT_TRANSLATE_NOOP("Settings", "Light")),
        Choice("dark", QT_TRANSLATE_NOOP("Settings", "Dark")),
    ),
    also=QT_TRANSLATE_NOOP("Settings", "dark mode, light mode, night mode, colours, appearance"),
)
CONTRAST = Setting(
    "appearance.contrast",
    "system",
    QT_TRANSLATE_NOOP("Settings", "High contrast"),
    QT_TRANSLATE_NOOP("Settings", "Stronger lines on a black or white background."),
    (
        Choice("system", QT_TRANSLATE_NOOP("Settings", "Follow the system")),
        Choice("off", QT_TRANSLATE_NOOP("Settings", "Off")),
        Choice("on", QT_TRANSLATE_NOOP("Settings", "On")),
    ),
    also=QT_TRANSLATE_NOOP("Settings", "accessibility, visibility, black and white"),
)
TEXT_FONT = Setting(
    "appearance.text_font",
    "",
    QT_TRANSLATE_NOOP("Settings", "Text font"),
    QT_TRANSLATE_NOOP("Settings", "For questions and answers."),
    also=QT_TRANSLATE_NOOP("Settings", "typeface, font family, typography"),
)
"""A font family; empty: the system font."""
TEXT_SIZE = Setting(
    "appearance.text_size",
    15,
    QT_TRANSLATE_NOOP("Settings", "Text size"),
    bounds=(12, 24),
    also=QT_TRANSLATE_NOOP("Settings", "font size, letter size"),
)
"""In px at a zoom of 100 %."""
CODE_FONT = Setting(
    "appearance.code_font",
    "",
    QT_TRANSLATE_NOOP("Settings", "Code font"),
    QT_TRANSLATE_NOOP("Settings", "For code blocks and code in the text."),
    also=QT_TRANSLATE_NOOP("Settings", "monospaced font, typeface, programming font"),
)
"""A font family; empty: the bundled one."""
CODE_SIZE = Setting(
    "appearance.code_size",
    13,
    QT_TRANSLATE_NOOP("Settings", "Code size"),
    bounds=(10, 24),
    also=QT_TRANSLATE_NOOP("Settings", "font size of code"),
)
"""In px at a zoom of 100 %."""
READING_WIDTH = Setting(
    "appearance.reading_width",
    "medium",
    QT_TRANSLATE_NOOP("Settings", "Reading width"),
    QT_TRANSLATE_NOOP("Settings", "Maximum width of questions and answers."),
    (
        Choice("narrow", QT_TRANSLATE_NOOP("Settings", "Narrow")),
        Choice("medium", QT_TRANSLATE_NOOP("Settings", "Medium")),
        Choice("wide", QT_TRANSLATE_NOOP("Settings", "Wide")),
        Choice("full", QT_TRANSLATE_NOOP("Settings", "Full")),
    ),
    also=QT_TRANSLATE_NOOP("Settings", "line length, column width, wide chat, full width"),
)
LANGUAGE = Setting(
    "appearance.language",
    "system",
    QT_TRANSLATE_NOOP("Settings", "Language"),
    QT_TRANSLATE_NOOP("Settings", "Takes effect immediately."),
    (
        Choice("system", QT_TRANSLATE_NOOP("Settings", "Follow the system")),
        *(Choice(language.code, language.name) for language in LANGUAGES),
    ),
    also=QT_TRANSLATE_NOOP("Settings", "locale, English, Chinese, translation of the program"),
)
ZOOM_STEPS = (50, 67, 75, 80, 90, 100, 110, 125, 150, 175, 200, 250, 300)
"""Zoom levels in percent."""
ZOOM = Setting(
    "appearance.zoom",
    100,
    QT_TRANSLATE_NOOP("Settings", "Zoom"),
    QT_TRANSLATE_NOOP("Settings", "Size of text and controls."),
    bounds=(ZOOM_STEPS[0], ZOOM_STEPS[-1]),
    also=QT_TRANSLATE_NOOP("Settings", "scale, magnify, larger, smaller"),
)
SHORTCUT_KEYS = Setting("keyboard.shortcuts", "")
"""Keyboard shortcuts that the user changed, as JSON: lists of keys by command. `ui_kit/key_rules.py` reads it."""
_MAX_TOKENS = 16_777_216
SEND_KEY = Setting(
    "chat.send_key",
    "enter",
    QT_TRANSLATE_NOOP("Settings", "Send with"),
    QT_TRANSLATE_NOOP("Settings", "The other one inserts a line break."),
    (
        Choice("enter", QT_TRANSLATE_NOOP("Settings", "Enter")),
        Choice("ctrl_enter", QT_TRANSLATE_NOOP("Settings", "Ctrl+Enter")),
    ),
    also=QT_TRANSLATE_NOOP("Settings", "Enter, Return, line break, newline, submit"),
)
ATTACH_LONG_TEXT = Setting(
    "chat.attach_long_text",
    default=False,
    title=QT_TRANSLATE_NOOP("Settings", "Attach long pasted text"),
    help=QT_TRANSLATE_NOOP(
        "Settings", "Text of more than 2,000 characters or 40 lines becomes an attachment when you paste it."
    ),
    also=QT_TRANSLATE_NOOP("Settings", "paste as file, clipboard, long paste"),
)
TITLES = Setting(
    "chat.titles",
    "model",
    QT_TRANSLATE_NOOP("Settings", "Chat titles"),
    QT_TRANSLATE_NOOP(
        "Settings",
        "The model writes a title after the first answer, with one short request. Titles that you change are kept.",
    ),
    (
        Choice("model", QT_TRANSLATE_NOOP("Settings", "From the model")),
        Choice("words", QT_TRANSLATE_NOOP("Settings", "First words")),
        Choice("off", QT_TRANSLATE_NOOP("Settings", "Off")),
    ),
    also=QT_TRANSLATE_NOOP("Settings", "automatic titles, chat names, rename chats"),
)
TITLES_ONLINE = Setting(
    "chat.titles_online",
    "ask",
    QT_TRANSLATE_NOOP("Settings", "Titles from online providers"),
    QT_TRANSLATE_NOOP(
        "Settings", "They may charge for each title. Models on your own computers write titles without asking."
    ),
    (
        Choice("ask", QT_TRANSLATE_NOOP("Settings", "Ask first")),
        Choice("allow", QT_TRANSLATE_NOOP("Settings", "Allow")),
        Choice("never", QT_TRANSLATE_NOOP("Settings", "Never")),
    ),
    also=QT_TRANSLATE_NOOP("Settings", "paid titles, costs, titles of cloud models"),
)
REASONING = Setting(
    "chat.reasoning",
    "auto",
    QT_TRANSLATE_NOOP("Settings", "Reasoning"),
    QT_TRANSLATE_NOOP("Settings", "When reasoning is shown above the answer."),
    (
        Choice("auto", QT_TRANSLATE_NOOP("Settings", "While reasoning")),
        Choice("open", QT_TRANSLATE_NOOP("Settings", "Always")),
        Choice("folded", QT_TRANSLATE_NOOP("Settings", "Never")),
    ),
    also=QT_TRANSLATE_NOOP("Settings", "thinking, thoughts, chain of thought, unfold"),
)
REASONING_TAGS = Setting("chat.reasoning_tags", "")
"""User-defined tags around the reasoning of models, as JSON (`custom_think_tags.py`). A separate form shows them."""
EXPORT_REASONING = Setting(
    "chat.export_reasoning",
    default=True,
    title=QT_TRANSLATE_NOOP("Settings", "Include reasoning in copies"),
    help=QT_TRANSLATE_NOOP("Settings", "Applies when you copy a whole chat. For files, choose it when you export."),
    also=QT_TRANSLATE_NOOP("Settings", "export thinking, save thoughts"),
)
EXPORT_CHOICES = Setting("chat.export_choices", "")
"""What was last chosen for exports, as JSON (`features/conversations/ui/exporting/export_choices.py`)."""
INSTRUCTIONS = Setting(
    "chat.instructions",
    "",
    QT_TRANSLATE_NOOP("Settings", "Instructions for all chats"),
    QT_TRANSLATE_NOOP("Settings", "Sent to the model before every conversation, before all other instructions."),
    also=QT_TRANSLATE_NOOP("Settings", "system prompt, custom instructions, personalisation, memory"),
)
WRAP_CODE = Setting(
    "chat.wrap_code",
    default=False,
    title=QT_TRANSLATE_NOOP("Settings", "Wrap long lines of code"),
    help=QT_TRANSLATE_NOOP("Settings", "You can change this for each code block."),
    also=QT_TRANSLATE_NOOP("Settings", "line break, word wrap, code block"),
)
NUMBER_CODE = Setting(
    "chat.number_code",
    default=False,
    title=QT_TRANSLATE_NOOP("Settings", "Show line numbers in code"),
    help=QT_TRANSLATE_NOOP("Settings", "Line numbers are never copied."),
    also=QT_TRANSLATE_NOOP("Settings", "numbering, code block"),
)
NOTIFY = Setting(
    "chat.notify",
    default=True,
    title=QT_TRANSLATE_NOOP("Settings", "Notify when a long answer is ready"),
    help=QT_TRANSLATE_NOOP(
        "Settings", "If another program is in front. The notification shows the title of the chat and nothing else."
    ),
    also=QT_TRANSLATE_NOOP("Settings", "notification, desktop notification, alert, answer finished, done"),
)
DRAW_DIAGRAMS = Setting(
    "chat.draw_diagrams",
    default=False,
    title=QT_TRANSLATE_NOOP("Settings", "Draw diagrams automatically"),
    help=QT_TRANSLATE_NOOP(
        "Settings",
        "Mermaid and Graphviz. The first one starts the preview engine, which needs about 300 MB of memory. Otherwise you draw a "
        "diagram with its button.",
    ),
    also=QT_TRANSLATE_NOOP("Settings", "mermaid, graphviz, flowchart, chart, picture"),
)
ANNOUNCE = Setting(
    "accessibility.announce",
    default=True,
    title=QT_TRANSLATE_NOOP("Settings", "Read answers aloud"),
    help=QT_TRANSLATE_NOOP("Settings", "A screen reader reads each sentence once it is complete."),
    also=QT_TRANSLATE_NOOP("Settings", "screen reader, accessibility, speech, voice, text to speech"),
)
OPEN_PREVIEWS = Setting(
    "preview.open_when_complete",
    default=False,
    title=QT_TRANSLATE_NOOP("Settings", "Open previews when an answer is complete"),
    help=QT_TRANSLATE_NOOP("Settings", "Pages and drawings run in a sandbox next to the chat without a click."),
    also=QT_TRANSLATE_NOOP("Settings", "HTML, run code, artifacts, canvas, automatic preview"),
)
FIX_AT_ONCE = Setting(
    "preview.fix_at_once",
    default=False,
    title=QT_TRANSLATE_NOOP("Settings", "Request fixes immediately"),
    help=QT_TRANSLATE_NOOP("Settings", "Sends the errors of a page without showing you the message first."),
    also=QT_TRANSLATE_NOOP("Settings", "debug, repair, automatic fixes, errors of a page"),
)
USE_SYSTEM_PROXY = Setting(
    "network.system_proxy",
    default=True,
    title=QT_TRANSLATE_NOOP("Settings", "Use the system proxy"),
    help=QT_TRANSLATE_NOOP(
        "Settings", "For servers on the network. Servers on this computer are always contacted directly."
    ),
    also=QT_TRANSLATE_NOOP("Settings", "proxy, proxy server, VPN, network, firewall, SOCKS, HTTP proxy"),
)
CHECK_UPDATES = Setting(
    "updates.check",
    default=False,
    title=QT_TRANSLATE_NOOP("Settings", "Check for updates"),
    help=QT_TRANSLATE_NOOP(
        "Settings",
        "Once a day, with one request that contains no information about you or this computer. Nothing is downloaded.",
    ),
    also=QT_TRANSLATE_NOOP("Settings", "new version, upgrade, automatic updates"),
)
ENGINE_CONTEXT = Setting(
    "engine.context",
    0,
    QT_TRANSLATE_NOOP("Settings", "Context"),
    QT_TRANSLATE_NOOP(
        "Settings",
        "Context window in tokens: how much of a chat the model can read at once. A larger one uses more memory.",
    ),
    bounds=(0, _MAX_TOKENS),
    also=QT_TRANSLATE_NOOP("Settings", "num_ctx, context window, context length, memory of a chat"),
)
"""0: chosen automatically."""
ENGINE_THREADS = Setting(
    "engine.threads",
    0,
    QT_TRANSLATE_NOOP("Settings", "Threads"),
    QT_TRANSLATE_NOOP("Settings", "CPU cores to use. Automatic leaves one free for other programs."),
    bounds=(0, 4096),
    also=QT_TRANSLATE_NOOP("Settings", "CPU, cores, processor"),
)
"""0: chosen automatically."""
ENGINE_GPU_LAYERS = Setting(
    "engine.gpu_layers",
    -1,
    QT_TRANSLATE_NOOP("Settings", "GPU layers"),
    QT_TRANSLATE_NOOP("Settings", "Fewer layers use less graphics memory. The CPU runs the rest."),
    bounds=(-1, 10_000),
    also=QT_TRANSLATE_NOOP("Settings", "graphics card, offload, n_gpu_layers, CUDA, Metal, Vulkan, VRAM"),
)
"""-1: as many as fit."""
ENGINE_IDLE_MINUTES = Setting(
    "engine.idle_minutes",
    10,
    QT_TRANSLATE_NOOP("Settings", "Unload when idle"),
    QT_TRANSLATE_NOOP(
        "Settings",
        "Unloads the model after this time without a question. The next question waits until the model is reloaded.",
    ),
    bounds=(-1, 100_000),
    also=QT_TRANSLATE_NOOP("Settings", "keep_alive, keep loaded, free memory, RAM, timeout"),
)
"""-1: never unload."""
ENGINE_READ_AHEAD = Setting(
    "engine.read_ahead",
    "plugged-in",
    QT_TRANSLATE_NOOP("Settings", "Read chats ahead"),
    QT_TRANSLATE_NOOP(
        "Settings",
        "The loaded model reads a chat when you open it, so that the next answer begins sooner. Nothing leaves this computer.",
    ),
    (
        Choice("always", QT_TRANSLATE_NOOP("Settings", "Always")),
        Choice("plugged-in", QT_TRANSLATE_NOOP("Settings", "Not on battery")),
        Choice("never", QT_TRANSLATE_NOOP("Settings", "Never")),
    ),
    also=QT_TRANSLATE_NOOP("Settings", "prewarm, prompt cache, prefill, faster first token, battery, power saving"),
)
ENGINE_FIND_MODELS = Setting(
    "engine.find_models",
    default=True,
    title=QT_TRANSLATE_NOOP("Settings", "Use models from other programs"),
    help=QT_TRANSLATE_NOOP(
        "Settings",
        "Uses models that Ollama, LM Studio, llama.cpp and Hugging Face have downloaded to this computer. "
        "Nothing is copied or changed.",
    ),
    also=QT_TRANSLATE_NOOP("Settings", "scan, Hugging Face, LM Studio, GGUF files"),
)
ENGINE_PROGRAM = Setting("engine.program", "")
"""Path of the user's own `llama-server`, or the ID of a downloaded build; empty: the engine that is installed with Chatdesk."""
ENGINE_DELETE_TO_TRASH = Setting(
    "engine.delete_to_trash",
    default=False,
    title=QT_TRANSLATE_NOOP("Settings", "Move deleted models to the trash"),
    help=QT_TRANSLATE_NOOP(
        "Settings", "Applies to models that Chatdesk downloaded. Their space is free once you empty the trash."
    ),
    also=QT_TRANSLATE_NOOP("Settings", "recycle bin, delete models, disk space"),
)
ENGINE_MODEL_PATHS = Setting("engine.model_paths", "")
"""Model files and folders that the user added, as a JSON list."""
ENGINE_MODELS_FOLDER = Setting("engine.models_folder", "")
"""Absolute path of the folder in which downloaded models are stored; empty: the default folder (`ModelFiles.folder`)."""
ENGINE_MODELS_MOVING = Setting("engine.models_moving", "")
"""Absolute path of the folder to which the downloaded models are being moved; empty unless a move is running or was interrupted."""

HUB_HUGGING_FACE = Setting(
    "hubs.hugging_face",
    "https://huggingface.co",
    QT_TRANSLATE_NOOP("Settings", "Address of Hugging Face"),
    QT_TRANSLATE_NOOP(
        "Settings",
        "A mirror such as https://hf-mirror.com helps where Hugging Face is blocked. It never receives your token, and the SHA-256 of "
        "every file is verified.",
    ),
    also=QT_TRANSLATE_NOOP("Settings", "mirror, hf-mirror, HF_ENDPOINT, huggingface.co, endpoint"),
)
HUB_MODELSCOPE = Setting(
    "hubs.modelscope",
    "https://modelscope.cn",
    QT_TRANSLATE_NOOP("Settings", "ModelScope site"),
    QT_TRANSLATE_NOOP("Settings", "modelscope.cn is fast in China, modelscope.ai elsewhere. Neither needs an account."),
    also=QT_TRANSLATE_NOOP("Settings", "modelscope.cn, modelscope.ai, Alibaba, China"),
)
HUB_OLLAMA = Setting("hubs.ollama", "https://registry.ollama.ai")
HUB_PREFERRED = Setting(
    "hubs.preferred",
    "auto",
    QT_TRANSLATE_NOOP("Settings", "Download from"),
    QT_TRANSLATE_NOOP(
        "Settings",
        "If it does not have exactly the same file, or does not answer, another source is used. Automatic is ModelScope if Chatdesk "
        "is in Chinese, otherwise Hugging Face.",
    ),
    (
        Choice("auto", QT_TRANSLATE_NOOP("Settings", "Automatic")),
        Choice("hugging_face", "Hugging Face"),
        Choice("modelscope", "ModelScope"),
    ),
    also=QT_TRANSLATE_NOOP("Settings", "preferred source, download server, China, Hugging Face, ModelScope"),
)

# State that is remembered rather than chosen. These settings have no texts because no dialog shows them.
FIND_PASSAGES_BY = Setting(
    "documents.find_passages_by",
    "automatic",
    QT_TRANSLATE_NOOP("Settings", "Find passages by"),
    QT_TRANSLATE_NOOP(
        "Settings",
        "For documents that are too long to be sent whole. A model for embeddings on this computer also finds passages that use other "
        "words than the question.",
    ),
    also=QT_TRANSLATE_NOOP("Settings", "documents, embedding, vectors, semantic search, RAG, retrieval"),
)
"""`automatic`, `words`, or the server and ID of a model, see `features/servers/services/embedders.py`."""
LAST_CONVERSATION = Setting("state.last_conversation", "")
LAST_SERVER = Setting("state.last_server", "")
LAST_MODEL = Setting("state.last_model", "")
DEFAULT_SERVER = Setting("models.default_server", "")
DEFAULT_MODEL = Setting(
    "models.default_model",
    "",
    QT_TRANSLATE_NOOP("Settings", "Default model"),
    QT_TRANSLATE_NOOP("Settings", "Answers in new chats, unless their folder has another one."),
    also=QT_TRANSLATE_NOOP("Settings", "preferred model, standard model, model of new chats"),
)
"""Empty: the last one used."""
MODELS_SELECTED = WindowState("state.models_selected", "")
"""Last selection on the models page."""
MODELS_TAB = WindowState("state.models_tab", "here")
"""Last tab of the models page."""
MODELS_ORDER = Setting("state.models_order", "name")
MODELS_DESCENDING = Setting("state.models_descending", default=False)
MODELS_GROUPED = Setting("state.models_grouped", default=False)
"""Order and grouping of the models page."""
LINE_SPEED = Setting("state.line_speed", 0, bounds=(0, 2 * 10**9))
"""Bytes per second that the last download from a hub reached; 0 if there was none."""
QUICK_DRAFT = Setting("state.quick_draft", "")
QUICK_ATTACHMENTS = Setting("state.quick_pictures", "")
QUICK_PRESET = Setting("state.quick_preset", "")
QUICK_FOLDER = Setting("state.quick_folder", "")
QUICK_SERVER = Setting("state.quick_server", "")
QUICK_MODEL = Setting("state.quick_model", "")
QUICK_EDIT_DRAFTS = Setting("state.quick_edit_drafts", "")
"""State of the quick window, like the settings for chats below; `QUICK_FOLDER` is the folder where its chats are saved."""
QUICK_GEOMETRY = WindowState("state.quick_geometry", "")
"""Position and size of the window while it shows an answer."""
DESK_SERVER = Setting("state.desk_server", "")
DESK_MODEL = Setting("state.desk_model", "")
"""Model of the translation page; empty: the last one used in a chat."""
BATCH_SERVER = Setting("state.batch_server", "")
BATCH_MODEL = Setting("state.batch_model", "")
"""Model of batch runs; empty: the last one used in a chat."""
NEW_CHAT_DRAFT = Setting("state.new_chat_draft", "")
NEW_CHAT_ATTACHMENTS = Setting("state.new_chat_pictures", "")
"""Pictures attached to that draft, as JSON. Their files are stored with those of chats."""
NEW_CHAT_PRESET = Setting("state.new_chat_preset", "")
"""Preset of the new chat, as JSON (`kernel/chat/applied_presets.py`)."""
NEW_CHAT_FOLDER = Setting("state.new_chat_folder", "")
"""Id of the folder of the new chat."""
RECENT_COMMANDS = Setting("state.recent_commands", "")
"""Commands last used in the palette: comma-separated keys, latest first."""
EDIT_DRAFTS = Setting("state.edit_drafts", "")
"""Unsaved edits of messages, as JSON: text by message id."""
WINDOW_GEOMETRY = WindowState("state.window_geometry", "")
SIDEBAR_WIDTH = WindowState("state.sidebar_width", 264, bounds=(0, 10_000))
SIDEBAR_OPEN = WindowState("state.sidebar_open", default=True)
SIDE_PANEL = WindowState("state.side_panel", "")
"""What the side panel of the chat shows; empty if it is closed."""
SIDE_PANEL_WIDTH = WindowState("state.side_panel_width", 344, bounds=(0, 10_000))
"""In pixels at 100 %."""
DOCUMENT_WIDTH = WindowState("state.document_width", 0, bounds=(0, 100_000))
"""Width of a document beside the chat, in pixels at 100 %; 0 for half of the available width."""
DOCUMENT_VIEW = Setting("state.document_view", "both")
"""What the view of a document with pages shows if there is space: `both`, `page` or `text`."""
CHAT_SETTINGS_ADVANCED = Setting("state.chat_settings_advanced", default=False)
"""Whether the advanced section of the chat settings is expanded."""
PREVIEW_WIDTH = WindowState("state.preview_width", 0, bounds=(0, 100_000))
"""Width of the panel next to the chat; 0 for half of the available width."""
PREVIEW_WINDOW = WindowState("state.preview_window", "")
"""Size and position of the separate preview window."""
THINKING_OF_MODELS = Setting("state.thinking_of_models", "")
"""Thinking level that the user chose for each model, as JSON; AUTO is omitted."""
PRESET_ORDER = Setting("state.preset_order", "most-used")
"""Sort order of presets in the library."""
PRESET_DRAFTS = Setting("state.preset_drafts", "")
"""Unsaved edits of presets, as JSON: file text by preset key."""
PRESET_ROWS = Setting("state.preset_rows", default=False)
"""Whether the library shows rows instead of cards."""
IMPORT_OFFERED = Setting("state.import_offered", default=False)
"""Whether the offer to import the chats of other programs on this computer was dismissed, or chats were imported."""
ATTACH_FOLDER = Setting("state.attach_folder", "")
"""Folder from which files were last attached."""
SERVER_ADVANCED = Setting("state.server_advanced", default=False)
"""Whether the advanced section of the server form is expanded."""
SAVE_FOLDER = Setting("state.save_folder", "")
"""Folder where a file was last saved."""
DATABASE_EXPECTED = Setting("state.database_expected", default=False)
"""Whether a database was ever written. If the file is missing, report that instead of starting with an empty one."""
DATABASE_SUSPECT = Setting("state.database_suspect", default=False)
"""Whether damage was found in the database, so that it must be checked completely before it is opened again."""
LAST_MAINTENANCE = Setting("state.last_upkeep", "")
"""Time of the last check and backup of the database: UTC, ISO 8601."""
BACKUP_DAILY = Setting("backups.daily", default=False)
"""Whether a backup is made every day at `BACKUP_LOCATION`."""
BACKUP_LOCATION = Setting("backups.place", "")
"""The folder for daily backups, or the address of a WebDAV folder; empty if none was chosen."""
BACKUP_USER = Setting("backups.user", "")
"""The user name at the WebDAV server. The password is in the keyring."""
BACKUP_FOLDER = Setting("backups.folder", "")
"""The name of this computer's folder at that location."""
BACKUP_KEY = Setting("backups.key", "")
"""The public half of the key with which backups are encrypted; empty if there is no passphrase."""
BACKUP_LOCATION_CHOSEN = Setting("state.backup_place_chosen", "")
"""Time at which that location was chosen: UTC, ISO 8601."""
LAST_DAILY_BACKUP = Setting("state.last_daily_backup", "")
"""Time of the last daily backup: UTC, ISO 8601."""
UPDATES_ASKED = Setting("state.updates_asked", "")
"""Time of the last update check: UTC, ISO 8601."""
HUBS_ASKED = Setting("state.hubs_asked", "")
"""Time of the last request to each model hub, as JSON: UTC, ISO 8601."""
HUB_TOKEN_SAVED = Setting("state.hub_token_kept", default=False)
"""Whether the keyring has a token for Hugging Face. If not, the keyring is not accessed."""
ANNOUNCED_UPDATE = Setting("state.updates_told", "")
"""The newer version of the last notification. Each version is announced once."""

_DECLARED = tuple(value for value in tuple(globals().values()) if isinstance(value, Setting))
WINDOW_STATE = tuple(setting for setting in _DECLARED if isinstance(setting, WindowState))
SETTINGS = tuple(setting for setting in _DECLARED if not isinstance(setting, WindowState))
"""All settings that are not window state, in the order above."""

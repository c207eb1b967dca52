"""Every scene, by the number of its drawing in the design. How they are drawn: draw.py."""

from tests.fakes.scripted_models import ScriptedAnswer, ScriptedModel
from tests.gui.transcript import sample_chat
from tests.shots import acts, homes
from tests.shots.scene import MODELS, Scene

NARROW, HUGE = (560, 820), (3840, 2000)
THOUGHT = tuple(piece + " " for piece in sample_chat.REASONING.split(" "))
LONG_NAME = ScriptedModel("hf.co/bartowski/DeepSeek-R1-Distill-Qwen-32B-abliterated-GGUF:Q4_K_M", loaded=False)

SCENES = (
    Scene("00-readme", homes.presentable, acts.write),
    Scene("01-chat", homes.finished, acts.write),
    Scene("01-everything", homes.everything),
    Scene("01-blocks", homes.everything_once, size=(1280, 1600)),
    Scene("01-code", homes.code, size=(1280, 1300)),
    Scene("01-code-numbered", homes.code, acts.number_code, size=(1280, 1300)),
    Scene("01-code-menu", homes.code, acts.open_code_menu),
    Scene("01-hebrew", homes.everything, acts.write_hebrew),
    Scene("01-long-message", homes.finished, acts.write_much),
    Scene("02-streaming", homes.chats, acts.ask, answer=ScriptedAnswer(("√2",), reasoning=THOUGHT * 9, delay=0.02)),
    Scene("02-built-in", act=acts.ask_built_in, answer=None),
    Scene("04-empty", homes.chats),
    Scene("04-first-run", answer=None),
    Scene("06-picker", homes.finished, acts.open_picker),
    Scene("06-picker-long", homes.finished, acts.choose_long_model, models=(*MODELS, LONG_NAME)),
    Scene("06-picker-nothing", homes.finished, acts.find_no_model),
    Scene("07-settings-servers", homes.finished, acts.settings("servers")),
    Scene("07-settings-server", homes.finished, acts.open_server),
    Scene("07-settings-vendors", homes.finished, acts.choose_vendor),
    Scene("07-settings-general", homes.finished, acts.settings("general")),
    Scene("07-settings-box", homes.finished, acts.open_box),
    Scene("07-settings-chat", homes.finished, acts.settings("chat")),
    Scene("07-settings-keyboard", homes.finished, acts.settings("keyboard")),
    Scene("07-settings-about", homes.finished, acts.settings("about")),
    Scene("08-interrupted", homes.interrupted, acts.trash),
    Scene("08-errors", homes.interrupted, acts.ask_and_fail, answer=None),
    Scene("10-narrow", homes.finished, acts.write, NARROW),
    Scene("10-narrow-sidebar", homes.finished, acts.toggle_sidebar, NARROW),
    Scene("10-narrow-empty", homes.chats, size=NARROW),
    Scene("10-narrow-picker", homes.finished, acts.choose_long_model, NARROW, models=(*MODELS, LONG_NAME)),
    Scene("10-narrow-settings", homes.chats, acts.open_server, NARROW),
    Scene("10-narrow-errors", homes.interrupted, acts.ask_and_fail, NARROW, answer=None),
    Scene("10-narrow-code", homes.code, size=NARROW),
    Scene("10-huge", homes.finished, acts.write, HUGE),
    Scene("11-menu-chat", homes.finished, acts.open_chat_menu),
    Scene("11-menu-message", homes.finished, acts.open_message_menu),
    Scene("11-menu-composer", homes.finished, acts.open_composer_menu),
    Scene("11-tooltip-title", homes.finished, acts.rest_on_title),
    Scene("11-tooltip-picker", homes.finished, acts.rest_on_picker),
    Scene("11-link", homes.finished, acts.ask_about_link),
    Scene("11-link-refused", homes.finished, acts.refuse_link),
    Scene("11-rename", homes.finished, acts.rename),
    Scene("11-search", homes.finished, acts.search("re")),
    Scene("11-search-nothing", homes.finished, acts.search("quantum")),
    Scene("12-focus-new-chat", homes.finished, acts.tab("searchChats", -1)),
    Scene("12-focus-search", homes.finished, acts.tab("newChat", 1)),
    Scene("12-focus-list", homes.finished, acts.tab("newChat", 2)),
    Scene("12-focus-picker", homes.finished, acts.tab("sidebarToggle", 1)),
    Scene("12-focus-think", homes.finished, acts.tab("message", 1, acts.write)),
    Scene("12-focus-send", homes.finished, acts.tab("message", 2, acts.write)),
    Scene("12-focus-message", homes.finished, acts.tab("message", 2)),
    Scene("12-focus-action", homes.finished, acts.tab("message", 5)),
    Scene("12-focus-section", homes.finished, acts.tab("backToChats", 1, acts.settings("servers"))),
    Scene("12-focus-switch", homes.finished, acts.tab("serverDetails", 1, acts.settings("servers"))),
    Scene("12-focus-segments", homes.finished, acts.tab("section.general", 1, acts.settings("general"))),
    Scene("12-focus-form", homes.finished, acts.tab("serverHeaders", 1, acts.open_server)),
)

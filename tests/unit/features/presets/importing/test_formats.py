"""Every format there is to import: what of it becomes a preset."""

import base64
import json
import zlib

import pytest

from chatdesk.kernel.models.parameters import Parameters
from chatdesk.kernel.presets.preset_import import ImportFormat, ImportNote, ImportRefused, NoteKind, SkipReason
from chatdesk.kernel.presets.template import fill
from chatdesk.kernel.presets.variable import Variable, VariableKind
from tests.unit.features.presets.importing.samples import (
    CARD,
    card_chunk,
    chunk,
    contents,
    drafts,
    picture,
    presets,
    zipped,
)

OWN = '+++\nschema = 1\nname = "Mail"  # mine\n+++\nWrite a mail to {{whom}}.\n'


def test_one_of_our_own_files_is_taken_word_for_word() -> None:
    (draft,) = drafts(OWN, "mail.md")
    assert (draft.preset.name, draft.text, draft.format) == ("Mail", OWN, ImportFormat.CHATDESK)
    assert draft.notes == ()


def test_an_archive_of_our_own_files_gives_all_of_them() -> None:
    other = OWN.replace("Mail", "Note")
    found = drafts(zipped({"mail.md": OWN, "more/note.md": other, "__MACOSX/._mail.md": "x", "a.exe": "MZ"}))
    assert [draft.preset.name for draft in found] == ["Mail", "Note"]
    assert contents(zipped({"mail.md": OWN, "a.exe": "MZ"})).skipped[0].reason is SkipReason.NOT_A_PRESET


def test_plain_text_becomes_a_prompt_named_after_its_file() -> None:
    (preset,) = presets("Answer in {{language_of_answer}}, as [this](x) says.", "folder/Short answers.MD")
    assert (preset.name, [variable.name for variable in preset.variables]) == ("Short answers", ["language_of_answer"])
    assert drafts("Plain.", "a.txt")[0].format is ImportFormat.TEXT


def test_a_markdown_file_that_begins_with_brackets_is_no_json() -> None:
    assert [preset.prompt for preset in presets("[[wiki]] says so")] == ["[[wiki]] says so"]
    assert [preset.prompt for preset in presets("{{name}} says so")] == ["{{name}} says so"]


def test_rows_of_prompts_csv_become_prompts_with_fields() -> None:
    text = (
        "act,prompt,for_devs,type,contributor\r\n"
        '"Linux Terminal","Act as ""bash"".\nReply {{as}} ${Shell Name:zsh} on ${date}, ${shell name}.",TRUE,TEXT,someone\r\n'
        "Painter,Paint,FALSE,IMAGE,x\r\n"
        ",nothing,,,\r\n"
    )
    found = contents("\ufeff" + text)
    (preset,) = (draft.preset for draft in found.drafts)
    assert (preset.name, preset.category) == ("Linux Terminal", "coding")
    assert preset.declared == (
        Variable("shell_name", label="Shell Name", default="zsh"),
        Variable("date_value", label="date"),
    )
    filled = fill(preset.prompt, {"shell_name": "fish", "date_value": "now", "as": "no"})
    assert filled == 'Act as "bash".\nReply {{as}} fish on now, fish.'
    assert [skipped.reason for skipped in found.skipped] == [SkipReason.FOR_PICTURES, SkipReason.EMPTY]


def test_a_field_of_csv_may_be_longer_than_the_module_thinks() -> None:
    assert len(presets(f"act;prompt\nLong;{'x' * 200_000}\n")[0].prompt) == 200_000


def test_a_json_list_of_acts_is_read_as_the_csv_is() -> None:
    (preset,) = presets([{"act": "英语翻译", "prompt": "把 ${文本:你好} 译成英语"}])
    assert (preset.name, preset.declared) == ("英语翻译", (Variable("文本", label="文本", default="你好"),))


def test_chatbox_gives_its_copilots_and_keeps_its_settings_to_itself() -> None:
    dump = {
        "settings": {"openaiKey": "sk-canary"},
        "myCopilots": [
            {"id": "1", "name": "Poet", "prompt": "You write {{verse}}.", "picUrl": "http://evil/x.png", "usedCount": 3}
        ],
        "session:1": {"messages": []},
    }
    (draft,) = drafts(dump)
    assert contents(dump).chats == "Chatbox"
    assert contents({"myCopilots": dump["myCopilots"]}).chats == ""
    assert (draft.format, draft.preset.name) == (ImportFormat.CHATBOX, "Poet")
    assert fill(draft.preset.prompt, {"verse": "no"}) == "You write {{verse}}."
    assert draft.preset.variables == ()
    assert draft.notes == (ImportNote(NoteKind.LEFT_OUT, 1, "picUrl"),)
    assert "canary" not in repr(draft)
    assert [preset.name for preset in presets({"id": "1", "name": "One", "prompt": "Alone."})] == ["One"]


LOBE_AGENT = {
    "title": "Poet",
    "description": "Rhymes",
    "tags": ["verse", ""],
    "systemRole": "Rhyme about {{topic}} on {{date}}.",
    "openingMessage": "What about?",
    "params": {"temperature": 0.5, "top_p": 1},
    "plugins": ["search"],
}


def test_lobechat_gives_its_agents_and_says_that_there_are_chats() -> None:
    export = {
        "data": {
            "aiProviders": [{"id": "openai", "keyVaults": "sk-canary"}],
            "agents": [LOBE_AGENT, {"title": None, "systemRole": ""}],
            "messages": [{"id": "1"}],
        },
        "mode": "pglite",
        "schemaHash": "x",
    }
    found = contents(export)
    (draft,) = found.drafts
    preset = draft.preset
    assert (draft.format, preset.name, preset.description, preset.tags) == (
        ImportFormat.LOBECHAT,
        "Poet",
        "Rhymes",
        ("verse",),
    )
    assert fill(preset.prompt, {"topic": "no", "date": "Monday"}) == "Rhyme about {{topic}} on Monday."
    assert preset.greeting == "What about?"
    assert preset.parameters == Parameters(temperature=0.5, top_p=1.0)
    assert draft.notes == (ImportNote(NoteKind.LEFT_OUT, 1, "plugins"),)
    assert (found.chats, found.skipped) == ("LobeChat", [])


def test_agents_of_lobechat_may_be_sessions_of_an_old_export_or_alone() -> None:
    about = {"title": "Poet", "description": "Rhymes", "tags": []}
    old = {"exportType": "agents", "state": {"sessions": [{"meta": about, "config": {"systemRole": "Rhyme."}}, {}]}}
    alone = {"config": {"systemRole": "Rhyme."}, "meta": about, "identifier": "poet", "schemaVersion": 1}
    for value in (old, alone):
        assert [(preset.name, preset.prompt) for preset in presets(value)] == [("Poet", "Rhyme.")]
        assert contents(value).chats == ""


@pytest.mark.parametrize("beside", [False, True])
def test_a_system_prompt_of_silly_tavern_becomes_a_preset_with_its_names_as_fields(beside: bool) -> None:
    prompt = {"name": "Roleplay", "content": "You are {{char}}, {{User}}'s friend.", "post_history": "Stay {{calm}}."}
    (draft,) = drafts({"sysprompt": prompt, "instruct": {"name": "ChatML"}} if beside else prompt)
    assert (draft.format, draft.preset.name) == (ImportFormat.SILLY_TAVERN, "Roleplay")
    filled = fill(draft.preset.prompt, {"character": "Mia", "user": "Bob"})
    assert filled == "You are Mia, Bob's friend.\n\nStay {{calm}}."


def test_a_record_with_other_fields_than_those_of_a_system_prompt_is_none() -> None:
    assert contents({"name": "x", "content": "y"}).drafts
    with pytest.raises(ImportRefused):
        contents({"name": "x", "content": "y", "date": 1})


def test_open_webui_prompts_become_opening_messages_with_its_fields() -> None:
    content = (
        'On {{CURRENT_DATE}} {{USER_NAME}} copied {{CLIPBOARD}}: {{text | textarea:placeholder="Paste it":required}} '
        'as {{tone | select:options=["kind","dry"]:default="dry"}}, {{n | number:min=1:max=9:default=3}}, {{plain field}}'
    )
    found = contents([{"command": "/sum-up", "title": "Sum up", "content": content, "access_control": None}])
    (draft,) = found.drafts
    preset = draft.preset
    assert (draft.format, preset.name, preset.prompt) == (ImportFormat.OPEN_WEBUI, "Sum up", "")
    assert preset.question == (
        "On {{date}} {{user_name}} copied {{clipboard}}: {{text}} as {{tone}}, {{n}}, {{plain_field}}"
    )
    by_name = {variable.name: variable for variable in preset.declared}
    assert by_name["clipboard"].kind is VariableKind.CLIPBOARD
    assert by_name["text"] == Variable("text", VariableKind.LONG_TEXT, "text", "Paste it", required=True)
    assert by_name["tone"] == Variable("tone", VariableKind.CHOICE, "tone", default="dry", choices=("kind", "dry"))
    assert (by_name["n"].minimum, by_name["n"].maximum, by_name["n"].default) == (1, 9, "3")
    assert draft.notes == ()


def test_open_webui_models_give_their_system_prompt_and_no_tools() -> None:
    model = {
        "id": "tutor",
        "base_model_id": "qwen3:8b",
        "name": "Tutor",
        "params": {"system": "Teach {{USER_NAME}}.", "temperature": 0.3, "top_p": 7},
        "meta": {"description": "Patient", "toolIds": ["shell"], "tags": [{"name": "school"}]},
    }
    (draft,) = drafts([model, {**model, "params": {"stop": ["x"]}}])
    assert (draft.preset.name, draft.preset.prompt) == ("Tutor", "Teach {{user_name}}.")
    assert (draft.preset.description, draft.preset.tags) == ("Patient", ("school",))
    assert draft.preset.parameters == Parameters(temperature=0.3)
    assert draft.notes == (ImportNote(NoteKind.LEFT_OUT, 1, "toolIds"),)
    assert [preset.name for preset in presets({"models": [model]})] == ["Tutor"]


def test_cherry_studio_agents_come_with_their_groups() -> None:
    agent = {
        "id": "1",
        "name": "产品经理",
        "emoji": "👨‍💼",
        "group": ["职业", "商业"],
        "prompt": "你是产品经理。",
        "description": "写需求",
    }
    (draft,) = drafts([agent])
    assert draft.format is ImportFormat.CHERRY_STUDIO
    assert (draft.preset.name, draft.preset.tags, draft.preset.description) == ("产品经理", ("职业", "商业"), "写需求")


def test_what_cherry_studio_fills_in_is_filled_in_here_or_asked_for() -> None:
    prompt = "{{date}} {{datetime}} {{language}} {{model_name}} {{username}} {{model}}"
    (preset,) = presets([{"name": "A", "emoji": "x", "prompt": prompt}])
    assert preset.prompt == "{{date}} {{date}} {{time}} {{language}} {{model}} {{username}} {{{{model}}"
    assert [variable.name for variable in preset.variables] == ["username"]


def test_cherry_studios_backup_gives_assistants_with_a_prompt() -> None:
    assistants = [
        {"id": "a", "name": "Poet", "prompt": "Rhyme.", "topics": [{"id": "t"}], "settings": {"temperature": 0.9}},
        {"id": "b", "name": "Default", "prompt": ""},
    ]
    store = {
        "assistants": json.dumps({"assistants": assistants}),
        "llm": json.dumps({"providers": [{"apiKey": "sk-canary", "apiHost": "http://evil"}]}),
        "agents": "{broken",
    }
    backup = {"version": 5, "localStorage": {"persist:cherry-studio": json.dumps(store)}, "indexedDB": {"topics": []}}
    (draft,) = drafts(zipped({"data.json": json.dumps(backup), "Data/Files/x.png": "x"}))
    assert (draft.preset.name, draft.preset.parameters.temperature) == ("Poet", 0.9)
    assert "canary" not in repr(draft)


@pytest.mark.parametrize(
    "file",
    [
        json.dumps(CARD).encode(),
        picture(card_chunk(CARD)),
        picture(chunk(b"tEXt", b"chara\0" + json.dumps(CARD).encode())),
        picture(card_chunk({"name": "Old", "first_mes": "x"}), card_chunk(CARD, b"ccv3")),
        picture(
            chunk(
                b"iTXt",
                b"chara\0\1\0\0\0" + zlib.compress(base64.b64encode(json.dumps(CARD).encode())),
            )
        ),
        zipped({"card.json": json.dumps(CARD), "assets/icon.png": "x"}),
    ],
    ids=[
        "json",
        "picture",
        "picture without base64",
        "both versions in a picture",
        "packed text in a picture",
        "charx",
    ],
)
def test_a_character_is_read_from_wherever_it_is_kept(file: bytes) -> None:
    (draft,) = drafts(file)
    preset = draft.preset
    assert (preset.name, preset.category, preset.tags) == ("Mia", "service", ("library", "quiet"))
    assert preset.prompt == (
        "Stay in your role.\n\nMia is a librarian. {{user}} is a guest.\n\nPersonality: calm\n\n"
        "Scenario: {{user}} looks for a book in {{{{ place }}."
    )
    assert preset.greeting == "Hello, {{user}}!"
    assert [variable.name for variable in preset.variables] == ["user"]
    assert preset.description == "Best with 7B models."
    assert [(note.kind, note.count) for note in draft.notes] == [
        (NoteKind.GREETINGS, 2),
        (NoteKind.LORE, 1),
        (NoteKind.LEFT_OUT, 2),
    ]


def test_a_flat_card_of_the_first_version_is_read() -> None:
    card = {
        "name": "Bo",
        "description": "A bear.",
        "personality": "",
        "scenario": "",
        "first_mes": "Grr",
        "mes_example": "",
    }
    assert [(preset.prompt, preset.greeting) for preset in presets(card)] == [("A bear.", "Grr")]


def test_assistants_of_jan_are_read_and_the_empty_one_is_skipped() -> None:
    jan = {
        "object": "assistant",
        "id": "01J",
        "name": "Poet",
        "description": "Rhymes.",
        "model": "*",
        "instructions": "It is {{current_date}}. Rhyme {{all}}.",
        "tools": [{"type": "retrieval", "enabled": False}],
        "parameters": {"temperature": 0.7, "top_p": 0.9, "max_output_tokens": 100, "stream": True},
    }
    (draft,) = drafts(jan, "assistant.json")
    assert (draft.preset.name, draft.preset.description, draft.format) == ("Poet", "Rhymes.", ImportFormat.JAN)
    assert fill(draft.preset.prompt, {"date": "today"}) == "It is today. Rhyme {{all}}."
    assert draft.preset.parameters == Parameters(temperature=0.7, top_p=0.9, max_tokens=100)
    assert not drafts({**jan, "instructions": ""}, "assistant.json")


def test_lm_studios_presets_of_both_times_are_read() -> None:
    new = {
        "identifier": "@local:brief",
        "name": "Brief",
        "operation": {
            "fields": [
                {"key": "llm.prediction.systemPrompt", "value": "Be brief."},
                {"key": "llm.prediction.temperature", "value": 0.2},
                {"key": "llm.prediction.topPSampling", "value": {"checked": True, "value": 0.9}},
                {"key": "llm.prediction.maxPredictedTokens", "value": {"checked": False, "value": 10}},
                {"key": "llm.prediction.tools", "value": {"type": "toolArray", "tools": [{"name": "shell"}]}},
            ]
        },
        "load": {"fields": []},
    }
    (draft,) = drafts(new, "x.preset.json")
    assert (draft.preset.name, draft.preset.prompt) == ("Brief", "Be brief.")
    assert draft.preset.parameters == Parameters(temperature=0.2, top_p=0.9)
    assert draft.notes == (ImportNote(NoteKind.LEFT_OUT, 1, "tools"),)
    old = {"name": "Old", "inference_params": {"pre_prompt": "Be old.", "temp": 0.5, "n_predict": 100}}
    assert presets(old)[0].parameters == Parameters(temperature=0.5, max_tokens=100)

"""Files made to do harm (cases.md 127 to 133): refused with a reason, or text that does nothing. Archives: `test_hostile_archives.py`."""

import json
import time
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatdesk.features.presets.importing import limits
from chatdesk.features.presets.importing.reading import read_contents
from chatdesk.kernel.presets.preset_import import (
    MAX_PRESETS,
    ImportNote,
    ImportProblem,
    ImportRefused,
    NoteKind,
    SkipReason,
)
from chatdesk.kernel.presets.template import fill, names_in
from tests.unit.features.presets.importing.samples import (
    CARD,
    card_chunk,
    chunk,
    contents,
    drafts,
    no_rows,
    picture,
    presets,
    refused,
    zipped,
)

pytestmark = pytest.mark.thorough

ONE = json.dumps([{"act": "A", "prompt": "B"}])


# 127 to 129: JSON.


def test_json_that_is_deeper_than_anything_is_refused() -> None:
    for text in ("[" * 100_000, '{"a":' * 100_000, '[{"act":"A","prompt":"B","x":' + "[" * 100_000):
        assert refused(text) == ImportProblem.TOO_DEEP


def test_a_file_that_is_too_large_is_refused_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chatdesk.features.presets.importing.foreign_text.MAX_TEXT_BYTES", 100)
    assert refused(json.dumps([{"act": "A", "prompt": "x" * 100}])) == ImportProblem.TOO_LARGE


def test_texts_with_a_mark_of_their_encoding_are_read_and_others_refused() -> None:
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        assert [preset.prompt for preset in presets(ONE.encode(encoding))] == ["B"]
    assert refused("Grüße".encode("latin-1")) == ImportProblem.NOT_TEXT
    assert refused(b"\xff\xff\xfe\xfe\x80") == ImportProblem.NOT_TEXT
    assert refused(ONE.encode("utf-32")) == ImportProblem.NOT_TEXT
    assert refused(ONE.encode("utf-16-le")) == ImportProblem.NOT_TEXT
    assert refused(ONE.encode("utf-16")[:-1]) == ImportProblem.NOT_TEXT


@pytest.mark.parametrize(
    "broken", ['[{"act": "A", "prompt": "B"', '{"a": NaN}', f'[{{"act": {"9" * 10_000}}}]', '{"a" 1}']
)
def test_what_is_no_json_is_refused(broken: str) -> None:
    assert refused(broken) == ImportProblem.DAMAGED


def test_entries_of_wrong_types_are_skipped_and_counted() -> None:
    values = [
        {"act": "A", "prompt": "B"},
        7,
        {"act": ["x"], "prompt": {}},
        {"act": "C", "prompt": "D", "extra": -(2**70)},
    ]
    found = contents(values)
    assert [draft.preset.name for draft in found.drafts] == ["A", "C"]
    assert [(skipped.number, skipped.reason) for skipped in found.skipped] == [
        (2, SkipReason.NOT_AN_ENTRY),
        (3, SkipReason.EMPTY),
    ]


def test_numbers_that_no_server_takes_are_not_taken() -> None:
    settings_of = {"temperature": 1e308, "topP": -1, "maxTokens": 2**80, "enableMaxTokens": True}
    (preset,) = presets([{"name": "A", "prompt": "B", "settings": settings_of}])
    assert (preset.parameters.temperature, preset.parameters.top_p, preset.parameters.max_tokens) == (None, None, None)


def test_half_a_pair_of_surrogates_becomes_a_mark() -> None:
    assert presets('[{"act": "A\\ud800", "prompt": "B\\udfff"}]')[0].prompt == "B\ufffd"


def test_more_presets_than_anybody_has_are_refused() -> None:
    values = [{"act": str(number), "prompt": "x"} for number in range(MAX_PRESETS + 1)]
    assert len(drafts(values[:-1])) == MAX_PRESETS
    assert refused(values) == ImportProblem.TOO_MANY


def test_a_csv_file_with_an_open_quote_is_refused() -> None:
    assert refused('act,prompt\nA,"never ends\n' + "x\n" * 1_000) == ImportProblem.DAMAGED


# 132: what could reach out.


def test_nothing_that_names_a_server_or_a_key_or_a_command_comes_along() -> None:
    evil = {
        "name": "A",
        "prompt": "B",
        "apiHost": "http://evil",
        "apiKey": "sk-canary",
        "proxy": "http://evil",
        "headers": {"Authorization": "sk-canary"},
        "mcpServers": [{"command": "rm", "args": ["-rf"]}],
        "maxTokens": 3,
    }
    (draft,) = drafts(evil)
    names = draft.notes[0].detail.split(", ")
    assert set(names) == {"apiHost", "apiKey", "proxy", "headers", "Authorization", "mcpServers", "command", "args"}
    assert "evil" not in repr(draft.preset)
    assert "canary" not in repr(draft)


def test_a_file_of_our_own_brings_no_unknown_key_no_place_and_no_content_of_files() -> None:
    text = (
        '+++\nname = "A"\nreplaces = "translate"\nbase_url = "http://evil"\nmood = "x"\n[parameters]\nproxy = "p"\n'
        '[[variables]]\nname = "f"\nkind = "file"\ndefault = "/etc/passwd"\nurl = "u"\n+++\nB {{f}}\n'
    )
    (draft,) = drafts(text)
    assert (draft.preset.replaces, draft.preset.extra, draft.text) == ("", {}, "")
    assert draft.preset.declared[0].default == ""
    assert draft.notes == (
        ImportNote(NoteKind.LEFT_OUT, 3, "base_url, proxy, url"),
        ImportNote(NoteKind.UNKNOWN_KEYS, 1, "mood"),
    )


def test_what_is_shown_of_a_file_of_our_own_is_one_line_without_marks_that_turn_it_round() -> None:
    label = 'label = "a\\u202eb\\nc"'
    text = f'+++\nname = "A\\u202eB"\nicon = "x\\n"\n[[variables]]\nname = "v"\n{label}\nkind = "choice"\nchoices = ["\\u0007d"]\n+++\nB\n'
    (draft,) = drafts(text)
    (variable,) = draft.preset.declared
    assert (draft.preset.name, draft.preset.icon, variable.label, variable.choices) == ("AB", "x", "ab c", ("d",))
    assert draft.text == ""


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ([{"id": "1", "mapping": {}}], ImportProblem.CHATS),
        ([{"id": "1", "chat": {}}], ImportProblem.CHATS),
        ({"session:1": {}, "__exported_items": []}, ImportProblem.CHATS),
        (zipped({"conversations-000.json": "[]"}), ImportProblem.CHATS),
        ('{"user_name":"You","character_name":"M","chat_metadata":{}}\n{"mes":"x"}', ImportProblem.CHATS),
        ('{"id": "1", "object": "thread.message", "content": []}\n{"id": "2"}', ImportProblem.CHATS),
        ({"session:1": {"messages": []}, "myCopilots": []}, ImportProblem.CHATS),
        ({"exportType": "all", "state": {"messages": [{"id": "1"}]}, "version": 7}, ImportProblem.CHATS),
        (zipped({"IndexedDB/x": "x", "Local Storage/y": "y"}), ImportProblem.UNREADABLE_BACKUP),
        (picture(), ImportProblem.NO_CARD),
        (b"%PDF-1.7 x", ImportProblem.UNKNOWN),
        ({"hello": 1}, ImportProblem.UNKNOWN),
        (["a", 2], ImportProblem.UNKNOWN),
        ("+++\nschema = 2\n+++\nx", ImportProblem.NEWER),
        ('+++\nname = "x\n+++\nx', ImportProblem.BAD_PRESET),
        ({"myCopilots": []}, ImportProblem.NO_PRESETS),
        (zipped({}), ImportProblem.NO_PRESETS),
    ],
)
def test_a_file_without_presets_says_what_it_is(data: object, reason: ImportProblem) -> None:
    assert refused(data) == reason


# 133, 87: what the text does.


def test_a_prompt_of_five_million_letters_is_a_text_and_a_longer_one_is_left_out() -> None:
    longest = "x" * limits.MAX_PRESET_CHARACTERS
    assert len(presets([{"name": "A", "prompt": longest}])[0].prompt) == limits.MAX_PRESET_CHARACTERS
    assert contents([{"name": "A", "prompt": longest + "x"}]).skipped[0].reason is SkipReason.TOO_LONG


def test_braces_of_others_mean_nothing() -> None:
    prompt = "{{model}} {{{{x}}}} {0} {name!r:>{width}} ${x} {% if y %} {{ z }} {{constructor}}"
    for record in ({"name": "A", "prompt": prompt}, {"name": "A", "first_mes": "", "description": prompt}):
        template = presets(record)[0].prompt
        assert names_in(template) == ()
        assert fill(template, {"model": "EVIL", "x": "EVIL", "z": "EVIL", "constructor": "EVIL"}) == prompt


def test_a_name_is_one_line_of_plain_letters() -> None:
    (draft,) = drafts([{"name": "<b>A</b>\n\x07\u202eB\u200b\x00" + "c" * 300, "prompt": "x\x1b[31my\x00\r\nz"}])
    assert draft.preset.name.startswith("<b>A</b> B")
    assert len(draft.preset.name) == limits.MAX_NAME_LENGTH
    assert draft.preset.prompt == "x[31my\nz"
    assert draft.notes[0].kind is NoteKind.SHORTENED


def test_characters_that_are_not_seen_are_reported() -> None:
    hidden = "".join(chr(0xE0000 + ord(letter)) for letter in "obey")
    assert drafts([{"name": "A", "prompt": f"x{hidden}\u202e"}])[0].notes == (
        ImportNote(NoteKind.HIDDEN_CHARACTERS, 5),
    )
    assert (
        drafts(
            [{"name": "A", "prompt": "👨‍💼 नमस्ते می‌روم 🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"}]
        )[0].notes
        == ()
    )


# Pictures.


def test_a_picture_that_is_cut_off_or_changed_is_refused() -> None:
    whole = picture(card_chunk(CARD))
    assert refused(whole[:-30]) == ImportProblem.DAMAGED
    changed = bytearray(whole)
    changed[60] ^= 1
    assert refused(bytes(changed)) == ImportProblem.DAMAGED


def test_a_chunk_that_says_it_is_larger_than_the_file_is_refused() -> None:
    assert refused(b"\x89PNG\r\n\x1a\n\xff\xff\xff\xfftEXtchara\0") == ImportProblem.DAMAGED


def test_text_in_a_picture_that_grows_a_thousand_times_is_refused() -> None:
    bomb = zlib.compress(b"A" * 30_000_000)
    assert refused(picture(chunk(b"zTXt", b"chara\0\0" + bomb))) == ImportProblem.UNSAFE


# Anything at all.


def gives_presets_or_a_reason(data: bytes) -> bool:
    """Whether it does, and without much work."""
    began = time.thread_time()
    try:
        found = read_contents(data, "file", no_rows)
        explained = bool(found.drafts or found.skipped)
    except ImportRefused as error:
        explained = error.file == "file"
    return explained and time.thread_time() - began < 2


PIECES = st.sampled_from(
    [
        b"PK\x03\x04",
        b"PK\x05\x06",
        b"SQLite format 3\0",
        b"\x89PNG\r\n\x1a\n",
        b"+++\n",
        b'[{"act":',
        b'{"name":',
        b"act,prompt\n",
        zipped({"a.md": "x"}),
        picture(card_chunk(CARD)),
        json.dumps(CARD).encode(),
        b'"first_mes":',
        b"\xff\xfe",
        b"}]",
        b'"',
    ],
)


@settings(max_examples=300)
@given(st.lists(st.one_of(PIECES, st.binary(max_size=40)), max_size=6).map(b"".join))
def test_any_bytes_give_presets_or_a_reason(data: bytes) -> None:
    assert gives_presets_or_a_reason(data)


GOOD = (zipped({"a.md": "+++\nname = 'x'\n+++\nA", "b.json": ONE}), picture(card_chunk(CARD)))


@settings(max_examples=300)
@given(st.sampled_from(GOOD), st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 255)), max_size=4))
def test_a_good_file_with_changed_bytes_gives_presets_or_a_reason(file: bytes, changes: list[tuple[int, int]]) -> None:
    changed = bytearray(file)
    for place, byte in changes:
        changed[place % len(changed)] = byte
    assert gives_presets_or_a_reason(bytes(changed))


VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(
                [
                    "act",
                    "name",
                    "prompt",
                    "content",
                    "command",
                    "params",
                    "data",
                    "spec",
                    "first_mes",
                    "operation",
                    "fields",
                    "settings",
                ]
            )
            | st.text(max_size=5),
            inner,
            max_size=5,
        ),
    ),
    max_leaves=20,
)


@settings(max_examples=300)
@given(VALUES)
def test_any_json_gives_presets_or_a_reason(value: object) -> None:
    assert gives_presets_or_a_reason(json.dumps(value).encode())


# Sizes that only a program makes.


def test_a_picture_with_a_text_of_a_hundred_megabytes_is_refused_without_reading_it() -> None:
    began = time.thread_time()
    huge = chunk(b"tEXt", b"chara\0" + bytes(100_000_000))
    assert refused(picture(huge)) == ImportProblem.TOO_LARGE
    assert refused(picture(chunk(b"IDAT", bytes(100_000_000)))) == ImportProblem.NO_CARD
    assert time.thread_time() - began < 5


def test_a_picture_of_chunks_without_number_is_refused() -> None:
    assert refused(b"\x89PNG\r\n\x1a\n" + chunk(b"tIME", b"") * 150_000) == ImportProblem.UNSAFE


def test_a_csv_file_of_many_rows_is_refused_at_the_first_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    began = time.thread_time()
    assert refused("act,prompt\n" + "A,B\n" * 1_000_000) == ImportProblem.TOO_MANY
    assert time.thread_time() - began < 2


def test_rows_without_a_prompt_are_counted_up_to_a_number() -> None:
    assert len(contents("act,prompt\n" + "A,\n" * 100_000).skipped) == limits.MAX_SKIPPED


def test_a_cell_of_ten_megabytes_is_left_out() -> None:
    (skipped,) = contents('act,prompt\nA,"' + "x" * 10_000_000 + '"\n').skipped
    assert skipped.reason is SkipReason.TOO_LONG


def test_a_cell_with_a_zero_in_it_makes_the_file_no_text() -> None:
    assert refused("act,prompt\nA,B\0C\n") == ImportProblem.NOT_TEXT


def test_a_text_of_nothing_but_line_ends_is_no_preset() -> None:
    began = time.thread_time()
    found = contents("\n" * 5_000_000)
    assert [skipped.reason for skipped in found.skipped] == [SkipReason.EMPTY]
    assert time.thread_time() - began < 2

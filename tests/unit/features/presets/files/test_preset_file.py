"""Preset files are read and written without losing a word."""

from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatdesk.features.presets.files.plain_text import clean_line
from chatdesk.features.presets.files.preset_file import read_preset
from chatdesk.features.presets.files.preset_writer import write_preset
from chatdesk.kernel.chat.request import Thinking
from chatdesk.kernel.errors.preset_errors import PresetInvalid, PresetProblem
from chatdesk.kernel.models.parameters import Parameters
from chatdesk.kernel.presets.preset import OutputKind, Preset, PresetKind, PresetOrigin, SendAs
from chatdesk.kernel.presets.variable import Variable, VariableKind

FILE = """\
+++
# how we translate
schema = 1
name = "Translate and explain"  # shown in the list
icon = "languages"
category = "translation"
language = "en"
tags = ["translate", "notes"]
description = "A faithful translation, then notes."
models = ["qwen*", "deepseek-r1:*"]
send_as = "question"
thinking = "off"
output = "table"
kind = "translation"
version = "2.1"
reviewed_by = { name = "Ada" }

[parameters]
temperature = 0.3
max_tokens = 800
mirostat = 2

[[variables]]
name = "target"
kind = "choice"  # one of these
choices = ["English", "German"]
default = "German"
required = true
color = "red"

[[variables]]
name = "strict"
kind = "toggle"
default = true
on = "Be strict."
+++
You translate into {{target}}. {{strict}}

\\+++ question

+++ question
Translate: {{input}}

+++ greeting
Good day.

+++ sample
Guten Tag.
"""

WORDS = st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), max_size=30)
TEXTS = st.lists(
    st.sampled_from(
        ["+++", "+++ question", "\\+++ greeting", "+++ sample ", "text {{a}}", "", "  x", "中文", "+++question", "\\"]
    ),
    max_size=6,
).map("\n".join)


def read(text: str) -> Preset:
    return read_preset(text, "an-id", PresetOrigin.OWN)


def problem_of(text: str) -> tuple[PresetProblem, int, str]:
    with pytest.raises(PresetInvalid) as caught:
        read(text)
    return caught.value.problem, caught.value.line, caught.value.detail


def test_every_key_and_section_is_read() -> None:
    assert read(FILE) == Preset(
        id="an-id",
        origin=PresetOrigin.OWN,
        name="Translate and explain",
        prompt="You translate into {{target}}. {{strict}}\n\n+++ question",
        question="Translate: {{input}}",
        greeting="Good day.",
        sample="Guten Tag.",
        icon="languages",
        category="translation",
        language="en",
        tags=("translate", "notes"),
        description="A faithful translation, then notes.",
        models=("qwen*", "deepseek-r1:*"),
        parameters=Parameters(temperature=0.3, max_tokens=800),
        thinking=Thinking.OFF,
        output=OutputKind.TABLE,
        kind=PresetKind.TRANSLATION,
        send_as=SendAs.QUESTION,
        declared=(
            Variable("target", VariableKind.CHOICE, default="German", choices=("English", "German"), required=True),
            Variable("strict", VariableKind.TOGGLE, default="on", on="Be strict."),
        ),
        version="2.1",
        extra={"reviewed_by": {"name": "Ada"}},
    )


def test_writing_an_unchanged_preset_changes_only_how_its_values_are_spelled() -> None:
    assert write_preset(read(FILE), FILE) == FILE.replace("default = true", 'default = "on"')


def test_what_a_person_wrote_into_the_head_stays_when_a_preset_is_changed() -> None:
    written = write_preset(replace(read(FILE), name="Other", tags=(), parameters=Parameters(temperature=0.3)), FILE)
    assert "# how we translate" in written
    assert 'name = "Other"  # shown in the list' in written
    assert 'kind = "choice"  # one of these' in written
    assert "tags" not in written
    assert "max_tokens" not in written
    for unknown in ("mirostat = 2", 'color = "red"', 'reviewed_by = { name = "Ada" }'):
        assert unknown in written


def test_variables_keep_their_unknown_keys_when_their_order_changes() -> None:
    preset = read(FILE)
    written = write_preset(replace(preset, declared=preset.declared[::-1]), FILE)
    assert [variable.name for variable in read(written).declared] == ["strict", "target"]
    assert 'color = "red"' in written


def test_whole_numbers_are_written_without_a_point() -> None:
    preset = Preset(
        "x", PresetOrigin.OWN, "X", "x", parameters=Parameters(temperature=1.0), declared=(Variable("n", maximum=3.0),)
    )
    assert "temperature = 1\n" in write_preset(preset)
    assert "maximum = 3\n" in write_preset(preset)


def test_every_parameter_is_read_and_written() -> None:
    said = Parameters(0.3, 0.9, 800, -7, 40, 0.05, 1.1, ("###", "\n\n"), 8192, "1h30m", '{"type": "object"}')
    preset = Preset("an-id", PresetOrigin.OWN, "X", "x", parameters=said)
    assert read(write_preset(preset)) == preset


@pytest.mark.parametrize(
    ("line", "problem", "detail"),
    [
        ("top_p = 1.5", PresetProblem.OUT_OF_RANGE, "parameters.top_p: 0 – 1"),
        ("temperature = -1", PresetProblem.OUT_OF_RANGE, "parameters.temperature: 0 – 5"),
        ("num_ctx = 4", PresetProblem.OUT_OF_RANGE, "parameters.num_ctx: 128 – 16,777,216"),
        ("top_k = 1.5", PresetProblem.WRONG_TYPE, "parameters.top_k"),
        ('min_p = "low"', PresetProblem.WRONG_TYPE, "parameters.min_p"),
        ('stop = "###"', PresetProblem.WRONG_TYPE, "parameters.stop"),
        ('stop = [""]', PresetProblem.OUT_OF_RANGE, "parameters.stop: 1 – 16 × 1 – 200"),
        ('keep_alive = "soon"', PresetProblem.OUT_OF_RANGE, "parameters.keep_alive: 10m, 1h30m, 0, -1"),
        ("keep_alive = 300", PresetProblem.WRONG_TYPE, "parameters.keep_alive"),
        ('format = "yaml"', PresetProblem.OUT_OF_RANGE, "parameters.format: json, JSON schema"),
    ],
)
def test_a_parameter_that_cannot_be_is_named_with_its_line(line: str, problem: PresetProblem, detail: str) -> None:
    text = f'+++\nname = "X"\n[parameters]\n{line}\n+++\nx'
    assert problem_of(text) == (problem, 4, detail)


def test_a_file_without_a_head_is_a_prompt_named_after_its_file() -> None:
    assert read("Answer like a pirate.\n") == Preset("an-id", PresetOrigin.OWN, "an id", "Answer like a pirate.")


def test_line_ends_and_a_byte_order_mark_do_not_matter() -> None:
    assert read("\ufeff" + FILE.replace("\n", "\r\n")) == read(FILE)


def test_a_name_in_the_text_that_nobody_declared_is_a_text_to_fill_in() -> None:
    assert read("Tell {{reader}} about {{ topic }} today, {{date}}; {{reader}}!").variables == (
        Variable("reader"),
        Variable("topic"),
    )


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("+++\nname = 1\n+++\nx", (PresetProblem.WRONG_TYPE, 2, "name")),
        ("+++\n\ntags = ['a', 1]\n+++\nx", (PresetProblem.WRONG_TYPE, 3, "tags")),
        ("+++\nname = 'a'\nthinking = 'maybe'\n+++\nx", (PresetProblem.UNKNOWN_WORD, 3, "thinking")),
        ("+++\nschema = 2\n+++\nx", (PresetProblem.NEWER_SCHEMA, 2, "2")),
        ("+++\nname = 'a'\nx", (PresetProblem.NOT_CLOSED, 1, "")),
        ("+++\nname = 'a'\n+++\n \n", (PresetProblem.EMPTY, 0, "")),
        ("+++\n[[variables]]\nname = 'a b'\n+++\nx", (PresetProblem.BAD_NAME, 3, "a b")),
        ("+++\n[[variables]]\nname = 'date'\n+++\nx", (PresetProblem.BAD_NAME, 3, "date")),
        ("+++\n[[variables]]\nname = 'a'\n[[variables]]\nname = 'a'\n+++\nx", (PresetProblem.TWICE, 3, "a")),
        ("+++\n[parameters]\ntemperature = nan\n+++\nx", (PresetProblem.WRONG_TYPE, 3, "parameters.temperature")),
        ("+++\n[parameters]\nseed = 1.5\n+++\nx", (PresetProblem.WRONG_TYPE, 3, "parameters.seed")),
        ("x" * 6_000_001, (PresetProblem.TOO_LARGE, 0, "")),
    ],
)
def test_a_broken_file_names_its_line(text: str, problem: tuple[PresetProblem, int, str]) -> None:
    assert problem_of(text) == problem


def test_broken_toml_names_its_line_and_what_is_wrong() -> None:
    problem, line, detail = problem_of("+++\nname = 'a'\ntags = [\n'b'\n= 3\n+++\nx")
    assert (problem, line) == (PresetProblem.NOT_TOML, 5)
    assert detail


def test_a_head_that_is_nested_too_deep_is_an_error_not_a_crash() -> None:
    assert problem_of(f"+++\na = {'[' * 100_000}\n+++\nx")[0] is PresetProblem.NOT_TOML


@given(WORDS, TEXTS, TEXTS, TEXTS, st.lists(WORDS, max_size=3))
def test_what_is_written_is_read_again(name: str, prompt: str, question: str, sample: str, tags: list[str]) -> None:
    preset = Preset(
        "an-id", PresetOrigin.OWN, name, f"x\n{prompt}\ny", question=question, sample=sample, tags=tuple(tags)
    )
    back = read(write_preset(preset))
    assert back.prompt == preset.prompt
    assert back.question.split("\n") == _without_blank_ends(question)
    assert back.sample.split("\n") == _without_blank_ends(sample)
    assert back.tags == tuple(map(clean_line, tags))
    assert back.name == (clean_line(name) or "an id")


def _without_blank_ends(text: str) -> list[str]:
    lines = text.split("\n")
    while len(lines) > 1 and not lines[0].strip():
        lines.pop(0)
    while len(lines) > 1 and not lines[-1].strip():
        lines.pop()
    return lines if any(line.strip() for line in lines) else [""]


@given(st.text(max_size=300))
def test_any_text_is_a_preset_or_says_what_is_wrong(text: str) -> None:
    for candidate in (text, f"+++\n{text}\n+++\nx"):
        with suppress(PresetInvalid):
            assert read(candidate).id == "an-id"

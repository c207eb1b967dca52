"""Preset files made to do harm (cases.md 87, 123 to 133): each is text that does nothing, or is named broken with a reason, soon."""

import time

import pytest

from chatdesk.features.presets.files.preset_file import read_preset
from chatdesk.features.presets.files.preset_head import MAX_HEADER_LENGTH
from chatdesk.features.presets.files.preset_writer import write_preset
from chatdesk.kernel.errors.preset_errors import PresetInvalid, PresetProblem
from chatdesk.kernel.presets.preset import MAX_PRESET_NAME_LENGTH, MAX_VARIABLES, Preset, PresetOrigin
from chatdesk.kernel.presets.template import fill

pytestmark = pytest.mark.thorough

LONGEST = 2.0
"""Seconds of work, on a slow machine; each of these texts is 5 MB long at most. On a thread: see the screen's tests."""


def head(lines: str, body: str = "x") -> str:
    return f"+++\n{lines}\n+++\n{body}"


def variable(lines: str) -> str:
    return head(f'[[variables]]\nname = "v"\n{lines}')


def read(text: str) -> Preset:
    began = time.thread_time()
    try:
        return read_preset(text, "an-id", PresetOrigin.OWN)
    finally:
        assert time.thread_time() - began < LONGEST


BROKEN = {
    "a number of 5,000 digits": (head(f"seed = {'9' * 5_000}"), PresetProblem.NOT_TOML, ""),
    "a number beyond any": (head("[parameters]\ntemperature = 1e400"), PresetProblem.WRONG_TYPE, "temperature"),
    "no number": (head("[parameters]\ntop_p = nan"), PresetProblem.WRONG_TYPE, "top_p"),
    "a temperature below nothing": (head("[parameters]\ntemperature = -1"), PresetProblem.OUT_OF_RANGE, "temperature"),
    "a share above all": (head("[parameters]\ntop_p = 40"), PresetProblem.OUT_OF_RANGE, "top_p"),
    "an answer of no length": (head("[parameters]\nmax_tokens = 0"), PresetProblem.OUT_OF_RANGE, "max_tokens"),
    "a least above the most": (variable("minimum = 5\nmaximum = 1"), PresetProblem.OUT_OF_RANGE, "minimum"),
    "steps that lead nowhere": (variable("step = 0"), PresetProblem.OUT_OF_RANGE, "step"),
    "a day that is none": (variable("default = 2026-02-30"), PresetProblem.NOT_TOML, ""),
    "a name of 4 MB": (head(f'name = "{"n" * 4_000_000}"'), PresetProblem.HEAD_TOO_LARGE, ""),
    "a name that is too long": (head(f'name = "{"n" * (MAX_PRESET_NAME_LENGTH + 1)}"'), PresetProblem.TOO_LONG, "name"),
    "a hint that is too long": (variable(f'hint = "{"h" * 3_000}"'), PresetProblem.TOO_LONG, "hint"),
    "200,000 choices": (variable("choices = [" + '"c",' * 200_000 + "]"), PresetProblem.HEAD_TOO_LARGE, ""),
    "1,000 choices": (variable("choices = [" + '"c",' * 1_000 + "]"), PresetProblem.TOO_LONG, "choices"),
    "1,000 tags": (head("tags = [" + '"t",' * 1_000 + "]"), PresetProblem.TOO_LONG, "tags"),
    "1,000 variables": (
        head("\n".join(f'[[variables]]\nname = "v{number}"' for number in range(1_000))),
        PresetProblem.TOO_LARGE,
        "variables",
    ),
    "a key of 20,000 parts": (head(f"{'.'.join('a' * 20_000)} = 1"), PresetProblem.NOT_TOML, "deep"),
    "a table of 20,000 parts": (head(f"[{'.'.join('a' * 20_000)}]"), PresetProblem.NOT_TOML, "deep"),
    "quoted parts within a table in a line": (
        head("a = { " + '"a". ' * 5_000 + "a = 1 }"),
        PresetProblem.NOT_TOML,
        "deep",
    ),
    "tables within tables": (head(f"a = {'{a = ' * 5_000}"), PresetProblem.NOT_TOML, "deep"),
    "half a pair of surrogates": (head('name = "\\ud800"'), PresetProblem.NOT_TOML, ""),
    "nothing but line ends": ("\n" * 5_000_000, PresetProblem.EMPTY, ""),
    "nothing but headings": ("+++ question\n" * 380_000, PresetProblem.EMPTY, ""),
    "10 MB": ("x" * 10_000_000, PresetProblem.TOO_LARGE, ""),
    "a schema of 4,000 digits": (head(f"schema = {'9' * 4_000}"), PresetProblem.NEWER_SCHEMA, ""),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_file_that_is_out_of_bounds_is_named_broken(case: str) -> None:
    text, problem, about = BROKEN[case]
    with pytest.raises(PresetInvalid) as caught:
        read(text)
    assert caught.value.problem is problem
    assert about in caught.value.detail


WHOLE = {
    "braces": "{{" * 2_500_000,
    "braces and blanks": f"{{{{{' ' * 50}" * 50_000,
    "half a variable": "{{" + " " * 5_000_000,
    "100,000 variables": " ".join(f"{{{{v{number}}}}}" for number in range(100_000)),
    "code of templates": "{{ a|attr('x') }} {% for x in y %} {0.__class__} %(x)s ${jndi:x} $(rm) `x` <script>" * 50_000,
    "control characters": "a\x00b\x1b[31mc\x07\u202ed\u2066e\ufeff" * 100_000,
    "words": "Some words of text here. " * 200_000,
    "one line of Chinese": "中" * 1_600_000,
}


@pytest.mark.parametrize("case", WHOLE)
def test_a_prompt_of_five_megabytes_is_a_text_that_does_nothing(case: str) -> None:
    preset = read(WHOLE[case])
    began = time.thread_time()
    assert preset.prompt == WHOLE[case].strip("\n")
    assert len(preset.variables) <= MAX_VARIABLES
    assert read(write_preset(preset)).prompt == preset.prompt
    assert time.thread_time() - began < 3 * LONGEST


def test_what_was_filled_in_is_never_looked_at_again() -> None:
    values = {"a": "{{b}} {{a}} {{{{a}}}}", "b": "{{a}}"}
    assert fill("{{a}}/{{b}}", values) == "{{b}} {{a}} {{{{a}}}}/{{a}}"


def test_what_is_shown_in_one_line_is_one_line_of_plain_letters() -> None:
    odd = '"a\\u202eb\\u0007\\nc\\u200b\\ufeff<b>d"'
    preset = read(
        head(
            f"name = {odd}\ndescription = {odd}\nicon = {odd}\ncategory = {odd}\ntags = [{odd}]\nmodels = [{odd}]\n"
            f'[[variables]]\nname = "v"\nkind = "choice"\nlabel = {odd}\nhint = {odd}\nchoices = [{odd}]'
        )
    )
    (shown,) = {
        *(preset.name, preset.description, preset.icon, preset.category, *preset.tags, *preset.models),
        *(preset.variables[0].label, preset.variables[0].hint, *preset.variables[0].choices),
    }
    assert shown == "ab c<b>d"


def test_a_head_may_be_long_but_not_longer() -> None:
    filler = "#" * 100 + "\n"
    fits = filler * (MAX_HEADER_LENGTH // len(filler) - 1)
    assert read(head(fits)).prompt == "x"
    with pytest.raises(PresetInvalid):
        read(head(fits + filler * 2))

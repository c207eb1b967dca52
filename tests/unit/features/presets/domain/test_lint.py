"""Hints about a prompt: found where something is amiss, and silent where a good prompt could look like that."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatdesk.features.presets.domain.lint import LONG_PROMPT, Hint, HintKind, demands_in, hints_for, lint
from chatdesk.kernel.presets.preset import Preset, PresetOrigin
from chatdesk.kernel.presets.variable import Variable, VariableKind

GOOD = """\
# Role: Travel planner

## Profile
- Author: Ann
- Language: English

### Skill-1
1. Knows train timetables.

## Skills
### Skill-2
1. Knows {{town}}.

## Rules
1. Never invent prices.
2. Answer in English.

## Workflow
1. Ask for city and dates.

## Initialization
As a/an <Role>, you must talk to the user in default <Language>.

## Input
"""


def kinds(prompt: str, *declared: Variable, others: tuple[str, ...] = ()) -> list[HintKind]:
    return [hint.kind for hint in hints_for(prompt, declared, others)]


def only(prompt: str, *declared: Variable) -> Hint:
    (hint,) = hints_for(prompt, declared)
    return hint


def marked(prompt: str, *declared: Variable) -> str:
    hint = only(prompt, *declared)
    return prompt[hint.start : hint.end]


def test_a_good_prompt_gets_no_hint() -> None:
    assert kinds(GOOD, Variable("town", required=True)) == []
    assert kinds("Translate {{text}} into {{target}}.") == []


@given(st.text(alphabet="#ab:{} \n`-1.中答", max_size=80))
def test_hints_lie_in_the_text_and_in_its_order(prompt: str) -> None:
    placed = [hint for hint in hints_for(prompt) if hint.end]
    assert all(0 <= hint.start < hint.end <= len(prompt) for hint in placed)
    assert [hint.start for hint in placed] == sorted(hint.start for hint in placed)


def test_an_empty_section_is_reported() -> None:
    prompt = "# Role: x\n## Rules\n\n## Goals\ny"
    assert only(prompt) == Hint(HintKind.EMPTY_SECTION, 10, 18, "Rules")
    assert marked(prompt) == "## Rules"
    assert kinds("# Role:\n## Goals\ny") == [HintKind.EMPTY_SECTION]


def test_a_section_with_sections_under_it_is_not_empty() -> None:
    assert kinds("## Skills\n### Skill-1\nx") == []


def test_a_section_that_is_there_twice_is_reported() -> None:
    prompt = "# Role: x\n## Rules\na\n## Goals\nb\n## rules\nc"
    assert only(prompt).kind is HintKind.SECTION_TWICE
    assert marked(prompt) == "## rules"


def test_the_same_heading_under_two_others_is_no_double() -> None:
    assert kinds("# Role: a\n## Rules\nx\n# Role: b\n## Rules\ny") == []
    assert kinds("## Skill-1\na\n## Skill-2\nb\n## Constraints\nc\n## Rules\nd") == []


def test_a_workflow_of_one_sentence_has_no_steps() -> None:
    assert marked("## Workflow\nHelp the user.\n## Rules\nx") == "Help the user."
    assert only("## 工作流程\n帮助用户。").kind is HintKind.NO_STEPS


@pytest.mark.parametrize(
    "body",
    ["1. Ask.", "- Ask.", "Ask. Propose.", "Ask, then propose.", "Ask → propose", "先问，再答。", "{{steps}}\nMore."],
)
def test_a_workflow_with_steps_is_fine(body: str) -> None:
    assert kinds(f"## Workflow\n{body}") == []


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Answer in English.", "用中文回答。"),
        ("Always reply to the user in German.", "Respond only in French."),
        ("- Language: English", "请用简体中文与用户交流。"),
        ("语言：中文", "Your answers must be in English."),
        ("用简体中文回答。", "用繁体中文回答。"),
    ],
)
def test_two_languages_for_the_answers_contradict_each_other(one: str, two: str) -> None:
    prompt = f"# Role: x\n## Profile\n{one}\n## Rules\n{two}\n"
    assert kinds(prompt) == [HintKind.TWO_LANGUAGES]
    assert two.rstrip("。.").endswith(marked(prompt).removesuffix("。"))


@pytest.mark.parametrize(
    "prompt",
    [
        "# 角色\n诗人。\n# 规则\n用英文回答。Answer in English.",
        "Answer in Chinese. 用简体中文回答。",
        "Answer in English. If the user writes Chinese, answer in Chinese.",
        "Answer in English or German. Answer in French.",
        "Write the title in English. Write the text in German. Answer in English.",
        "First answer in English, then answer in German. Answer in English.",
        "Answer in English. Do not answer in Chinese.",
        "用中文回答。如果用户用英文提问，用英文回答。",
        "用中文回答。标题用英文输出，正文用中文。",
        "Answer in English.\n## Examples\nAnswer in German.",
        "Answer in English.\n```\nAnswer in German.\n```",
        "Answer in English. The user answers in German for practice.",
    ],
)
def test_no_contradiction_is_seen_where_there_is_none(prompt: str) -> None:
    assert HintKind.TWO_LANGUAGES not in kinds(prompt)


def test_a_demand_says_where_it_stands() -> None:
    prompt = "Hi. 请用中文回答。"
    (demand,) = demands_in(prompt)
    assert (demand.language, demand.name, prompt[demand.start : demand.end]) == ("zh", "中文", "用中文回答")


def test_a_name_that_is_nearly_a_declared_one_is_a_slip() -> None:
    language = Variable("language_of_book")
    for slip in ("langauge_of_book", "languge_of_book", "language_of_bookk", "lanquage_of_book", "Language_of_book"):
        prompt = f"Into {{{{{slip}}}}}."
        assert only(prompt, language) == Hint(
            HintKind.MISSPELT_VARIABLE, 5, 5 + len(slip) + 4, detail=(slip, language.name)
        )


def test_the_programs_own_names_are_known() -> None:
    assert only("In {{langauge}}.").detail == ("langauge", "language")
    assert kinds("{{input}} {{date}} {{model}}") == []


@pytest.mark.parametrize("name", ["text2", "target_language", "data", "mode", "times", "lang", "原文"])
def test_other_names_are_no_slip(name: str) -> None:
    assert kinds(f"{{{{{name}}}}} {{{{text1}}}} {{{{译文}}}}", Variable("text1"), Variable("译文")) == []


def test_a_variable_that_is_declared_and_not_used_is_reported() -> None:
    assert only("Hi.", Variable("tone")) == Hint(HintKind.UNUSED_VARIABLE, detail=("tone",))
    assert only("Hi.", Variable("tone", required=True)).kind is HintKind.REQUIRED_UNUSED
    assert kinds("Hi. {{{{tone}}", Variable("tone")) == [HintKind.UNUSED_VARIABLE], "that is a written brace"
    assert kinds("Hi.", Variable("tone"), others=("Be {{tone}}.",)) == []


def test_a_choice_needs_choices() -> None:
    assert kinds("{{a}}", Variable("a", VariableKind.CHOICE, choices=("", " "))) == [HintKind.NO_CHOICES]
    assert kinds("{{a}}", Variable("a", VariableKind.CHOICE, choices=("x",))) == []


def test_a_very_long_prompt_is_reported() -> None:
    assert kinds("a" * LONG_PROMPT) == []
    assert kinds("a" * (LONG_PROMPT + 1)) == [HintKind.LONG]
    assert kinds("## Rules\n" * LONG_PROMPT, Variable("tone")) == [HintKind.LONG], "and is not read at all"
    assert kinds("字" * (LONG_PROMPT // 4 + 1)) == [HintKind.LONG]


def test_a_presets_other_texts_count() -> None:
    preset = Preset(
        "x", PresetOrigin.OWN, "X", "Hi.", question="{{a}}", greeting="{{b}}", declared=(Variable("a"), Variable("b"))
    )
    assert lint(preset) == ()

"""A plain prompt becomes sections."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatdesk.features.presets.domain.conversion import convert
from chatdesk.features.presets.domain.lang_gpt import parse
from chatdesk.features.presets.domain.section_kinds import ORDER, SectionKind, heading_for

PLAIN = """\
You are a careful translator from {{source}} into {{target}}. The reader is {{reader}}. Translate the text, e.g. letters.
Never add notes. Do not explain!  Answer as plain text without quotes.

Follow these steps:
1. Read.
2. Translate.
   Twice.

- Do not guess.
- Keep line breaks.

Example:

```
# no heading
```

{{text}}
"""
SENTENCES = (
    *(
        "You are a poet.",
        "You are not alone.",
        "Never lie!",
        "Do not guess.",
        "Answer in three lines.",
        "Is this 1.5 m?",
        "Write.",
        "We sell tea.",
    ),
    *(
        "你是诗人。",
        "不要编造。",
        "以表格输出。",
        "用户是学生。",
        "写一首诗！",
        "{{text}}",
        "“Yes,” he said.",
        "See e.g. the list.",
    ),
)
LINES = (
    *(
        "1. First step.",
        "2) Second.",
        "- A point.",
        "* 不要乱写",
        "Rules:",
        "步骤：",
        "```",
        "```python",
        "~~~",
        "# comment",
        "  indented",
        "",
    ),
    *("> quoted", "#tag", "第一步，想。", "{{a}} {{b}}"),
)
LINE = st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=4).map(" ".join) | st.sampled_from(LINES)
PROMPTS = st.lists(LINE, max_size=12).map("\n".join)


def body(text: str, kind: SectionKind) -> str:
    return "\n".join(section.body for section in parse(text).sections if section.kind is kind)


@given(PROMPTS)
def test_no_sentence_is_lost(prompt: str) -> None:
    converted = convert(prompt)
    for text in (*SENTENCES, *(line.strip() for line in LINES if line)):
        assert converted.count(text) == prompt.count(text)


@given(PROMPTS | st.text(alphabet="ab.。!？:# \n-`{}1Yn你是不要", max_size=60))
def test_nothing_is_written_but_headings_and_bullets(prompt: str) -> None:
    headings = "".join(
        f"##{heading_for(kind, chinese=chinese)}"
        for kind in ORDER
        if kind is not SectionKind.OPENING
        for chinese in (True, False)
    )
    before, after = Counter("".join(prompt.split())), Counter("".join(convert(prompt).split()))
    assert not before - after
    assert set(after - before) <= set(headings + "-")


@given(PROMPTS)
def test_what_is_converted_stays_as_it_is(prompt: str) -> None:
    converted = convert(prompt)
    assert convert(converted) == converted


def test_sentences_go_where_they_belong() -> None:
    converted = convert(PLAIN)
    assert [section.kind for section in parse(converted).sections] == [
        SectionKind.ROLE,
        SectionKind.BACKGROUND,
        SectionKind.GOALS,
        SectionKind.CONSTRAINTS,
        SectionKind.WORKFLOW,
        SectionKind.OUTPUT_FORMAT,
        SectionKind.EXAMPLES,
        SectionKind.INPUT,
    ]
    assert body(converted, SectionKind.ROLE) == "You are a careful translator from {{source}} into {{target}}."
    assert body(converted, SectionKind.GOALS) == "Translate the text, e.g. letters.\n- Keep line breaks."
    assert body(converted, SectionKind.CONSTRAINTS) == "- Never add notes.\n- Do not explain!\n- Do not guess."
    assert body(converted, SectionKind.WORKFLOW) == "Follow these steps:\n1. Read.\n2. Translate.\n   Twice."
    assert body(converted, SectionKind.OUTPUT_FORMAT) == "Answer as plain text without quotes."
    assert body(converted, SectionKind.EXAMPLES) == "Example:\n```\n# no heading\n```"
    assert body(converted, SectionKind.INPUT) == "{{text}}"


def test_a_chinese_prompt_gets_chinese_headings() -> None:
    converted = convert("你是资深编辑。请润色下面的文字，保持原意。不要添加新内容。以列表输出修改说明。\n\n{{原文}}")
    assert converted == (
        "# 角色\n你是资深编辑。\n\n## 目标\n请润色下面的文字，保持原意。\n\n## 约束\n- 不要添加新内容。\n\n"
        "## 输出格式\n以列表输出修改说明。\n\n## 输入\n{{原文}}"
    )


def test_rules_that_are_numbered_are_no_steps() -> None:
    converted = convert("Never do these:\n1. Lie.\n2. Guess.")
    assert body(converted, SectionKind.CONSTRAINTS) == "Never do these:\n1. Lie.\n2. Guess."


def test_a_label_names_the_section_of_what_stands_under_it() -> None:
    converted = convert("Rules:\n- Short.\n- Kind.\n\n输出格式：\n主题：一句话\n正文\n\nAnswer:\n| A | B |\n|---|---|")
    assert body(converted, SectionKind.RULES) == "Rules:\n- Short.\n- Kind."
    assert body(converted, SectionKind.OUTPUT_FORMAT) == "输出格式：\n主题：一句话\n正文\nAnswer:\n| A | B |\n|---|---|"


def test_what_stood_on_a_line_of_its_own_still_does() -> None:
    assert convert("Sum up. We sell tea.\n- length: {{a}}") == (
        "## Background\nWe sell tea.\n\n## Goals\nSum up.\n- length: {{a}}"
    )


@pytest.mark.parametrize("prompt", ["", " \n", "# Role: Poet\nYou are a poet.", "## 规则\n不要。", "# Tone\nWarm."])
def test_what_is_in_sections_already_comes_back_as_it_is(prompt: str) -> None:
    assert convert(prompt) == prompt


def test_headings_of_ones_own_stay() -> None:
    assert convert("You are a poet.\n\n# Tone\nWarm.\n") == "# Role\nYou are a poet.\n\n# Tone\nWarm.\n"


def test_code_that_never_ends_comes_last() -> None:
    assert convert("Explain:\n\nWrite it.\n```\ncode\n").endswith("## Input\n```\ncode\n")

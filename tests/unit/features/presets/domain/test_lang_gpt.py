"""A prompt in sections, and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatdesk.features.presets.domain.lang_gpt import Section, Structure, parse, sections_with_offsets
from chatdesk.features.presets.domain.section_kinds import SectionKind, kind_of

PLANNER = """\
# Role: Travel planner

## Profile
- Author: Ann
- Language: English

### Skill-1
1. Knows train timetables.

### Skill-2: Prices
1. Knows prices.

## Rules
1. Never invent prices.

## Workflow
1. Ask for city and dates.
2. Propose a plan.

## Initialization
As a/an <Role>, you must follow the <Rules>.
"""
CHINESE = "#角色：诗人\n##简介\n写诗。\n## 工作流程：\n1、起\n2、承\n"
LINES = st.lists(
    st.sampled_from(
        (
            *(
                "# Role: Poet",
                "## Profile",
                "### Skill-1",
                "## Rules ##",
                "#角色：诗人",
                "#tag",
                "### Deep",
                "   ## 规则",
                "####### no",
            ),
            *(
                "```",
                "```python",
                "~~~",
                "````",
                "    # indented",
                "",
                "  ",
                "\t",
                "- Item",
                "1. Step",
                "Words {{here}}.",
                "##",
                "中文。",
            ),
        )
    ),
    max_size=14,
)
TEXTS = st.builds(
    lambda lines, end, gap: gap.join(lines) + end,
    LINES,
    st.sampled_from(("", "\n", " \n\n")),
    st.sampled_from(("\n", "\n\n", "\r\n")),
)


def kinds(text: str) -> list[SectionKind]:
    return [section.kind for section in parse(text).sections]


def bodies(structure: Structure) -> list[str]:
    return [section.body for section in structure.sections]


@given(TEXTS | st.text())
def test_what_is_read_is_written_byte_for_byte(text: str) -> None:
    assert parse(text).text == text


@given(TEXTS)
def test_sections_are_found_again_where_they_were(text: str) -> None:
    structure = parse(text)
    assert all(text[start:].startswith(section.text) for start, section in sections_with_offsets(structure))
    assert parse(structure.text) == structure


@given(TEXTS, st.data(), st.sampled_from(("", "New words.", "Two\nlines\n", "{{name}}")))
def test_a_changed_section_changes_only_its_own_text(text: str, data: st.DataObject, content: str) -> None:
    structure = parse(text)
    if not structure.sections:
        return
    place = data.draw(st.integers(0, len(structure.sections) - 1))
    start, old = structure.starts[place], structure.sections[place]
    changed = structure.replaced(place, old.with_body(content)).text
    assert changed.startswith(text[: start + len(old.heading)])
    assert changed.endswith(text[start + len(old.text) - len(old.tail) :])
    assert content in changed


@given(TEXTS, st.data())
def test_a_change_taken_back_leaves_no_trace(text: str, data: st.DataObject) -> None:
    structure = parse(text)
    if not structure.sections:
        return
    place = data.draw(st.integers(0, len(structure.sections) - 1))
    section = structure.sections[place]
    emptied = structure.replaced(place, section.with_body(""))
    assert emptied.replaced(place, emptied.sections[place].with_body(section.body)).text == text


@given(TEXTS, st.data())
def test_moving_there_and_back_gives_the_same_text(text: str, data: st.DataObject) -> None:
    structure = parse(text)
    if len(structure.sections) < 2:
        return
    place = data.draw(st.integers(0, len(structure.sections) - 1))
    for by in (-1, 1):
        moved = structure.moved(place, by)
        assert sorted(bodies(moved)) == sorted(bodies(structure))
        if structure.can_move(place, by):
            assert moved.moved(place + by, -by).text == text
        else:
            assert moved is structure


@given(TEXTS, st.data())
def test_removing_takes_only_that_section_and_it_can_come_back(text: str, data: st.DataObject) -> None:
    structure = parse(text)
    if not structure.sections:
        return
    place = data.draw(st.integers(0, len(structure.sections) - 1))
    remaining = structure.removed(place)
    gap = structure.sections[place - 1].tail if place else ""
    assert remaining.inserted(place, structure.sections[place], gap).text == text
    assert bodies(remaining) == [body for at, body in enumerate(bodies(structure)) if at != place]
    assert len(remaining.text) <= len(text)


def test_the_sections_of_a_prompt_are_recognised_by_their_headings() -> None:
    assert kinds(PLANNER) == [
        SectionKind.ROLE,
        SectionKind.PROFILE,
        SectionKind.SKILLS,
        SectionKind.SKILLS,
        SectionKind.RULES,
        SectionKind.WORKFLOW,
        SectionKind.INITIALIZATION,
    ]
    role, profile, _skill, prices, *_ = parse(PLANNER).sections
    assert (role.title, role.body) == ("Travel planner", "")
    assert profile.body == "- Author: Ann\n- Language: English"
    assert (prices.title, prices.level) == ("Prices", 3)


def test_chinese_headings_need_no_space_behind_their_marks() -> None:
    assert kinds(CHINESE) == [SectionKind.ROLE, SectionKind.PROFILE, SectionKind.WORKFLOW]
    assert parse(CHINESE).sections[0].title == "诗人"


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("OutputFormat", SectionKind.OUTPUT_FORMAT),
        ("output-format:", SectionKind.OUTPUT_FORMAT),
        ("🎯 Goals", SectionKind.GOALS),
        ("**Rules**", SectionKind.RULES),
        ("1. Background", SectionKind.BACKGROUND),
        ("一、背景", SectionKind.BACKGROUND),
        ("约束（Constraints）", SectionKind.CONSTRAINTS),
        ("Constraints/Rules", SectionKind.CONSTRAINTS),
        ("Constrains", SectionKind.CONSTRAINTS),
        ("限制条件", SectionKind.CONSTRAINTS),
        ("技能2", SectionKind.SKILLS),
        ("Skill-1: Trains", SectionKind.SKILLS),
        ("Role：诗人", SectionKind.ROLE),
        ("初始化", SectionKind.INITIALIZATION),
        ("Tone of voice", SectionKind.OTHER),
        ("Role models", SectionKind.OTHER),
        ("Rules of chess", SectionKind.OTHER),
        ("", SectionKind.OTHER),
        ("🙂", SectionKind.OTHER),
    ],
)
def test_a_heading_says_what_it_is_about(heading: str, kind: SectionKind) -> None:
    assert kind_of(heading) is kind


def test_a_heading_in_code_is_none() -> None:
    text = "## Rules\n```sh\n# Role: a comment\n```\n~~~\n## Goals\n```\n~~~\nEnd.\n## Goals\nx"
    assert kinds(text) == [SectionKind.RULES, SectionKind.GOALS]


def test_code_that_never_ends_hides_what_follows() -> None:
    assert kinds("## Rules\n```\n## Goals\n") == [SectionKind.RULES]


def test_what_stands_before_the_first_heading_is_kept_in_front() -> None:
    structure = parse("Hello.\n\n## Rules\nx\n")
    assert structure.sections[0] == Section("", "", "Hello.", "\n\n")
    assert structure.sections[0].kind is SectionKind.OPENING
    assert not structure.can_move(1, -1)


def test_what_is_not_there_does_not_move() -> None:
    structure = parse("## A\nx\n## B\ny")
    assert structure.moved(2, -1) is structure
    assert structure.moved(1, 1) is structure


def test_unknown_headings_stay_where_they_are() -> None:
    text = "# Role: x\n## Tone\nWarm.\n### Sub\nDeep.\n## Rules\n1. y"
    tone = parse(text).sections[1]
    assert (tone.kind, tone.heading_text, tone.body) == (SectionKind.OTHER, "Tone", "Warm.\n### Sub\nDeep.")


def test_siblings_are_sections_however_deep_they_are() -> None:
    assert [section.heading_text for section in parse("### Tone\na\n### Style\nb\n#### Sub\nc").sections] == [
        "Tone",
        "Style",
    ]


def test_a_tag_is_no_heading() -> None:
    assert kinds("#holiday pictures\n") == [SectionKind.OPENING]


def test_a_title_is_written_behind_the_colon() -> None:
    role = Section("# Role: Poet", "\n", "Writes.", "\n")
    assert role.with_title("Great\npoet").text == "# Role: Great poet\nWrites.\n"
    assert role.with_title("").text == "# Role\nWrites.\n"
    assert Section("# 角色").with_title("诗人").text == "# 角色：诗人"


def test_a_section_that_is_added_goes_where_lang_gpt_has_it() -> None:
    structure, place = parse(PLANNER).added(SectionKind.OUTPUT_FORMAT)
    text = structure.replaced(place, structure.sections[place].with_body("A table.")).text
    assert "2. Propose a plan.\n\n## Output format\nA table.\n\n## Initialization\n" in text
    structure, _ = parse(PLANNER).added(SectionKind.GOALS)
    assert "1. Knows prices.\n\n## Goals\n\n## Rules\n" in structure.text, "skills belong to the profile above them"


def test_a_section_that_is_added_looks_like_the_others() -> None:
    structure, place = parse("# 角色\n译者。\n# 目标\n翻译。").added(SectionKind.OUTPUT_FORMAT)
    text = structure.replaced(place, structure.sections[place].with_body("表格。")).text
    assert text == "# 角色\n译者。\n# 目标\n翻译。\n# 输出格式\n表格。"


def test_an_empty_prompt_takes_a_section() -> None:
    structure, place = parse("").added(SectionKind.ROLE)
    assert (structure.text, place) == ("# Role", 0)


def test_the_last_section_that_goes_leaves_the_end_as_it_was() -> None:
    assert parse("## A\nx\n\n## B\ny\n").removed(1).text == "## A\nx\n"


def test_what_is_missing_is_reported_in_order() -> None:
    wanted = (SectionKind.ROLE, SectionKind.GOALS, SectionKind.RULES)
    assert parse("## Rules\nx").missing(wanted) == (SectionKind.ROLE, SectionKind.GOALS)

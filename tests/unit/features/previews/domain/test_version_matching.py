"""Which artifacts of a chat are versions of the same thing."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatdesk.features.previews.domain.artifact import Artifact, ArtifactKind, SourceFile
from chatdesk.features.previews.domain.recognition import artifacts_of
from chatdesk.features.previews.domain.version_matching import Answer, versions_of
from tests.unit.features.previews.fences import fences

pytestmark = pytest.mark.thorough

type Fence = tuple[str, str] | tuple[str, str, str]
BOILERPLATE = '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="UTF-8">\n<title>{}</title>\n</head>\n<body>\n'
GAME = "".join(f"  const part{number} = document.getElementById('part{number}');\n" for number in range(30))
LIST = "".join(f"  <li class='entry entry-{number}'>Buy {number} apples</li>\n" for number in range(30))


def groups(*answers: list[Fence], questions: str = "", changes: dict[int, str] | None = None) -> list[list[str]]:
    """Groups of artifacts, each as answer number and fence number."""
    given_answers = [
        Answer(
            str(number), artifacts_of(fences(*parts)), questions[number : number + 1], (changes or {}).get(number, "")
        )
        for number, parts in enumerate(answers)
    ]
    found = versions_of(given_answers)
    return [[f"{version.message}/{version.artifact.identity}" for version in group] for group in found.groups]


def html(title: str, body: str = "") -> tuple[str, str]:
    return ("html", BOILERPLATE.format(title) + body)


def test_the_same_title_is_the_same_thing() -> None:
    assert groups([html("Snake")], [html("snake")], [html("Clock")]) == [["0/0", "1/0"], ["2/0"]]


@pytest.mark.parametrize("title", ["Snake v2", "Snake (fixed)", "Snake - Version 3.1", "Snake (Updated)", "SNAKE"])
def test_words_for_a_version_are_no_part_of_a_title(title: str) -> None:
    assert groups([html("Snake")], [html(title)]) == [["0/0", "1/0"]]


def test_numbers_are_a_part_of_a_title() -> None:
    assert len(groups([html("Chapter 1")], [html("Chapter 2")])) == 2


def test_the_same_title_of_another_kind_is_another_thing() -> None:
    assert len(groups([html("Snake")], [("svg", "<svg><title>Snake</title></svg>")])) == 2


@pytest.mark.parametrize("title", ["Document", "", "Untitled", "文档"])
def test_a_title_that_says_nothing_makes_nothing_the_same(title: str) -> None:
    assert len(groups([html(title, GAME)], [html(title, LIST)])) == 2
    assert len(groups([html(title, GAME)], [html(title, GAME + "<p>more")])) == 1


def test_code_that_is_alike_is_the_same_thing_under_a_new_title() -> None:
    changed = GAME.replace("part3", "piece3")
    assert groups([html("Snake", GAME)], [html("Two-player snake", changed)], [html("Shopping", LIST)]) == [
        ["0/0", "1/0"],
        ["2/0"],
    ]


def test_pages_have_more_in_common_than_what_all_pages_have() -> None:
    style = (
        "<style>\n* {\n margin: 0;\n padding: 0;\n box-sizing: border-box;\n}\nbody {\n display: flex;\n}\n</style>\n"
    )
    assert (
        len(groups([html("One", style + "<p>one red apple</p>")], [html("Two", style + "<p>two blue cars</p>")])) == 2
    )


def test_files_that_are_called_the_same_are_the_same_thing() -> None:
    assert groups(
        [("html", "<p>a", "pages/snake.html"), ("html", "<p>b", "clock.html")], [("html", "<p>c", "snake.html")]
    ) == [["0/0", "1/0"], ["0/1"]]


def test_files_that_are_called_differently_are_two_things_however_alike_they_are() -> None:
    assert len(groups([(*html("Site", GAME), "about.html")], [(*html("Site", GAME), "contact.html")])) == 2


def test_a_file_may_say_its_version_in_its_name() -> None:
    assert len(groups([("html", "<p>a", "snake.html")], [("html", "<p>b", "snake_v2.html")])) == 1


def test_pages_with_the_same_scripts_are_the_same_thing() -> None:
    page = '<script src="snake.js"></script><p>'
    first: list[Fence] = [("html", f"{page}a"), ("js", "1", "snake.js")]
    assert groups(first, [("html", f"{page}b"), ("js", "2", "snake.js")]) == [["0/0", "1/0"]]


def test_two_artifacts_of_one_answer_are_two_things() -> None:
    assert groups([html("Snake", GAME), html("Snake", GAME)], [html("Snake", GAME), html("Snake", GAME)]) == [
        ["0/0", "1/1"],
        ["0/1", "1/0"],
    ]


def test_a_title_counts_before_likeness() -> None:
    assert groups([html("Snake", GAME)], [html("Other", GAME), html("Snake", LIST)]) == [["0/0", "1/1"], ["1/0"]]


def test_what_is_alone_in_answers_to_one_question_is_the_same_thing() -> None:
    assert groups([html("Snake", GAME)], [html("Worm", LIST)], [html("Third", "<p>")], questions="qqr") == [
        ["0/0", "1/0"],
        ["2/0"],
    ]
    assert len(groups([html("A", GAME), html("B", LIST)], [html("C", "<p>")], questions="qq")) == 3


def test_what_a_person_changed_is_a_version_whatever_it_says_now() -> None:
    assert groups([html("Snake", GAME)], [html("Else", LIST)], changes={1: "0"}) == [["0/0", "1/0"]]


def test_one_line_of_data_is_compared_by_its_words() -> None:
    data = '{"fruit": ["apple", "pear", "cherry", "plum"], "city": ["Paris", "Rome"]}'
    assert len(groups([("json", data)], [("json", data.replace("Rome", "Berlin"))])) == 1
    assert len(groups([("json", data)], [("json", '{"speed": 3, "colour": "red", "name": "Anna"}')])) == 2


def test_a_message_and_an_artifact_find_their_versions() -> None:
    first, second = (artifacts_of(fences(html("Snake", body))) for body in ("", "<p>"))
    found = versions_of([Answer("m", first), Answer("n", second)])
    assert [(version.number, version.message) for version in found.of("m", 0)] == [(1, "m"), (2, "n")]
    assert found.find("n", 0) == found.of("m", 0)[1]
    assert found.of("n", 1) == ()
    assert found.find("x", 0) is None


TEXTS = st.lists(st.sampled_from(["alpha one", "beta two", "gamma three", "delta four", "epsilon five"])).map("\n".join)
NAMES = st.sampled_from(["index.html", "index-2.html", "a.html", "b_v2.html", "b.html", "style.css", "x/a.html"])
TITLES = st.sampled_from([None, "Document", "Snake", "Snake v2", "Clock"])


@st.composite
def chats(draw: st.DrawFn) -> list[Answer]:
    answers = []
    for number in range(draw(st.integers(0, 7))):
        artifacts = tuple(
            Artifact(
                draw(st.sampled_from([ArtifactKind.HTML, ArtifactKind.JSON])),
                draw(TITLES),
                tuple(
                    SourceFile(draw(NAMES), draw(TEXTS), fence * 3 + file) for file in range(draw(st.integers(1, 3)))
                ),
            )
            for fence in range(draw(st.integers(0, 3)))
        )
        changes = draw(st.sampled_from(["", *[answer.message for answer in answers]]))
        answers.append(Answer(str(number), artifacts, draw(st.sampled_from(["", "q", "r"])), changes))
    return answers


@given(chats())
def test_every_artifact_is_one_version_of_one_thing(answers: list[Answer]) -> None:
    found = versions_of(answers)
    grouped = [(version.message, version.artifact.identity) for group in found.groups for version in group]
    assert sorted(grouped) == sorted((answer.message, each.identity) for answer in answers for each in answer.artifacts)
    for group in found.groups:
        assert [version.number for version in group] == list(range(1, len(group) + 1))
        assert [int(version.message) for version in group] == sorted({int(version.message) for version in group})
        for version in group:
            assert found.of(version.message, version.artifact.identity) == group
            assert found.find(version.message, version.artifact.identity) == version


@given(chats())
def test_a_later_answer_never_changes_earlier_versions(answers: list[Answer]) -> None:
    before, after = versions_of(answers[:-1]), versions_of(answers)
    for group, longer in zip(before.groups, after.groups, strict=False):
        assert longer[: len(group)] == group


@pytest.mark.parametrize("piece", ["v1 ", "(fixed) ", "- - ", "_", ".", "v1.1", "/"])
def test_megabytes_of_a_name_take_bounded_time(piece: str) -> None:
    text = piece * (1_000_000 // len(piece))
    artifact = Artifact(ArtifactKind.HTML, text, (SourceFile(f"{text}.html", "", 0),))
    begin = time.process_time()
    versions_of([Answer("m", (artifact,)), Answer("n", (artifact,))])
    assert time.process_time() - begin < 1


@pytest.mark.parametrize("title", ["Document", "Site"])
def test_a_thousand_answers_take_bounded_time(title: str) -> None:
    text = "".join(f"    const value{number} = compute({number});\n" for number in range(700))
    answers = []
    for number in range(1_000):
        file = SourceFile(f"page{number}.html" if number % 2 else "index.html", f"{number}\n{text}", 0)
        answers.append(Answer(str(number), (Artifact(ArtifactKind.HTML, title, (file,)),)))
    begin = time.process_time()
    versions_of(answers)
    assert time.process_time() - begin < 4

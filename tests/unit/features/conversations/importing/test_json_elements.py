"""Elements of large JSON files: the same values as if the file were read as a whole, however it is divided into blocks."""

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatdesk.features.conversations.importing import json_elements
from chatdesk.features.conversations.importing.json_elements import JsonElements, UnreadableElement, first_keys
from chatdesk.kernel.presets.preset_import import ImportProblem, ImportRefused

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)
spaces = st.sampled_from(["", " ", "\n\t", "\r\n"])


class Drip(io.BytesIO):
    """Gives a few bytes at a time, whatever is asked for."""

    def __init__(self, data: bytes, most: int) -> None:
        super().__init__(data)
        self._most = most

    def read(self, _size: int | None = -1, /) -> bytes:
        return super().read(self._most)


def elements(data: bytes, block: int = 7) -> JsonElements:
    return JsonElements(Drip(data, block))


def problem(data: bytes) -> ImportProblem:
    with pytest.raises(ImportRefused) as refusal:
        list(elements(data).elements())
    return refusal.value.problem


@given(st.lists(values, max_size=6), spaces, st.integers(1, 40))
def test_the_elements_of_an_array_are_those_of_the_whole(array: list[object], space: str, block: int) -> None:
    text = f"{space}[{space}" + f"{space},{space}".join(json.dumps(each) for each in array) + f"{space}]{space}"
    assert list(elements(text.encode(), block).elements()) == array


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), max_size=6), st.integers(1, 40))
def test_characters_may_be_divided_between_blocks(array: list[str], block: int) -> None:
    assert list(elements(json.dumps(array, ensure_ascii=False).encode(), block).elements()) == array


@given(st.dictionaries(st.text(), values, max_size=5), st.integers(1, 40))
def test_the_members_of_an_object_are_those_of_the_whole(record: dict[str, object], block: int) -> None:
    assert dict(elements(json.dumps(record).encode(), block).members()) == record


@given(st.lists(values, max_size=4), st.dictionaries(st.text(), values, max_size=4), values, st.integers(1, 40))
def test_nested_arrays_and_objects_can_be_read_piece_by_piece(
    array: list[object], record: dict[str, object], other: object, block: int
) -> None:
    value = {"data": {"messages": array, "rest": record}, "other": other, "none": 1}
    found = list(elements(json.dumps(value).encode(), block).nested("data", "data.messages", "none"))
    expected = [*(("data.messages", each) for each in array), ("data.rest", record), ("other", other), ("none", 1)]
    assert found == expected


@pytest.mark.parametrize("data", [b'{"a": [1', b'{"a": [1]} 2', b'{"a": {1: 2}}', b"3"])
def test_a_damaged_nested_value_is_refused(data: bytes) -> None:
    with pytest.raises(ImportRefused) as refusal:
        list(elements(data).nested("a"))
    assert refusal.value.problem is ImportProblem.DAMAGED


@given(values, st.integers(1, 40))
def test_a_value_can_be_read_as_a_whole(value: object, block: int) -> None:
    assert elements(json.dumps(value).encode(), block).value() == value


@pytest.mark.parametrize("mark", ["utf-8-sig", "utf-16-le", "utf-16-be"])
def test_byte_order_marks_are_accepted(mark: str) -> None:
    beginning = "\ufeff" if mark != "utf-8-sig" else ""
    assert list(elements((beginning + '["ä"]').encode(mark)).elements()) == ["ä"]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", ImportProblem.DAMAGED),
        (b"{}", ImportProblem.DAMAGED),
        (b"[1, 2", ImportProblem.DAMAGED),
        (b"[1 2]", ImportProblem.DAMAGED),
        (b"[1,]", ImportProblem.DAMAGED),
        (b"[1] 2", ImportProblem.DAMAGED),
        (b"[NaN]", ImportProblem.DAMAGED),
        (b'["\xff"]', ImportProblem.NOT_TEXT),
        (b"[" + b"[" * 600, ImportProblem.DAMAGED),
        (b'[{"a": NaN}', ImportProblem.DAMAGED),
        (b'[{"a": NaN} {}]', ImportProblem.DAMAGED),
        (b'[{"a": NaN, "b": "cut off}, {}]', ImportProblem.DAMAGED),
    ],
)
def test_what_is_not_an_array_is_refused(data: bytes, expected: ImportProblem) -> None:
    with pytest.raises(ImportRefused) as refusal:
        list(JsonElements(io.BytesIO(data)).elements())
    assert refusal.value.problem is expected


def test_a_beginning_that_is_cut_off_after_a_backslash_takes_no_longer_than_another() -> None:
    assert first_keys(b'{"a": 1, "b": "' + b"x" * 60_000 + b"\\") == {"a", "b"}


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b'[{}, {"a": 1}]', {"a"}),
        (b'[{"b": {}}, null, [{"c": 1}], "d", {"a": 1}, {}]', {"a", "b"}),
        (b'[[], {"a": {"c": 1}}]', {"a"}),
        (b'{}\n{"a": 1}\n{"b": 1}', {"a"}),
        (b'{"a": 1} {"b": 1}', {"a"}),
        (b'[{"a": 1}] {"b": 1}', {"a"}),
        (b"[" + b'{"a": 1},' * 5 + b'{"b": 1}]', {"a"}),
        (b"[{}" + b",{}" * 50 + b"]", set()),
        (b"{}}{}", set()),
    ],
)
def test_damaged_objects_at_the_beginning_do_not_hide_the_members_of_others(data: bytes, expected: set[str]) -> None:
    assert first_keys(data) == expected


@pytest.mark.parametrize("deep", [600, 100_000])
def test_an_element_that_is_nested_too_deeply_is_unreadable_and_the_next_one_is_read(deep: int) -> None:
    data = b'[{"title": "Deep", "a": ' + b"[" * deep + b"]" * deep + b"}, 2]"
    unreadable, other = JsonElements(io.BytesIO(data)).elements()
    assert isinstance(unreadable, UnreadableElement)
    assert (unreadable.title, unreadable.number, unreadable.error.problem) == ("Deep", 1, ImportProblem.TOO_DEEP)
    assert other == 2


@pytest.mark.parametrize("damaged", ["NaN", "-Infinity", "9" * 5_000, "nul", "{,}", '"\\x"', '"\n"'])
@pytest.mark.parametrize("block", [100, 10_000])
def test_an_element_with_what_is_not_json_is_unreadable_and_the_next_one_is_read(
    monkeypatch: pytest.MonkeyPatch, damaged: str, block: int
) -> None:
    monkeypatch.setattr(json_elements, "_BLOCK", block)
    text = f'[1, {{"title": "A \\"}}]", "a": [{damaged}], "b": "{"x]" * 50_000}"}}, {{"name": "B"}}]'
    first, unreadable, last = JsonElements(io.BytesIO(text.encode())).elements()
    assert (first, last) == (1, {"name": "B"})
    assert isinstance(unreadable, UnreadableElement)
    assert (unreadable.title, unreadable.number) == ('A "}]', 2)
    assert unreadable.error.problem is ImportProblem.DAMAGED


@pytest.mark.parametrize("damaged", ["NaN", '"\\x"'])
def test_members_and_lines_that_cannot_be_read_leave_the_others(damaged: str) -> None:
    members = f'{{"a": {{"name": "A", "x": {damaged}}}, "b": [{{"x": [{damaged}]}}, 3], "c": 4}}'.encode()
    found = list(JsonElements(io.BytesIO(members)).nested("b"))
    assert [name for name, _ in found] == ["a", "b", "b", "c"]
    assert [value for _, value in found if not isinstance(value, UnreadableElement)] == [3, 4]
    assert [value.number for _, value in found if isinstance(value, UnreadableElement)] == [0, 1]
    lines = list(JsonElements(io.BytesIO(f'{{"x": {damaged}}}\n{{"y": 1}}\n'.encode())).lines())
    assert isinstance(lines[0], UnreadableElement)
    assert lines[1:] == [{"y": 1}]


def test_the_title_of_an_unreadable_element_is_its_own_and_not_that_of_something_in_it() -> None:
    text = '[{"a": {"title": "No"}, "b": ["title", "No"], "c": "title", "title": "Yes", "x": NaN}, {"b": [NaN]}]'
    found = [each for each in JsonElements(io.BytesIO(text.encode())).elements() if isinstance(each, UnreadableElement)]
    assert [(each.title, each.number) for each in found] == [("Yes", 1), ("", 2)]


def test_an_element_beyond_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_elements, "MAX_ELEMENT_LENGTH", 1_000)
    monkeypatch.setattr(json_elements, "_BLOCK", 500)
    assert problem(b'["' + b"a" * 50_000 + b'"]') is ImportProblem.TOO_LARGE

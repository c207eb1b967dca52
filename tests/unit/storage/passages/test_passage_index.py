"""The index of passages: documents are added, found by words and removed, and the file can be lost at any time."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from chatdesk.kernel.chat.message import PassageRange
from chatdesk.kernel.documents.document_text import DocumentText, Section
from chatdesk.kernel.documents.kinds import DocumentKind
from chatdesk.kernel.finding.index_terms import any_order_expression
from chatdesk.kernel.finding.question_words import words_of
from chatdesk.kernel.finding.search_query import SearchQuery
from chatdesk.storage.passages.passage_index import IndexLost, PassageHit, PassageIndex

HANDBOOK = DocumentText(
    (
        Section("Everyone has 28 days of annual leave. It is taken before April."),
        Section("Refunds are paid within two weeks, by bank transfer."),
        Section("员工每年有二十八天带薪年假，须在四月之前休完。"),
    )
)
LONG = DocumentText(tuple(Section(f"Page {number} is about number{number} and steel.") for number in range(1, 301)))


@pytest.fixture
def index(tmp_path: Path) -> Iterator[PassageIndex]:
    index = PassageIndex(tmp_path / "data" / "index.sqlite")
    yield index
    index.close()


def found(index: PassageIndex, question: str, *documents: str) -> list[tuple[str, int]]:
    return [at(hit) for hit in index.search(words_of(question), documents or None, 8)]


def at(hit: PassageHit) -> tuple[str, int]:
    return hit.passage.text_sha256, hit.passage.where.section


def test_passages_are_found_by_any_word_of_a_question_in_any_of_its_forms(index: PassageIndex) -> None:
    index.add("h", HANDBOOK)
    assert found(index, "How many days of leave do I have?") == [("h", 1)]
    assert found(index, "When is a refund paid?") == [("h", 2)]
    assert found(index, "带薪年假有多少天？") == [("h", 3)]
    assert found(index, "Is there a car park?") == []
    assert found(index, "What is it?") == []


def test_a_hit_says_where_it_is_and_which_of_the_words_it_has(index: PassageIndex) -> None:
    index.add("h", HANDBOOK)
    (hit,) = index.search(words_of("Is leave taken before May?"), ("h",), 8)
    assert hit.passage.where == PassageRange(1, 0, len(HANDBOOK.sections[0].text))
    assert [word.text for word in hit.words] == ["leave", "taken"]


def test_documents_without_text_such_as_scanned_ones_are_no_obstacle(index: PassageIndex) -> None:
    for name in ("scan", "another"):
        index.add(name, DocumentText((Section(""),)))
    index.add("h", HANDBOOK)
    assert found(index, "When is a refund paid?") == [("h", 2)]


def test_only_the_wanted_documents_are_searched(index: PassageIndex) -> None:
    for name in ("a", "b", "c"):
        index.add(name, HANDBOOK)
    assert found(index, "refunds", "c", "a") == [("a", 2), ("c", 2)]
    assert len(found(index, "refunds")) == 3
    assert found(index, "refunds", "unknown") == []


def test_a_word_in_most_passages_does_not_hide_a_rare_one(index: PassageIndex) -> None:
    index.add("l", LONG)
    assert found(index, "steel number77", "l") == [("l", 77)]
    assert len(found(index, "steel", "l")) == 8


def test_the_header_of_a_table_and_headings_are_found_with_each_of_its_parts(index: PassageIndex) -> None:
    table = "## Travel\n\n| town | euros |\n| --- | --- |\n" + "".join(f"| Town{n} | {n} |\n" for n in range(200))
    index.add("t", DocumentText((Section(table, "Costs"),)))
    (hit, *_others) = index.search(words_of("travel euros Town150"), ("t",), 8)
    assert "Town150" in table[hit.passage.where.start : hit.passage.where.end]
    assert [word.text for word in hit.words] == ["travel", "euros", "town150"]
    assert hit.passage.header == PassageRange(1, 11, 42)


def test_adding_is_resumed_where_it_was_ended(index: PassageIndex) -> None:
    rounds = iter((True, True, False))
    assert not index.add("l", LONG, DocumentKind.TEXT, lambda: next(rounds))
    assert index.passages_of("l") is None
    seen: list[bool] = []
    assert index.add("l", LONG, DocumentKind.TEXT, lambda: not seen.append(True))
    assert index.passages_of("l") == 300
    assert len(seen) == 300 / 25 - 2
    assert found(index, "number1", "l") == [("l", 1)]
    assert found(index, "number300", "l") == [("l", 300)]


def test_a_document_that_is_added_twice_is_found_once(index: PassageIndex) -> None:
    index.add("h", HANDBOOK)
    index.add("h", HANDBOOK)
    assert found(index, "refunds") == [("h", 2)]


def test_an_empty_document_has_no_passages(index: PassageIndex) -> None:
    assert index.add("e", DocumentText((Section(" \n"),)))
    assert index.passages_of("e") == 0
    assert found(index, "anything", "e") == []
    assert index.add("f", DocumentText((Section(" \n"),)))
    index.add("h", HANDBOOK)
    assert found(index, "refunds") == [("h", 2)]


def test_neighbours_are_read_by_their_place(index: PassageIndex) -> None:
    index.add("h", HANDBOOK)
    assert [each.where.section for each in index.at("h", (-1, 0, 2, 3))] == [1, 3]
    assert index.at("unknown", (0,)) == ()


def test_documents_that_nothing_refers_to_are_forgotten(index: PassageIndex) -> None:
    index.add("h", HANDBOOK)
    index.add("l", LONG)
    assert index.keep_only({"l", "x"}) == 1
    assert index.passages_of("h") is None
    assert found(index, "refunds") == []
    assert found(index, "number5") == [("l", 5)]
    index.add("h", HANDBOOK)
    assert found(index, "refunds") == [("h", 2)]


def test_it_is_there_after_a_restart_and_only_its_owner_can_read_it(tmp_path: Path) -> None:
    path = tmp_path / "index.sqlite"
    first = PassageIndex(path)
    first.add("h", HANDBOOK)
    first.close()
    assert path.stat().st_mode & 0o077 == 0
    again = PassageIndex(path)
    assert found(again, "refunds") == [("h", 2)]
    again.close()


@pytest.mark.parametrize("content", [b"no database" * 500, b"SQLite format 3\0" + b"\xff" * 5000, b"x"])
def test_a_damaged_file_is_replaced(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "index.sqlite"
    path.write_bytes(content)
    index = PassageIndex(path)
    index.add("h", HANDBOOK)
    assert found(index, "refunds") == [("h", 2)]
    index.close()
    assert path.read_bytes().startswith(b"SQLite format 3\0")


def test_a_file_of_another_version_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "index.sqlite"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE documents (other)")
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    index = PassageIndex(path)
    index.add("h", HANDBOOK)
    assert found(index, "refunds") == [("h", 2)]
    index.close()


def test_damage_that_shows_later_loses_the_index_and_no_more(tmp_path: Path) -> None:
    path = tmp_path / "index.sqlite"
    index = PassageIndex(path)
    index.add("l", LONG)
    index.close()
    data = bytearray(path.read_bytes())
    data[4096:] = b"\xff" * len(data[4096:])
    path.write_bytes(data)
    index = PassageIndex(path)
    with pytest.raises(IndexLost):
        index.add("h", HANDBOOK)
    index.add("h", HANDBOOK)
    assert found(index, "refunds") == [("h", 2)]
    index.close()


def test_where_no_file_can_be_written_the_index_is_in_memory(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file in place of the folder")
    index = PassageIndex(tmp_path / "data" / "index.sqlite")
    index.add("h", HANDBOOK)
    assert found(index, "refunds") == [("h", 2)]
    index.close()


def containing(index: PassageIndex, typed: str, documents: int = 50) -> list[list[tuple[str, int]]]:
    found = index.containing(any_order_expression(SearchQuery(typed)), documents=documents)
    return [[(each.text_sha256, each.where.section) for each in passages] for passages in found]


def test_a_word_is_found_as_it_is_typed(index: PassageIndex) -> None:
    index.add("h", HANDBOOK)
    for typed in ("re", "refun", "refunds", "two wee", "BANK transf", "annual lea"):
        assert len(containing(index, typed)) == 1, typed
    assert containing(index, "带薪年") == containing(index, "假") == [[("h", 3)]]
    assert containing(index, "refunded") == containing(index, "leaves") == []


def test_the_newest_documents_with_a_word_come_first_each_with_its_first_passages(index: PassageIndex) -> None:
    for name in ("a", "b"):
        index.add(name, HANDBOOK)
    index.add("l", LONG)
    assert containing(index, "refunds") == [[("b", 2)], [("a", 2)]]
    assert containing(index, "refunds", documents=1) == [[("b", 2)]]
    assert containing(index, "steel") == [[("l", page) for page in range(1, 21)]]


def test_a_removed_document_is_no_longer_found(index: PassageIndex) -> None:
    for name in ("a", "b"):
        index.add(name, HANDBOOK)
    index.keep_only({"a"})
    assert containing(index, "refunds") == [[("a", 2)]]
    index.add("c", LONG)
    assert containing(index, "refunds") == [[("a", 2)]]


def test_an_index_says_which_documents_it_lacks(index: PassageIndex) -> None:
    index.add("a", HANDBOOK)
    rounds = iter((True, False))
    index.add("l", LONG, may_continue=lambda: next(rounds))
    assert index.missing(["a", "l", "x"]) == {"l", "x"}


def test_of_a_run_of_chinese_that_is_in_many_passages_the_rare_part_counts(index: PassageIndex) -> None:
    pages = [f"第{number}页讨论公司公司公司的年度预算与公司公司的房间安排。" for number in range(60)]
    pages[41] = "公司在灯塔旁边修建了一座仓库。"
    index.add("d", DocumentText(tuple(map(Section, pages))))
    assert found(index, "公司灯塔仓库")[0] == ("d", 42)
    (hit,) = index.search(words_of("公司灯塔仓库"), ("d",), 1)
    assert [word.text for word in hit.words] == ["公司灯塔仓库"]

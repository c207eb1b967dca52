"""What changed between two versions, as rows."""

from chatdesk.features.previews.domain.difference_rows import RowKind, as_patch, rows_of
from chatdesk.features.previews.domain.preview_item import CodeFile


def files(*texts: tuple[str, str]) -> list[CodeFile]:
    return [CodeFile(name, text, "html") for name, text in texts]


def numbered(count: int, **changed: str) -> str:
    lines = {f"line{number}": f"line {number}" for number in range(1, count + 1)} | changed
    return "\n".join(line for line in lines.values() if line) + "\n"


def test_changes_stand_between_folded_stretches_whose_lines_add_up() -> None:
    old, new = numbered(50), numbered(50, line20="changed", line21="")
    found = rows_of(files(("a.html", old)), files(("a.html", new)))
    assert [row.kind for row in found.rows] == [
        RowKind.FOLDED,
        *[RowKind.SAME] * 3,
        *[RowKind.REMOVED] * 2,
        RowKind.ADDED,
        *[RowKind.SAME] * 3,
        RowKind.FOLDED,
    ]
    assert (found.rows[0].count, found.rows[-1].count) == (16, 26)
    assert (found.added, found.removed) == (1, 2)
    assert [(row.old, row.new) for row in found.rows[4:7]] == [(20, None), (21, None), (None, 20)]


def test_a_folded_stretch_opens_into_the_lines_it_stands_for() -> None:
    found = rows_of(files(("a.html", numbered(50))), files(("a.html", numbered(50, line20="", line1="first"))))
    fold = next(row for row in found.rows if row.kind is RowKind.FOLDED)
    opened = found.unfolded(fold)
    assert [row.text for row in opened] == [f"line {number}" for number in range(5, 17)]
    assert [(row.old, row.new) for row in opened] == [(number, number) for number in range(5, 17)]


def test_a_very_long_stretch_opens_a_part_at_a_time() -> None:
    found = rows_of(files(("a.html", numbered(2_000))), files(("a.html", numbered(2_000, line2000="end"))))
    opened = found.unfolded(found.rows[0])
    assert len(opened) == 401
    assert opened[-1].kind is RowKind.FOLDED
    assert (opened[-1].old, opened[-1].count) == (401, 1_996 - 400)
    assert found.unfolded(opened[-1])[0].text == "line 401"


def test_equal_code_has_no_rows() -> None:
    assert rows_of(files(("a.html", "x")), files(("a.html", "x"))).rows == ()


def test_files_are_compared_by_name_and_the_main_ones_in_any_case() -> None:
    old = files(("index.html", "<p>\n"), ("style.css", "p {}\n"), ("gone.js", "go();\n"))
    new = files(("page.html", "<p>\n"), ("new.js", "come();\n"), ("style.css", "p {}\n"))
    found = rows_of(old, new)
    assert [(row.kind, row.text) for row in found.rows] == [
        (RowKind.FILE, "new.js"),
        (RowKind.ADDED, "come();"),
        (RowKind.FILE, "gone.js"),
        (RowKind.REMOVED, "go();"),
    ]


def test_what_has_nothing_in_common_is_not_listed() -> None:
    old, new = "\n".join(f"a{n}" for n in range(100)), "\n".join(f"b{n}" for n in range(100))
    (row,) = rows_of(files(("a.html", old)), files(("a.html", new))).rows
    assert (row.kind, row.old, row.new) == (RowKind.TOO_DIFFERENT, 100, 100)


def test_rows_are_copied_with_their_signs() -> None:
    found = rows_of(files(("a.html", "a\nb\n")), files(("a.html", "a\nc\n")))
    assert as_patch(found.rows) == " a\n-b\n+c"

"""Glossaries in files: what is read, what is written, and what a spreadsheet must not run."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatdesk.features.attachments.services.text_files import MAX_BYTES
from chatdesk.features.translation.domain.glossary import MAX_TERMS, Term
from chatdesk.features.translation.services.glossaries import (
    Glossaries,
    GlossaryChanged,
    merged,
    read_glossary,
    write_glossary,
)
from chatdesk.features.translation.services.glossary_files import GlossaryFiles
from chatdesk.kernel.errors.attachment_errors import AttachmentTooLarge
from chatdesk.kernel.errors.translation_errors import GlossaryInvalid

WORDS = (
    st.text(alphabet="ab='+-@\",;| 中", min_size=1, max_size=8)
    .map(str.strip)
    .filter(bool)
    .map(lambda t: " ".join(t.split()))
)


@pytest.fixture
def glossaries(tmp_path: Path) -> Glossaries:
    return Glossaries(GlossaryFiles(tmp_path / "glossaries"))


@given(st.lists(st.builds(Term, WORDS, WORDS, WORDS | st.just(""), st.booleans()), min_size=1, max_size=5))
def test_what_is_written_is_read(terms: list[Term]) -> None:
    assert list(read_glossary(write_glossary(terms))) == terms


@pytest.mark.parametrize("formula", ["=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "'=1"])
def test_no_cell_begins_like_a_formula(formula: str) -> None:
    cells = [cell for row in csv.reader(io.StringIO(write_glossary([Term(formula, formula, formula)]))) for cell in row]
    assert not [cell for cell in cells if cell[:1] in "=+-@" and cell]
    assert read_glossary(write_glossary([Term(formula, formula, formula)])) == (Term(formula, formula, formula),)


@pytest.mark.parametrize(
    "text",
    [
        "source,target\nserver,Rechner\n",
        "server;Rechner\n;ohne\n",
        "\ufeffNote\tTarget\tSource\n\tRechner\tserver\n",
        'source,target,note,case\n"server","Rechner","",""\n',
    ],
)
def test_tables_of_other_programs_are_read(text: str) -> None:
    assert read_glossary(text) == (Term("server", "Rechner"),)


def test_the_letters_may_have_to_be_the_same() -> None:
    assert read_glossary("source,target,note,case\nUS,USA,the country,exact") == (
        Term("US", "USA", "the country", True),
    )


@pytest.mark.parametrize("text", ['"never closed\nx,y', "only one column\nof words\n"])
def test_what_is_no_table_of_terms_is_refused(text: str) -> None:
    with pytest.raises(GlossaryInvalid):
        read_glossary(text)


def test_there_are_not_more_terms_than_the_bound() -> None:
    assert len(read_glossary("".join(f"a{n},b\n" for n in range(MAX_TERMS + 5)))) == MAX_TERMS


def test_the_later_of_two_terms_stays() -> None:
    assert merged([Term("a", "1"), Term("b", "2")], [Term("a", "3")]) == (Term("a", "3"), Term("b", "2"))


async def test_each_pair_of_languages_has_a_file_one_can_read(glossaries: Glossaries, tmp_path: Path) -> None:
    changes: list[GlossaryChanged] = []
    glossaries.changes.subscribe(changes.append)
    await glossaries.save("de", "zh-Hans", [Term("Rechner", "计算机", "not 电脑")])
    file = tmp_path / "glossaries" / "de-zh-Hans.csv"
    assert file.read_text("utf-8") == "source,target,note,case\nRechner,计算机,not 电脑,\n"
    file.write_text("Rechner,电脑\n", "utf-8")
    assert (await glossaries.load("de", "zh-Hans")).terms == (Term("Rechner", "电脑"),)
    assert (await glossaries.load("zh-Hans", "de")).terms == ()
    assert changes == [GlossaryChanged("de", "zh-Hans")] * 2


async def test_a_broken_file_is_an_empty_glossary_and_stays(glossaries: Glossaries, tmp_path: Path) -> None:
    (tmp_path / "glossaries").mkdir()
    file = tmp_path / "glossaries" / "de-en.csv"
    file.write_text('"broken', "utf-8")
    assert (await glossaries.load("de", "en")).terms == ()
    assert file.read_text("utf-8") == '"broken'


async def test_no_pair_leads_out_of_the_folder(glossaries: Glossaries) -> None:
    with pytest.raises(ValueError, match=r"\.\."):
        await glossaries.save("../x", "en", ())


async def test_a_large_file_is_not_taken_in(glossaries: Glossaries, tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_bytes(b"a" * (MAX_BYTES + 1))
    with pytest.raises(AttachmentTooLarge):
        await glossaries.read_file(tmp_path / "x.csv")

"""Translating the text on the desk: what the model is asked, where its answers go, and what is kept."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from chatdesk.features.chat.services.instruction_resolver import InstructionResolver
from chatdesk.features.translation.domain.document import MAX_ROWS, MAX_TEXT_LENGTH, RowStatus
from chatdesk.features.translation.domain.glossary import Term
from chatdesk.features.translation.domain.review import TermProblem
from chatdesk.features.translation.domain.sentences import Span
from chatdesk.features.translation.services.glossaries import Glossaries
from chatdesk.features.translation.services.glossary_files import GlossaryFiles
from chatdesk.features.translation.services.translation import Translation
from chatdesk.features.translation.services.translation_session import TranslationSession
from chatdesk.kernel.chat.applied_presets import AppliedPreset
from chatdesk.kernel.chat.message import FinishReason, Role
from chatdesk.kernel.chat.request import Thinking
from chatdesk.kernel.chat.stream_events import Finished, TextDelta, TextWasReasoning
from chatdesk.kernel.errors import base as errors
from chatdesk.kernel.errors.translation_errors import NothingTranslated, TextTooLong, TooManyParagraphs
from chatdesk.kernel.models.model import ModelRef
from chatdesk.kernel.presets.preset import Preset, PresetKind, PresetOrigin
from chatdesk.storage.files.json_file import JsonFile
from tests.fakes.scripted_completion_client import ScriptedCompletionClient
from tests.own_time import TIMEOUT

MODEL = ModelRef("server", "model")
ENGLISH = "# The title\n\nThis is the first part of it.\n\n```\ncode\n```\n\nAnd this is the second one.\n"
LONG = " and so it goes on" * 40


@dataclass
class Table:
    """The desk, the model that is asked, and a person in front of both."""

    completion_client: ScriptedCompletionClient
    harness: TranslationSession
    translation: Translation

    async def translate(self) -> None:
        self.translation.translate(MODEL)
        await self.translation.wait()

    async def retry(self, number: int, note: str = "") -> None:
        self.translation.retry(MODEL, number, note)
        await self.translation.wait()

    async def until(self, condition: Callable[[], object]) -> None:
        async with asyncio.timeout(TIMEOUT):
            while not condition():
                await asyncio.sleep(0)

    def results(self) -> list[str]:
        return [row.result for row in self.harness.document.rows]

    def standings(self) -> list[RowStatus]:
        return [row.status for row in self.harness.document.rows]

    def asked(self) -> list[str]:
        return [request.turns[-1].text for request in self.completion_client.requests]


def made(folder: Path) -> Table:
    glossaries = Glossaries(GlossaryFiles(folder / "glossaries"))
    harness = TranslationSession(JsonFile(folder / "translation.json"), glossaries, lambda: "de")
    completion_client = ScriptedCompletionClient()
    translation = Translation(
        harness, completion_client, lambda _ref: None, InstructionResolver(), lambda: datetime.now(UTC)
    )
    return Table(completion_client, harness, translation)


@pytest.fixture
async def table(tmp_path: Path) -> AsyncIterator[Table]:
    table = made(tmp_path)
    await table.harness.load()
    yield table
    await table.translation.close()
    await table.harness.close()


@pytest.mark.timeout(20)  # a busy loop, which no timeout of asyncio would end
async def test_the_desk_closes_right_after_background_work_has_ended(table: Table) -> None:
    table.harness.set_languages(
        "", "fr"
    )  # without a source there is no glossary to read: this work ends in its first step
    await asyncio.sleep(0)
    await table.harness.close()


async def test_short_rows_are_asked_for_together_and_put_in_their_places(table: Table) -> None:
    table.harness.set_text(ENGLISH)
    table.completion_client.says("[[1]] Der Titel\n\n[[2]] Das ist der", " erste Teil.\n\n[[3]] Und das der zweite.")
    await table.translate()
    assert table.harness.document.result_text == (
        "# Der Titel\n\nDas ist der erste Teil.\n\n```\ncode\n```\n\nUnd das der zweite.\n"
    )
    assert table.asked() == [
        "[[1]] The title\n\n[[2]] This is the first part of it.\n\n[[3]] And this is the second one."
    ]
    assert table.harness.document.progress == (3, 3)


async def test_the_model_gets_languages_and_not_to_think(table: Table) -> None:
    table.harness.set_text("This is the one and only part of it.")
    await table.translate()
    (request,) = table.completion_client.requests
    assert request.turns[0].role is Role.SYSTEM
    assert "from English into German" in request.turns[0].text
    assert request.thinking is Thinking.OFF


async def test_broken_numbers_are_asked_for_one_by_one(table: Table) -> None:
    table.harness.set_text("# One\n\n# Two\n")
    table.completion_client.says("Eins, Zwei")
    table.completion_client.says("Eins")
    table.completion_client.says("Zwei")
    await table.translate()
    assert table.results() == ["Eins", "Zwei"]
    assert table.asked()[1:] == ["One", "Two"]


async def test_a_model_that_breaks_numbers_is_not_asked_so_again(table: Table) -> None:
    table.harness.set_text("".join(f"# Part {number}\n\n{LONG}\n\n" for number in range(1, 4)).replace(LONG, "# Again"))
    for _ in range(3):
        table.completion_client.says("nonsense")
        await table.translate()
        table.harness.clear()
        table.harness.set_text("# One\n\n# Two\n")
    asked_together = [text for text in table.asked() if text.startswith("[[1]]")]
    assert len(asked_together) == 2


async def test_long_rows_are_asked_for_alone_with_the_rows_before_as_an_example(table: Table) -> None:
    table.harness.set_text(f"First{LONG}\n\nSecond{LONG}\n")
    table.completion_client.says("Erstens.")
    table.completion_client.says("Zweitens.")
    await table.translate()
    assert table.results() == ["Erstens.", "Zweitens."]
    assert [turn.text for turn in table.completion_client.requests[1].turns[1:]] == [
        f"First{LONG}",
        "Erstens.",
        f"Second{LONG}",
    ]


async def test_a_row_is_shown_while_it_is_written(table: Table) -> None:
    table.harness.set_text("This is all of it.")
    go_on = asyncio.Event()
    table.completion_client.script(TextDelta("Das ist"), go_on, TextDelta(" alles."), Finished(FinishReason.STOP))
    table.translation.translate(MODEL)
    await table.until(lambda: table.results() == ["Das ist"])
    assert table.translation.working == {0}
    assert table.standings() == [RowStatus.UNFINISHED]
    go_on.set()
    await table.translation.wait()
    assert (table.results(), table.standings()) == (["Das ist alles."], [RowStatus.DONE])
    assert not table.translation.running


async def test_stopping_keeps_what_came_and_going_on_translates_the_rest(table: Table) -> None:
    table.harness.set_text(f"First{LONG}\n\nSecond{LONG}\n")
    table.completion_client.says("Erstens.")
    table.completion_client.script(TextDelta("Zwei"), asyncio.Event())
    table.translation.translate(MODEL)
    await table.until(lambda: table.results()[1] == "Zwei")
    await table.translation.stop()
    assert table.standings() == [RowStatus.DONE, RowStatus.UNFINISHED]
    table.completion_client.says("Zweitens.")
    await table.translate()
    assert table.results() == ["Erstens.", "Zweitens."]
    assert len(table.completion_client.requests) == 3


async def test_only_what_changed_is_translated_again(table: Table) -> None:
    table.harness.set_text(f"First{LONG}\n\nSecond{LONG}\n")
    await table.translate()
    table.harness.edit_source(1, "A new second part.")
    assert table.standings() == [RowStatus.DONE, RowStatus.STALE]
    table.completion_client.says("Ein neuer Teil.")
    await table.translate()
    assert table.results() == ["Yes.", "Ein neuer Teil."]
    assert table.asked()[2:] == ["A new second part."]


async def test_what_a_person_wrote_is_only_overwritten_when_they_ask(table: Table) -> None:
    table.harness.set_text("This is the whole text.")
    table.harness.edit_result(0, "Meins.")
    table.harness.edit_source(0, "This is another text.")
    await table.translate()
    assert (table.results(), table.completion_client.requests) == (["Meins."], [])
    await table.retry(0)
    assert table.results() == ["Yes."]


async def test_a_row_that_a_person_writes_in_meanwhile_is_theirs(table: Table) -> None:
    table.harness.set_text("This is the whole text.")
    go_on = asyncio.Event()
    table.completion_client.script(TextDelta("Das"), go_on, TextDelta(" Modell."), Finished(FinishReason.STOP))
    table.translation.translate(MODEL)
    await table.until(lambda: table.results() == ["Das"])
    table.harness.edit_result(0, "Das bin ich.")
    go_on.set()
    await table.translation.wait()
    assert table.results() == ["Das bin ich."]
    assert table.harness.document.rows[0].own


async def test_a_source_that_is_changed_meanwhile_leaves_a_stale_result(table: Table) -> None:
    table.harness.set_text("This is the whole text.")
    go_on = asyncio.Event()
    table.completion_client.script(go_on, TextDelta("Das Ganze."), Finished(FinishReason.STOP))
    table.translation.translate(MODEL)
    await table.until(lambda: table.completion_client.requests)
    table.harness.edit_source(0, "This is another text.")
    table.completion_client.says("Ein anderer Text.")
    go_on.set()
    await table.translation.wait()
    assert table.standings() == [RowStatus.STALE]


async def test_an_error_of_the_server_ends_the_run_and_is_kept_with_the_row(table: Table) -> None:
    table.harness.set_text(f"First{LONG}\n\nSecond{LONG}\n")
    table.completion_client.script(errors.ServerUnreachable("Ollama", "http://x", "refused"))
    await table.translate()
    assert table.standings() == [RowStatus.FAILED, RowStatus.OPEN]
    failure = table.harness.document.rows[0].failure
    assert failure is not None
    assert failure.kind == "ServerUnreachable"
    assert len(table.completion_client.requests) == 1
    await table.translate()
    assert table.standings() == [RowStatus.DONE, RowStatus.DONE]


async def test_an_error_about_one_row_lets_the_others_be_translated(table: Table) -> None:
    table.harness.set_text(f"First{LONG}\n\nSecond{LONG}\n")
    table.completion_client.script(errors.ContextTooLong("Ollama", "http://x"))
    await table.translate()
    assert table.standings() == [RowStatus.FAILED, RowStatus.DONE]


async def test_an_error_among_numbered_rows_keeps_those_that_are_whole(table: Table) -> None:
    table.harness.set_text("# One\n\n# Two\n\n# Three\n")
    table.completion_client.script(TextDelta("[[1]] Eins\n[[2]] Zw"), errors.ConnectionLost("Ollama", "http://x"))
    await table.translate()
    assert table.results() == ["Eins", "Zw", ""]
    assert table.standings() == [RowStatus.DONE, RowStatus.FAILED, RowStatus.OPEN]


async def test_an_empty_answer_is_a_failure_and_one_without_an_end_is_cut(table: Table) -> None:
    table.harness.set_text(f"First{LONG}\n\nSecond{LONG}\n")
    table.completion_client.script(Finished(FinishReason.STOP))
    table.completion_client.script(TextDelta("blah " * 10_000), Finished(FinishReason.STOP))
    await table.translate()
    kinds = [row.failure.kind for row in table.harness.document.rows if row.failure]
    assert kinds == ["NothingTranslated", "TranslationTooLong"]


async def test_reasoning_that_came_as_text_is_no_translation(table: Table) -> None:
    table.harness.set_text("This is the whole text.")
    table.completion_client.script(
        TextDelta("Hmm"), TextWasReasoning(), TextDelta("Der Text."), Finished(FinishReason.STOP)
    )
    await table.translate()
    assert table.results() == ["Der Text."]


async def test_terms_of_the_row_go_along_and_what_is_not_used_is_reported(table: Table) -> None:
    table.harness.set_text("The server is down and that is all there is.")
    await table.harness.glossaries.save("en", "de", [Term("server", "Rechner", "never Server"), Term("mouse", "Maus")])
    table.completion_client.says("Der Server ist aus.")
    await table.translate()
    instructions = table.completion_client.requests[0].turns[0].text
    assert "server = Rechner (never Server)" in instructions
    assert "Maus" not in instructions
    (problem,) = table.harness.problems(table.harness.document.rows[0])
    assert isinstance(problem, TermProblem)
    table.completion_client.says("Der Rechner ist aus.")
    await table.retry(0, 'Use "Rechner" for "server".')
    assert 'Use "Rechner" for "server".' in table.completion_client.requests[1].turns[0].text
    assert table.harness.problems(table.harness.document.rows[0]) == ()


async def test_a_preset_that_names_no_language_gets_the_one_of_the_harness(table: Table) -> None:
    preset = Preset("mine", PresetOrigin.OWN, "Mine", prompt="Write like a pirate.", kind=PresetKind.TRANSLATION)
    table.translation.preset = AppliedPreset.of(preset)
    table.harness.set_text("The server is down and that is all there is.")
    await table.harness.glossaries.save("en", "de", [Term("server", "Rechner")])
    await table.translate()
    instructions = table.completion_client.requests[0].turns[0].text
    assert instructions.startswith("Write like a pirate.\n\nTranslate into German.")
    assert instructions.endswith("server = Rechner")


async def test_other_versions_of_a_sentence_can_be_had_and_taken(table: Table) -> None:
    table.harness.set_text("One sentence and another. And the second of them.")
    table.completion_client.says("Ein Satz. Und noch einer.")
    await table.translate()
    table.completion_client.says("1. Und ein zweiter.\n2. Und noch einer.\n3. Ein weiterer.")
    span = Span(10, 25)
    assert await table.translation.versions(MODEL, 0, span) == ("Und ein zweiter.", "Ein weiterer.")
    assert "Und noch einer." in table.asked()[-1]
    table.harness.replace_sentence(0, span, "Ein weiterer.")
    assert table.results() == ["Ein Satz. Ein weiterer."]
    table.completion_client.says("Ein Satz.")
    with pytest.raises(NothingTranslated):
        await table.translation.versions(MODEL, 0, Span(0, 9))


async def test_everything_can_be_undone(table: Table) -> None:
    table.harness.set_text("This is the whole text.")
    await table.translate()
    table.harness.edit_result(0, "Meins.")
    table.harness.swap()
    assert table.harness.document.source_text == "Meins."
    table.harness.undo()
    assert table.results() == ["Meins."]
    table.harness.undo()
    table.harness.undo()
    assert table.results() == [""]
    table.harness.undo()
    assert table.harness.document.rows == ()
    while table.harness.can_redo:
        table.harness.redo()
    assert table.harness.document.source_text == "Meins."


async def test_the_text_is_there_again_after_a_restart(table: Table, tmp_path: Path) -> None:
    table.harness.set_text(ENGLISH, "notes.md")
    table.harness.edit_result(0, "Titel")
    await table.harness.close()
    again = made(tmp_path)
    await again.harness.load()
    assert again.harness.document == table.harness.document
    assert (again.harness.source, again.harness.target) == ("en", "de")
    await again.harness.close()


async def test_another_language_makes_all_but_the_own_results_stale(table: Table) -> None:
    table.harness.set_text("# The title\n\nThis is the first part of it.")
    table.completion_client.says("[[1]] Titel\n[[2]] Teil")
    await table.translate()
    table.harness.edit_result(0, "Meins")
    table.harness.set_languages("", "fr")
    assert table.standings() == [RowStatus.DONE, RowStatus.STALE]


async def test_a_text_of_too_many_paragraphs_is_refused_and_the_old_one_stays(table: Table) -> None:
    table.harness.set_text("This is the whole text.")
    with pytest.raises(TooManyParagraphs):
        table.harness.set_text("- a\n" * (MAX_ROWS + 1))
    with pytest.raises(TooManyParagraphs):
        table.harness.edit_source(0, "a\n\n" * (MAX_ROWS + 1))
    assert table.harness.document.source_text == "This is the whole text."


async def test_too_long_a_text_is_refused(table: Table) -> None:
    with pytest.raises(TextTooLong):
        table.harness.set_text("x" * (MAX_TEXT_LENGTH + 1))

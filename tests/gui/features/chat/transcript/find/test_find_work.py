"""What a search in a long chat costs: how long it holds up others, and what is painted for it."""

import pytest
from PySide6.QtCore import Qt

from chatdesk.features.chat.ui.transcript.page.layout.marked_scroll_bar import MarkKind
from chatdesk.rendering.markdown.block_builder import BlockBuilder
from chatdesk.ui_kit.text import sliced_work
from tests.gui.features.chat.transcript.find.conftest import Finding
from tests.gui.features.chat.transcript.sample_chat import answer, question


def test_ten_thousand_messages_are_looked_through_in_slices(finding: Finding) -> None:
    finding.reader.show([question(f"Question {number}?" + " words" * 100, number) for number in range(10_000)])
    parsed = finding.view.counters.messages_parsed
    finding.look_for("nowhere")
    assert finding.count == "No results"
    assert finding.view.counters.messages_parsed == parsed
    finding.field.setText("Question 777")
    finding.wait()
    assert finding.count == "1 of 11"
    assert finding.view.counters.messages_parsed - parsed < 10


def test_a_word_that_is_everywhere_is_painted_now_and_then_while_it_is_looked_for(
    finding: Finding, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sliced_work, "_SLICE", 0.0)  # a step a slice
    monkeypatch.setattr(finding.find, "_clock", finding.reader.clock)
    finding.reader.show([question(f"A tulip {n}", n) for n in range(500)])
    painted = []
    finding.find.found_changed.connect(lambda: painted.append(finding.count))
    finding.look_for("tulip")
    assert finding.count.endswith("of 500")
    assert len(painted) <= 3, "the first hit, and all"


def test_nothing_is_painted_anew_for_a_word_that_is_nowhere(finding: Finding) -> None:
    finding.reader.show([question("A tulip"), answer("And a rose")])
    painted = []
    finding.find.found_changed.connect(lambda: painted.append(True))
    finding.look_for("daisy")
    assert not painted
    finding.field.setText("rose")
    finding.wait()
    assert painted == [True]
    finding.field.setText("daisy")
    finding.wait()
    assert painted == [True, True], "its mark is gone"


def test_hits_of_a_message_far_away_are_one_mark(finding: Finding) -> None:
    finding.reader.show([*(question(f"Question {n}", n) for n in range(100)), answer("tulip\n\n" * 50, 100)])
    finding.reader.press(Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
    finding.look_for("Question 1")
    near = finding.view.document.loaded_item(50)
    assert near is None
    marks = [mark for mark in finding.view._bar.marks(10_000) if mark.kind is MarkKind.HIT]
    assert len(marks) == 11
    assert len({mark.y for mark in marks}) == 11


def test_of_an_answer_far_away_only_blocks_that_may_say_it_are_parsed(
    finding: Finding, monkeypatch: pytest.MonkeyPatch
) -> None:
    built = []
    build = BlockBuilder.build
    monkeypatch.setattr(BlockBuilder, "build", lambda self, leaf, loose: built.append(leaf) or build(self, leaf, loose))
    far = [answer(f"A tulip {number}\n\n" + "a rose\n\n" * 20, number) for number in range(100)]
    finding.reader.show([*far, question("Last", 101)])
    finding.reader.press(Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    built.clear()
    finding.look_for("tulip")
    assert finding.count.endswith("of 100")
    assert len(built) < 500, "the page is laid out where the first hit is; all would be 2,100"
    built.clear()
    finding.field.setText("tulip 7")  # longer: what was passed over need not be looked at
    finding.wait()
    assert finding.count.endswith("of 11")
    assert len(built) < 500, "likewise"
    finding.field.setText("rose")
    finding.wait()
    assert finding.count.endswith("of 2000")

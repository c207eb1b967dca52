"""How a person presses shortcuts and waits: as long as the program could run, however busy the machine is."""

from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.e2e import person as module
from tests.e2e.person import Person

SECONDS = 0.1


@pytest.fixture
def person(home: Path) -> Person:
    person = Person(home, {})
    person._program = SimpleNamespace(pid=0)
    person._do = lambda what, **_: []
    return person


def test_a_shortcut_is_pressed_in_the_step_that_sees_the_keyboard(person: Person) -> None:
    answers, steps = iter([False, True]), []

    def obey(what: str, **_: object) -> bool:
        steps.append(what)
        return next(answers)

    person._do = obey
    person.press("Ctrl+Shift+P")
    assert steps == ["press_with_keyboard"] * 2


def test_the_time_in_which_the_program_waits_for_a_processor_does_not_count(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    readings: list[float] = []

    def starving(_process: int) -> dict[str, float]:
        readings.append(3600.0 * len(readings))
        return {"thread": readings[-1]}

    monkeypatch.setattr(module, "waited_for_processor", starving)
    assert person.until(lambda: len(readings) > 3, "what comes late", SECONDS)


def test_a_program_that_could_run_has_no_more_time_than_that(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "waited_for_processor", lambda _: {"thread": 3600.0})
    with pytest.raises(AssertionError, match=f"waited {SECONDS} s in vain for what never comes"):
        person.until(lambda: False, "what never comes", SECONDS)

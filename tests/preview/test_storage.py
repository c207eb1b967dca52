"""What a page puts into its storage is told, and given to it again; whatever a hostile page does there, it is text and little of it."""

import json

import pytest

from chatdesk.app.preview_stages import PreviewStages
from chatdesk.features.previews.ui.panel.stage import PageMemory
from chatdesk.kernel.chat.kept_items import MOST_BYTES, MOST_ITEMS, KeptItems
from chatdesk.system.resources import Resources
from tests.preview.desk import Desk


class Told:
    """What is heard of a page's storage."""

    def __init__(self, desk: Desk, page: str, kept: KeptItems = ()) -> None:
        self.desk = desk
        self.heard: list[KeptItems] = []
        self.run = desk.begin(page, kept=kept)
        self.run.storage.told.connect(self.heard.append)
        loaded: list[bool] = []
        self.run.loaded.connect(loaded.append)
        desk.until(lambda: loaded, "the page to be loaded")

    def ask(self) -> KeptItems | None:
        """Ask the page now, and return what is known of its storage then."""
        answered: list[bool] = []
        self.run.storage.ask_now(lambda: answered.append(True))
        self.desk.until(lambda: answered, "the page to say what it has stored")
        return self.heard[-1] if self.heard else None


def script(code: str) -> str:
    return f"<!DOCTYPE html><title>t</title><body><script>{code}</script>"


def test_what_a_page_stores_is_told_once_for_each_change(desk: Desk) -> None:
    told = Told(desk, script("localStorage.setItem('best', 31); localStorage.name = 'Ann'; sessionStorage.turn = 1"))
    assert told.ask() == (("best", "31"), ("name", "Ann"))
    told.ask()
    assert len(told.heard) == 1, "no news is not told"
    desk.ask("localStorage.removeItem('name')")
    assert told.ask() == (("best", "31"),)


def test_a_page_finds_what_its_last_run_stored(desk: Desk) -> None:
    kept = (
        ("best", "31"),
        ("__proto__", "p"),
        ("</script><script>broken = 1//", "\u2028\u2029'\"\\</script>"),
        ("half", "\ud800"),
    )
    told = Told(desk, script("found = Object.entries({...localStorage})"), kept)
    assert desk.ask("[localStorage.length, typeof broken, localStorage.getItem('best')]") == [4, "undefined", "31"]
    for name, text in kept:
        assert desk.ask(f"localStorage.getItem({json.dumps(name)})") == text
    assert told.ask() is None, "nothing is new"


def test_what_was_stored_goes_round_unchanged(desk: Desk) -> None:
    code = "localStorage['\\ud83d\\ude00'] = '\\ud800<!--\\u2028'; localStorage.setItem('__proto__', '{}'); localStorage.constructor2 = 1"
    first = Told(desk, script(code)).ask()
    assert first
    second = Told(desk, script("localStorage.again = 'yes'"), first)
    assert second.ask() == (*first, ("again", "yes"))


def test_a_frame_in_the_page_is_given_nothing(desk: Desk) -> None:
    frame = "<script>parent.postMessage(localStorage.length, '*')</script>"
    page = f'<script>onmessage = (event) => seen = event.data</script><iframe srcdoc="{frame}"></iframe>'
    Told(desk, f"<!DOCTYPE html><body>{page}", (("best", "31"),))
    assert desk.ask("localStorage.length") == 1
    assert desk.ask("typeof seen === 'undefined' || seen === 0")


@pytest.mark.parametrize(
    "code",
    [
        "localStorage.a = 'x'.repeat(2e6)",
        "localStorage.a = 'x'.repeat(2 ** 28)",
        "for (let i = 0; i <= 200; i++) localStorage['k' + i] = i",
        "localStorage.a = '文'.repeat(5e5)",
        "localStorage.a = '\\u0001'.repeat(9e5)",
    ],
    ids=["long", "huge", "many", "many bytes", "escaped"],
)
def test_too_much_is_not_taken_at_all(desk: Desk, code: str) -> None:
    told = Told(desk, script(code))
    assert told.ask() is None
    desk.ask("localStorage.clear()")
    desk.ask("localStorage.setItem('a', 'b')")
    assert told.ask() == (("a", "b"),), "once it is little it is taken again"


def test_just_enough_is_taken(desk: Desk) -> None:
    told = Told(desk, script(f"for (let i = 0; i < {MOST_ITEMS}; i++) localStorage[i + 1000] = 'x'.repeat(4000)"))
    items = told.ask()
    assert items is not None
    assert len(items) == MOST_ITEMS
    assert sum(len(name) + len(text) for name, text in items) < MOST_BYTES


HOSTILE = {
    "JSON is the page's": "JSON.stringify = () => '[[1,2]]'; JSON.parse = () => 1;",
    "maps are the page's": "for (const n of ['get','set','has','forEach','entries','keys','values']) Map.prototype[n] = () => 'evil';",
    "everything has a toJSON": "Object.prototype.toJSON = Array.prototype.toJSON = String.prototype.toJSON = () => 'evil';",
    "events are the page's": "CustomEvent = Event = class {}; EventTarget.prototype.dispatchEvent = () => 1;"
    "Object.defineProperty(CustomEvent.prototype, 'detail', { get: () => { throw 1 } });",
    "the prototype of objects has traps": "Object.prototype.detail = 'evil'; Object.defineProperty(Object.prototype, 'bubbles',"
    "{ get() { throw new Error('trap') } });",
    "functions are the page's": "Function.prototype.call = Function.prototype.apply = Function.prototype.bind = () => { throw 1 };",
    "the document is clobbered": "document.body.innerHTML = '<form name=addEventListener></form><form name=dispatchEvent></form>';",
}


@pytest.mark.parametrize("trick", HOSTILE.values(), ids=HOSTILE)
def test_tricks_change_nothing(desk: Desk, trick: str) -> None:
    told = Told(desk, script(f"localStorage.setItem('best', '31'); try {{ {trick} }} catch {{}}"))
    assert told.ask() == (("best", "31"),)


def test_values_are_made_text_before_anything_looks_at_them(desk: Desk) -> None:
    code = "let n = 0; localStorage.setItem({ toString: () => 'key' + ++n }, { toString: () => 'value' + ++n }); calls = () => n"
    told = Told(desk, script(code))
    assert told.ask() == (("key1", "value2"),)
    assert desk.ask("calls()") == 2


def test_a_storage_of_the_pages_own_is_not_looked_at(desk: Desk) -> None:
    code = "Object.defineProperty(window, 'localStorage', { get() { looked = true; return { a: 'x'.repeat(1e8) } } }); looked = false"
    told = Told(desk, script(code))
    assert told.ask() is None
    assert desk.ask("looked") is False


@pytest.mark.parametrize(
    "answer",
    [
        "'1 ' + 'x'.repeat(3e6)",
        "'1 [[\"a\"]]'",
        "'1 [[\"a\",1]]'",
        '\'1 {"__proto__":"x"}\'',
        "'1 ' + '['.repeat(1e6)",
        "'99999999999999999999 []'",
        "{ get length() { while (true); } }",
        "new Proxy({}, { get() { while (true); } })",
        "123",
    ],
)
def test_a_page_that_knows_the_question_can_only_tell_of_itself_and_little(desk: Desk, answer: str) -> None:
    told = Told(desk, script("localStorage.a = 'b'"))
    name = told.run.storage.question
    desk.ask(
        f"document.addEventListener('{name}', (event) => {{ event.stopImmediatePropagation();"
        f" document.dispatchEvent(new CustomEvent('{name}!', {{ detail: {answer} }})); }}, true)"
    )
    desk.ask("localStorage.setItem('a', 'c')")
    told.ask()
    assert all(items in ((("a", "b"),), (("a", "c"),)) for items in told.heard)
    assert not told.run.is_over


def test_a_page_that_hangs_holds_up_nobody(desk: Desk) -> None:
    told = Told(desk, script("localStorage.a = 'b'; hang = () => setTimeout(() => { while (true); })"))
    desk.ask("(hang(), 1)")
    assert told.ask() in (None, (("a", "b"),))


def test_after_its_end_nothing_of_a_page_is_heard(desk: Desk) -> None:
    told = Told(desk, script("localStorage.a = 'b'"))
    went_on: list[bool] = []
    told.run.storage.ask_now(lambda: went_on.append(True))
    desk.stage.close_run()
    assert went_on == [True]
    assert told.heard == []


COUNTER = b"<!DOCTYPE html><script>localStorage.runs = Number(localStorage.runs ?? 0) + 1</script>"


def test_a_stage_tells_what_its_page_stored_and_gives_it_back(desk: Desk) -> None:
    stages = PreviewStages(Resources.locate().resources / "preview")
    assert stages.obstacle() is None
    stage = stages.make(desk.centralWidget())
    heard: list[tuple[str, KeptItems]] = []
    stage.events.stored.connect(lambda key, items: heard.append((key, items)))

    def ask() -> None:
        answered: list[bool] = []
        stage.ask_stored(lambda: answered.append(True))
        desk.until(lambda: answered, "the page to be asked")

    def run(memory: PageMemory) -> None:
        loaded: list[bool] = []
        stage.open(COUNTER, memory)
        assert stage._run
        stage._run.loaded.connect(loaded.append)
        desk.until(lambda: loaded, "the page to be loaded")

    run(PageMemory("first"))
    ask()
    assert heard == [("first", (("runs", "1"),))]
    run(PageMemory("second", heard[-1][1], keeps=True))
    # What a page is asked just before it is frozen, or closed, it still answers.
    stage.ask_stored(stage.close_page)
    stage.set_paused(paused=True)
    desk.until(lambda: stage._run is None, "the page to be closed")
    assert heard[1:] == [("second", (("runs", "2"),))]

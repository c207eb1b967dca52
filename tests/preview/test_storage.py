"""What a page puts into its storage is reported, and returned to it; whatever a hostile page does there, it is text and little of it."""

import json

import pytest

from chatdesk.app.preview_hosts import EnginePreviewHosts
from chatdesk.features.previews.ui.panel.preview_host import PageMemory
from chatdesk.kernel.chat.stored_items import MAX_BYTES, MAX_ITEMS, StoredItems
from chatdesk.system.resources import Resources
from tests.preview.harness import Harness


class Outcome:
    """What is heard of a page's storage."""

    def __init__(self, harness: Harness, page: str, stored: StoredItems = ()) -> None:
        self.harness = harness
        self.heard: list[StoredItems] = []
        self.run = harness.begin(page, stored=stored)
        self.run.storage.changed.connect(self.heard.append)
        loaded: list[bool] = []
        self.run.loaded.connect(loaded.append)
        harness.until(lambda: loaded, "the page to be loaded")

    def ask(self) -> StoredItems | None:
        """Ask the page now, and return what is known of its storage then."""
        answered: list[bool] = []
        self.run.storage.query(lambda: answered.append(True))
        self.harness.until(lambda: answered, "the page to say what it has stored")
        return self.heard[-1] if self.heard else None


def script(code: str) -> str:
    return f"<!DOCTYPE html><title>t</title><body><script>{code}</script>"


def test_what_a_page_stores_is_reported_once_for_each_change(harness: Harness) -> None:
    changed = Outcome(
        harness, script("localStorage.setItem('best', 31); localStorage.name = 'Ann'; sessionStorage.turn = 1")
    )
    assert changed.ask() == (("best", "31"), ("name", "Ann"))
    changed.ask()
    assert len(changed.heard) == 1, "nothing is reported without a change"
    harness.ask("localStorage.removeItem('name')")
    assert changed.ask() == (("best", "31"),)


def test_a_page_finds_what_its_last_run_stored(harness: Harness) -> None:
    stored = (
        ("best", "31"),
        ("__proto__", "p"),
        ("</script><script>broken = 1//", "\u2028\u2029'\"\\</script>"),
        ("half", "\ud800"),
    )
    changed = Outcome(harness, script("found = Object.entries({...localStorage})"), stored)
    assert harness.ask("[localStorage.length, typeof broken, localStorage.getItem('best')]") == [4, "undefined", "31"]
    for name, text in stored:
        assert harness.ask(f"localStorage.getItem({json.dumps(name)})") == text
    assert changed.ask() is None, "nothing is new"


def test_what_was_stored_goes_round_unchanged(harness: Harness) -> None:
    code = "localStorage['\\ud83d\\ude00'] = '\\ud800<!--\\u2028'; localStorage.setItem('__proto__', '{}'); localStorage.constructor2 = 1"
    first = Outcome(harness, script(code)).ask()
    assert first
    second = Outcome(harness, script("localStorage.again = 'yes'"), first)
    assert second.ask() == (*first, ("again", "yes"))


def test_a_frame_in_the_page_is_given_nothing(harness: Harness) -> None:
    frame = "<script>parent.postMessage(localStorage.length, '*')</script>"
    page = f'<script>onmessage = (event) => seen = event.data</script><iframe srcdoc="{frame}"></iframe>'
    Outcome(harness, f"<!DOCTYPE html><body>{page}", (("best", "31"),))
    assert harness.ask("localStorage.length") == 1
    assert harness.ask("typeof seen === 'undefined' || seen === 0")


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
def test_too_much_is_not_taken_at_all(harness: Harness, code: str) -> None:
    changed = Outcome(harness, script(code))
    assert changed.ask() is None
    harness.ask("localStorage.clear()")
    harness.ask("localStorage.setItem('a', 'b')")
    assert changed.ask() == (("a", "b"),), "once it is little it is taken again"


def test_just_enough_is_taken(harness: Harness) -> None:
    changed = Outcome(
        harness, script(f"for (let i = 0; i < {MAX_ITEMS}; i++) localStorage[i + 1000] = 'x'.repeat(4000)")
    )
    items = changed.ask()
    assert items is not None
    assert len(items) == MAX_ITEMS
    assert sum(len(name) + len(text) for name, text in items) < MAX_BYTES


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
def test_tricks_change_nothing(harness: Harness, trick: str) -> None:
    changed = Outcome(harness, script(f"localStorage.setItem('best', '31'); try {{ {trick} }} catch {{}}"))
    assert changed.ask() == (("best", "31"),)


def test_values_are_made_text_before_anything_looks_at_them(harness: Harness) -> None:
    code = "let n = 0; localStorage.setItem({ toString: () => 'key' + ++n }, { toString: () => 'value' + ++n }); calls = () => n"
    changed = Outcome(harness, script(code))
    assert changed.ask() == (("key1", "value2"),)
    assert harness.ask("calls()") == 2


def test_a_storage_of_the_pages_own_is_not_looked_at(harness: Harness) -> None:
    code = "Object.defineProperty(window, 'localStorage', { get() { looked = true; return { a: 'x'.repeat(1e8) } } }); looked = false"
    changed = Outcome(harness, script(code))
    assert changed.ask() is None
    assert harness.ask("looked") is False


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
def test_a_page_that_knows_the_question_can_only_tell_of_itself_and_little(harness: Harness, answer: str) -> None:
    changed = Outcome(harness, script("localStorage.a = 'b'"))
    name = changed.run.storage.event_name
    harness.ask(
        f"document.addEventListener('{name}', (event) => {{ event.stopImmediatePropagation();"
        f" document.dispatchEvent(new CustomEvent('{name}!', {{ detail: {answer} }})); }}, true)"
    )
    harness.ask("localStorage.setItem('a', 'c')")
    changed.ask()
    assert all(items in ((("a", "b"),), (("a", "c"),)) for items in changed.heard)
    assert not changed.run.is_over


def test_a_page_that_hangs_holds_up_nobody(harness: Harness) -> None:
    changed = Outcome(harness, script("localStorage.a = 'b'; hang = () => setTimeout(() => { while (true); })"))
    harness.ask("(hang(), 1)")
    assert changed.ask() in (None, (("a", "b"),))


def test_after_its_end_nothing_of_a_page_is_heard(harness: Harness) -> None:
    changed = Outcome(harness, script("localStorage.a = 'b'"))
    went_on: list[bool] = []
    changed.run.storage.query(lambda: went_on.append(True))
    harness.host.close_run()
    assert went_on == [True]
    assert changed.heard == []


COUNTER = b"<!DOCTYPE html><script>localStorage.runs = Number(localStorage.runs ?? 0) + 1</script>"


def test_a_stage_tells_what_its_page_stored_and_gives_it_back(harness: Harness) -> None:
    preview_hosts = EnginePreviewHosts(Resources.locate().resources / "preview")
    assert preview_hosts.obstacle() is None
    host = preview_hosts.make(harness.centralWidget())
    heard: list[tuple[str, StoredItems]] = []
    host.events.stored.connect(lambda key, items: heard.append((key, items)))

    def ask() -> None:
        answered: list[bool] = []
        host.request_stored_items(lambda: answered.append(True))
        harness.until(lambda: answered, "the page to be asked")

    def run(memory: PageMemory) -> None:
        loaded: list[bool] = []
        host.open(COUNTER, memory)
        assert host._run
        host._run.loaded.connect(loaded.append)
        harness.until(lambda: loaded, "the page to be loaded")

    run(PageMemory("first"))
    ask()
    assert heard == [("first", (("runs", "1"),))]
    run(PageMemory("second", heard[-1][1], is_persistent=True))
    # What a page is asked just before it is frozen, or closed, it still answers.
    host.request_stored_items(host.close_page)
    host.set_paused(paused=True)
    harness.until(lambda: host._run is None, "the page to be closed")
    assert heard[1:] == [("second", (("runs", "2"),))]

"""What a page can do to the window and to the next page: nothing. Floods are counted, dialogs and windows never open, nothing is kept."""

import html
import os
import secrets
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt, QUrl
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWebEngineCore import QWebEnginePage
from PySide6.QtWidgets import QApplication

from chatdesk.features.previews.web_engine.console import Level
from chatdesk.features.previews.web_engine.page_source import CONTENT_POLICY
from chatdesk.features.previews.web_engine.run import End
from chatdesk.system.processes import end_process
from tests.preview.harness import Harness, Heartbeat

PROMISE = 500
_FLOODS = {
    "title": "document.title = n++ + 'x'.repeat(1000)",
    "icon": "const l = document.createElement('link'); l.rel = 'icon'; l.href = 'data:image/png,A' + n++; document.head.append(l)",
    "hash": "location.hash = n++",
    "history": "try { history.pushState(n++, '', '#' + n) } catch { n++ }",
    "requests": "fetch('http://host' + n++ + '.example.org/').catch(() => 0)",
    "images": "new Image().src = 'http://host' + n++ + '.example.org/'",
    "messages": "alert(n++); confirm(n); prompt(n)",
    "windows": "window.open('https://example.org/' + n++)",
    "navigations": "location = 'https://host' + n++ + '.example.org/'",
    "downloads": "const a = document.createElement('a'); a.download = 'x' + n++; a.href = 'data:,x'; a.click()",
    "console": "console.log(n++)",
    "pointer": "document.body.requestPointerLock?.(); document.documentElement.requestFullscreen?.().catch(() => 0); n++",
}


@pytest.mark.alone
@pytest.mark.parametrize("name", _FLOODS)
def test_a_flood_leaves_the_window_alive(
    harness: Harness, name: str, record_property: Callable[[str, object], None]
) -> None:
    with Heartbeat() as heartbeat:
        run = harness.open(
            f"<body><script>var n = 0; setInterval(() => {{ for (let i = 0; i < 50; i++) {{ {_FLOODS[name]} }} }}, 4)</script>"
        )
        QTest.qWait(1_500)
        ended = run.is_over
        assert ended or harness.ask("n") >= 50
        harness.host.close_run()
    record_property("late", heartbeat.longest)
    assert heartbeat.longest <= PROMISE
    assert len(run.console.lines) <= 1_000
    assert len(run.guard.blocked) <= 51


@pytest.mark.alone
def test_a_flood_past_our_own_brake_ends_the_page(harness: Harness) -> None:
    run = harness.begin(
        "<iframe></iframe><script>for (const f of document.querySelectorAll('iframe')) f.remove();"
        "setInterval(() => { for (let i = 0; i < 3000; i++) setTimeout(() => { throw i }) }, 1)</script>"
    )
    with Heartbeat() as heartbeat:
        harness.until(lambda: run.is_over, "the flood to end")
    assert harness.ends == [End.FLOOD]
    assert heartbeat.longest <= PROMISE


def test_messages_open_nothing_and_only_the_first_is_reported(harness: Harness) -> None:
    run = harness.begin(
        "<script>alert('one'); var yes = confirm('two'), word = prompt('three', 'x'); var through = 1</script>"
    )
    spoken: list[str] = []
    assert run.page
    run.page.message_shown.connect(spoken.append)
    harness.until_page("window.through")
    assert spoken == ["one"]
    assert run.page.messages == 3
    assert harness.ask("[yes, word]") == [True, "x"]
    assert QApplication.activeModalWidget() is None


@pytest.mark.parametrize(
    "what",
    [
        "window.print()",
        "document.querySelector('input').click()",
        "window.showOpenFilePicker()",
        "window.showSaveFilePicker()",
        "window.showDirectoryPicker()",
        "window.open('about:blank')",
        "window.open('https://example.org', '_blank', 'noopener')",
        "Object.assign(document.createElement('a'), {href: 'https://example.org', target: '_blank'}).click()",
        "document.documentElement.requestFullscreen()",
    ],
)
def test_no_window_opens_even_in_a_click(harness: Harness, what: str) -> None:
    harness.open(
        f"<input type=file><button style='position:fixed;inset:0;width:100%' onclick=\"window.done = 1; {what}\">x</button>"
    )
    before = len(QGuiApplication.allWindows())
    harness.click(200, 200)
    harness.until_page("window.done")
    QTest.qWait(200)
    assert len(QGuiApplication.allWindows()) == before
    assert not harness.isFullScreen()
    assert harness.ask("document.fullscreenElement === null")


@pytest.mark.parametrize("frame", [False, True])
def test_the_clipboard_is_out_of_reach_even_in_a_click(harness: Harness, frame: bool) -> None:
    clipboard = QApplication.clipboard()
    clipboard.setText("a secret")
    page = (
        "<textarea>taken</textarea><button style='position:fixed;inset:0;width:100%' onclick=\""
        "const t = document.querySelector('textarea'), others = [document, document.implementation.createHTMLDocument()];"
        "const run = name => others.some(one => one.execCommand(name) || Document.prototype.execCommand.call(one, name));"
        "t.select(); const copied = run('copy') || run('Cut'), pasted = run('paste');"
        "top.postMessage([copied, pasted, t.value, typeof navigator.clipboard], '*')\">x</button>"
        "<script>document.oncopy = e => { e.clipboardData.setData('text/plain', 'taken'); e.preventDefault() }</script>"
    )
    listens = "<script>var tried; onmessage = e => tried = e.data</script>"
    framed = f'<iframe style="position:fixed;inset:0;width:100%;height:100%" srcdoc="{html.escape(page)}"></iframe>'
    harness.open(listens + (framed if frame else page))
    harness.click(200, 200)
    harness.until_page("window.tried")
    assert harness.ask("tried") == [False, False, "taken", "undefined"]
    assert clipboard.text() == "a secret"


def test_what_a_page_selects_by_itself_is_no_selection_of_the_screen(harness: Harness) -> None:
    """On X11 what is selected can be pasted with the middle button. In a click a page can still select in a person's name."""
    clipboard = QApplication.clipboard()
    clipboard.setText("a selection", clipboard.Mode.Selection)
    harness.open(
        "<textarea>taken</textarea><script>var n = 0; setInterval(() => { document.querySelector('textarea').select(); n++ }, 5)</script>"
    )
    harness.until_page("n > 20")
    assert clipboard.text(clipboard.Mode.Selection) == "a selection"


def test_a_person_can_copy_from_a_page(harness: Harness) -> None:
    QApplication.clipboard().setText("before")
    harness.activateWindow()
    harness.open("<textarea style='width:300px;height:300px'>mine</textarea>")
    harness.click(50, 50)
    harness.until_page("document.activeElement.tagName === 'TEXTAREA'")
    for key in (Qt.Key.Key_A, Qt.Key.Key_C):
        QTest.keyClick(harness.page_window(), key, Qt.KeyboardModifier.ControlModifier)
    harness.until(lambda: QApplication.clipboard().text() == "mine", "the copy")


@pytest.mark.parametrize(
    "absent",
    [
        "EyeDropper",
        "WebTransport",
        "RTCPeerConnection",
        "SharedArrayBuffer && crossOriginIsolated",
        "documentPictureInPicture",
    ],
)
def test_what_a_page_could_look_out_with_does_not_exist(harness: Harness, absent: str) -> None:
    harness.open("<p>x")
    assert harness.ask(f"(() => {{ try {{ return !!({absent}) }} catch {{ return false }} }})()") is False


def test_devices_places_and_bridges_do_not_exist(harness: Harness) -> None:
    harness.open("<p>x")
    absent = "serviceWorker clipboard mediaDevices geolocation usb hid serial bluetooth requestMIDIAccess wakeLock storage credentials"
    there = harness.ask(f"'{absent}'.split(' ').filter(name => navigator[name] !== undefined)")
    assert set(there) <= {"geolocation"}  # which answers with a refusal, below
    assert harness.ask(
        "[typeof qt, typeof QWebChannel, typeof (window.chrome || {}).webview, isSecureContext, origin]"
    ) == [
        "undefined",
        "undefined",
        "undefined",
        False,
        "null",
    ]
    harness.ask(
        "navigator.geolocation ? navigator.geolocation.getCurrentPosition(() => window.place = 'known',"
        " () => window.place = 'refused') : window.place = 'absent'"
    )
    harness.until_page("window.place")
    assert harness.ask("place") in {"refused", "absent"}


def test_nothing_is_kept_from_one_run_to_the_next_and_nothing_on_the_disk(harness: Harness, tmp_path: Path) -> None:
    places = [Path(os.environ[name]) for name in ("HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR")]
    page = (
        "<script>var was = [localStorage.mark, sessionStorage.mark, document.cookie, window.name, history.length];"
        "localStorage.mark = sessionStorage.mark = window.name = 'canarymark'; document.cookie = 'mark=canarymark';"
        "var errors = [];"
        "try { indexedDB.open('canarymark').onerror = () => errors.push('indexedDB') } catch { errors.push('indexedDB') }"
        "if (!window.caches) errors.push('caches'); else caches.open('canarymark').catch(() => errors.push('caches'));"
        "(navigator.storage?.getDirectory?.() ?? Promise.reject()).catch(() => errors.push('files'));"
        "try { new SharedWorker('data:,') } catch { errors.push('shared worker') }</script>"
    )
    for _ in range(2):
        harness.open(page)
        assert harness.ask("was") == [None, None, "", "", 1]
        harness.until_page("errors.length >= 3")
        assert {"indexedDB", "caches", "files"} <= set(harness.ask("errors"))
    harness.host.close_run()
    QTest.qWait(200)
    files = [
        file for place in places for file in place.rglob("*") if file.is_file() and "mesa_shader_cache" not in str(file)
    ]
    assert [file for file in files if b"canarymark" in file.read_bytes()] == []
    assert [file for file in files if "QtWebEngine" in str(file)] == []


def test_a_thousand_downloads_leave_no_file(harness: Harness) -> None:
    home = Path(os.environ["HOME"])
    before = {file for file in home.rglob("*") if "mesa_shader_cache" not in str(file)}
    harness.open(
        "<button style='position:fixed;inset:0;width:100%'>x</button><script>var n = 0; onclick = () => { n++;"
        "for (let i = 0; i < 1000; i++) { const a = document.createElement('a'); a.download = 'canarymark' + i;"
        "a.href = [() => 'data:application/octet-stream,x', () => URL.createObjectURL(new Blob(['x'])), () => '/x'][i % 3](); a.click() } }"
        "</script>"
    )
    harness.click(200, 200)
    harness.until_page("n")
    QTest.qWait(300)
    assert harness.ask("n") >= 1
    assert list(home.rglob("*canarymark*")) == []
    assert [file for file in home.rglob("*") if file not in before and "Download" in str(file)] == []


def test_the_policy_is_in_force_word_by_word(harness: Harness) -> None:
    """Given to PySide in the wrong form a policy silently becomes none."""
    harness.open(
        "<script>var told = []; addEventListener('securitypolicyviolation', e => told.push([e.effectiveDirective, e.originalPolicy]));"
        "fetch('http://127.0.0.1/').catch(() => 0)</script>"
    )
    harness.until_page("told.length")
    assert harness.ask("told") == [["connect-src", CONTENT_POLICY]]


def test_a_line_of_the_console_has_its_place(harness: Harness) -> None:
    run = harness.open("<script>\n\nconsole.log({a: 1})\nnull.x\n</script>")
    harness.until(lambda: len(run.console.lines) == 2, "two lines")
    first, second = run.console.lines
    assert (first.text, first.line, first.level) == ("{a: 1}", 3, Level.INFO)
    assert (second.line, second.level) == (4, Level.ERROR)


@pytest.mark.parametrize("token", ["8766375221488157", "0000000000000000", "1e10000000000000", "00000000000000ff"])
def test_a_page_opens_whatever_address_chance_gives_it(
    harness: Harness, token: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(secrets, "token_hex", lambda _: token)
    harness.open("<h1>here</h1>")
    assert harness.ask("document.body.textContent") == "here"


def test_links_inside_the_page_work(harness: Harness) -> None:
    run = harness.open(
        "<a href='#far'>x</a><div style='height:5000px'></div><p id=far>far</p><script>document.querySelector('a').click();"
        "history.pushState({n: 1}, '', '#two')</script>"
    )
    harness.until_page("scrollY > 2000")
    assert harness.ask("[location.hash, history.state.n]") == ["#two", 1]
    assert run.guard.blocked == {}


def test_a_page_that_dies_is_reported_and_the_next_one_runs(harness: Harness) -> None:
    run = harness.open("<h1>x</h1>")
    assert run.page
    end_process(run.page.renderProcessPid())
    harness.until(lambda: run.is_over, "the end")
    assert harness.ends == [End.CRASHED]
    harness.open("<h1>y</h1>")
    assert harness.ask("document.body.textContent") == "y"


def test_a_hidden_page_is_frozen_and_goes_on_when_it_is_seen_again(harness: Harness) -> None:
    run = harness.open("<script>var n = 0; setInterval(() => n++, 10)</script>")
    harness.until_page("n > 5")
    assert run.page
    page, states = run.page, run.page.LifecycleState
    harness.host.hide()
    harness.until(lambda: page.lifecycleState() == states.Frozen, "the page to be frozen")
    harness.host.show()
    harness.until(lambda: page.lifecycleState() == states.Active, "the page to go on")
    before = harness.ask("n")
    harness.until_page(f"n > {before + 5}")


def test_a_page_draws_nothing_outside_its_frame(harness: Harness) -> None:
    """It may look like a dialog of ours or ask for a key: it does so inside, and the panel's words stand around it."""
    harness.open(
        "<style>html, body { margin: 0; height: 100%; background: red } dialog { border: 0; padding: 0; background: red }"
        " *, ::backdrop { background: red }</style>"
        "<dialog style='position:fixed;left:-5000px;top:-5000px;width:20000px;height:20000px'>Enter your API key <input></dialog>"
        "<p popover id=p style='position:fixed;inset:-5000px'>x</p><script>document.querySelector('dialog').showModal();"
        "p.showPopover(); moveTo(0, 0); resizeTo(5000, 5000); moveBy(-500, -500); focus(); var done = 1</script>"
    )
    harness.until_page("window.done")
    place = harness.host.mapToGlobal(harness.host.rect().center() / 2)
    red = QColor("red")

    def colour(x: int, y: int) -> QColor:
        return harness.screen().grabWindow(0, x, y, 1, 1).toImage().pixelColor(0, 0)

    harness.until(lambda: colour(place.x(), place.y()) == red, "the page to be red")
    frame = QRect(harness.host.mapToGlobal(QPoint()), harness.host.size())
    around = QRect(harness.mapToGlobal(QPoint()), harness.size())
    seen = harness.screen().grabWindow(0, around.x(), around.y(), around.width(), around.height()).toImage()
    outside = [
        (x, y)
        for x in range(0, seen.width(), 7)
        for y in range(0, seen.height(), 7)
        if seen.pixelColor(x, y) == red and not frame.contains(QPoint(x, y) + around.topLeft())
    ]
    assert outside == []


EMPTY_PAGES = ("about:blank", "about:memory", "about:crash", "chrome-untrusted://x/")


@pytest.mark.parametrize("address", EMPTY_PAGES)
@pytest.mark.parametrize("action", ["a link", "location", "open"])
def test_a_page_that_goes_to_an_empty_one_is_shown_again(harness: Harness, address: str, action: str) -> None:
    run = harness.open(f"<body style='margin:0'><a href='{address}' style='display:block;height:300px'>away</a>")
    page = run.page
    assert page
    harness.ask("(window.is_first = true, 1)")
    match action:
        case "a link":
            harness.click(50, 50)
        case "location":
            harness.ask(f"(location = '{address}', 1)")
        case _:
            harness.ask(f"(open('{address}', '_self'), 1)")
    harness.until(lambda: run.guard.blocked, "it to go away")
    harness.until_page("document.querySelector('a') && !window.is_first")
    # Qt learns the address of a page after the page can already answer.
    harness.until(lambda: page.url() == run.url, "the address of the page to be its own again")
    assert harness.ends == []


def test_a_page_that_goes_to_an_empty_one_without_end_is_ended(harness: Harness) -> None:
    harness.begin("<script>location = 'about:blank'</script>")
    harness.until(lambda: harness.ends, "the page to be ended")
    assert harness.ends == [End.EMPTY_PAGE_LOOP]


def test_a_page_whose_reload_is_cancelled_is_reloaded_again(harness: Harness) -> None:
    run = harness.open("<p>here</p>")
    page = run.page
    assert page
    harness.ask("(window.is_first = true, 1)")
    cancelled: list[object] = []

    def cancel(url: QUrl) -> None:
        if url.toString() == "about:blank" and not cancelled:
            cancelled.append(url)
            page.triggerAction(QWebEnginePage.WebAction.Stop)

    page.urlChanged.connect(cancel)
    harness.ask("(location = 'about:blank', 1)")
    harness.until(lambda: cancelled, "the reload to be cancelled")
    harness.until(lambda: page.url() == run.url, "it to be reloaded again")
    harness.until_page("document.querySelector('p') && !window.is_first")
    assert harness.ends == []


def test_places_within_the_page_are_no_other_page(harness: Harness) -> None:
    run = harness.open(
        "<body style='height:3000px'><a href='#end' style='display:block;height:300px'>down</a><p id=end>"
    )
    harness.click(50, 50)
    harness.until_page("location.hash == '#end'")
    assert (harness.ends, run.guard.blocked) == ([], {})


@pytest.mark.parametrize(
    ("script", "ends"),
    [
        ("throw new Error('x'.repeat(2e7))", [End.FLOOD]),
        # A hundred workers a second, each with such a text: their memory may be noticed before the first message comes.
        ("new Worker(URL.createObjectURL(new Blob([`console.log('x'.repeat(2e7))`])))", [End.FLOOD, End.MEMORY]),
    ],
    ids=["an error", "a worker"],
)
def test_a_message_of_megabytes_ends_the_page(harness: Harness, script: str, ends: list[End]) -> None:
    """What holds the window up then is Chromium's and Qt's part of one message; the next one does not come."""
    harness.begin(f"<script>setInterval(() => {{ {script} }}, 10)</script>")
    harness.until(lambda: harness.ends, "the page to be ended")
    assert harness.ends in [[end] for end in ends]

"""The page of models beside servers that list odd names, nothing, nonsense, or other models than a moment ago. Over the wire."""

import json
from collections.abc import Callable, Sequence

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from chatdesk.features.models.ui.downloads.downloads_panel import DownloadsPanel
from chatdesk.features.models.ui.page.here_tab import HereTab
from tests.fakes.scripted_models import ScriptedPull
from tests.fakes.scripted_server import Request, Step, reply
from tests.gui.window.harness import FakeModel, Harness
from tests.gui.window.models_harness import (
    button,
    click_row,
    menu,
    models,
    names,
    open_models_page,
    open_server,
    press,
    title,
)

ODD = (
    "a name with spaces",
    "some/where/else:1b",
    "\u202eevil\u202c \u05e9\u05dc\u05d5\u05dd",
    "<b>bold</b><img src=x onerror=alert(1)>",
    "x" * 1_000,
)


def answer(fake_model: FakeModel, path: str, reply_to: Callable[[Request], Sequence[Step]]) -> None:
    """Let the server answer a path in another way from now on."""
    assert fake_model.server is not None
    usual = fake_model.server.script
    fake_model.server.script = lambda request: reply_to(request) if request.path == path else usual(request)


def card(name: str) -> dict[str, object]:
    details = {"format": "gguf", "family": name, "parameter_size": name, "quantization_level": name}
    return {"name": name, "model": name, "size": 1000, "digest": "0" * 64, "details": details}


def tell(fake_model: FakeModel, *listed: str) -> None:
    answer(fake_model, "/api/tags", lambda _request: [reply({"models": [card(name) for name in listed]})])


async def refreshed(harness: Harness, page: HereTab, condition: Callable[[], object]) -> None:
    QTest.mouseClick(button(page.window(), "refreshAllModels"), Qt.MouseButton.LeftButton)
    await harness.until(condition)


async def test_odd_names_are_plain_bounded_and_asked_for_as_they_are(harness: Harness, fake_model: FakeModel) -> None:
    page = await open_models_page(harness)
    tell(fake_model, *ODD, "y" * 10_240)
    shown_by_server: list[str] = []

    def show(request: Request) -> Sequence[Step]:
        shown_by_server.append(request.json()["model"])
        return [reply({"template": "<b>{{ .Prompt }}</b>", "license": "<script>", "details": {}})]

    answer(fake_model, "/api/show", show)
    await refreshed(harness, page, lambda: "a name with spaces" in models(page))
    assert len(models(page)) >= len(ODD)
    assert not any(name.startswith("yyy") for name in names(page)), (
        "longer than any name is, and a widget would lay it out"
    )
    assert all(len(name) <= 301 for name in names(page))
    for name in ("a name with spaces", "some/where/else:1b", "<b>bold</b><img src=x onerror=alert(1)>"):
        click_row(page, name)
        assert title(page) == name
        await harness.until(lambda name=name: name in shown_by_server)
        press(page, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
        assert QGuiApplication.clipboard().text() == name
    long = next(name for name in names(page) if name.startswith("xxx"))
    click_row(page, long)
    await harness.until(lambda: "x" * 1_000 in shown_by_server)
    press(page, Qt.Key.Key_Delete)
    await harness.until(lambda: long not in names(page))
    assert max(map(len, harness.toast())) <= 700
    harness.click_toast()
    await harness.until(lambda: long in names(page))


async def test_a_server_that_lists_nothing_says_so_and_leads_on(harness: Harness, fake_model: FakeModel) -> None:
    page = await open_models_page(harness)
    tell(fake_model)
    await refreshed(harness, page, lambda: "scripted:1b" not in names(page))
    open_server(page)
    await harness.until(page.server_pane.isVisible)
    assert page.server_pane._trouble.text() == "The server lists no models."
    assert button(page.server_pane, "action.get").isVisible()


@pytest.mark.parametrize(
    "body",
    [
        b"<html>a router</html>",
        b'{"models": "none"}',
        b'{"models": [7, null, {"name": 5}, {"size": {}}]}',
        b"[1, 2",
        b"\xff\xfe\x00",
        json.dumps({"models": [{"name": "ok:1b", "size": -5, "details": "x", "modified_at": 1e99}]}).encode(),
    ],
)
async def test_nonsense_is_reported_or_passed_over_and_the_page_stays(
    harness: Harness, fake_model: FakeModel, body: bytes
) -> None:
    page = await open_models_page(harness)
    answer(fake_model, "/api/tags", lambda _request: [reply(body)])
    await refreshed(harness, page, lambda: "scripted:1b" not in names(page))
    open_server(page)
    await harness.until(page.server_pane.isVisible)
    problem = page.server_pane._trouble.text()
    assert problem or "ok:1b" in models(page)
    assert button(page.server_pane, "action.refresh").isVisible()
    tell(fake_model, "back:1b")
    QTest.mouseClick(button(page.server_pane, "action.refresh"), Qt.MouseButton.LeftButton)
    await harness.until(lambda: "back:1b" in models(page))


async def test_a_list_that_changes_while_one_looks_keeps_what_is_looked_at(
    harness: Harness, fake_model: FakeModel
) -> None:
    page = await open_models_page(harness)
    tell(fake_model, "aaa:1b", "scripted:1b", "zzz:1b")
    await refreshed(harness, page, lambda: "zzz:1b" in models(page))
    click_row(page, "scripted:1b")
    tell(fake_model, "another:1b", "scripted:1b", "zzz:1b")
    await refreshed(harness, page, lambda: "another:1b" in models(page))
    assert title(page) == "scripted:1b"
    tell(fake_model, "another:1b", "zzz:1b")
    await refreshed(harness, page, lambda: "scripted:1b" not in models(page))
    await harness.until(lambda: title(page) == "zzz:1b")
    click_row(page, "another:1b")
    view = page.models.list
    view.menu_requested.emit(view.current_key(), view.menu_position(view.current_key()))
    shown = menu()
    tell(fake_model, "zzz:1b")
    QTest.keyClick(page, Qt.Key.Key_F5)
    await harness.program.servers.models.refresh()
    await harness.until(lambda: "another:1b" not in models(page))
    delete = next(action for action in shown.actions() if action.objectName() == "delete")
    delete.trigger()  # of a model that is gone meanwhile
    shown.close()
    await harness.program.models.library.management.close()
    assert "zzz:1b" in models(page)


async def test_a_download_that_lies_about_its_size_never_goes_back_on_the_page(
    harness: Harness, fake_model: FakeModel
) -> None:
    fake_model.pulls["liar:latest"] = ScriptedPull(size=10**9, claims=7, layers=(5 * 10**9, 0, 1))
    page = await open_models_page(harness)
    harness.router.show_models("get-more")
    await harness.until(lambda: harness.window.findChild(DownloadsPanel))
    panel = harness.window.findChild(DownloadsPanel)
    await harness.until(lambda: panel.isVisible() and panel._field._can_get)
    pulls, seen = harness.program.models.library.downloads, []

    def note(change: object) -> None:
        if pull := pulls.find(change.ref):  # type: ignore[attr-defined]
            seen.append(pull.progress.fraction)

    pulls._free_space = _plenty
    pulls.changes.subscribe(note)
    QTest.keyClicks(panel._field._name.edit, "liar")
    QTest.keyClick(panel._field._name.edit, Qt.Key.Key_Return)
    await harness.until(lambda: any(model.name == "liar" for model in harness.program.servers.models.all()))
    harness.router.show_models("here")
    await harness.until(lambda: "liar" in models(page))
    assert seen == sorted(seen)
    assert all(0 <= share <= 1 for share in seen)


async def _plenty(_server: object) -> int:
    return 10**12

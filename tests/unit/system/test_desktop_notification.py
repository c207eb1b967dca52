"""A notification of the desktop, on a message bus of its own (Debian: dbus-daemon) with a desktop that writes down what it shows."""

import os
import shutil
import subprocess
import sys

import pytest

from chatdesk.system.desktop_notification import show_notification, wait_for_click
from tests.paths import ROOT

needs_a_bus = pytest.mark.skipif(not shutil.which("dbus-run-session"), reason="not installed: dbus-run-session")

SHOW = """
import sys
from chatdesk.system.desktop_notification import show_notification
print(show_notification(sys.argv[1], sys.argv[2]))
"""
DESKTOP = """
import subprocess, sys
from jeepney import DBusAddress, HeaderFields, MessageType, new_method_call, new_method_return
from jeepney.io.blocking import open_dbus_connection
bus = DBusAddress("/org/freedesktop/DBus", "org.freedesktop.DBus", "org.freedesktop.DBus")
with open_dbus_connection() as connection:
    name = "org.freedesktop.Notifications"
    connection.send_and_get_reply(new_method_call(bus, "RequestName", "su", (name, 0)))
    program = subprocess.Popen([sys.executable, "-c", sys.argv[1], *sys.argv[2:]])
    while True:
        message = connection.receive()
        if message.header.fields.get(HeaderFields.member) == "Notify":
            break
    print(message.header.fields[HeaderFields.signature], message.body, flush=True)
    connection.send(new_method_return(message, "u", (1,)))
    program.wait()
"""


def run(*command: str, **environment: str) -> str:
    done = subprocess.run(
        command, cwd=ROOT, env=os.environ | environment, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@needs_a_bus
def test_the_desktop_shows_it_and_reads_no_markup_in_it() -> None:
    said = run("dbus-run-session", sys.executable, "-c", DESKTOP, SHOW, "Chatdesk is done", "<b>A & B</b>\nSnakes")
    assert said.splitlines() == [
        "susssasa{sv}i "
        + str(("Chatdesk", 0, "chatdesk", "Chatdesk is done", "&lt;b&gt;A &amp; B&lt;/b&gt;\nSnakes", [], {}, -1)),
        "True",
    ]


@needs_a_bus
def test_a_bus_without_a_desktop_is_no_obstacle() -> None:
    assert run("dbus-run-session", sys.executable, "-c", SHOW, "Title", "Text") == "False\n"


@pytest.mark.parametrize("address", ["unix:path=/nowhere", "", "no address", "tcp:host=127.0.0.1"])
def test_without_a_bus_there_is_none(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
    assert not show_notification("Title", "Text")


WAIT = """
import sys
from chatdesk.system.desktop_notification import wait_for_click
print(wait_for_click(sys.argv[1], sys.argv[2], "Show", lambda: False))
"""
ABANDON = """
import sys
from itertools import count
from chatdesk.system.desktop_notification import wait_for_click
asked = count()
print(wait_for_click(sys.argv[1], sys.argv[2], "Show", lambda: next(asked) > 0))
"""
ANSWERING_DESKTOP = """
import subprocess, sys
from jeepney import DBusAddress, HeaderFields, new_method_call, new_method_return, new_signal
from jeepney.io.blocking import open_dbus_connection
bus = DBusAddress("/org/freedesktop/DBus", "org.freedesktop.DBus", "org.freedesktop.DBus")
desktop = DBusAddress("/org/freedesktop/Notifications", interface="org.freedesktop.Notifications")
with open_dbus_connection() as connection:
    connection.send_and_get_reply(new_method_call(bus, "RequestName", "su", ("org.freedesktop.Notifications", 0)))
    program = subprocess.Popen([sys.executable, "-c", sys.argv[1], "Answer ready", "Snakes"])
    while True:
        message = connection.receive()
        member = message.header.fields.get(HeaderFields.member)
        if member == "Notify":
            print(message.body[5], flush=True)
            connection.send(new_method_return(message, "u", (7,)))
            for name, signature, body in eval(sys.argv[2]):
                connection.send(new_signal(desktop, name, signature, body))
            if sys.argv[2] != "[]":
                break
        elif member == "CloseNotification":
            print("closed", message.body, flush=True)
            break
    program.wait()
"""


@needs_a_bus
@pytest.mark.parametrize(
    ("signals", "outcome"),
    [
        ([("ActionInvoked", "us", (7, "default"))], "\n"),
        ([("ActivationToken", "us", (7, "token")), ("ActionInvoked", "us", (7, "default"))], "token\n"),
        ([("NotificationClosed", "uu", (7, 2))], "None\n"),
        ([("ActionInvoked", "us", (6, "default")), ("NotificationClosed", "uu", (7, 1))], "None\n"),
    ],
)
def test_a_click_is_distinguished_from_closing_and_from_clicks_on_other_notifications(
    signals: list[tuple[str, str, tuple[int, object]]], outcome: str
) -> None:
    said = run("dbus-run-session", sys.executable, "-c", ANSWERING_DESKTOP, WAIT, repr(signals))
    assert said == "['default', 'Show']\n" + outcome


@needs_a_bus
def test_a_notification_that_is_no_longer_wanted_is_closed() -> None:
    said = run("dbus-run-session", sys.executable, "-c", ANSWERING_DESKTOP, ABANDON, "[]")
    assert "closed" in said
    assert "None" in said


def test_without_a_bus_there_is_nothing_to_click(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere")
    assert wait_for_click("Title", "Text", "Show", lambda: False) is None

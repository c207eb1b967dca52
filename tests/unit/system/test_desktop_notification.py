"""A notification of the desktop, on a message bus of its own (Debian: dbus-daemon) with a desktop that writes down what it shows."""

import os
import shutil
import subprocess
import sys

import pytest

from chatdesk.system.desktop_notification import show_notification
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

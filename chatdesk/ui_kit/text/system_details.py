"""Versions of the program and the system, in English, for bug reports."""

import platform

import PySide6
from PySide6.QtCore import QLocale, QSysInfo, qVersion
from PySide6.QtGui import QGuiApplication

import chatdesk
from chatdesk.kernel.web_engine import PINNED


def system_details() -> list[str]:
    """Return the lines."""
    return [
        f"Chatdesk {chatdesk.__version__}",
        f"Qt {qVersion()}, PySide6 {PySide6.__version__}, Chromium {PINNED.chromium}",
        f"Python {platform.python_version()}",
        f"{QSysInfo.prettyProductName()}, {QSysInfo.kernelType()} {QSysInfo.kernelVersion()}, {QSysInfo.currentCpuArchitecture()}",
        f"{QGuiApplication.platformName()}, scale {QGuiApplication.primaryScreen().devicePixelRatio():g}",
        QLocale.system().name(),
    ]

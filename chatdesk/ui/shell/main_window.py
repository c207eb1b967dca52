"""The window: sidebar beside the chat page or the settings, toasts, keys, and what is remembered of its shape.

What the parts do is wired in the presenters; here is only what concerns the window as a whole.
"""

from PySide6.QtCore import QByteArray, QEvent, Qt, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from chatdesk.domain.errors import ChatdeskError
from chatdesk.domain.settings import LAST_CONVERSATION, SEND_KEY, SIDEBAR_OPEN, SIDEBAR_WIDTH, WINDOW_GEOMETRY, ZOOM
from chatdesk.services.program import Program
from chatdesk.services.settings import SettingChanged
from chatdesk.ui.errors import NextStep, describe_error, describe_failure
from chatdesk.ui.models.model_picker import ModelPicker
from chatdesk.ui.open_link import LinkOpener
from chatdesk.ui.settings.settings_page import SettingsPage
from chatdesk.ui.shell.chat_page import ChatPage
from chatdesk.ui.shell.chat_presenter import ChatPresenter
from chatdesk.ui.shell.model_presenter import ModelPresenter
from chatdesk.ui.shell.shortcuts import SHORTCUTS, Command
from chatdesk.ui.shell.sidebar_frame import SidebarFrame
from chatdesk.ui.shell.sidebar_presenter import SidebarPresenter
from chatdesk.ui.sidebar.sidebar import Sidebar
from chatdesk.ui.tasks import Tasks
from chatdesk.ui.theme.appearance import Appearance
from chatdesk.ui.theme.toast import ToastHost
from chatdesk.ui.transcript.transcript_view import TranscriptView

_ZOOM_STEP, _SMALLEST_ZOOM, _LARGEST_ZOOM = 10, 50, 300

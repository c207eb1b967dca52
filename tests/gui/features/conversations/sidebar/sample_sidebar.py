"""A sidebar full of chats, as in the design, to look at."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from chatdesk.features.conversations.ui.sidebar.sidebar import Sidebar
from chatdesk.kernel.chat.conversation import Conversation, SearchHit
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.widgets.search_field import SearchField

TODAY = date(2026, 11, 24)

ENGLISH = (
    ("Quarterly report outline", 3, True),
    ("Regex for invoice numbers", 9, True),
    ("Compound interest, monthly or yearly, with a fee taken off each year", 0, False),
    ("Why √2 is irrational", 0, False),
    ("Snake game", 0, False),
    ("Letter to the landlord, in German", 1, False),
    ("Packing list for Norway", 1, False),
    ("Sum by month in a pivot table", 3, False),
    ("Unit tests for the parser", 5, False),
    ("Chapter 3, shorter sentences", 12, False),
    ("Sources on soil carbon", 40, False),
    ("<b>Not bold</b> & no <img src=x>", 41, False),
    ("\u202ecba drawkcab", 42, False),
    ("מה שלומך היום? שאלה ארוכה מאוד על הכול ועל כלום", 43, False),
    ("", 44, False),
)
CHINESE = (
    ("季度汇报提纲", 3, True),
    ("匹配发票号的正则", 9, True),
    ("按月复利还是按年复利，如果每年再收百分之零点五的管理费", 0, False),
    ("根号 2 为什么是无理数", 0, False),
    ("贪吃蛇小游戏", 0, False),
    ("给房东的信（德语）", 1, False),
    ("挪威旅行清单", 1, False),
    ("用数据透视表按月汇总", 3, False),
    ("给解析器写单元测试", 5, False),
)


def conversations(rows: tuple[tuple[str, int, bool], ...] = ENGLISH) -> tuple[Conversation, ...]:
    """Chats with these titles, days of age and pins; their ids are "0", "1", …"""
    noon = datetime(TODAY.year, TODAY.month, TODAY.day, 12, tzinfo=UTC)
    made = (
        (str(number), title, noon - timedelta(days=age, minutes=number), pinned)
        for number, (title, age, pinned) in enumerate(rows)
    )
    return tuple(
        Conversation(name, title, when, when, head_id="answer", pinned=pinned) for name, title, when, pinned in made
    )


def sample_sidebar(appearance: Appearance, rows: tuple[tuple[str, int, bool], ...] = ENGLISH) -> Sidebar:
    """The sidebar of the design: one chat is shown, one is being answered, one has a new answer."""
    sidebar = Sidebar(appearance, pages=("presets", "models"), today=lambda: TODAY)
    chats = list(conversations(rows))
    chats[5] = replace(chats[5], unread_id="answer")
    sidebar.set_conversations(chats)
    sidebar.set_current("2")
    sidebar.set_streaming("3", True)
    return sidebar


def empty_sidebar(appearance: Appearance) -> Sidebar:
    """The sidebar of a first start."""
    sidebar = Sidebar(appearance, today=lambda: TODAY)
    sidebar.set_conversations(())
    return sidebar


def searching_sidebar(appearance: Appearance) -> Sidebar:
    """The sidebar while something is searched for."""
    sidebar = sample_sidebar(appearance)
    sidebar.focus_search()
    sidebar.findChild(SearchField, "searchChats").setText("re")
    found = (
        ("3", "…to have no common factor, so let us re-read it"),
        ("6", "Rechargeable lamp, rain trousers, two pairs of socks"),
    )
    for_re = [
        SearchHit(chat, "m", line, ((line.lower().index("re"), line.lower().index("re") + 2),)) for chat, line in found
    ]
    sidebar.show_hits(for_re)
    return sidebar

"""Which language a text is in."""

import pytest

from chatdesk.features.translation.domain.detection import detect_language
from chatdesk.features.translation.domain.language import language_named, language_of

SAMPLES = {
    "en": "The committee has decided that the meeting will be held next week, and everyone is welcome.",
    "de": "Der Ausschuss hat beschlossen, dass die Sitzung nächste Woche stattfindet und alle willkommen sind.",
    "fr": "Le comité a décidé que la réunion aurait lieu la semaine prochaine et que tout le monde est le bienvenu.",
    "es": "El comité ha decidido que la reunión se celebrará la próxima semana y que todos son bienvenidos.",
    "it": "Il comitato ha deciso che la riunione si terrà la prossima settimana e che tutti sono i benvenuti.",
    "pt": "O comitê decidiu que a reunião será realizada na próxima semana e que todos são bem-vindos.",
    "nl": "De commissie heeft besloten dat de vergadering volgende week wordt gehouden en dat iedereen welkom is.",
    "pl": "Komitet zdecydował, że spotkanie odbędzie się w przyszłym tygodniu i wszyscy są mile widziani.",
    "ru": "Комитет решил, что заседание состоится на следующей неделе, и мы рады всем.",
    "uk": "Комітет вирішив, що засідання відбудеться наступного тижня, і ми раді всім.",
    "zh-Hans": "委员会决定下周召开会议，欢迎大家参加。",
    "zh-Hant": "委員會決定下週召開會議，歡迎大家參加。",
    "ja": "委員会は来週会議を開くことを決定しました。",
    "ko": "위원회는 다음 주에 회의를 열기로 결정했습니다.",
    "ar": "قررت اللجنة عقد الاجتماع الأسبوع المقبل والجميع مدعوون.",
    "fa": "کمیته تصمیم گرفت که جلسه هفته آینده برگزار شود.",
    "el": "Η επιτροπή αποφάσισε ότι η συνεδρίαση θα γίνει την επόμενη εβδομάδα.",
    "he": "הוועדה החליטה שהישיבה תתקיים בשבוע הבא.",
}
SHORT = {
    "en": "Where is the station?",
    "de": "Wo ist der Bahnhof?",
    "fr": "Où est la gare ?",
    "es": "¿Dónde está la estación?",
    "it": "Dove è la stazione?",
    "pt": "Onde está a estação?",
    "nl": "Waar is het station?",
    "pl": "Gdzie jest dworzec?",
    "zh-Hans": "车站在哪里？",
    "ja": "駅はどこですか",
}


@pytest.mark.parametrize(("code", "text"), SAMPLES.items(), ids=SAMPLES)
def test_a_sentence_tells_its_language(code: str, text: str) -> None:
    assert detect_language(text) == code


@pytest.mark.parametrize(("code", "text"), SHORT.items(), ids=SHORT)
def test_a_short_question_does_too(code: str, text: str) -> None:
    assert detect_language(text) == code


@pytest.mark.parametrize("text", ["", "12 + 3 = 15", "```\nthe of and\n```", "https://the.and.of", "Xyzzy plugh", "☃"])
def test_what_says_nothing_is_not_guessed(text: str) -> None:
    assert detect_language(text) == ""


def test_a_chinese_text_may_hold_latin_names() -> None:
    assert detect_language("使用 Chatdesk 和 Ollama 的用户可以在 Windows 上安装。") == "zh-Hans"


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("German", "de"),
        ("de", "de"),
        ("zh_CN", "zh-Hans"),
        ("中文", "zh-Hans"),
        ("Deutsch", "de"),
        ("chinese", "zh-Hans"),
    ],
)
def test_a_preset_may_name_a_language_in_several_ways(name: str, code: str) -> None:
    assert language_named(name) == language_of(code)
    assert language_named("Klingon") is None

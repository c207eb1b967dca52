"""Finding presets by a few letters."""

from chatdesk.domain.presets.preset import Preset, PresetOrigin
from chatdesk.domain.presets.preset_state import PresetState
from chatdesk.domain.presets.search import search


def preset(name: str, description: str = "", tags: tuple[str, ...] = (), category: str = "") -> Preset:
    return Preset(name.lower(), PresetOrigin.OWN, name, "x", description=description, tags=tags, category=category)


TRANSLATE = preset("Translate and explain", "With notes", category="translation")
EXPLAIN = preset("Explain code", tags=("teach",), category="coding")
MAIL = preset("Answer a mail", "Short and polite")
CHINESE = preset("翻译并讲解")
ALL = (MAIL, TRANSLATE, CHINESE, EXPLAIN)


def found(words: str, states: dict[str, PresetState] | None = None) -> list[str]:
    return [each.name for each in search(ALL, words, lambda key: (states or {}).get(key, PresetState()))]


def test_a_beginning_of_the_name_comes_before_a_word_in_it() -> None:
    assert found("ex") == ["Explain code", "Translate and explain"]


def test_every_word_must_fit_somewhere() -> None:
    assert found("explain notes") == ["Translate and explain"]
    assert found("teach") == ["Explain code"]
    assert found("nothing at all") == []


def test_letters_in_order_are_enough() -> None:
    assert found("trex") == ["Translate and explain"]


def test_chinese_is_found_anywhere_in_the_name() -> None:
    assert found("讲解") == ["翻译并讲解"]


def test_without_words_favourites_and_what_is_used_come_first() -> None:
    states = {MAIL.key: PresetState(uses=3), CHINESE.key: PresetState(favourite=True)}
    assert found("", states)[:2] == ["翻译并讲解", "Answer a mail"]


def test_a_category_is_found_in_the_words_of_the_reader() -> None:
    words = {"coding": "编程"}
    hits = search(ALL, "编程", lambda _key: PresetState(), lambda category: words.get(category, category))
    assert [each.name for each in hits] == ["Explain code"]

import time
from dataclasses import replace

import pytest

from chatdesk.features.presets.domain.preset_state import PresetState
from chatdesk.features.presets.domain.search import PresetQuery, PresetSearch, tags_of
from chatdesk.kernel.presets.preset import Preset, PresetOrigin


def written(name: str, description: str = "", tags: tuple[str, ...] = (), category: str = "") -> Preset:
    return Preset(name, PresetOrigin.OWN, name, description=description, tags=tags, category=category)


TRANSLATE = written("Translate and explain", "A faithful translation, then notes", ("language", "notes"), "translation")
POLISH = written("Polish my English", "Natural English, same meaning", ("language",), "writing")
CHINESE = written("翻译并讲解", "忠实的译文，附难词说明", ("翻译", "讲解"), "translation")


def found(typed: str, *presets: Preset) -> list[str]:
    hits = PresetSearch().find(presets or (TRANSLATE, POLISH, CHINESE), typed, lambda _key: PresetState())
    return [each.name for each in hits]


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("trans", ["Translate and explain", "翻译并讲解"]),
        ("TRANSLATE", ["Translate and explain"]),
        ("ｔｒａｎｓｌａｔｅ", ["Translate and explain"]),
        ("english natural", ["Polish my English"]),
        ("faithful", ["Translate and explain"]),
        ("译", ["翻译并讲解"]),
        ("难词", ["翻译并讲解"]),
        ("翻讲", ["翻译并讲解"]),
        ("tae", ["Translate and explain"]),
        ("pme", ["Polish my English"]),
        ("fanyi", ["翻译并讲解"]),
        ("fy", ["翻译并讲解"]),
        ("writing", ["Polish my English"]),
        ("nothing like it", []),
    ],
)
def test_what_is_typed_finds(typed: str, names: list[str]) -> None:
    assert found(typed) == names


def test_a_tag_is_looked_for_with_its_sign() -> None:
    assert found("#notes") == ["Translate and explain"]
    assert set(found("#lang")) == {"Translate and explain", "Polish my English"}
    assert found("#lang polish") == ["Polish my English"]
    assert found("#explain") == []
    assert found("#讲") == ["翻译并讲解"]


def test_a_name_comes_before_a_description() -> None:
    in_words = written("Notes", "how to polish")
    assert found("polish", in_words, POLISH) == ["Polish my English", "Notes"]


def test_letters_that_are_scattered_without_a_beginning_find_nothing() -> None:
    assert found("ransp") == []


def test_an_empty_search_looks_for_nothing() -> None:
    assert not PresetQuery.of("  ")
    assert not PresetQuery.of("#")


def test_tags_are_offered_by_how_many_presets_have_them() -> None:
    assert tags_of((TRANSLATE, POLISH, replace(POLISH, tags=("Notes", "LANGUAGE")))) == ("language", "notes")


def test_a_thousand_presets_are_searched_while_one_types() -> None:
    search = PresetSearch()
    many = [replace(TRANSLATE, name=f"{number} {TRANSLATE.name}", id=str(number)) for number in range(1_000)]
    assert search.prepare_search(many, 1_000)
    begin = time.process_time()
    assert search.ranked(many, PresetQuery.of("trqq explain")) == []
    assert time.process_time() - begin < 0.25


def test_a_preset_is_found_by_its_english_name_in_every_language() -> None:
    shipped = replace(CHINESE, id="translate-and-explain")
    assert found("translate", shipped) == [shipped.name]
    assert found("explain", shipped) == [shipped.name]


EXPLAIN = written("Explain code", tags=("teach",), category="coding")
MAIL = written("Answer a mail", "Short and polite")
ALL = (MAIL, TRANSLATE, CHINESE, EXPLAIN)


def listed(words: str, states: dict[str, PresetState] | None = None) -> list[str]:
    found = PresetSearch().find(ALL, words, lambda key: (states or {}).get(key, PresetState()))
    return [each.name for each in found]


def test_a_beginning_of_the_name_comes_before_a_word_in_it() -> None:
    assert listed("ex") == ["Explain code", "Translate and explain"]


def test_every_word_must_fit_somewhere() -> None:
    assert listed("explain notes") == ["Translate and explain"]
    assert listed("teach") == ["Explain code"]
    assert listed("nothing at all") == []


def test_letters_in_order_are_enough() -> None:
    assert listed("trex") == ["Translate and explain"]


def test_without_words_favourites_and_what_is_used_come_first() -> None:
    states = {MAIL.key: PresetState(uses=3), CHINESE.key: PresetState(favourite=True)}
    assert listed("", states)[:2] == ["翻译并讲解", "Answer a mail"]


def test_a_category_is_found_in_the_words_of_the_reader() -> None:
    words = {"coding": "编程"}
    search = PresetSearch(lambda category: words.get(category, category))
    hits = search.find(ALL, "编程", lambda _key: PresetState())
    assert [each.name for each in hits] == ["Explain code"]


def test_what_is_pasted_into_a_search_is_looked_for_only_up_to_a_length() -> None:
    began = time.thread_time()
    assert found("z " * 500_000) == []
    assert found("polish " * 100 + "x" * 5_000_000) == []
    assert found("polish" + " " * 994 + "z" * 1_000) == ["Polish my English"]
    assert time.thread_time() - began < 0.5


def test_letters_that_come_again_and_again_cost_no_more() -> None:
    began = time.thread_time()
    many = [written("的" * 190 + str(number)) for number in range(200)]
    assert PresetSearch().find(many, "的" * 150 + "x", lambda _key: PresetState()) == ()
    assert time.thread_time() - began < 0.5


def test_words_are_made_ready_once_and_anew_for_a_changed_preset() -> None:
    finder = PresetSearch()
    assert not finder.prepare_search((TRANSLATE, POLISH), 1)
    assert finder.prepare_search((TRANSLATE, POLISH), 1)
    assert finder.searchable_of(POLISH) is finder.searchable_of(POLISH)
    changed = replace(POLISH, name="Shine")
    assert finder.find((TRANSLATE, changed), "shine", lambda _key: PresetState()) == (changed,)

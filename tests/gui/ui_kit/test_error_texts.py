"""The wording of every error in the window, in each language."""

import re
from dataclasses import fields
from typing import get_args, get_type_hints

from chatdesk.kernel.errors.base import ChatdeskError
from chatdesk.kernel.errors.failure import Failure
from chatdesk.kernel.errors.registry import ERROR_TYPES
from chatdesk.ui_kit.errors.error_texts import FailureText, describe_error, describe_failure
from chatdesk.ui_kit.translations import Translations


def sample(kind: type[ChatdeskError]) -> ChatdeskError:
    """An error whose texts are empty and whose numbers are 3."""
    hints = get_type_hints(kind)
    values: dict[str, object] = {}
    for field in fields(kind):
        first = (get_args(hints[field.name]) or (hints[field.name],))[0]
        values[field.name] = 3 if first in {int, float} else ""
    return kind(**values)


def texts(text: FailureText) -> list[str]:
    return [part for part in (text.sentence, text.consequence, *(action.label for action in text.actions)) if part]


def test_every_error_is_described_in_english_and_in_chinese(translations: Translations) -> None:
    translations.use("en")
    english = {kind: texts(describe_error(sample(kind))) for kind in ERROR_TYPES.values()}
    translations.use("zh_CN")
    chinese = {kind: texts(describe_error(sample(kind))) for kind in ERROR_TYPES.values()}
    translations.use("en")
    for kind, parts in english.items():
        assert parts, kind
        assert len(chinese[kind]) == len(parts), kind
        for part in parts:
            assert not re.search("[\u4e00-\u9fff]", part), kind
        for part in chinese[kind]:
            assert re.search("[\u4e00-\u9fff]", part), (kind, part)


def test_a_failure_stored_under_a_former_name_has_its_wording(translations: Translations) -> None:
    translations.use("en")
    text = describe_failure(Failure("AuthoritiesUnusable", {"server": "Ollama", "reason": "no certificate"}))
    assert text.sentence == "Nothing was sent to Ollama: its CA file is not valid."
    assert text.details.startswith("CaFileInvalid\n")

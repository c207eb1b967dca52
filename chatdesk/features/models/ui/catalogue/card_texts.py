"""Texts of the catalogue's cards. Pure functions without widgets."""

from PySide6.QtCore import QCoreApplication, QLocale

from chatdesk.features.models.domain.catalogue import OTHER_LANGUAGES, Ability, CatalogueModel, ModelBuild, Purpose
from chatdesk.features.models.services.model_catalogue import CatalogueState, Offer
from chatdesk.kernel.models.hubs import HubKind
from chatdesk.kernel.translatable import QT_TRANSLATE_NOOP
from chatdesk.ui_kit.text.download_texts import download_size, join_parts

translate = QCoreApplication.translate
"""Alias under which the translation tools find the texts."""

PURPOSE_ICONS = {
    Purpose.EVERYDAY: "message-square",
    Purpose.REASONING: "lightbulb",
    Purpose.VISION: "image",
    Purpose.CODE: "code",
    Purpose.SMALL: "feather",
}
_PURPOSES = {
    Purpose.EVERYDAY: QT_TRANSLATE_NOOP("Catalogue", "Everyday"),
    Purpose.REASONING: QT_TRANSLATE_NOOP("Catalogue", "Reasoning"),
    Purpose.VISION: QT_TRANSLATE_NOOP("Catalogue", "Pictures"),
    Purpose.CODE: QT_TRANSLATE_NOOP("Catalogue", "Code"),
    Purpose.SMALL: QT_TRANSLATE_NOOP("Catalogue", "Small and quick"),
}
_SENTENCES = {
    Purpose.EVERYDAY: QT_TRANSLATE_NOOP("Catalogue", "Chat, writing and questions"),
    Purpose.REASONING: QT_TRANSLATE_NOOP("Catalogue", "Thinks before it answers"),
    Purpose.VISION: QT_TRANSLATE_NOOP("Catalogue", "Reads photos, screenshots and page pictures"),
    Purpose.CODE: QT_TRANSLATE_NOOP("Catalogue", "Longer programs and structured text"),
    Purpose.SMALL: QT_TRANSLATE_NOOP("Catalogue", "Short tasks and titles; runs anywhere"),
}
_LANGUAGES = {
    "en": QT_TRANSLATE_NOOP("Catalogue", "English"),
    "zh": QT_TRANSLATE_NOOP("Catalogue", "Chinese"),
    "de": QT_TRANSLATE_NOOP("Catalogue", "German"),
    "fr": QT_TRANSLATE_NOOP("Catalogue", "French"),
    "es": QT_TRANSLATE_NOOP("Catalogue", "Spanish"),
    "it": QT_TRANSLATE_NOOP("Catalogue", "Italian"),
    "pt": QT_TRANSLATE_NOOP("Catalogue", "Portuguese"),
    "ja": QT_TRANSLATE_NOOP("Catalogue", "Japanese"),
    OTHER_LANGUAGES: QT_TRANSLATE_NOOP("Catalogue", "more"),
}
_MAX_LANGUAGES = 2
_HUBS = {HubKind.HUGGING_FACE: "Hugging Face", HubKind.MODELSCOPE: "ModelScope", HubKind.OLLAMA: "Ollama"}
_MINUTE, _HOUR = 60, 3600
_WORDS_PER_TOKEN, _CHINESE_CHARACTERS_PER_TOKEN = 0.75, 1.5


def hub_name(hub: HubKind) -> str:
    """Return the name of a hub."""
    return _HUBS[hub]


def purpose_name(purpose: Purpose) -> str:
    """Return the name of a purpose."""
    return translate("Catalogue", _PURPOSES[purpose])


def sentence(model: CatalogueModel, purpose: Purpose) -> str:
    """Return what a model is good for, and of a distilled one what it is."""
    text = translate("Catalogue", _SENTENCES[purpose])
    if model.teacher:
        return translate("Catalogue", "{sentence}. A {base} taught by {teacher}").format(
            sentence=text, base=model.base, teacher=model.teacher
        )
    more = [
        words
        for ability, words in (
            (Ability.TOOLS, translate("Catalogue", "uses tools")),
            (Ability.SEES, translate("Catalogue", "sees pictures")),
        )
        if ability in model.abilities and not (purpose is Purpose.VISION and ability is Ability.SEES)
    ]
    return translate("Catalogue", ", ").join((text, *more))


def facts(model: CatalogueModel, offer: Offer, state: CatalogueState, language: str) -> str:
    """Return size, download time, speed, languages and licence in one line."""
    size = offer.build.size
    return join_parts(
        build_size(offer.build),
        "" if offer.installed else duration_text(state.seconds_for(size)),
        words_text(offer.judgement.speed, language),
        languages_text(model.languages, language),
        model.licence,
    )


def build_size(build: ModelBuild) -> str:
    """Return the size of a download."""
    size = download_size(build.size)
    return translate("Catalogue", "about {size}").format(size=size) if build.is_estimated else size


def duration_text(seconds: float) -> str:
    """Return a duration, rounded to its accuracy."""
    locale = QLocale()
    if seconds < _MINUTE:
        return translate("Catalogue", "less than 1 min")
    if seconds < 2 * _HOUR:
        return translate("Catalogue", "{count} min").format(count=locale.toString(round(seconds / _MINUTE)))
    return translate("Catalogue", "{count} h").format(count=locale.toString(seconds / _HOUR, "f", 1))


def line_text(state: CatalogueState) -> str:
    """Return the speed of the connection on which the download times are based."""
    if state.line_speed is None:
        return translate("Catalogue", "Times at 100 Mbit/s")
    return translate("Catalogue", "Times at {speed}, as measured last").format(speed=speed_text(state.line_speed))


def speed_text(bytes_per_second: float | None) -> str:
    """Return the speed of a connection; empty if unknown."""
    if bytes_per_second is None:
        return ""
    return translate("Catalogue", "{amount}/s").format(amount=download_size(round(bytes_per_second)))


def words_text(speed: float | None, language: str) -> str:
    """Return an estimated speed in words per second, for Chinese in characters, rounded to its accuracy; empty if unknown."""
    if speed is None:
        return ""
    words = speed * (_CHINESE_CHARACTERS_PER_TOKEN if language.startswith("zh") else _WORDS_PER_TOKEN)
    rounded = round(words) if words < 10 else round(words / 5) * 5 if words < 50 else round(words / 10) * 10
    if rounded < 1:
        return translate("Catalogue", "less than 1 word/s")
    # Translators: in Chinese this is a number of characters.
    return translate("Catalogue", "about {count} words/s").format(count=QLocale().toString(rounded))


def languages_text(codes: tuple[str, ...], language: str) -> str:
    """Return the names of the first languages, that of the interface first."""
    own = language.partition("_")[0]
    named = sorted((code for code in codes if code != OTHER_LANGUAGES), key=lambda code: code != own)
    shown = named[:_MAX_LANGUAGES]
    if len(shown) < len(codes):
        shown.append(OTHER_LANGUAGES)
    return translate("Catalogue", ", ").join(translate("Catalogue", _LANGUAGES[code]) for code in shown)


_BILLION, _MILLION = 10**9, 10**6


def parameters_text(count: int) -> str:
    """Return a number of parameters in short form: `7.6B`."""
    locale = QLocale()
    if count >= _BILLION:
        return f"{locale.toString(count / _BILLION, 'f', 1 if count < 100 * _BILLION else 0)}B"
    return f"{locale.toString(round(count / _MILLION))}M"

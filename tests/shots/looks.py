"""The looks a scene can be drawn in: light or dark, high contrast or not, and a language."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Look:
    """`scheme` is a value of the setting `appearance.theme`."""

    scheme: str
    language: str
    high_contrast: bool = False


LOOKS = {
    "light-en": Look("light", "en"),
    "dark-en": Look("dark", "en"),
    "light-zh_CN": Look("light", "zh_CN"),
    "dark-zh_CN": Look("dark", "zh_CN"),
    "light-zh_TW": Look("light", "zh_TW"),
    "contrast-light-en": Look("light", "en", high_contrast=True),
    "contrast-dark-en": Look("dark", "en", high_contrast=True),
}
USUAL_LOOKS = tuple(name for name, look in LOOKS.items() if not look.high_contrast and look.language != "zh_TW")

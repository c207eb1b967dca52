"""Presets of a person's own, as tests and pictures show them."""

from chatdesk.kernel.models.parameters import Parameters
from chatdesk.kernel.presets.preset import Preset, PresetOrigin
from chatdesk.kernel.presets.variable import Variable, VariableKind

BROKEN = '+++\nname = "Half a head"\ncategory = translation\n+++\nTranslate.'


def _languages(name: str, default: str, *choices: str) -> Variable:
    return Variable(name, VariableKind.CHOICE, default=default, choices=choices, free=True)


ENGLISH = (
    Preset(
        "",
        PresetOrigin.OWN,
        "Translate and explain",
        prompt="# Role\nA careful translator from {{source}} into {{target}}.\n# Task\nTranslate the text for {{reader}}. "
        "Keep names, numbers and line breaks.\n# Output\nFirst the translation, then up to three notes on hard words.",
        sample="Der frühe Vogel fängt den Wurm.",
        icon="languages",
        category="translation",
        language="en",
        tags=("translation", "notes"),
        description="A faithful translation, then notes on the hard words",
        parameters=Parameters(temperature=0.3),
        declared=(
            _languages("source", "German", "German", "French", "Chinese"),
            _languages("target", "English", "English", "German", "Simplified Chinese"),
            Variable("reader", default="a business partner", hint="who will read it"),
        ),
    ),
    Preset(
        "",
        PresetOrigin.OWN,
        "Polish my English",
        prompt="Polish what I write. Same meaning, natural English. List what you changed.",
        category="writing",
        tags=("english",),
        description="Natural English, same meaning, changes listed",
    ),
    Preset("", PresetOrigin.OWN, "Snake", prompt="Write a snake game.", category="games", tags=("page",)),
)
CHINESE = (
    Preset(
        "",
        PresetOrigin.OWN,
        "翻译并讲解",
        prompt="# 角色\n严谨的译者，把{{source}}译成{{target}}。\n# 任务\n为{{reader}}翻译下文，保留人名、数字和换行。\n"
        "# 输出\n先给译文，再附最多三条难词说明。",
        sample="Der frühe Vogel fängt den Wurm.",
        icon="languages",
        category="translation",
        language="zh_CN",
        tags=("翻译", "讲解"),
        description="忠实的译文，附难词说明",
        parameters=Parameters(temperature=0.3),
        declared=(
            _languages("source", "德语", "德语", "法语", "英语"),
            _languages("target", "简体中文", "简体中文", "英语"),
            Variable("reader", default="商务伙伴", hint="给谁看"),
        ),
    ),
    Preset(
        "",
        PresetOrigin.OWN,
        "润色英文",
        prompt="润色我写的英文：更地道，不改原意，列出改动。",
        category="writing",
        tags=("英文",),
        description="更地道，不改原意，列出改动",
    ),
    Preset("", PresetOrigin.OWN, "贪吃蛇", prompt="写一个贪吃蛇游戏。", category="游戏", tags=("网页",)),
)

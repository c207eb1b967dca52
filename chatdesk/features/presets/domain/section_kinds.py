"""Kinds of LangGPT sections, with their headings in English and Chinese."""

import re
from enum import StrEnum


class SectionKind(StrEnum):
    """Section kinds in the order of a new prompt."""

    OPENING = "opening"
    """The text before the first heading."""
    ROLE = "role"
    PROFILE = "profile"
    BACKGROUND = "background"
    GOALS = "goals"
    SKILLS = "skills"
    CONSTRAINTS = "constraints"
    RULES = "rules"
    COMMANDS = "commands"
    TOOLS = "tools"
    REMINDER = "reminder"
    WORKFLOW = "workflow"
    OUTPUT_FORMAT = "output-format"
    EXAMPLES = "examples"
    INPUT = "input"
    """The input for the prompt."""
    INITIALIZATION = "initialization"
    OTHER = "other"
    """A heading that is unknown to LangGPT and kept unchanged."""


_HEADING_NAMES = {
    SectionKind.ROLE: "role persona 角色 身份 人设 角色设定 角色名称 角色定位",
    SectionKind.PROFILE: "profile about 简介 个人简介 角色简介 人物简介 简历 档案 角色信息 基本信息",
    SectionKind.BACKGROUND: "background context 背景 背景信息 背景介绍 背景知识 上下文",
    SectionKind.GOALS: "goal goals objective objectives task tasks mission 目标 任务 目的 任务目标",
    SectionKind.SKILLS: "skill skills ability abilities 技能 能力 专长 擅长",
    # About half of the prompts in circulation write "Constrains".
    SectionKind.CONSTRAINTS: (
        "constraint constraints constrain constrains restriction restrictions limitation limitations limits"
        " 约束 限制 约束条件 限制条件 约束与限制 禁忌"
    ),
    SectionKind.RULES: "rule rules guidelines requirement requirements 规则 准则 原则 要求 注意事项",
    SectionKind.COMMANDS: "command commands 命令 指令",
    SectionKind.TOOLS: "tool tools 工具",
    SectionKind.REMINDER: "reminder 提醒",
    SectionKind.WORKFLOW: "workflow workflows steps process procedure 工作流程 工作流 流程 步骤 工作步骤",
    SectionKind.OUTPUT_FORMAT: (
        "outputformat output format outputs responseformat answerformat 输出格式 输出 格式 输出要求 输出规范 回答格式"
    ),
    SectionKind.EXAMPLES: "example examples fewshot fewshots 示例 例子 样例 范例 举例",
    SectionKind.INPUT: "input text 输入 原文 文本 待处理文本",
    SectionKind.INITIALIZATION: "initialization initialisation init 初始化 初始化设置",
}
_KINDS = {word: kind for kind, names in _HEADING_NAMES.items() for word in names.split()}

_HEADINGS = {
    SectionKind.ROLE: ("Role", "角色"),
    SectionKind.PROFILE: ("Profile", "简介"),
    SectionKind.BACKGROUND: ("Background", "背景"),
    SectionKind.GOALS: ("Goals", "目标"),
    SectionKind.SKILLS: ("Skills", "技能"),
    SectionKind.CONSTRAINTS: ("Constraints", "约束"),
    SectionKind.RULES: ("Rules", "规则"),
    SectionKind.COMMANDS: ("Commands", "命令"),
    SectionKind.TOOLS: ("Tools", "工具"),
    SectionKind.REMINDER: ("Reminder", "提醒"),
    SectionKind.WORKFLOW: ("Workflow", "工作流程"),
    SectionKind.OUTPUT_FORMAT: ("Output format", "输出格式"),
    SectionKind.EXAMPLES: ("Examples", "示例"),
    SectionKind.INPUT: ("Input", "输入"),
    SectionKind.INITIALIZATION: ("Initialization", "初始化"),
    SectionKind.OTHER: ("New section", "新的部分"),
}

ORDER = tuple(SectionKind)

_MAX_HEADING_LENGTH = 80
"""Maximum characters of a heading to classify."""

_NUMBER_BEFORE = re.compile(r"^(?:[(（]?(?:\d+|[一二三四五六七八九十]{1,3})(?:[.)）、:：]|\s(?=\S)))\s*")
_NUMBER_AFTER = re.compile(r"[\s_-]*(?:[(（]?\d+[)）]?|(?<=技能)[一二三四五六七八九十]+)$")
_REMARK = re.compile(r"\s*[(（【\[][^()（）【】\[\]]*[)）】\]]\s*$")
_SYMBOLS = re.compile(r"[^\w]+|_+")
_COLON = re.compile(r"[:：]")


def kind_of(heading_text: str) -> SectionKind:
    """Return the kind of a heading: `Role: Travel planner`, `## 🎯 Goals`, `Skill-1`, `约束（Constraints）`."""
    name = name_in(heading_text[:_MAX_HEADING_LENGTH])
    for part in (name, re.split(r"[/／|&＆]", name, maxsplit=1)[0]):
        if kind := _KINDS.get(_plain(part)):
            return kind
    return SectionKind.OTHER


def name_in(heading_text: str) -> str:
    """Return the part of a heading before the colon."""
    return _COLON.split(heading_text, maxsplit=1)[0]


def heading_for(kind: SectionKind, *, chinese: bool) -> str:
    """Return the heading text for a kind. Must not be called for OPENING."""
    return _HEADINGS[kind][1 if chinese else 0]


def _plain(name: str) -> str:
    """Return a name without decoration: symbols, numbers, a remark in parentheses."""
    name = re.sub(r"^[^\w(（]+|[^\w)）】\]]+$", "", name.strip())
    name = _NUMBER_BEFORE.sub("", name)
    without_remark = _REMARK.sub("", name) or name
    without_number = _NUMBER_AFTER.sub("", without_remark) or without_remark
    return _SYMBOLS.sub("", without_number).casefold()

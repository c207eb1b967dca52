"""Where a prompt says in which language to answer. Only plain demands count: none with a condition, a choice or a no in its sentence."""

import re
from collections.abc import Iterator

from chatdesk.features.presets.domain.headings import outside_code
from chatdesk.features.presets.domain.sentences import split_sentences
from chatdesk.kernel.fast_dataclass import dataclass

_NAMES = {
    "en": "english 英语 英文",
    "zh": "chinese mandarin 中文 汉语 普通话",
    "zh-hans": "simplified-chinese 简体中文 简体 简中",
    "zh-hant": "traditional-chinese 繁体中文 繁體中文 繁体 繁體 正體中文",
    "ja": "japanese 日语 日文 日本语",
    "ko": "korean 韩语 韩文 朝鲜语",
    "fr": "french 法语 法文",
    "de": "german 德语 德文",
    "es": "spanish 西班牙语 西语",
    "pt": "portuguese 葡萄牙语 葡语",
    "it": "italian 意大利语",
    "nl": "dutch 荷兰语",
    "ru": "russian 俄语 俄文",
    "ar": "arabic 阿拉伯语",
    "hi": "hindi 印地语",
    "tr": "turkish 土耳其语",
    "vi": "vietnamese 越南语",
    "th": "thai 泰语",
}
_LANGUAGES = {name.replace("-", " "): code for code, names in _NAMES.items() for name in names.split()}
_NAME = "|".join(sorted((re.escape(name) for name in _LANGUAGES), key=len, reverse=True))
_ANY_NAME = re.compile(rf"(?<![a-z])(?:{_NAME})(?![a-z])", re.IGNORECASE)

_DEMAND = re.compile(
    rf"""
    \b(?:answer|reply|respond|talk|speak|communicate|answers|replies|responses?)
        (?:\ (?:only|always|strictly|exclusively|entirely|everything|all|every|questions?|messages?
             |to|with|the|users?|me|them|must|should|be|is|are|written|given|back)){{0,5}}
        \ in\ (?:only\ |fluent\ |plain\ |simple\ |clear\ |natural\ |modern\ )*(?P<english>{_NAME})\b
    |(?:用|以|使用|说)\s*(?:流利的|规范的|自然的|地道的|简洁的)?(?P<chinese>{_NAME})
        (?:来|进行|与用户|和用户|同用户|跟用户|和我)*(?:回答|回复|作答|答复|交流|对话|沟通|应答|说话|输出(?=\s*(?:[。，；！,.;!]|$)))
    |^[\s*+-]*(?:default\ )?(?:language|语言|默认语言|输出语言|回答语言)\**\s*[:：]\s*\**(?P<field>{_NAME})\s*$
    """,
    re.IGNORECASE | re.VERBOSE,
)
_HEDGE = re.compile(
    r"\b(?:if|when|whenever|unless|otherwise|or|for|depending|except|not|never|don['’]t|same|then|first|until|while|but)\b"
    r"|如果|若|当|时|除非|否则|或|不|别|勿|先|然后|再|对于|除了|例如|比如|切换",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class LanguageDemand:
    """A place that asks for a language. `language` is a code as in `en`, `zh-hant`; `name` is how the place calls it."""

    language: str
    name: str
    start: int
    end: int

    def contradicts(self, other: "LanguageDemand") -> bool:
        """Whether one answer cannot do as both ask. Chinese of any kind is Chinese."""
        one, two = sorted((self.language, other.language), key=len)
        return one != two and not two.startswith(f"{one}-")


def demands_in(text: str) -> Iterator[LanguageDemand]:
    """Yield every place that asks plainly for a language of the answers, in order."""
    for line in outside_code(text):
        at = line.start
        for sentence, behind in split_sentences(line.text):
            match = _DEMAND.search(sentence)
            if match and len(_ANY_NAME.findall(sentence)) == 1 and not _HEDGE.search(sentence):
                name = match["english"] or match["chinese"] or match["field"]
                start = at + match.start() + len(match[0]) - len(match[0].lstrip())
                yield LanguageDemand(_LANGUAGES[name.casefold()], name, start, at + match.end())
            at += len(sentence) + len(behind)

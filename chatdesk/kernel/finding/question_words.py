"""The words of a question by which passages of documents are found.

Unlike a search query, a question is not searched for literally: a passage that answers it contains some of its words. Words that are in
most questions and texts are left out, and runs of Chinese are divided at them: 公司去年的营收是多少 is 公司去年 and 营收.
"""

import re

from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.finding.folding import fold, fold_with_offsets
from chatdesk.kernel.finding.index_terms import index_terms
from chatdesk.kernel.finding.search_query import TOKEN, is_unspaced

MAX_QUESTION_LENGTH = 2_000
"""In characters. A pasted text has more words than a question."""
_MAX_WORDS = 40
OR = " OR "
"""Between expressions of which any may match. Folded text has no capitals, so no word contains it."""
_JOINING = "[-._/@:'&+]"
"""A number, a name or an address with these signs is one word: 3.5, ISO-9001, a_b."""

_STOP_WORDS = frozenset(
    word
    for language in (
        # English
        "a about above after again against all also am an and any are as at be because been before being below between both but by can",
        "cannot could did do does doing done down during each every few for from further get give given had has have having he her here",
        "hers him his how however i if in into is it its itself just let like made make many may me might more most much must my no nor",
        "not of off on once one only or other our out over own please same say says she should show so some such tell than that the their",
        "them then there these they this those through to too under until up upon us use used very was we were what when where whether",
        "which while who whom whose why will with would you your yours",
        "thank thanks hello hi hey ok okay yes danke bitte hallo ja merci bonjour oui gracias hola obrigado",
        "document documents file files page pages text passage explain describe summarize summarise mention mentioned according",
        "aber als am an auch auf aus bei bin bis das dass dem den der des die dies diese dieser dieses ein eine einem einen einer eines er",
        "es fur gibt haben hat ich ihr im ist kann mit nach nicht noch nur oder sich sie sind so uber um und uns von vor was wann warum",
        "wer wie wird wo wurde zu zum zur",
        "au aux avec ce ces cette comment dans de des du elle en est et il ils je la le les leur mais ne nous ou par pas pour pourquoi",
        "quand que quel quelle quelles quels qui quoi sa se ses son sont sur un une vous y",
        "al como con cual cuando del donde e el ella en es esta este hay la las lo los mas o para pero por que quien se ser su sus una uno",
        "y ya ao com da das dos em mais na nas no nos os para pelo pela qual quais quando quem sao seu sua um uma",
    )
    for word in language.split()
)
_UNSPACED_STOPS = (
    "请问|请告诉我|请解释|请说明|请描述|请列出|请|告诉我|什么时候|为什么|是什么|什么样|什么|怎么样|怎么办|怎么|怎样|如何|多少|多久|几个|哪些|"
    "哪里|哪个|哪一|哪|谁|是否|是不是|有没有|能不能|可不可以|可以|能否|需要|应该|关于|根据|对于|以及|或者|并且|因为|所以|但是|如果|那么|这个|那个|这些|"
    "那些|谢谢|多谢|你好|好的|这份|文档|文件|文中|其中|一下|我们|你们|他们|它们|没有|还是|的时候|"
    "何時|なぜ|どこ|どの|どう|です|ます|ください|これ|それ|について|から|まで|무엇|어떻게|언제|어디|왜|"
    "(?<!目)的(?!确)|了|吗|呢|吧|啊|(?<![于但可总])是|の|は|が|を"
)
"""Words and particles of Chinese, Japanese and Korean, the longest of equal beginnings first. They divide a run."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a question, or several that must follow each other."""

    text: str
    """The word in folded form."""
    expression: str
    """The FTS5 expression for texts with this word."""

    @property
    def is_exact(self) -> bool:
        """Whether a text with this word is certainly about the same: a number, an identifier, or words in quotation marks."""
        return " " in self.text or any(letter.isdigit() for letter in self.text)


def words_of(question: str) -> tuple[Word, ...]:
    """Return the words of a question, in order, without those that say nothing; none if it has no others."""
    spaced = rf"{TOKEN}(?:{_JOINING}(?:{TOKEN}))*"
    found: dict[str, Word] = {}
    for match in re.finditer(rf'"([^"\n]+)"|{spaced}', fold(question[:MAX_QUESTION_LENGTH].replace("\0", " "))):
        for word in [" ".join(match[1].split())] if match[1] else _parts(match[0]):
            expression = _expression(word)
            if expression and word not in found and len(found) < _MAX_WORDS:
                found[word] = Word(word, expression)
    return tuple(found.values())


def written_words(question: str) -> tuple[str, ...]:
    """Return the words of a question as they are written in it."""
    folded, offsets = fold_with_offsets(question[:MAX_QUESTION_LENGTH])
    found = ((word.text, folded.find(word.text)) for word in words_of(question))
    return tuple(text if start < 0 else question[offsets[start] : offsets[start + len(text)]] for text, start in found)


def any_of(words: tuple[Word, ...]) -> str:
    """Return the FTS5 expression for texts with any of these words."""
    return OR.join(word.expression for word in words)


def _parts(token: str) -> list[str]:
    """Return a word unless it is a stop word, or what the stop words leave of a run of Chinese."""
    if not is_unspaced(token[0]):
        return [] if token in _STOP_WORDS or (len(token) == 1 and not token.isdigit()) else [token]
    parts = [part for part in re.split(_UNSPACED_STOPS, token) if len(part) > 1]
    return parts or ([token] if len(token) <= 2 and not re.fullmatch(_UNSPACED_STOPS, token) else [])


def _expression(word: str) -> str:
    """Return the expression for a word: a run of Chinese is found by any of its pairs, anything else as a phrase."""
    terms = index_terms(word).split()
    if is_unspaced(word[0]) and " " not in word:
        pairs = [term for term in terms if len(term) > 1]
        return OR.join(f'"{pair}"' for pair in pairs) or f'"{word}"*'
    return f'"{" ".join(terms)}"' if terms else ""

"""Language detection: by script, and among the languages of one script by frequent words and letters."""

import re
import unicodedata
from collections import Counter

# Data for telling languages apart: frequent words of each language, and letters that few languages have.

_WORDS = {
    "en": """the of and to in is that it was for on are with as his they be at this have from or had by not but what all were when we there
        can an your which their said if do will each about how up out them then she many some so these would other into has more her two
        like him see time could no make than been its who now did get come may over new you my me where why please thank hello good""",
    "de": """der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat dass sie nach
        wird bei einer um am sind noch wie einem über einen so zum war haben nur oder aber vor zur bis mehr durch man sein wurde sei ich
        du wir ihr mein dein kann können wenn was wer wo warum bitte danke hallo guten ja nein sehr hier diese dieser dieses""",
    "fr": """le de un être et à il avoir ne je son que se qui ce dans en du elle au pour pas vous par sur faire plus dire me on mon lui
        nous comme mais pouvoir avec tout aller voir bien où sans tu ou leur homme si deux mari moi vouloir la les des une est sont été
        cette ces aux dont c'est l'on d'un d'une bonjour merci oui non très votre notre fait était peut même""",
    "es": """de la que el en y a los se del las un por con no una su para es al lo como más o pero sus le ha me si sin sobre este ya
        entre cuando todo esta ser son dos también fue había era muy años hasta desde está mi porque qué sólo han yo hay vez puede todos
        así nos ni parte tiene él uno donde bien tiempo mismo ese ahora cada vida otro hola gracias buenos usted ustedes""",
    "it": """di e il che la in a per un è con non sono da una del si le i al come più ma ha gli nel dei della lo alla se anche dal su o
        delle era questo essere stato io mi molto dalla cui quando tutti ci nella loro suo sua tra fra perché quello così ogni due
        dopo solo prima già senza chi dove ciao grazie buongiorno lei noi hanno degli alle dello agli""",
    "pt": """de a o que e do da em um para é com não uma os no se na por mais as dos como mas foi ao ele das tem à seu sua ou ser
        quando muito há nos já está eu também só pelo pela até isso ela entre era depois sem mesmo aos ter seus quem nas me esse eles
        estão você tinha foram essa num nem suas meu às minha têm numa olá obrigado obrigada bom dia são""",
    "nl": """de en van ik te dat die in een hij het niet zijn is was op aan met als voor had er maar om hem dan zou of wat mijn men dit
        zo door over ze zich bij ook tot je mij uit der daar haar naar heb hoe heeft hebben deze u want nog zal me zij nu ge geen
        omdat iets worden toch al waren veel meer doen toen moet ben zonder kan hun dus alles onder ja eens hier wie werd hallo dank""",
    "pl": """w i na z się do nie to że jest o a jak po za od co ale przez dla tak czy już jego tym tylko może jej być są był było była
        przy ich oraz tego które który która pod będzie ze też jeszcze przed gdy więc bardzo kiedy mi mnie nas ja ty on ona my wy
        oni ten ta te ma mam jako lub bez między aby dzień dobry dziękuję proszę tej""",
}

WORDS = {code: frozenset(words.split()) for code, words in _WORDS.items()}
"""By language code, in lower case."""

LETTERS = {
    "de": "äöüß",
    "fr": "éèêëçàùûîïœæ",
    "es": "ñ¿¡áíóúé",
    "it": "àèìòù",
    "pt": "ãõçáâêôé",
    "nl": "ĳ",
    "pl": "ąćęłńśźż",
}
"""Letters that indicate a language among these eight."""

SIMPLIFIED = frozenset(
    "们这国来为说时会对发经过还没种与业关开问间现进动长样点实体机见气电话让从学无应当头东车马门风书习义乐乡买"
    "产亲亿仅价众优传伤伦伟似区医华单卖卫压厂历参双变叶号员听启响唤团园围图圆场坏块坚坛垒处备复够夺奋妇妈孙宁宝实审宾导"
    "尔尽层岁岛帅师帐币帮库废异张弹强归录径忆忧怀态总恋恶悬惊惧惯愿战户扑执扩扫扬护报担拟择拥挤挥损换据"
)
"""Characters that occur only in simplified Chinese texts."""
TRADITIONAL = frozenset(
    "們這國來為說時會對發經過還沒種與業關開問間現進動長樣點實體機見氣電話讓從學無應當頭東車馬門風書習義樂鄉買"
    "產親億僅價眾優傳傷倫偉區醫華單賣衛壓廠歷參雙變葉號員聽啟響喚團園圍圖圓場壞塊堅壇壘處備複夠奪奮婦媽孫寧寶審賓導"
    "爾盡層歲島帥師帳幣幫庫廢異張彈歸錄徑憶憂懷態總戀惡懸驚懼慣願戰戶撲執擴掃揚護報擔擬擇擁擠揮損換據"
)
"""Characters that occur only in traditional Chinese texts."""


_EXAMINED_LENGTH = 6_000
"""Number of characters that are examined; more do not improve the result."""
_MIN_KNOWN_SHARE = 0.08
"""Share of words that must be known for a result."""
_LETTER_WEIGHT = 0.7

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_NOT_WORDS = re.compile(r"```.*?(?:```|\Z)|`[^`\n]*`|<[^<>\n]*>|\w+://\S+|\{[^{}\n]*\}|%\w", re.DOTALL)
_SCRIPTS = (
    ("HANGUL", "ko"),
    ("HIRAGANA", "ja"),
    ("KATAKANA", "ja"),
    ("CJK", "zh"),
    ("CYRILLIC", "ru"),
    ("ARABIC", "ar"),
    ("GREEK", "el"),
    ("HEBREW", "he"),
    ("THAI", "th"),
    ("DEVANAGARI", "hi"),
    ("LATIN", "latin"),
)
_UKRAINIAN = frozenset("іїєґ")
_RUSSIAN = frozenset("ыэъё")
_PERSIAN = frozenset("پچژگکی")
_KANA_SHARE = 0.05
"""Minimum share of kana in Japanese texts, which can consist mostly of Han characters; a Chinese text may contain a Japanese name."""
_WIDE = 2
"""Number of Latin letters that a character of these scripts is equivalent to."""


DETECTABLE = frozenset({*WORDS, "ru", "uk", "zh-Hans", "zh-Hant", "ja", "ko", "ar", "fa", "el", "he", "th", "hi"})
"""Codes of the languages that can be detected; a text in another one may be mistaken for one of these."""


def detect_language(text: str) -> str:
    """Return the code of the main language of a text; empty if unknown."""
    text = _NOT_WORDS.sub(" ", text[:_EXAMINED_LENGTH])
    letters = [character for character in text.lower() if character.isalpha()]
    scripts = Counter(_script(character) for character in letters)
    wide = scripts["ja"] + scripts["zh"] + scripts["ko"]
    scripts.pop("", None)
    if not scripts:
        return ""
    if wide * _WIDE >= sum(scripts.values()) - wide:
        return _east_asian(letters, scripts)
    match scripts.most_common(1)[0][0]:
        case "latin":
            return _latin(text.lower())
        case "ru":
            found = Counter(letters)
            ukrainian, russian = (
                sum(found[character] for character in characters) for characters in (_UKRAINIAN, _RUSSIAN)
            )
            return "uk" if ukrainian > russian else "ru"
        case "ar":
            return "fa" if len(_PERSIAN & set(letters)) >= 2 else "ar"
        case other:
            return other


def _script(character: str) -> str:
    if character.isascii():
        return "latin"
    name = unicodedata.name(character, "")
    return next((code for script, code in _SCRIPTS if name.startswith(script)), "")


def _east_asian(letters: list[str], scripts: Counter[str]) -> str:
    if scripts["ko"] > scripts["zh"] + scripts["ja"]:
        return "ko"
    if scripts["ja"] > _KANA_SHARE * (scripts["ja"] + scripts["zh"]):
        return "ja"
    simplified = sum(character in SIMPLIFIED for character in letters)
    traditional = sum(character in TRADITIONAL for character in letters)
    return "zh-Hant" if traditional > simplified else "zh-Hans"


def _latin(text: str) -> str:
    words = _WORD.findall(text.replace("’", "'"))
    if not words:
        return ""
    letters = Counter(text)
    scores = {
        code: (
            sum(word in known for word in words)
            + _LETTER_WEIGHT
            * sum(letters[character] for character in LETTERS.get(code, ""))
            / len(LETTERS.get(code, "x")) ** 0.5
        )
        / len(words)
        for code, known in WORDS.items()
    }
    best = max(scores, key=lambda code: scores[code])
    return best if scores[best] >= _MIN_KNOWN_SHARE else ""

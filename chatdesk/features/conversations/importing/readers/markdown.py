"""Transcripts in Markdown: those of Chatdesk, and of browser extensions and other programs.

Who speaks is a heading, or bold or plain text with a colon: `## You`, `**ChatGPT:**`, `User:`. A document is a transcript only if nearly
nothing comes before the first of them, which must be of a person, and if an answer follows. Speakers in code blocks do not count.
"""

import html
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from enum import Enum, auto
from itertools import islice, pairwise
from pathlib import PurePath

from chatdesk.features.conversations.importing.foreign_chat import (
    ForeignChat,
    ForeignMessage,
    ForeignPart,
    Loss,
    Program,
    time_of,
)
from chatdesk.features.conversations.importing.foreign_parts import embedded_file, identified, thought_and_text
from chatdesk.features.conversations.importing.source import Source, SourceFile
from chatdesk.features.presets.importing.foreign_text import text_of
from chatdesk.features.presets.importing.limits import MAX_TEXT_BYTES
from chatdesk.kernel.chat.message import ReasoningPart, Role, SourcesPart, TextPart
from chatdesk.kernel.chat.message import Source as CitedSource
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.presets.preset_import import ImportRefused

_ENDINGS = (".md", ".markdown", ".txt")
_MOST_LOOKED_AT = 50
"""Maximum number of files in a folder or archive that are looked at to recognise it."""
_BEGINNING = 1024 * 1024
_LONGEST_SOURCE = 5_000
_MOST_PROSE = 300
"""Maximum characters of ordinary text before the first speaker."""


class _Speaker(Enum):
    PERSON = auto()
    MODEL = auto()
    THOUGHT = auto()
    """What the model thought, under a heading of its own."""
    INSTRUCTIONS = auto()
    TOOL = auto()
    APPENDIX = auto()
    """A list at the end, which is no message."""


_SPEAKERS = {
    **dict.fromkeys(
        ("user", "you", "human", "me", "prompt", "你", "您", "我", "用户", "用戶", "使用者"), _Speaker.PERSON
    ),
    **dict.fromkeys(("you said", "user said", "你说", "您说", "你說", "你的提问", "用户提问"), _Speaker.PERSON),
    **dict.fromkeys(("assistant", "response", "bot", "ai", "model", "ai assistant", "助手", "ai助手"), _Speaker.MODEL),
    **dict.fromkeys(("回答", "回复", "模型", "机器人", "chatgpt said", "claude said"), _Speaker.MODEL),
    **dict.fromkeys(("think", "thinking", "thought", "thoughts", "reasoning", "thought process"), _Speaker.THOUGHT),
    **dict.fromkeys(("思考", "思考过程", "思考過程", "推理", "推理过程", "深度思考"), _Speaker.THOUGHT),
    **dict.fromkeys(("system", "system prompt", "instructions", "指令", "系统", "系统提示"), _Speaker.INSTRUCTIONS),
    **dict.fromkeys(("tool", "工具"), _Speaker.TOOL),
}
_OWN_SPEAKERS = {
    **dict.fromkeys(("you", "你"), _Speaker.PERSON),
    **dict.fromkeys(("answer", "回答"), _Speaker.MODEL),
    **dict.fromkeys(("instructions", "指令"), _Speaker.INSTRUCTIONS),
    **dict.fromkeys(("tool", "工具"), _Speaker.TOOL),
    **dict.fromkeys(("sources", "来源", "來源"), _Speaker.APPENDIX),
}
"""In a transcript of Chatdesk, where an answer has the name of its model if that is known."""
_GENERIC = frozenset((*_SPEAKERS, *_OWN_SPEAKERS))
_MODEL_NAME = re.compile(
    r"(?:chatgpt|gpt|claude|deepseek|gemini|grok|copilot|llama|qwen|mistral|kimi|glm|o\d)\b[\w .:/-]{0,40}"
)
_THOUGHT_NOTE = re.compile(r"[(（][^)）]*(?:思考|推理|think|thought|reasoning)", re.IGNORECASE)

_HEADING = re.compile(r"(#{1,6})[ \t]+(.{1,200}?)[ \t]*#*")
_BOLD = re.compile(r"\*\*([^*\n]{1,60})\*\*[ \t]*[:：]?[ \t]*(.*)")
_QUOTED = re.compile(r">>[ \t]*([^:：\n]{1,60})[:：][ \t]*(.*)")
_PLAIN = re.compile(r"([^\W\d_][\w .'-]{0,40}?)[:：](?:[ \t]+(.*))?")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_AROUND = re.compile(r"^[\W_]+|[\W_]+$")
_SYMBOLS = re.compile(r"^[^\w(（\[]+")
"""Pictures before a name."""
_AFTER_NAME = re.compile(r"\s*[(（\[].*$|\s+[-–—·|@]\s+.*$|\s+at\s+\d.*$", re.DOTALL)
_OWN_FRONT = re.compile(r'^---\ntitle: (".*")\ndate: (.+)\nmodels: (\[.*\])\n(?:preset: .*\n)?---\n', re.MULTILINE)
_FRONT = re.compile(r"\A---\n(.{0,20000}?)\n---[ \t]*\n", re.DOTALL)
_FACT = re.compile(r"(?:[-*>][ \t]*)?\**([\w \u4e00-\u9fff]{1,30}?)\**[ \t]*[:：]\**[ \t]*(.{1,300})")
_TITLE = re.compile(r"#[ \t]+(.{1,300})")
_DECORATION = re.compile(r"[-*_=\s]*|#{1,6}[ \t].*|!?\[.*\]\(.*\)|>.*|[-*+][ \t].*|\*[^*]*\*|\|.*")
_DATES = ("date", "created", "created at", "create time", "exported", "创建时间", "日期")

_QUOTE_HEAD = re.compile(r"> ?\*\*(.{1,60}?)(?: \((\d{1,7}) s\))?\*\*\s*")
_DETAILS = re.compile(r"<details[^>]*>\s*<summary>([^<]{0,200})</summary>(.*?)</details>\s*", re.DOTALL | re.IGNORECASE)
_DATA_PICTURE = re.compile(r"^!\[([^\]\n]*)\]\((data:image/[\w.+-]+;base64,[A-Za-z0-9+/=]+)\)[ \t]*$", re.MULTILINE)
_OWN_FACTS = re.compile(r"\A\*[^*\n]*\d[^*\n]*\*$", re.MULTILINE)
_OWN_VERSION = re.compile(
    r"\*(?:Version (\d{1,6}) of (\d{1,6})|第 (\d{1,6}) [个個]版本，共 (\d{1,6}) [个個])(?: · [^\n]*)?\*(?:\n|\Z)"
)
"""Which of how many versions a message is, or the branch on which it is, in a transcript with other versions."""
_RULE = re.compile(r"[ \t]*(?:-{3,}|\*{3,}|_{3,})")
_MESSAGES = frozenset({_Speaker.PERSON, _Speaker.MODEL})
_SOURCES_HEAD = re.compile(r"^\*\*(?:Sources|来源|來源)\*\*\n\n(?=\d)", re.MULTILINE)
_CITED_DOCUMENTS = re.compile(r"\s*(?:- \[\d+\] [^\n]*\n?)+\s*")
_SOURCE = re.compile(r"(\d{1,9})\. (?:\[(.*?)\]\(<(.*?)>\)|([^·\n]*))(.*)")


@dataclass(frozen=True, slots=True)
class _Turn:
    """A line that says who speaks. `kind` is how it is written, `start` and `end` are where it is; `rest` is text in the same line."""

    kind: str
    speaker: _Speaker
    name: str
    start: int
    end: int
    rest: str


@dataclass(frozen=True, slots=True)
class _Transcript:
    """The turns of a text, which all are written in the same way."""

    text: str
    turns: Sequence[_Turn]
    facts: Mapping[str, str]
    """The properties before the first turn, by name in lower case."""
    is_own: bool


def recognize(source: Source) -> bool:
    """Return whether a file, or one of the first files of a folder or archive, is a transcript."""
    return any(_is_transcript(source, file) for file in islice(_files(source), _MOST_LOOKED_AT))


def _is_transcript(source: Source, file: SourceFile) -> bool:
    with suppress(ImportRefused):
        return any(map(_transcript, _chats(text_of(source.beginning(file, _BEGINNING), beginning=True))))
    return False


def _files(source: Source) -> Iterator[SourceFile]:
    return (file for file in source.files if file.base.lower().endswith(_ENDINGS))


def read(source: Source) -> Iterator[ForeignChat | Loss]:
    """Yield the chats. Other documents in a folder or archive are passed over."""
    for file in _files(source):
        try:
            text = text_of(source.read(file, MAX_TEXT_BYTES))
        except ImportRefused:
            if source.only:
                raise
            continue
        for part in _chats(text):
            if transcript := _transcript(part):
                yield _chat(transcript, PurePath(file.base).stem)


def _chats(text: str) -> Iterator[str]:
    """Yield the texts of the chats in a file. Chatdesk writes several one after the other, each under its own front matter."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    starts = [match.start() for match in _OWN_FRONT.finditer(text)]
    if not starts:
        yield text
    for start, end in pairwise([*starts, len(text)]):
        yield text[start:end]


def _transcript(text: str) -> _Transcript | None:
    own = _OWN_FRONT.match(text)
    if own:
        turns = _own_turns(text, frozenset(_models(own[3])))
        return _Transcript(text, turns, {}, is_own=True) if turns else None
    by_kind: dict[str, list[_Turn]] = {}
    for turn in _turns(text, _speaker_in):
        by_kind.setdefault(turn.kind, []).append(turn)
    found = sorted(filter(_is_conversation, by_kind.values()), key=lambda turns: turns[0].start)
    if not found:
        return None
    facts, prose = _preamble(text[: found[0][0].start])
    return _Transcript(text, _plausible(found[0]), facts, is_own=False) if prose <= _MOST_PROSE else None


def _own_turns(text: str, models: frozenset[str]) -> Sequence[_Turn]:
    """Return the turns of a transcript of Chatdesk. An answer may have the same headings, but not in their places."""

    def speaker_in(name: str) -> tuple[_Speaker, str] | None:
        if name in models:
            return _Speaker.MODEL, name
        speaker = _OWN_SPEAKERS.get(name.casefold())
        return (speaker, "") if speaker and not (speaker is _Speaker.MODEL and models) else None

    turns = [turn for turn in _turns(text, speaker_in) if turn.kind == "##"]
    return [
        turn
        for number, turn in enumerate(turns)
        if (turn.speaker is not _Speaker.INSTRUCTIONS or number == 0)
        and (turn.speaker is not _Speaker.APPENDIX or _CITED_DOCUMENTS.fullmatch(text, turn.end))
    ]


def _plausible(turns: Sequence[_Turn]) -> Sequence[_Turn]:
    """Return the turns without those that are headings in an answer: another name for the model, thoughts that do not come first."""
    joined: list[_Turn] = []
    for turn in turns:
        before = joined[-1] if joined else None
        match turn.speaker:
            case _Speaker.INSTRUCTIONS:
                is_turn = before is None
            case _Speaker.THOUGHT:
                is_turn = before is not None and before.speaker is _Speaker.PERSON
            case _Speaker.MODEL:
                is_turn = before is None or before.speaker is not _Speaker.MODEL or before.name == turn.name
            case speaker:
                is_turn = speaker is _Speaker.PERSON
        if is_turn:
            joined.append(turn)
    return joined


def _models(value: str) -> list[str]:
    try:
        names = json.loads(value)
    except (ValueError, RecursionError):
        return []
    return [name for name in names if isinstance(name, str)] if isinstance(names, list) else []


def _is_conversation(turns: Sequence[_Turn]) -> bool:
    """Return whether a person speaks first and a model answers."""
    said = [turn.speaker for turn in turns if turn.speaker is not _Speaker.INSTRUCTIONS]
    return bool(said) and said[0] is _Speaker.PERSON and _Speaker.MODEL in said


def _turns(text: str, speaker_in: Callable[[str], tuple[_Speaker, str] | None]) -> Iterator[_Turn]:
    """Yield the lines outside code blocks that name a speaker, as `speaker_in` knows them."""
    fence = ""
    start = 0
    for line in text.split("\n"):
        end = start + len(line)
        if mark := _FENCE.match(line):
            if not fence:
                fence = mark[1]
            elif mark[1].startswith(fence) and not line[mark.end() :].strip():
                fence = ""
        elif not fence and (said := _name_in(line)) and (speaker := speaker_in(said[1])):
            yield _Turn(said[0], *speaker, start, end, said[2])
        start = end + 1


def _name_in(line: str) -> tuple[str, str, str] | None:
    """Return how a name is written that begins a line, the name, and the text after it; None if there is none."""
    if heading := _HEADING.fullmatch(line):
        kind, name, rest = heading[1], heading[2], ""
    elif bold := _BOLD.fullmatch(line):
        kind, name, rest = "**", bold[1], bold[2]
    elif quoted := _QUOTED.fullmatch(line):
        kind, name, rest = ">>", quoted[1], quoted[2]
    elif plain := _PLAIN.fullmatch(line):
        kind, name, rest = ":", plain[1], plain[2] or ""
    else:
        return None
    return kind, name.strip().rstrip(":：").strip(), rest


def _speaker_in(name: str) -> tuple[_Speaker, str] | None:
    """Return who speaks, and the name of a model: without pictures, times and remarks."""
    short = _AROUND.sub("", _AFTER_NAME.sub("", _SYMBOLS.sub("", name)))
    word = " ".join(short.casefold().split())
    speaker = _SPEAKERS.get(word) or (_Speaker.MODEL if _MODEL_NAME.fullmatch(word) else None)
    if speaker is _Speaker.MODEL and _THOUGHT_NOTE.search(name):
        speaker = _Speaker.THOUGHT
    return (speaker, "" if word in _GENERIC else short) if speaker else None


def _preamble(text: str) -> tuple[Mapping[str, str], int]:
    """Return the facts before the first speaker, and the number of characters that are neither facts nor decoration."""
    facts: dict[str, str] = {}
    front = _FRONT.match(text)
    prose = 0
    for line in (front[1] if front else "").split("\n"):
        if fact := _FACT.fullmatch(line.strip()):
            facts.setdefault(fact[1].strip().casefold(), _unquoted(fact[2].strip()))
    for line in text[front.end() if front else 0 :].split("\n"):
        stripped = line.strip()
        if fact := _FACT.fullmatch(stripped):
            facts.setdefault(fact[1].strip().casefold(), fact[2].strip(" *`"))
        elif title := _TITLE.fullmatch(stripped):
            facts.setdefault("title", title[1].strip(" *#"))
        elif not _DECORATION.fullmatch(stripped):
            prose += len(stripped)
    return facts, prose


def _unquoted(text: str) -> str:
    """Return a string of YAML as the string itself."""
    try:
        value = json.loads(text) if text.startswith('"') else text.strip("'")
    except (ValueError, RecursionError):
        return text
    return value if isinstance(value, str) else text


def _chat(transcript: _Transcript, name: str) -> ForeignChat:
    text, turns = transcript.text, transcript.turns
    messages: list[ForeignMessage] = []
    versions: list[_Version | None] = []
    instructions = ""
    thoughts: list[ForeignPart] = []
    for turn, body, version in zip(turns, *_bodies(transcript), strict=True):
        versions += [version] if turn.speaker in _MESSAGES else []
        match turn.speaker:
            case _Speaker.PERSON:
                if thoughts:  # without an answer
                    messages.append(ForeignMessage("", "", Role.ASSISTANT, tuple(thoughts)))
                messages.append(ForeignMessage("", "", Role.USER, tuple(_pictures_and_text(body))))
                thoughts = []
            case _Speaker.MODEL:
                parts = (*thoughts, *_answer(body, is_own=transcript.is_own))
                messages.append(ForeignMessage("", "", Role.ASSISTANT, parts, model=turn.name))
                thoughts = []
            case _Speaker.THOUGHT:
                thoughts.append(ReasoningPart("\n".join(line.removeprefix("> ") for line in body.split("\n"))))
            case _Speaker.INSTRUCTIONS:
                instructions = instructions or body
            case _:
                pass
    derived, found = identified(messages)
    head = ""
    if any(versions):
        found, head = _with_branches(found, versions)
    own = _OWN_FRONT.match(text)
    title = _unquoted(own[1]) if own else transcript.facts.get("title") or transcript.facts.get("标题") or ""
    dates = (time_of(transcript.facts.get(key)) for key in _DATES)
    return ForeignChat(
        Program.MARKDOWN,
        derived,
        title or name,
        found,
        head,
        created_at=time_of(own[2]) if own else next(filter(None, dates), None),
        instructions=instructions,
    )


_Version = tuple[int, int]
"""The number of a version, and how many there are."""


def _with_branches(
    messages: Sequence[ForeignMessage], versions: Sequence[_Version | None]
) -> tuple[tuple[ForeignMessage, ...], str]:
    """Return the messages of a transcript with other versions as a tree, and the end of the shown path.

    The other versions of a message follow the shown one, each with the messages below it, which have its name; then the shown path
    continues.
    """
    placed: list[ForeignMessage] = []
    shown = start = end = ""
    role, current, seen = Role.USER, None, set[_Version]()
    for message, version in zip(messages, versions, strict=True):
        if version and version == current:
            parent, end = end, message.id
        elif version and seen and message.role is role and version not in seen and version[1] == max(seen)[1]:
            parent, end = start, message.id
            seen.add(version)
        else:
            parent = start = shown
            shown = end = message.id
            role, seen = message.role, {version} if version else set()
        current = version
        placed.append(replace(message, parent=parent))
    return tuple(placed), shown


def _bodies(transcript: _Transcript) -> tuple[Sequence[str], Sequence[_Version | None]]:
    """Return what each turn says, and which version it is, if that is known.

    What it says is without lines between turns and, in a transcript of Chatdesk, without the times of the messages.
    """
    text, turns = transcript.text, transcript.turns
    ends = [*(turn.start for turn in turns[1:]), len(text)]
    bodies = [_without_rules(f"{turn.rest}\n{text[turn.end + 1 : end]}") for turn, end in zip(turns, ends, strict=True)]
    firsts = [body.partition("\n")[0] for turn, body in zip(turns, bodies, strict=True) if turn.speaker in _MESSAGES]
    if not transcript.is_own or not all(map(_OWN_FACTS.fullmatch, firsts)):
        return bodies, [None] * len(bodies)
    named = [_OWN_VERSION.match(body) for body in bodies]
    versions = [(int(each[1] or each[3]), int(each[2] or each[4])) if each else None for each in named]
    return [_OWN_FACTS.sub("", body, count=1).lstrip("\n") for body in bodies], versions


def _without_rules(text: str) -> str:
    """Return a text without blank lines at both ends, and without rules at its end."""
    text = text.strip("\n").rstrip()
    while _RULE.fullmatch(last := text.rpartition("\n")[2]):
        text = text[: -len(last)].rstrip()
    return text


def _pictures_and_text(body: str) -> Iterator[ForeignPart]:
    """Yield the embedded pictures, and the text without them."""
    if "](data:image/" in body:
        for match in _DATA_PICTURE.finditer(body):
            if picture := embedded_file(match[2], html.unescape(match[1])):
                yield picture
        body = re.sub(r"\n{3,}", "\n\n", _DATA_PICTURE.sub("", body)).strip("\n")
    if body:
        yield TextPart(body)


def _answer(body: str, *, is_own: bool) -> Iterator[ForeignPart]:
    """Yield the reasoning, the pictures, the text and the sources of an answer."""
    if (quote := _QUOTE_HEAD.fullmatch(body.partition("\n")[0])) and (is_own or _is_thought(quote[1])):
        lines = body.split("\n")
        count = next((number for number, line in enumerate(lines) if not line.startswith(">")), len(lines))
        thought = "\n".join(line[1:].removeprefix(" ") for line in lines[1:count])
        yield ReasoningPart(thought.strip("\n"), int(quote[2] or 0) * 1000)
        body = "\n".join(lines[count:]).lstrip("\n")
    elif (details := _DETAILS.match(body)) and _is_thought(details[1]):
        yield ReasoningPart(details[2].strip())
        body = body[details.end() :]
    if is_own and (heads := list(_SOURCES_HEAD.finditer(body))):
        sources = body[heads[-1].end() :]
        body = body[: heads[-1].start()].rstrip("\n")
        yield SourcesPart(tuple(_sources(sources)))
    for part in _pictures_and_text(body):
        yield from thought_and_text(part.text) if isinstance(part, TextPart) else (part,)


def _is_thought(label: str) -> bool:
    word = _AROUND.sub("", label).casefold()
    return _SPEAKERS.get(word) is _Speaker.THOUGHT or word.startswith(
        ("thought for", "thinking", "已深度思考", "已思考")
    )


def _sources(text: str) -> Iterator[CitedSource]:
    """Yield the sources of a list that Chatdesk has written."""
    for item in re.split(r"\n(?=\d{1,9}\. )", text):
        head, _, rest = item.partition("\n")
        if match := _SOURCE.fullmatch(head) if len(head) <= _LONGEST_SOURCE else None:
            passage = "\n".join(line.strip().removeprefix(">").strip() for line in rest.split("\n") if line.strip())
            title, collection = (html.unescape(each) for each in (match[2] or match[4] or "", match[5].strip(" ·")))
            yield CitedSource(int(match[1]), title.strip(), html.unescape(passage), collection, match[3] or "")

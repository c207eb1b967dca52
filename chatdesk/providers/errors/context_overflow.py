"""Recognises that a conversation did not fit, in the words of the servers we know, and reads the numbers out of them."""

import re

from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.providers.errors.error_words import ErrorWords

_CODES = frozenset(
    {
        "context_length_exceeded",
        "exceed_context_size_error",
        "string_above_max_length",
        "1261",
        "model_context_window_exceeded",
    }
)
_SAYS_SO = re.compile(
    r"""
    maximum\ context\ length            # OpenAI, vLLM, DeepSeek, Mistral, SGLang
    | available\ context\ size          # llama.cpp
    | exceeds?\ the\ (available\ )?context
    | longer\ than\ the\ (model's\ )?(maximum\ model\ length|context\ length)   # vLLM, SGLang, Ollama
    | too\ long\ to\ fit\ into\ the\ model
    | prompt\ is\ too\ long             # Anthropic, behind gateways
    | prompt\ exceeds\ max              # Zhipu
    | exceeded\ model\ token\ limit     # Moonshot
    | input\ token\ count\b.{0,40}exceeds   # Google
    | range\ of\ input\ length          # DashScope
    | reduce\ the\ length\ of\ (the|your)\ (messages|prompt|input)
    | 上下文.{0,8}(超|过长) | 输入.{0,8}(超过|超出|过长)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_PROMPT = re.compile(
    r"""
    (?: request\ \( | input\ \( | resulted\ in | requested(?:\ a\ total\ of)? | prompt\ contains | your\ request\ has | too\ long:
      | token\ count\ \( | prompt\ \((?:total\ )?length )
    \s* (?P<tokens>\d{1,12})
    """,
    re.VERBOSE | re.IGNORECASE,
)
_LIMIT = re.compile(
    r"""
    (?: (?: context\ (?:length|size)(?:\ is|\ of)?\s*\(? | maximum\ model\ length\ of | token\ limit:? | tokens\ allowed\s*\(?
          | tokens\ > | \[1, ) \s*
      | with\ (?=\d+\ maximum) )
    (?P<tokens>\d{1,12})
    """,
    re.VERBOSE | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Overflow:
    """Tokens asked for and tokens there is room for; None where the server does not tell."""

    prompt_tokens: int | None
    limit: int | None


def overflow_in(words: ErrorWords) -> Overflow | None:
    """Return what is known of the overflow if `words` tell of one."""
    if not (_CODES & {words.code, words.type} or _SAYS_SO.search(words.message)):
        return None
    return Overflow(words.prompt_tokens or _number(_PROMPT, words), words.limit or _number(_LIMIT, words))


def _number(pattern: re.Pattern[str], words: ErrorWords) -> int | None:
    match = pattern.search(words.message)
    return int(match["tokens"]) if match else None

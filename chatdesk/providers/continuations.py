"""Whether a model's template leaves the last turn open, so that the model goes on from its last letter: judged by the prompt it makes.

Who shows the prompt: Ollama and llama.cpp (`ollama_provider.py`, `chat_completions.py`).
"""

from collections.abc import Awaitable, Callable
from dataclasses import replace

from chatdesk.kernel.chat.request import ChatRequest, Continuation, Thinking

Prompt = Callable[[ChatRequest], Awaitable[str | None]]
"""Returns the text that the model would be given for a request; None where the server does not tell."""


async def open_continuation(request: ChatRequest, prompt_of: Prompt) -> Continuation | None:
    """Return how the last turn is continued; None if its template closes it, or nobody knows.

    Some templates (DeepSeek-R1's) open the reasoning at the end of every prompt, and the answer would stand in it: there the reasoning that
    belongs to the answer goes before it, and its end.
    """
    last = request.turns[-1]
    given = last.text.rstrip(" \t") or last.text
    lost = last.text[len(given) :]
    # The reasoning is over; a model that begins another would not go on.
    exact = replace(request, turns=(*request.turns[:-1], replace(last, text=given)), thinking=Thinking.OFF)
    prompt = await prompt_of(exact)
    if prompt is None:
        return None
    if not prompt.endswith(given):
        given = given.rstrip()
        lost = last.text[len(given) :]
        if not given or not prompt.endswith(given):
            return None
    before = prompt[: -len(given)].rstrip()
    for tags in request.tags:
        if before.endswith(tags.opening):
            text = f"{last.reasoning}\n{tags.closing}\n\n{given}"
            exact = replace(exact, turns=(*request.turns[:-1], replace(last, text=text, reasoning="")))
            prompt = await prompt_of(exact)
            return Continuation(exact, lost) if prompt is not None and prompt.endswith(text) else None
    return Continuation(exact, lost)

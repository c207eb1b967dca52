"""Detection of whether a model's template leaves the last turn open, so that the model continues from its last character.

This is determined from the rendered prompt, which Ollama and llama.cpp provide (`ollama_provider.py`, `chat_completions.py`).
"""

from collections.abc import Awaitable, Callable
from dataclasses import replace

from chatdesk.kernel.chat.request import ChatRequest, Continuation, Thinking

Prompt = Callable[[ChatRequest], Awaitable[str | None]]
"""Returns the rendered prompt of a request; None if the server does not provide it."""


async def open_continuation(request: ChatRequest, prompt_of: Prompt) -> Continuation | None:
    """Return how to continue the last turn; None if the template closes it, or if that is unknown.

    Some templates (DeepSeek-R1's) start reasoning at the end of every prompt, so the answer would become part of it. For these, the
    reasoning of the answer and its closing tag are sent before the answer.
    """
    last = request.turns[-1]
    sent_text = last.text.rstrip(" \t") or last.text
    lost = last.text[len(sent_text) :]
    # The reasoning is complete; a model that reasons again would not continue the answer.
    exact = replace(request, turns=(*request.turns[:-1], replace(last, text=sent_text)), thinking=Thinking.OFF)
    prompt = await prompt_of(exact)
    if prompt is None:
        return None
    if not prompt.endswith(sent_text):
        sent_text = sent_text.rstrip()
        lost = last.text[len(sent_text) :]
        if not sent_text or not prompt.endswith(sent_text):
            return None
    before = prompt[: -len(sent_text)].rstrip()
    for tags in request.tags:
        if before.endswith(tags.opening):
            text = f"{last.reasoning}\n{tags.closing}\n\n{sent_text}"
            exact = replace(exact, turns=(*request.turns[:-1], replace(last, text=text, reasoning="")))
            prompt = await prompt_of(exact)
            return Continuation(exact, lost) if prompt is not None and prompt.endswith(text) else None
    return Continuation(exact, lost)

"""Token counts and speeds in OpenAI's protocol."""

from collections.abc import Mapping
from dataclasses import replace

from chatdesk.kernel.chat.usage import Usage, count, rate, rate_of
from chatdesk.kernel.text.json_values import members, number_of


def usage_of(chunk: Mapping[str, object], choice: Mapping[str, object], so_far: Usage) -> Usage:
    """Return the latest usage: counts are totals, so a later one replaces an earlier one.

    They are in the chunk, under `x_groq`, or in the choice (Moonshot); llama.cpp adds `timings`.
    """
    usage = _timed(chunk) or so_far
    counted = (
        members(chunk.get("usage"))
        or members(members(chunk.get("x_groq")).get("usage"))
        or members(choice.get("usage"))
    )
    if not counted:
        return usage
    written = count(counted.get("completion_tokens"))
    seconds = number_of(counted.get("completion_time"))  # Groq
    return replace(
        usage,
        prompt_tokens=_first(count(counted.get("prompt_tokens")), usage.prompt_tokens),
        completion_tokens=_first(written, usage.completion_tokens),
        cached_prompt_tokens=_first(_cached(counted), usage.cached_prompt_tokens),
        tokens_per_second=rate_of(written, seconds) or usage.tokens_per_second,
    )


def usage_of_response(response: Mapping[str, object], event: Mapping[str, object]) -> Usage | None:
    """Return the usage of an answer in the Responses API from its last `event`; None if it is missing."""
    timed, counted = _timed(event) or Usage(), members(response.get("usage"))
    usage = replace(
        timed,
        prompt_tokens=_first(count(counted.get("input_tokens")), timed.prompt_tokens),
        completion_tokens=_first(count(counted.get("output_tokens")), timed.completion_tokens),
        cached_prompt_tokens=_first(_cached(counted), timed.cached_prompt_tokens),
    )
    return usage if usage != Usage() else None


def _timed(chunk: Mapping[str, object]) -> Usage | None:
    """Return llama.cpp's own measurements."""
    timings = members(chunk.get("timings"))
    if not (written := count(timings.get("predicted_n"))):
        return None
    return Usage(
        prompt_tokens=count((count(timings.get("cache_n")) or 0) + (count(timings.get("prompt_n")) or 0)),
        completion_tokens=written,
        tokens_per_second=rate(timings.get("predicted_per_second")),
        prompt_tokens_per_second=rate(timings.get("prompt_per_second")),
        cached_prompt_tokens=count(timings.get("cache_n")),
    )


def _cached(counted: Mapping[str, object]) -> int | None:
    """Return the tokens from the server's prompt cache: DeepSeek has a field of its own for them, all others use those of OpenAI."""
    details = members(counted.get("prompt_tokens_details")) or members(counted.get("input_tokens_details"))
    return _first(count(counted.get("prompt_cache_hit_tokens")), count(details.get("cached_tokens")))


def _first(value: int | None, fallback: int | None) -> int | None:
    return fallback if value is None else value

"""How far a request is: told by httpcore's trace, which names each step of a connection (https://www.encode.io/httpcore/extensions/)."""

from collections.abc import Callable, Mapping

_STEP = "http11.send_request_body"
_TO_PROXY = b"CONNECT"


def sent_signal(on_sent: Callable[[], None] | None) -> dict[str, object]:
    """Return the extensions of a request by which `on_sent` is called once all of it is on its way to the server; none without it.

    What asks a proxy for a way there is a request of its own, with the same extensions.
    """
    if on_sent is None:
        return {}
    is_to_proxy = False

    async def trace(event: str, details: Mapping[str, object]) -> None:
        nonlocal is_to_proxy
        if event == f"{_STEP}.started":
            is_to_proxy = getattr(details.get("request"), "method", b"") == _TO_PROXY
        elif event == f"{_STEP}.complete" and not is_to_proxy:
            on_sent()

    return {"trace": trace}

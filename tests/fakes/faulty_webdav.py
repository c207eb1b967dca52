"""A WebDAV server that fails from one of its requests on, until it is mended."""

from collections.abc import Iterator
from dataclasses import dataclass

from tests.fakes.scripted_server import Hang, Request, Reset, Step, reply
from tests.fakes.webdav_server import WebDavServer

KINDS = ("401", "403", "404", "423", "500", "507", "cut", "reset", "redirect", "hang")


@dataclass
class FaultyWebDav(WebDavServer):
    """`fault` is one of `KINDS` and happens to all requests after the first `good` ones; empty for none."""

    fault: str = ""
    good: int = 0
    answered: int = 0

    def fail(self, fault: str, good: int) -> None:
        """Fail after so many more requests."""
        self.fault, self.good, self.answered = fault, good, 0

    def mend(self) -> None:
        """Answer all requests from now on."""
        self.fail("", 0)

    def _respond(self, request: Request) -> Iterator[Step]:
        self.answered += 1
        if not self.fault or self.answered <= self.good:
            yield from super()._respond(request)
            return
        match self.fault:
            case "cut":  # the request was carried out, and the answer does not arrive completely
                for step in super()._respond(request):
                    yield step[: len(step) // 2] if isinstance(step, bytes) else step
            case "reset":
                yield Reset()
            case "redirect":
                yield reply("", 307, headers={"Location": "http://127.0.0.1:9/elsewhere"})
            case "hang":
                yield Hang()
            case status:
                yield reply("No", int(status), "text/plain")

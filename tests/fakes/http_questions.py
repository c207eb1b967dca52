"""What the tests of the network share: where a scripted server is, and a plain question to it."""

from chatdesk.kernel.servers.server import Header
from chatdesk.network.endpoint import Endpoint, make_endpoint
from chatdesk.network.http import HttpClient, HttpReply
from chatdesk.network.timeouts import Timeouts
from tests.fakes.scripted_server import ScriptedServer, Step
from tests.own_time import TIMEOUT

CANARY = "sk-CANARY0123456789"
PATIENT = Timeouts(connect=TIMEOUT, first_event=TIMEOUT)


def to(server: ScriptedServer, key: str | None = None, *headers: Header, path: str = "") -> Endpoint:
    return make_endpoint("Test", server.url + path, key, headers)


def always(*steps: Step) -> ScriptedServer:
    return ScriptedServer(lambda _: steps)


async def get(http: HttpClient, endpoint: Endpoint, path: str = "/x") -> HttpReply:
    return await http.request_json(endpoint, "GET", path, timeouts=PATIENT)

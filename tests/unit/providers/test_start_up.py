import subprocess
import sys

from tests.own_time import PROCESS_TIMEOUT


def test_importing_the_providers_does_not_import_httpx():
    code = """
import pkgutil, sys
import chatdesk.providers
for module in pkgutil.iter_modules(chatdesk.providers.__path__):
    __import__(f"chatdesk.providers.{module.name}")
heavy = {"httpx", "httpcore", "anyio", "certifi", "h11"} & sys.modules.keys()
sys.exit(f"imported at start: {heavy}" if heavy else 0)
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=PROCESS_TIMEOUT, check=False
    )
    assert done.returncode == 0, done.stderr


def test_httpx_is_loaded_without_its_command_line():
    code = """
import asyncio, sys
from chatdesk.network.endpoint import make_endpoint
from chatdesk.network.http import HttpClient
asyncio.run(HttpClient()._client(make_endpoint("server", "http://127.0.0.1:9", None, ()), None))
heavy = {"rich", "click", "pygments"} & sys.modules.keys()
sys.exit(f"imported for nothing: {heavy}" if heavy or "httpx" not in sys.modules else 0)
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=PROCESS_TIMEOUT, check=False
    )
    assert done.returncode == 0, done.stderr


def test_finding_nobody_at_a_local_address_does_not_load_httpx():
    code = """
import asyncio, sys
from chatdesk.kernel.errors.base import ServerUnreachable
from chatdesk.network.endpoint import make_endpoint
from chatdesk.network.http import HttpClient
from chatdesk.network.timeouts import LOCAL

async def look():
    async with HttpClient() as http:
        await http.request_json(make_endpoint("server", "http://127.0.0.1:9", None, ()), "GET", "/", timeouts=LOCAL)

try:
    asyncio.run(look())
except ServerUnreachable as error:
    sys.exit("loaded for nothing" if "httpx" in sys.modules else error.reason != "Connection refused")
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=PROCESS_TIMEOUT, check=False
    )
    assert done.returncode == 0, done.stderr

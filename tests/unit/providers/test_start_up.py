import subprocess
import sys


def test_importing_the_providers_does_not_import_httpx():
    code = """
import pkgutil, sys
import chatdesk.providers
for module in pkgutil.iter_modules(chatdesk.providers.__path__):
    __import__(f"chatdesk.providers.{module.name}")
heavy = {"httpx", "httpcore", "anyio", "certifi", "h11"} & sys.modules.keys()
sys.exit(f"imported at start: {heavy}" if heavy else 0)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr


def test_httpx_is_loaded_without_its_command_line():
    code = """
import sys
from chatdesk.providers.endpoint import make_endpoint
from chatdesk.providers.http import HttpClient
HttpClient()._client(make_endpoint("server", "http://127.0.0.1:9", None, ()), None)
heavy = {"rich", "click", "pygments"} & sys.modules.keys()
sys.exit(f"imported for nothing: {heavy}" if heavy or "httpx" not in sys.modules else 0)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr

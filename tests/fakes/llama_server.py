"""A stand-in for `llama-server`: it has its options and output, and can fail as it does. `make_llama_server` writes one."""

import json
import os
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from tests.paths import ROOT

HELP = """----- common params -----

-h,    --help, --usage                  print usage and exit
--version                               show version and build info
-c,    --ctx-size N                     size of the prompt context
                                        --mentioned-only is no option
-t,    --threads N                      number of CPU threads to use during generation
-tb,   --threads-batch N                number of threads to use during batch and prompt processing
-b,    --batch-size N                   logical maximum batch size
-ub,   --ubatch-size N                  physical maximum batch size
-fit,  --fit [on|off]                   whether to adjust unset arguments to fit in device memory
-dev,  --device <dev1,dev2,..>          comma-separated list of devices to use for offloading
--list-devices                          print list of available devices and exit
-ngl,  --gpu-layers, --n-gpu-layers N   max. number of layers to store in VRAM
-m,    --model FNAME                    model path to load
--offline                               Offline mode: forces use of cache, prevents network access
--log-prefix                            Enable prefix in log messages
--log-timestamps                        Enable timestamps in log messages
-cram, --cache-ram N                    set the maximum cache size in MiB
-ctk,  --cache-type-k TYPE              KV cache data type for K
-ctv,  --cache-type-v TYPE              KV cache data type for V
-np,   --parallel N                     number of server slots
-a,    --alias STRING                   set alias for model name
--host HOST                             ip address to listen
--port PORT                             port to listen
--cors-origins ORIGINS                  comma-separated list of allowed origins for CORS
--ui, --webui, --no-ui, --no-webui      whether to enable the Web UI
--api-key KEY                           API key to use for authentication
--api-key-file FNAME                    path to file containing API keys
--slots, --no-slots                     expose slots monitoring endpoint
--jinja, --no-jinja                     whether to use jinja template engine for chat
--mmproj FILE                           path to a multimodal projector file
--mmproj-auto, --no-mmproj, --no-mmproj-auto   whether to use multimodal projector file
"""
DEVICES = """ggml_vulkan: Found 2 Vulkan devices:
ggml_vulkan: 0 = Intel(R) UHD Graphics 770 (Intel open-source Mesa driver) | uma: 1 | fp16: 1 | bf16: 0 | warp size: 32
ggml_vulkan: 1 = NVIDIA GeForce RTX 3060 (NVIDIA) | uma: 0 | fp16: 1 | bf16: 0 | warp size: 32
Available devices:
  Vulkan0: Intel(R) UHD Graphics 770 (ADL-S GT1) (23938 MiB, 20000 MiB free)
  Vulkan1: NVIDIA GeForce RTX 3060 (12288 MiB, 11500 MiB free)
"""
VERSION = "version: 11600 (abcdef01)\nbuilt with GNU 12.3.0 for Linux x86_64\n"

SERVE, NO_MEMORY, LOSE_DEVICE, HANG, CRASH, END, UNKNOWN_ARCHITECTURE = (
    "serve",
    "no_memory",
    "lose_device",
    "hang",
    "crash",
    "end",
    "unknown_architecture",
)
"""Behaviours of a run. HANG and LOSE_DEVICE, and END (without a word), begin with a question, the others at once."""


def make_llama_server(
    folder: Path,
    *,
    full: str = SERVE,
    half: str = SERVE,
    none: str = SERVE,
    devices: str = DEVICES,
    version: str = VERSION,
    help_text: str = HELP,
    speed: float = 10.0,
    name: str = "llama-server",
) -> Path:
    """Write an executable program that behaves as told, by the share of the model that is to run on the graphics card.

    It adds one line for each of its starts to `runs.jsonl` beside it: its arguments, key and environment.
    """
    folder.mkdir(parents=True, exist_ok=True)
    script = {
        "full": full,
        "half": half,
        "none": none,
        "devices": devices,
        "version": version,
        "help": help_text,
        "speed": str(speed),
    }
    program = folder / name
    program.write_text(
        f"#!{sys.executable}\nimport sys\nsys.path.insert(0, {str(ROOT)!r})\n"
        f"from tests.fakes.llama_server import main\nmain({script!r}, {str(folder)!r})\n"
    )
    program.chmod(0o755)
    return program


def runs_of(program: Path) -> list[dict[str, Any]]:
    """Return what the program recorded of its starts, except of questions such as `--help`."""
    record = program.parent / "runs.jsonl"
    return [json.loads(line) for line in record.read_text().splitlines()] if record.exists() else []


def main(script: dict[str, str], folder: str) -> None:
    """Behave as llama-server would with the arguments of this process."""
    arguments = sys.argv[1:]
    for option, key in (("--help", "help"), ("--version", "version"), ("--list-devices", "devices")):
        if option in arguments:
            if script[key] == HANG:
                time.sleep(3600)
            if script[key] == CRASH:
                os.abort()
            sys.stdout.write(script[key])
            sys.exit(0)
    values = dict(zip(arguments, [*arguments[1:], ""], strict=True))
    key = Path(values["--api-key-file"]).read_text().strip()
    with (Path(folder) / "runs.jsonl").open("a") as record:
        run = {"arguments": arguments, "key": key, "environment": dict(os.environ), "id": os.getpid()}
        record.write(json.dumps(run) + "\n")
    behaviour = script[_share(values)]
    say(f"0.00.001.000 I main: loading with key {key}")
    if behaviour == NO_MEMORY:
        say("ggml_vulkan: Device memory allocation of size 4294967296 failed.")
        say("ggml_vulkan: vk::Device::allocateMemory: ErrorOutOfDeviceMemory")
        sys.exit(1)
    if behaviour == UNKNOWN_ARCHITECTURE:
        say("0.00.002.000 E llama_model_load: error loading model: unknown model architecture: 'newest'")
        sys.exit(1)
    if behaviour == CRASH:
        os.abort()
    serve(int(values["--port"]), key, behaviour, float(script["speed"]))


def _share(values: dict[str, str]) -> str:
    if values.get("--device") == "none":
        return "none"
    return "full" if "--fit" in values or values.get("--n-gpu-layers") == "999" else "half"


def say(line: str) -> None:
    sys.stderr.write(line + "\n")
    sys.stderr.flush()


def serve(port: int, key: str, behaviour: str, speed: float = 10.0) -> None:
    """Serve until the end of the process. `speed` is what it reports, in tokens per second."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_arguments: object) -> None:
            pass

        def do_GET(self) -> None:
            self.reply(b'{"status":"ok"}' if self.path == "/health" else b'{"data":[]}', "application/json")

        def do_POST(self) -> None:
            question = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            if self.headers["Authorization"] != f"Bearer {key}":
                self.send_error(401)
                return
            if behaviour == LOSE_DEVICE:
                say("terminate called after throwing an instance of 'vk::DeviceLostError'")
                say("  what():  vk::Queue::submit: ErrorDeviceLost")
                os.abort()
            if behaviour == END:
                os._exit(3)
            if behaviour == HANG:
                time.sleep(3600)
            if not question.get("stream"):
                timings = {"prompt_per_second": 10 * speed, "predicted_per_second": speed}
                self.reply(json.dumps({"text": "Hello", "timings": timings}).encode(), "application/json")
                return
            chunks = [{"delta": {"content": "Hello"}}, {"delta": {}, "finish_reason": "stop"}]
            events = [f"data: {json.dumps({'choices': [{'index': 0, **chunk}]})}\n\n" for chunk in chunks]
            self.reply("".join([*events, "data: [DONE]\n\n"]).encode(), "text/event-stream")

        def reply(self, body: bytes, kind: str) -> None:
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    say(f"0.00.003.000 I srv: server is listening on http://127.0.0.1:{port}")
    server.serve_forever()

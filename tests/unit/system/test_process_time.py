"""Another process's time on the processors is measured."""

import os
import subprocess
import sys
import time

from chatdesk.system.process_time import processor_time_of

_BURN = "import time\nwhile time.process_time() < {}: pass\nprint(flush=True); input()"


def test_the_time_that_a_process_took_is_told() -> None:
    command = [sys.executable, "-c", _BURN.format(0.5)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        process.stdout.readline()
        taken = processor_time_of(process.pid)
        process.communicate("\n")
    assert 0.4 <= taken < 1.5


def test_our_own_time_agrees_with_what_python_says() -> None:
    assert abs(processor_time_of(os.getpid()) - time.process_time()) < 0.2


def test_a_process_that_is_gone_took_nothing() -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        process.wait()
    assert processor_time_of(process.pid) == 0

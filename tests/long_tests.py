"""A test with a longer time-out of its own (`pytest.mark.timeout`) has more time, too, before its process is ended.

`faulthandler_timeout` in pyproject.toml holds for all tests. It ends a process that waits where no time-out can raise.
"""

import faulthandler

import pytest
from _pytest.faulthandler import fault_handler_stderr_fd_key

_LATER = 60
"""Seconds between the time-out of a test and the end of its process."""


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    marker = item.get_closest_marker("timeout")
    file = item.config.stash.get(fault_handler_stderr_fd_key, None)
    usual = float(item.config.getini("faulthandler_timeout") or 0)
    if marker and marker.args and file is not None and usual and marker.args[0] + _LATER > usual:
        faulthandler.dump_traceback_later(marker.args[0] + _LATER, exit=True, file=file)

"""A `Lazy` creates its value once, at the first use, and closes only what exists."""

import threading
from concurrent.futures import ThreadPoolExecutor

from chatdesk.kernel.lazy import Lazy


class Resource:
    """Counts how often it is closed."""

    def __init__(self) -> None:
        self.closed = 0

    async def aclose(self) -> None:
        self.closed += 1


def test_the_value_is_created_at_the_first_use_and_only_once() -> None:
    lazy = Lazy(Resource)
    assert lazy.created is None
    value = lazy.get()
    assert lazy.created is value
    assert lazy.get() is value


def test_two_threads_get_the_same_value() -> None:
    both = threading.Barrier(2, timeout=10)
    started = threading.Event()
    made: list[Resource] = []

    def make() -> Resource:
        started.wait(0.05)  # long enough for the other thread to ask as well
        made.append(Resource())
        return made[-1]

    lazy = Lazy(make)

    def ask() -> Resource:
        both.wait()
        return lazy.get()

    with ThreadPoolExecutor(2) as pool:
        first, second = (pool.submit(ask) for _ in range(2))
        assert first.result() is second.result()
    assert len(made) == 1


def test_who_waits_for_the_value_gets_it_before_the_one_who_asks() -> None:
    lazy = Lazy(Resource)
    seen: list[Resource] = []
    lazy.when_created(lambda value: seen.append(value) or seen.append(lazy.get()))
    assert seen == []
    value = lazy.get()
    assert seen == [value, value]
    lazy.when_created(seen.append)
    assert seen == [value] * 3


async def test_only_a_value_that_exists_is_closed() -> None:
    lazy = Lazy(Resource, Resource.aclose)
    await lazy.close()
    assert lazy.created is None
    value = lazy.get()
    await lazy.close()
    assert value.closed == 1


async def test_a_value_without_a_way_to_close_is_left_as_it_is() -> None:
    lazy = Lazy(Resource)
    value = lazy.get()
    await lazy.close()
    assert value.closed == 0


def test_a_failed_creation_is_tried_again() -> None:
    failures = [OSError("no disk")]

    def make() -> Resource:
        if failures:
            raise failures.pop()
        return Resource()

    lazy = Lazy(make)
    try:
        lazy.get()
    except OSError:
        assert lazy.created is None
    assert isinstance(lazy.get(), Resource)

"""A change after the end of the program is no error in the widget that makes it, and another `close` writes it."""

import asyncio

from chatdesk.kernel.aio.debounced_writer import DebouncedWriter


def test_a_change_after_the_event_loop_has_ended_is_written_by_the_next_close() -> None:
    written: list[str] = []
    writer = DebouncedWriter(lambda: lambda: written.append("content"))
    asyncio.run(writer.close())
    writer.soon()
    assert written == []
    asyncio.run(writer.close())
    assert written == ["content"]

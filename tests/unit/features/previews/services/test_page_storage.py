"""What pages keep, through the service."""

from datetime import UTC, datetime

from chatdesk.features.previews.services.page_storage import PageStorage
from tests.unit.features.conftest import Harness

ITEMS = (("best", "31"), ("half \ud800", "文"))


async def test_what_is_kept_is_found_until_it_is_forgotten(harness: Harness) -> None:
    pages = PageStorage(harness.database, lambda: datetime.now(UTC))
    chat = await harness.new_chat()
    assert await pages.find(["m1/0"]) is None
    await pages.save(chat, ["m1/0"], ())
    assert await pages.find(["m1/0"]) == (), "allowed, with nothing yet"
    await pages.save(chat, ["m1/0"], ITEMS)
    assert await pages.find(["m2/0", "m1/0"]) == ITEMS
    await pages.forget(["m1/0"])
    assert await pages.find(["m1/0"]) is None


async def test_what_cannot_be_read_any_more_is_nothing(harness: Harness) -> None:
    pages = PageStorage(harness.database, lambda: datetime.now(UTC))
    await pages.save(await harness.new_chat(), ["m1/0"], ITEMS)
    await harness.database.run(lambda connection: connection.execute("UPDATE kept_pages SET items = 'no json'"))
    assert await pages.find(["m1/0"]) == ()

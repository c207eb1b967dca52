"""What a person wants of single models: changed at once, announced, written soon."""

from chatdesk.features.models.services.model_preferences import ModelPreferences, PreferenceChanged
from chatdesk.kernel.errors.storage_errors import DiskFull
from chatdesk.kernel.models.model import ModelRef
from chatdesk.kernel.models.model_preference import NO_PREFERENCE, ModelPreference
from tests.own_time import until

A, B = ModelRef("ollama", "a"), ModelRef("ollama", "b")


async def test_a_change_is_reported_at_once_and_written_soon() -> None:
    written, received = [], []
    preferences = ModelPreferences({B: ModelPreference(hidden=True)}, written.append)
    preferences.changes.subscribe(received.append)
    preferences.set_favourite(A, favourite=True)
    preferences.set_nickname(A, "Helper")
    assert received == [PreferenceChanged(A), PreferenceChanged(A)]
    assert preferences.name(A, "a") == "Helper"
    assert preferences.name(B, "b") == "b"
    await until(lambda: written)
    assert written == [{B: ModelPreference(hidden=True), A: ModelPreference("Helper", favourite=True)}]
    await preferences.close()
    assert len(written) == 1


async def test_what_is_as_it_comes_again_is_kept_no_longer() -> None:
    written: list = []
    preferences = ModelPreferences({}, written.append)
    preferences.set_system_prompt(A, "Be brief.")
    preferences.set_context(A, 8192)
    assert preferences.context(A) == 8192
    preferences.set_system_prompt(A, "")
    preferences.set_parameters(A, NO_PREFERENCE.parameters)
    await preferences.close()
    assert written == [{}]


async def test_setting_what_it_is_already_changes_nothing() -> None:
    written, received = [], []
    preferences = ModelPreferences({}, written.append)
    preferences.changes.subscribe(received.append)
    preferences.set_hidden(A, hidden=False)
    preferences.set_system_prompt(A, "")
    await preferences.close()
    assert (written, received) == ([], [])


async def test_a_disk_that_will_not_write_is_reported_and_tried_again_at_the_end() -> None:
    tries, failures = [], []

    def write(wanted) -> None:
        tries.append(dict(wanted))
        if len(tries) == 1:
            raise DiskFull("models.json")

    preferences = ModelPreferences({}, write)
    preferences.failures.subscribe(failures.append)
    preferences.set_hidden(A, hidden=True)
    await until(lambda: failures)
    assert len(failures) == 1
    await preferences.close()
    assert len(tries) == 2

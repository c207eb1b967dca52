"""The instructions the engine needs are looked for in the system's own words."""

import platform

import pytest

from chatdesk.engine import installation as processor
from chatdesk.engine.installation import has_required_feature, linux_has

CPUINFO = (
    "processor\t: 0\nmodel name\t: avx2 in a name\nflags\t\t: {}\nbugs\t\t: avx2_bug\n\nprocessor\t: 1\nflags\t\t: {}\n"
)


@pytest.mark.parametrize(
    ("flags", "there"),
    [
        ("fpu sse4_2 avx avx2 bmi2", True),
        ("fpu sse4_2 avx", False),
        ("fpu avx2x", False),
        ("avx512_vp2", False),
        ("", False),
    ],
)
def test_the_flag_is_found_as_a_word_of_its_own(flags: str, there: bool) -> None:
    assert linux_has("avx2", CPUINFO.format(flags, flags)) is there


def test_a_system_that_does_not_say_gets_the_benefit_of_the_doubt() -> None:
    assert linux_has("avx2", "") is None
    assert linux_has("avx2", "processor : 0\n") is None


@pytest.mark.parametrize(
    ("machine", "there"), [("aarch64", True), ("arm64", True), ("x86_64", False), ("AMD64", False)]
)
def test_only_x86_processors_are_asked(monkeypatch: pytest.MonkeyPatch, machine: str, there: bool) -> None:
    monkeypatch.setattr(platform, "machine", lambda: machine)
    monkeypatch.setattr(processor, "_has_avx2", lambda: False)
    assert has_required_feature() is there

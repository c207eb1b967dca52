"""The rule by which presets are merged: alone, and on three computers with random edits and random delivery."""

import random
from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatdesk.features.sync.domain.preset_merging import Outcome, PresetChange, PresetHere, copy_id, outcome
from chatdesk.features.sync.domain.stamps import Stamp, next_counter

_EARLY, _NOW, _LATE = (Stamp(counter, "a") for counter in (1, 2, 3))
_HERE = PresetHere("ours", {"ours", "old"}, _NOW)


@pytest.mark.parametrize(
    ("change", "here", "expected"),
    [
        (PresetChange(_LATE, "theirs", ["ours"]), _HERE, Outcome.REPLACE),
        (PresetChange(_LATE, "theirs", ["old"]), _HERE, Outcome.REPLACE_AND_COPY_OURS),
        (PresetChange(_LATE, "old", ["ours", "old"]), _HERE, Outcome.REPLACE),
        (PresetChange(_EARLY, "theirs"), _HERE, Outcome.COPY_THEIRS),
        (PresetChange(_EARLY, "old"), _HERE, Outcome.IGNORE),
        (PresetChange(_NOW, "ours"), _HERE, Outcome.IGNORE),
        (PresetChange(_LATE, None), _HERE, Outcome.REPLACE),
        (PresetChange(_EARLY, None), _HERE, Outcome.IGNORE),
        (PresetChange(_EARLY, "theirs"), PresetHere(None, {"ours"}, _NOW), Outcome.IGNORE),
        (PresetChange(_LATE, "ours"), PresetHere(None, {"ours"}, _NOW), Outcome.REPLACE),
        (PresetChange(_EARLY, "theirs"), PresetHere(), Outcome.REPLACE),
    ],
)
def test_the_later_change_counts_and_no_text_is_lost(change: PresetChange, here: PresetHere, expected: Outcome) -> None:
    assert outcome(change, here) is expected


@dataclass
class _Replica:
    """A computer with presets in memory, whose texts are their own digests."""

    machine: str
    counter: int = 0
    texts: dict[str, str] = field(default_factory=dict)
    seen: dict[str, set[str]] = field(default_factory=dict)
    stamps: dict[str, Stamp] = field(default_factory=dict)
    written: list[tuple[str, PresetChange]] = field(default_factory=list)

    def write(self, id_: str, text: str | None, clock: int) -> None:
        self.counter = next_counter(self.counter, clock)
        before = tuple(self.seen.get(id_, ()))
        self._set(id_, text, Stamp(self.counter, self.machine))
        self.written.append((id_, PresetChange(self.stamps[id_], text, before)))

    def read(self, id_: str, change: PresetChange, clock: int) -> None:
        self.counter = max(self.counter, change.stamp.counter)
        here = PresetHere(self.texts.get(id_), self.seen.get(id_, ()), self.stamps.get(id_, PresetHere().stamp))
        result = outcome(change, here)
        if result is Outcome.REPLACE_AND_COPY_OURS:
            self._keep(id_, str(here.text), clock)
        if result is Outcome.COPY_THEIRS:
            self._keep(id_, str(change.text), clock)
        elif result is not Outcome.IGNORE:
            self._set(id_, change.text, change.stamp)

    def _keep(self, id_: str, text: str, clock: int) -> None:
        if (kept := copy_id(id_, text)) not in self.stamps:
            self.write(kept, text, clock)

    def _set(self, id_: str, text: str | None, stamp: Stamp) -> None:
        self.stamps[id_] = stamp
        if text is None:
            self.texts.pop(id_, None)
        else:
            self.texts[id_] = text
            self.seen.setdefault(id_, set()).add(text)


def _run(seed: int, steps: int, *, deletes: bool) -> tuple[list[_Replica], list[tuple[str, PresetChange]]]:
    randomness = random.Random(seed)
    replicas = [_Replica(name) for name in "abc"]
    clock = 0
    for number in range(steps):
        clock += randomness.choice((0, 1, 5))
        replica, other = randomness.sample(replicas, 2)
        action = randomness.random()
        id_ = randomness.choice(("gardener", "cook"))
        if action < 0.3:
            replica.write(id_, f"{number:08}", clock)
        elif action < 0.4 and replica.seen.get(id_):
            replica.write(id_, randomness.choice(sorted(replica.seen[id_])), clock)  # an earlier version, or restored
        elif action < 0.5 and deletes and replica.texts:
            replica.write(randomness.choice(sorted(replica.texts)), None, clock)
        elif other.written:
            replica.read(*randomness.choice(other.written), clock)
    said = -1
    while said < (said := sum(len(each.written) for each in replicas)):
        changes = [
            (reader, each)
            for writer in replicas
            for each in writer.written
            for reader in replicas
            if reader is not writer
        ]
        randomness.shuffle(changes)
        for reader, each in changes:
            reader.read(*each, clock)
    return replicas, [each for replica in replicas for each in replica.written]


@settings(max_examples=200, deadline=None)
@given(st.integers(min_value=0, max_value=2**32), st.integers(min_value=5, max_value=80))
def test_three_computers_end_with_the_same_presets(seed: int, steps: int) -> None:
    replicas, _ = _run(seed, steps, deletes=True)
    assert replicas[0].texts == replicas[1].texts == replicas[2].texts


@settings(max_examples=200, deadline=None)
@given(st.integers(min_value=0, max_value=2**32), st.integers(min_value=5, max_value=80))
def test_without_deletions_every_text_is_there_or_was_replaced_knowingly(seed: int, steps: int) -> None:
    replicas, changes = _run(seed, steps, deletes=False)
    replaced = {text for _, change in changes for text in change.before}
    written = {change.text for _, change in changes}
    assert written - replaced - set(replicas[0].texts.values()) == set()

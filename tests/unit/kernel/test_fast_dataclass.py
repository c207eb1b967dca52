"""The program's own `dataclass` does what the standard library's does; it only does it later."""

import copy
import dataclasses
import importlib
import inspect
import pickle
import pkgutil
from collections.abc import Callable
from typing import Any, ClassVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import chatdesk.kernel
from chatdesk.kernel.fast_dataclass import compile_init, fast_dataclass

Decorator = Callable[..., Any]


@fast_dataclass(frozen=True, slots=True)
class Point:
    """At the top of a module, where pickles find it."""

    x: int
    y: int = 2


def shapes(decorator: Decorator) -> dict[str, Any]:
    """Return every kind of class the program declares, made with one decorator."""

    @decorator(frozen=True, slots=True)
    class Value:
        a: int
        b: str = "b"
        c: list[int] = dataclasses.field(default_factory=list)

    @decorator(frozen=True, slots=True, order=True)
    class Ordered:
        a: int
        b: int = 0

    @decorator(frozen=True, slots=True, kw_only=True)
    class Keywords:
        a: int = 1
        b: int

    @decorator(frozen=True, slots=True, weakref_slot=True)
    class Watched:
        a: int
        b: str = "b"

    @decorator(slots=True)
    class Changing:
        a: int
        b: list[int] = dataclasses.field(default_factory=list)

    @decorator(slots=True, eq=False)
    class Itself:
        a: int
        b: int = 0

    @decorator
    class Plain:
        a: int
        b: int = 0

    @decorator(frozen=True)
    class Base:
        a: int
        b: int = 5

    @decorator(frozen=True)
    class Derived(Base):
        b: int = 6
        c: int = 7

    @decorator(eq=False)
    class Failure(Exception):
        a: int = 0
        b: str = dataclasses.field(default="", repr=False)

        def __str__(self) -> str:
            return repr(self)

    @decorator(eq=False)
    class NarrowFailure(Failure):
        c: int = 0

    @decorator(frozen=True, slots=True)
    class OwnMethods:
        a: int
        b: object = dataclasses.field(default=None, compare=False, repr=False)

        def __repr__(self) -> str:
            return "own"

        def __hash__(self) -> int:
            return 7

    @decorator(frozen=True, slots=True)
    class OwnEquality:  # noqa: PLW1641 - what becomes of its hash is tested
        a: int
        b: int = 0

        def __eq__(self, other: object) -> bool:
            return isinstance(other, OwnEquality) and self.a == other.a

    @decorator(frozen=True, slots=True)
    class Empty:
        pass

    return {cls.__name__: cls for cls in locals().values() if isinstance(cls, type)}


OURS, STANDARD = shapes(fast_dataclass), shapes(dataclasses.dataclass)
NAMES = sorted(OURS)
ARGUMENTS = st.tuples(
    st.lists(st.integers(0, 2), max_size=4), st.dictionaries(st.sampled_from("abcd"), st.integers(0, 2))
)


def outcome(act: Callable[[], object]) -> object:
    """Return the result, or which error came with which words."""
    try:
        return act()
    except (TypeError, AttributeError) as error:
        return type(error), str(error)


def facts(cls: Any, args: list[int], kwargs: dict[str, int]) -> list[object]:
    """Make an instance, and return all that can be seen of it."""
    made = outcome(lambda: cls(*args, **kwargs))
    if not isinstance(made, cls):
        return [made]
    other = cls(*args, **kwargs)
    return [
        repr(made),
        str(made),
        made == other,
        made != other,
        made == 1,
        outcome(lambda: hash(made) == hash(other)),
        outcome(lambda: made < other),
        outcome(lambda: made >= other),
        outcome(lambda: repr(dataclasses.replace(made, a=9))),
        outcome(lambda: dataclasses.astuple(made)),
        [outcome(lambda name=name: setattr(made, name, 4)) for name in cls.__match_args__],
        [outcome(lambda name=name: delattr(made, name)) for name in cls.__match_args__],
        outcome(lambda: repr(made)),
        outcome(lambda: made < 1),
        repr(copy.copy(other)),
        [outcome(lambda name=name: getattr(made, name)) for name in cls.__match_args__],
    ]


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=30)
@given(ARGUMENTS)
def test_an_instance_is_and_does_what_the_standard_one_would(
    name: str, arguments: tuple[list[int], dict[str, int]]
) -> None:
    assert facts(OURS[name], *arguments) == facts(STANDARD[name], *arguments)


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=10)
@given(st.lists(st.integers(0, 2), min_size=2, max_size=2))
def test_two_instances_are_compared_as_the_standard_ones_would(name: str, values: list[int]) -> None:
    def compared(cls: Any) -> object:
        one, two = cls(a=values[0]), cls(a=values[1])
        return [
            one == two,
            outcome(lambda: hash(one) == hash(two)),
            outcome(lambda: one < two),
            outcome(lambda: one >= two),
        ]

    if name != "Empty":
        expected = {"Keywords": {"b": 1}}.get(name, {})
        ours, standard = (
            (lambda **more: OURS[name](**more, **expected)),
            (lambda **more: STANDARD[name](**more, **expected)),
        )
        assert compared(ours) == compared(standard)


def test_a_value_that_holds_itself_can_be_shown() -> None:
    changing = OURS["Changing"](1)
    changing.b.append(changing)
    assert repr(changing).endswith("Changing(a=1, b=[...])")


def test_a_value_survives_a_pickle_and_a_deep_copy() -> None:
    point = Point(1)
    assert pickle.loads(pickle.dumps(point)) == copy.deepcopy(point) == point


def test_a_subclass_that_is_no_dataclass_has_attributes_of_its_own() -> None:
    class Noted(OURS["Base"]):  # type: ignore[misc]
        note = ""

    noted = Noted(1)
    noted.note = "n"
    assert noted.note == "n"
    with pytest.raises(dataclasses.FrozenInstanceError):
        noted.a = 2


def test_what_is_not_supported_is_refused_where_it_is_declared() -> None:
    class After:
        def __post_init__(self) -> None: ...

    class Without:
        a: int = dataclasses.field(default=0, init=False)

    class Shared:
        a: ClassVar[int] = 0

    class SharedByName:
        a: "ClassVar[int]" = 0

    class Marked:
        _: dataclasses.KW_ONLY
        a: int

    for unsupported in (After, Without, Shared, SharedByName, Marked):
        with pytest.raises(TypeError, match="not supported"):
            fast_dataclass(unsupported)


def test_a_default_value_that_all_instances_would_share_is_refused() -> None:
    class Sharing:
        a: list[int] = []  # noqa: RUF012

    for decorator in (fast_dataclass, dataclasses.dataclass):
        with pytest.raises(ValueError, match="use default_factory"):
            decorator(Sharing)


def test_the_fields_are_those_of_the_standard_class() -> None:
    def described(cls: type) -> list[object]:
        fields = [
            (field.name, field.type, field.default, field.kw_only, field.repr) for field in dataclasses.fields(cls)
        ]
        return [fields, cls.__match_args__, getattr(cls, "__slots__", None), cls.__qualname__, cls.__doc__]  # type: ignore[attr-defined]

    assert {name: described(OURS[name])[:4] for name in NAMES} == {
        name: described(STANDARD[name])[:4] for name in NAMES
    }


def test_an_explicit_call_of_a_method_of_the_base_class_compiles_that_method() -> None:
    @fast_dataclass(frozen=True, slots=True)
    class Base:
        a: int

    @fast_dataclass(frozen=True, slots=True)
    class Own(Base):
        b: int = 2

        def __eq__(self, other: object) -> bool:
            return Base.__eq__(self, other)

        __hash__ = Base.__hash__

    assert Own(1, 2) == Own(1, 3)
    assert Own(1) != Own(2)
    assert hash(Own(1, 2)) == hash(Own(1, 3)) == hash(Base(1))


def declared() -> list[type]:
    """Return every dataclass of the domain."""
    modules = [
        importlib.import_module(found.name)
        for found in pkgutil.walk_packages(chatdesk.kernel.__path__, "chatdesk.kernel.")
    ]
    return [
        thing
        for module in modules
        for thing in vars(module).values()
        if isinstance(thing, type) and dataclasses.is_dataclass(thing) and thing.__module__ == module.__name__
    ]


def test_every_value_of_the_domain_is_made_as_it_is_declared() -> None:
    classes = declared()
    assert len(classes) > 100
    for cls in classes:
        twin = dataclasses.make_dataclass(
            cls.__name__,
            [
                (
                    field.name,
                    field.type,
                    dataclasses.field(default=field.default, kw_only=field.kw_only)
                    if field.default_factory is dataclasses.MISSING
                    else dataclasses.field(default_factory=field.default_factory, kw_only=field.kw_only),
                )
                for field in dataclasses.fields(cls)
            ],
        )

        def takes(make: Callable[..., object]) -> list[tuple[str, object, bool]]:
            parameters = list(inspect.signature(make).parameters.values())[1:]
            return [(p.name, p.kind, p.default is inspect.Parameter.empty) for p in parameters]

        assert takes(compile_init(cls, frozen=True)) == takes(twin.__init__), cls

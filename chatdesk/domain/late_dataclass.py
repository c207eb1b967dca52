"""`dataclass`, as the standard library has it, for a program that declares hundreds of them in each start and makes few.

The standard one writes six methods for each class as text and compiles them: 0.4 ms a class, a third of what loading the window cost. Here
the methods share their code, all but `__init__`: that one is compiled, as it is faster so, when the first instance is made. What is
declared means the same (tests/unit/domain/test_late_dataclass.py holds both side by side), and a type checker is shown the standard one.

Not here, since nothing needs them: `__post_init__`, `InitVar`, fields that `__init__` does not take, and the rarer options.
"""

import operator
from collections.abc import Callable
from dataclasses import MISSING, Field, FrozenInstanceError, fields
from dataclasses import dataclass as standard_dataclass
from reprlib import recursive_repr
from typing import TYPE_CHECKING, Any, TypeVar

Declared = TypeVar("Declared")
_Method = Callable[..., Any]


def late_dataclass(
    cls: type[Declared] | None = None,
    /,
    *,
    eq: bool = True,
    order: bool = False,
    frozen: bool = False,
    slots: bool = False,
    kw_only: bool = False,
) -> Any:  # noqa: ANN401 - a decorator with or without arguments, as its model
    """Decorate a class; the options are the standard library's. Raises `TypeError` for what is not supported."""

    def declare(cls: type[Declared]) -> type[Declared]:
        return _declare(cls, eq=eq, order=order, frozen=frozen, slots=slots, kw_only=kw_only)

    return declare if cls is None else declare(cls)


if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass  # noqa: PLC0414 - exported
else:
    dataclass = late_dataclass


def _declare(cls: type[Declared], *, eq: bool, order: bool, frozen: bool, slots: bool, kw_only: bool) -> type[Declared]:
    given = vars(cls)
    # Python itself puts a `__hash__` of None beside an `__eq__` that is written out.
    hashes = given.get("__hash__") is not None or ("__hash__" in given and "__eq__" not in given)
    cls = standard_dataclass(init=False, repr=False, eq=False, slots=slots, kw_only=kw_only)(cls)
    if hasattr(cls, "__post_init__") or any(not field.init for field in fields(cls)):  # type: ignore[arg-type]
        raise TypeError(f"{cls.__qualname__}: not supported here, see the module's docstring")
    methods: dict[str, _Method | None] = {"__init__": _first_init(cls, frozen=frozen), "__repr__": _repr_of(cls)}
    if eq:
        values = _values_of(cls)
        methods["__eq__"] = _comparison(operator.eq, values)
        if not hashes:
            methods["__hash__"] = _hash_of(cls) if frozen else None
        if order:
            for name in ("lt", "le", "gt", "ge"):
                methods[f"__{name}__"] = _comparison(getattr(operator, name), values)
    if frozen:
        methods |= _refusals(cls)
        if slots:  # copies and pickles would set the fields one by one
            methods |= {"__getstate__": _state, "__setstate__": _set_state}
    for name, method in methods.items():
        if name not in given or name == "__hash__":
            setattr(cls, name, method)
    return cls


def _first_init(cls: type, *, frozen: bool) -> _Method:
    def __init__(self: object, *args: object, **kwargs: object) -> None:  # noqa: N807 - put into classes
        compiled = compile_init(cls, frozen=frozen)
        cls.__init__ = compiled  # type: ignore[misc]
        compiled(self, *args, **kwargs)

    return __init__


def compile_init(cls: type, *, frozen: bool) -> _Method:
    """Return the `__init__` of a dataclass: it takes its fields in their order, those for keywords only last."""
    known: dict[str, object] = {"__made_": object(), "__set_": object.__setattr__}
    positional, keyword_only, body = ["self"], list[str](), list[str]()
    for field in fields(cls):
        parameter, value = field.name, field.name
        if field.default is not MISSING:
            known[f"__default_{field.name}"] = field.default
            parameter += f"=__default_{field.name}"
        elif field.default_factory is not MISSING:
            known[f"__make_{field.name}"] = field.default_factory
            parameter += "=__made_"
            value = f"__make_{field.name}() if {field.name} is __made_ else {field.name}"
        (keyword_only if field.kw_only else positional).append(parameter)
        body.append(f"__set_(self, {field.name!r}, {value})" if frozen else f"self.{field.name} = {value}")
    parameters = [*positional, *(["*", *keyword_only] if keyword_only else [])]
    lines = "\n ".join(body or ["pass"])
    exec(f"def __init__({', '.join(parameters)}):\n {lines}", known)  # noqa: S102 - made of names alone
    method: _Method = known["__init__"]  # type: ignore[assignment]
    method.__qualname__ = f"{cls.__qualname__}.__init__"
    method.__module__ = cls.__module__
    return method


def _values_of(cls: type, wanted: Callable[["Field[Any]"], bool | None] = lambda field: field.compare) -> _Method:
    """Return what gives an instance's values as a tuple."""
    names = [field.name for field in fields(cls) if wanted(field)]
    if len(names) > 1:
        return operator.attrgetter(*names)
    return lambda self: tuple(getattr(self, name) for name in names)


def _hash_of(cls: type) -> _Method:
    values = _values_of(cls, lambda field: field.compare if field.hash is None else field.hash)
    return lambda self: hash(values(self))


def _comparison(compare: _Method, values: _Method) -> _Method:
    def compared(self: object, other: object) -> object:
        return compare(values(self), values(other)) if other.__class__ is self.__class__ else NotImplemented

    return compared


def _repr_of(cls: type) -> _Method:
    names = [field.name for field in fields(cls) if field.repr]

    @recursive_repr()
    def shown(self: object) -> str:
        return f"{self.__class__.__qualname__}({', '.join(f'{name}={getattr(self, name)!r}' for name in names)})"

    return shown


def _refusals(cls: type) -> dict[str, _Method]:
    """Return the methods that keep a frozen instance as it is. A subclass that is none may have attributes of its own."""
    names = frozenset(field.name for field in fields(cls))

    def set_attribute(self: object, name: str, value: object) -> None:
        if type(self) is cls or name in names:
            raise FrozenInstanceError(f"cannot assign to field {name!r}")
        object.__setattr__(self, name, value)

    def delete_attribute(self: object, name: str) -> None:
        if type(self) is cls or name in names:
            raise FrozenInstanceError(f"cannot delete field {name!r}")
        object.__delattr__(self, name)

    return {"__setattr__": set_attribute, "__delattr__": delete_attribute}


def _state(self: Any) -> list[object]:  # noqa: ANN401 - any dataclass
    return [getattr(self, field.name) for field in fields(self)]


def _set_state(self: Any, state: list[object]) -> None:  # noqa: ANN401 - any dataclass
    for field, value in zip(fields(self), state, strict=True):
        object.__setattr__(self, field.name, value)

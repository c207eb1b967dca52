"""A faster `dataclass` decorator, for a program that declares hundreds of dataclasses at each start and instantiates few of them.

The standard decorator generates and compiles six methods for each class: 0.4 ms per class, a third of the time to import the window. Here,
each method is compiled at its first call. Declarations have the same meaning (tests/unit/kernel/test_fast_dataclass.py compares both),
frozen instances with slots are created twice as fast, and type checkers see the standard decorator.

Not supported, because nothing needs it: `__post_init__`, `InitVar`, fields that are not parameters of `__init__`, and the rarer options.
"""

from collections.abc import Callable
from dataclasses import MISSING, FrozenInstanceError, fields
from dataclasses import dataclass as standard_dataclass
from functools import partial
from reprlib import recursive_repr
from types import MemberDescriptorType
from typing import TYPE_CHECKING, Any

_Method = Callable[..., Any]
_ORDER = {"__lt__": "<", "__le__": "<=", "__gt__": ">", "__ge__": ">="}


def fast_dataclass[Declared](
    cls: type[Declared] | None = None,
    /,
    *,
    eq: bool = True,
    order: bool = False,
    frozen: bool = False,
    slots: bool = False,
    kw_only: bool = False,
    weakref_slot: bool = False,
) -> Any:  # noqa: ANN401 - a decorator with or without arguments, like the standard one
    """Decorate a class. The options are those of the standard library. Raise `TypeError` for unsupported features."""

    def declare(cls: type[Declared]) -> type[Declared]:
        options = {"slots": slots, "kw_only": kw_only, "weakref_slot": weakref_slot}
        return _declare(cls, options, eq=eq, order=order, frozen=frozen)

    return declare if cls is None else declare(cls)


if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass  # noqa: PLC0414 - re-exported
else:
    dataclass = fast_dataclass


def _declare[Declared](
    cls: type[Declared], options: dict[str, bool], *, eq: bool, order: bool, frozen: bool
) -> type[Declared]:
    """Create the dataclass. `options` are passed on to the standard decorator."""
    given = vars(cls)
    # Python itself sets `__hash__` to None in a class that defines `__eq__`.
    hashes = given.get("__hash__") is not None or ("__hash__" in given and "__eq__" not in given)
    cls = standard_dataclass(init=False, repr=False, eq=False, **options)(cls)
    if hasattr(cls, "__post_init__") or any(not field.init for field in fields(cls)):  # type: ignore[arg-type]
        raise TypeError(f"{cls.__qualname__}: not supported here, see the module's docstring")
    methods: dict[str, _Method | None] = {
        "__init__": _compiled_on_first_call(cls, "__init__", partial(compile_init, cls, frozen=frozen)),
        "__repr__": _repr_of(cls),
    }
    if eq:
        methods["__eq__"] = _compiled_on_first_call(cls, "__eq__", partial(_compile_comparison, cls, "__eq__", "=="))
        for name, sign in _ORDER.items() if order else ():
            methods[name] = _compiled_on_first_call(cls, name, partial(_compile_comparison, cls, name, sign))
        if not hashes:
            methods["__hash__"] = (
                _compiled_on_first_call(cls, "__hash__", partial(_compile_hash, cls)) if frozen else None
            )
    if frozen:
        methods |= _frozen_methods(cls)
        if options["slots"]:  # copying and unpickling would otherwise set the fields one by one
            methods |= {"__getstate__": _state, "__setstate__": _set_state}
    for name, method in methods.items():
        if name not in given or name == "__hash__":
            setattr(cls, name, method)
    return cls


def _compiled_on_first_call(cls: type, name: str, make: Callable[[], _Method]) -> _Method:
    """Return a method that replaces itself, at its first call, with the one that `make` returns."""

    def first(self: object, *args: object, **kwargs: object) -> object:
        made = make()
        setattr(cls, name, made)
        return made(self, *args, **kwargs)

    return first


def compile_init(cls: type, *, frozen: bool) -> _Method:
    """Return the `__init__` of a dataclass: it takes the fields in their order, keyword-only fields last."""
    known: dict[str, object] = {"__made_": object(), "__set_": object.__setattr__}
    positional, keyword_only, body = ["self"], list[str](), list[str]()
    for field in fields(cls):
        parameter, value, slot = field.name, field.name, getattr(cls, field.name, None)
        if field.default is not MISSING:
            known[f"__default_{field.name}"] = field.default
            parameter += f"=__default_{field.name}"
        elif field.default_factory is not MISSING:
            known[f"__make_{field.name}"] = field.default_factory
            parameter += "=__made_"
            value = f"__make_{field.name}() if {field.name} is __made_ else {field.name}"
        (keyword_only if field.kw_only else positional).append(parameter)
        if not frozen:
            body.append(f"self.{field.name} = {value}")
        elif isinstance(slot, MemberDescriptorType):
            known[f"__set_{field.name}"] = slot.__set__
            body.append(f"__set_{field.name}(self, {value})")
        else:
            body.append(f"__set_(self, {field.name!r}, {value})")
    parameters = [*positional, *(["*", *keyword_only] if keyword_only else [])]
    return _compile(cls, "__init__", ", ".join(parameters), body or ["pass"], known)


def _compile_comparison(cls: type, name: str, sign: str) -> _Method:
    ours, theirs = (_tuple_of(cls, whose, lambda field: field.compare) for whose in ("self", "other"))
    body = [f"if other.__class__ is self.__class__: return {ours} {sign} {theirs}", "return NotImplemented"]
    return _compile(cls, name, "self, other", body, {})


def _compile_hash(cls: type) -> _Method:
    values = _tuple_of(cls, "self", lambda field: field.compare if field.hash is None else field.hash)
    return _compile(cls, "__hash__", "self", [f"return hash({values})"], {})


def _tuple_of(cls: type, whose: str, wanted: Callable[[Any], bool]) -> str:
    return f"({''.join(f'{whose}.{field.name}, ' for field in fields(cls) if wanted(field))})"


def _compile(cls: type, name: str, parameters: str, body: list[str], known: dict[str, object]) -> _Method:
    lines = "\n ".join(body)
    exec(f"def {name}({parameters}):\n {lines}", known)  # noqa: S102 - consists of names only
    method: _Method = known[name]  # type: ignore[assignment]
    method.__qualname__ = f"{cls.__qualname__}.{name}"
    method.__module__ = cls.__module__
    return method


def _repr_of(cls: type) -> _Method:
    names = [field.name for field in fields(cls) if field.repr]

    @recursive_repr()
    def show(self: object) -> str:
        return f"{self.__class__.__qualname__}({', '.join(f'{name}={getattr(self, name)!r}' for name in names)})"

    return show


def _frozen_methods(cls: type) -> dict[str, _Method]:
    """Return the methods that keep an instance frozen. A subclass that is not a dataclass may have further attributes."""
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

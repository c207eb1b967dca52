"""A faster `dataclass` decorator, for a program that declares hundreds of dataclasses at each start and instantiates few of them.

The standard decorator generates and compiles six methods for each class, and compiles an empty function even if none is wanted: a third of
the time to import the window. Here, each method is compiled at its first call. Declarations have the same meaning
(tests/unit/kernel/test_fast_dataclass.py compares both), the functions of `dataclasses` accept the instances, frozen instances with slots
are created twice as fast, and type checkers see the standard decorator.

Not supported, because nothing needs it: `__post_init__`, `ClassVar`, `InitVar`, `KW_ONLY`, fields that are not parameters of `__init__`,
and the rarer options.
"""

import sys
from abc import update_abstractmethods
from collections.abc import Callable, Iterable
from dataclasses import KW_ONLY, MISSING, Field, FrozenInstanceError, InitVar, fields, replace
from dataclasses import dataclass as standard_dataclass
from dataclasses import field as declare_field
from functools import partial
from reprlib import recursive_repr
from types import MemberDescriptorType
from typing import TYPE_CHECKING, Any, ClassVar

if sys.version_info >= (3, 14):
    from annotationlib import Format, get_annotations

    def _annotations(cls: type) -> dict[str, Any]:
        return get_annotations(cls, format=Format.FORWARDREF)
else:

    def _annotations(cls: type) -> dict[str, Any]:
        found: dict[str, Any] = vars(cls).get("__annotations__", {})  # a base class may have others
        return found


@standard_dataclass(init=False, repr=False, eq=False)
class _Standard:
    """Provides what the functions of `dataclasses` look for in a class and in its fields."""

    any: int


_Method = Callable[..., Any]
_FIELDS = "__dataclass_fields__"
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
        collected = _collect_fields(cls, kw_only=kw_only)
        if slots:
            cls = _with_slots(cls, collected, weakref_slot=weakref_slot)
        _add_methods(cls, eq=eq, order=order, frozen=frozen, slots=slots)
        return update_abstractmethods(cls)

    return declare if cls is None else declare(cls)


if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass  # noqa: PLC0414 - re-exported
else:
    dataclass = fast_dataclass


def _collect_fields(cls: type, *, kw_only: bool) -> dict[str, Field[Any]]:
    """Return the fields of a class and its bases, and store them where the functions of `dataclasses` find them."""
    collected: dict[str, Field[Any]] = {}
    for base in reversed(cls.__mro__[1:]):
        collected |= vars(base).get(_FIELDS, {})
    for name, annotation in _annotations(cls).items():
        declared = _own_field(cls, name, annotation)
        if declared.kw_only is MISSING:
            declared.kw_only = kw_only
        collected[name] = declared
    if hasattr(cls, "__post_init__") or not all(declared.init for declared in collected.values()):
        raise TypeError(f"{cls.__qualname__}: not supported here, see the module's docstring")
    setattr(cls, _FIELDS, collected)
    cls.__dataclass_params__ = _Standard.__dataclass_params__  # type: ignore[attr-defined]
    if "__match_args__" not in vars(cls):
        match_args = tuple(declared.name for declared in collected.values() if not declared.kw_only)
        setattr(cls, "__match_args__", match_args)  # noqa: B010 - mypy refuses the assignment
    return collected


def _own_field(cls: type, name: str, annotation: object) -> Field[Any]:
    """Return the field that a class declares, and replace its declaration in the class with the default value."""
    if _is_unsupported(annotation):
        raise TypeError(f"{cls.__qualname__}.{name}: not supported here, see the module's docstring")
    default: Any = getattr(cls, name, MISSING)
    if isinstance(default, MemberDescriptorType):  # the slot of a base class
        default = MISSING
    if isinstance(default, Field):
        declared = default
        if declared.default is MISSING:
            delattr(cls, name)
        else:
            setattr(cls, name, declared.default)
    else:
        declared = declare_field(default=default)
    if type(declared.default).__hash__ is None:
        raise ValueError(f"{cls.__qualname__}.{name}: instances would share the default value; use default_factory")
    declared.name, declared.type = name, annotation
    declared._field_type = _FIELD_TYPE  # type: ignore[attr-defined]  # noqa: SLF001 - `dataclasses.fields` returns only such fields
    return declared


def _is_unsupported(annotation: object) -> bool:
    if isinstance(annotation, str):
        return "ClassVar" in annotation or "InitVar" in annotation
    kind = getattr(annotation, "__origin__", annotation)
    return kind is ClassVar or kind is KW_ONLY or isinstance(kind, InitVar)


_FIELD_TYPE = fields(_Standard)[0]._field_type  # type: ignore[attr-defined]  # noqa: SLF001 - see above


def _with_slots[Declared](cls: type[Declared], names: Iterable[str], *, weakref_slot: bool) -> type[Declared]:
    """Return the class with slots for the fields. Python cannot add them to a class that exists."""
    inherited = {slot for base in cls.__mro__[1:] for slot in vars(base).get("__slots__", ())}
    wanted = (*names, "__weakref__") if weakref_slot else names
    left_out = {*names, "__dict__", "__weakref__"}
    namespace = {name: value for name, value in vars(cls).items() if name not in left_out}
    namespace["__slots__"] = tuple(name for name in wanted if name not in inherited)
    namespace["__qualname__"] = cls.__qualname__
    make_class: Callable[..., type[Declared]] = type(cls)
    return make_class(cls.__name__, cls.__bases__, namespace)


def _add_methods(cls: type, *, eq: bool, order: bool, frozen: bool, slots: bool) -> None:
    """Add the methods that the class does not define itself."""
    namespace = vars(cls)
    # Python itself sets `__hash__` to None in a class that defines `__eq__`.
    hashes = namespace.get("__hash__") is not None or ("__hash__" in namespace and "__eq__" not in namespace)
    methods: dict[str, _Method | None] = {
        "__init__": _compiled_on_first_call(cls, "__init__", partial(compile_init, cls, frozen=frozen)),
        "__repr__": _show,
        "__replace__": replace,
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
        methods |= {"__setattr__": _refuse_to_set, "__delattr__": _refuse_to_delete}
        if slots:  # copying and unpickling would otherwise set the fields one by one
            methods |= {"__getstate__": _state, "__setstate__": _set_state}
    for name, method in methods.items():
        if name not in namespace or name == "__hash__":
            setattr(cls, name, method)


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


@recursive_repr()
def _show(self: Any) -> str:  # noqa: ANN401 - any dataclass
    values = ", ".join(f"{shown.name}={getattr(self, shown.name)!r}" for shown in fields(self) if shown.repr)
    return f"{self.__class__.__qualname__}({values})"


def _is_frozen(instance: object, name: str) -> bool:
    """Return whether an attribute must not change. A subclass that is not a dataclass may have further attributes."""
    return _FIELDS in vars(type(instance)) or name in getattr(instance, _FIELDS)


def _refuse_to_set(self: object, name: str, value: object) -> None:
    if _is_frozen(self, name):
        raise FrozenInstanceError(f"cannot assign to field {name!r}")
    object.__setattr__(self, name, value)


def _refuse_to_delete(self: object, name: str) -> None:
    if _is_frozen(self, name):
        raise FrozenInstanceError(f"cannot delete field {name!r}")
    object.__delattr__(self, name)


def _state(self: Any) -> list[object]:  # noqa: ANN401 - any dataclass
    return [getattr(self, field.name) for field in fields(self)]


def _set_state(self: Any, state: list[object]) -> None:  # noqa: ANN401 - any dataclass
    for field, value in zip(fields(self), state, strict=True):
        object.__setattr__(self, field.name, value)

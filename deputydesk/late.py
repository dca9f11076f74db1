"""`dataclass`, put together when it is first used: a start pays for what it shows only.

For a frozen dataclass Python writes and compiles half a dozen methods, half a millisecond in all;
what the first page imports names a hundred and thirty kinds of rows, and shows a few of them.
So the first instances are made, compared and told by methods that all kinds share; a kind of
which many are made gets Python's `__init__`, and one that says more than fields and defaults
is Python's own from its first instance on.
"""

import sys
from collections.abc import Callable, Mapping
from operator import attrgetter
from reprlib import recursive_repr
from threading import RLock
from typing import TYPE_CHECKING, Any, ClassVar

if TYPE_CHECKING:
    from dataclasses import asdict as asdict  # noqa: PLC0414 - to be imported from here
    from dataclasses import dataclass as dataclass  # noqa: PLC0414 - the same
    from dataclasses import field as field  # noqa: PLC0414 - the same
    from dataclasses import replace as replace  # noqa: PLC0414 - the same

    from typing_extensions import override as override  # noqa: PLC0414 - the same
else:

    def dataclass(kind: type | None = None, /, **options: bool) -> Any:  # Any: as Python's own
        """Make a class a dataclass, as Python's own does, but when it is first used."""
        if kind is None:
            return lambda kind: dataclass(kind, **options)
        _names_of[kind] = None
        kind.__dataclass_fields__ = _Fields(kind, options)
        kind.__init__ = _first_made(kind, options)
        return kind

    def field(**options: Any) -> Any:  # Any: as Python's own
        """Say more of a field, as Python's own does."""
        return _Said(options)

    def asdict(one: Any) -> Any:  # Any: as Python's own
        """Take an instance apart, as Python's own does."""
        from dataclasses import asdict as taken_apart

        return taken_apart(one)

    def replace(one: Any, /, **changes: Any) -> Any:  # Any: as Python's own
        """Make an instance that differs, as Python's own does."""
        from dataclasses import replace as changed

        return changed(one, **changes)

    def override(method: Any) -> Any:  # Any: a method
        """Say that a method stands in the place of another; types are checked by others."""
        return method


MANY = 200
"""So many instances are made before Python's `__init__` is worth its price."""
_OWN_WAYS = frozenset({"__repr__", "__eq__", "__hash__", "__setattr__", "__delattr__"})
_USUAL = frozenset({"frozen"})
_WAYS = {"default": "defaults", "default_factory": "factories"}
_making = RLock()
_names_of: "dict[type, Plan | None]" = {}


class _Said:
    """What is said of a field; Python's own where Python is to make the class."""

    def __init__(self, options: dict[str, Any]) -> None:  # Any: as Python's own takes
        self.options = options


class Plan:
    """What a kind has: names of its fields, and what they are unless they are given."""

    def __init__(
        self,
        names: tuple[str, ...] = (),
        defaults: Mapping[str, Any] | None = None,  # Any: values of fields
        factories: Mapping[str, Callable[[], Any]] | None = None,  # Any: the same
    ) -> None:
        self.names = names
        self.defaults = dict(defaults or {})
        self.factories = dict(factories or {})

    def add(self, more: "Plan") -> None:
        """Put more fields behind these, or in the place of those of the same name."""
        for name in more.names:
            self.defaults.pop(name, None)
            self.factories.pop(name, None)
        self.names = tuple(dict.fromkeys((*self.names, *more.names)))
        self.defaults |= more.defaults
        self.factories |= more.factories

    def is_given(self, name: str) -> bool:
        """Whether a field has a value of its own."""
        return name in self.defaults or name in self.factories

    def own_value(self, name: str) -> Any:  # Any: a value of a field
        """What a field is unless it is given."""
        return self.factories[name]() if name in self.factories else self.defaults[name]


class _Fields:
    """Stands where Python looks for a dataclass's fields: who asks for them gets Python's."""

    def __init__(self, kind: type[Any], options: dict[str, Any]) -> None:  # Any: of every class
        self.kind = kind
        self.options = options

    def __get__(self, one: object, kind: type[Any]) -> Any:  # Any: Python's own description
        _complete(self.kind, self.options)
        return kind.__dataclass_fields__


def _first_made(kind: type[Any], options: dict[str, Any]) -> Any:  # Any: an `__init__`
    """The `__init__` of a class that nobody has made one of; by then it has another."""

    def __init__(self: Any, *args: Any, **kwargs: Any) -> None:  # noqa: N807 # Any: as given
        _begin(kind, options)
        self.__init__(*args, **kwargs)

    first: Any = __init__
    first.is_waiting = True
    return first


def _begin(kind: type[Any], options: dict[str, Any]) -> None:  # Any: of every class
    """Let instances be made, in the shared way if the kind is a usual one."""
    with _making:
        if not getattr(kind.__dict__["__init__"], "is_waiting", False):
            return
        plan = _plan(kind, options)
        if plan is None:
            _complete(kind, options)
            return
        _share(kind, plan, is_frozen=bool(options.get("frozen")))
        kind.__init__ = _shared_init(kind, options, plan)


def _plan(kind: type[Any], options: Mapping[str, Any]) -> Plan | None:  # Any: of every class
    """What the kind has; None if it says more than fields and defaults."""
    own = kind.__dict__
    if not (options.keys() <= _USUAL and _OWN_WAYS.isdisjoint(own)):
        return None
    plan = Plan()
    for base in reversed(kind.__mro__[1:]):
        above = _plan_of_base(base) if "__dataclass_fields__" in base.__dict__ else Plan()
        if above is None:
            return None
        plan.add(above)
    for name, annotation in own.get("__annotations__", {}).items():
        if ClassVar in (annotation, getattr(annotation, "__origin__", None)):
            continue
        if not _is_usual(annotation, own.get(name)):
            return None
        plan.add(_field(name, own))
    given = [plan.is_given(name) for name in plan.names]
    _names_of[kind] = plan if given == sorted(given) else None
    return _names_of[kind]


def _field(name: str, own: Mapping[str, Any]) -> Plan:  # Any: what stands in a class
    """One field of a class."""
    if name not in own:
        return Plan((name,))
    value = own[name]
    if isinstance(value, _Said):
        ((way, what),) = value.options.items()
        return Plan((name,), **{_WAYS[way]: {name: what}})
    if not _is_field(value):
        return Plan((name,), {name: value})
    missing = sys.modules["dataclasses"].MISSING
    if value.default_factory is not missing:
        return Plan((name,), {}, {name: value.default_factory})
    return Plan((name,), {} if value.default is missing else {name: value.default})


def _plan_of_base(base: type[Any]) -> Plan | None:  # Any: of every class
    fields = base.__dict__["__dataclass_fields__"]
    return _plan(base, fields.options) if isinstance(fields, _Fields) else _names_of.get(base)


def _is_usual(annotation: object, default: Any) -> bool:  # Any: of every class
    """Whether a field is no more than a name and a default that everybody may share."""
    said = annotation if isinstance(annotation, str) else type(annotation).__name__
    if "ClassVar" in said or "InitVar" in said or "KW_ONLY" in said:
        return False
    if isinstance(default, _Said):
        return default.options.keys() in ({"default"}, {"default_factory"})
    if _is_field(default):
        ways = (default.init, default.repr, default.compare, default.hash, default.kw_only)
        return (
            ways[:3] == (True, True, True) and default.hash is None and default.kw_only is not True
        )
    return type(default).__hash__ is not None and type(default).__name__ != "member_descriptor"


def _is_field(value: object) -> bool:
    """Whether it is Python's description of a field, which is imported then."""
    return type(value).__name__ == "Field" and type(value).__module__ == "dataclasses"


def _share(kind: type[Any], plan: Plan, *, is_frozen: bool) -> None:  # Any: of every class
    """Give a kind the methods that all kinds share."""
    values = _values(plan.names)

    @recursive_repr()
    def __repr__(self: Any) -> str:  # noqa: N807 # Any: an instance
        said = ", ".join(f"{name}={getattr(self, name)!r}" for name in plan.names)
        return f"{self.__class__.__qualname__}({said})"

    def __eq__(self: Any, other: Any) -> Any:  # noqa: N807 # Any: an instance, and anything
        if other.__class__ is self.__class__:
            return values(self) == values(other)
        return NotImplemented

    _set(kind, __repr__, __eq__)
    if is_frozen:
        _freeze(kind, plan, values)
    else:
        setattr(kind, "__hash__", None)  # noqa: B010 - as Python does
    if "__match_args__" not in kind.__dict__:
        setattr(kind, "__match_args__", plan.names)  # noqa: B010 - as Python does


def _freeze(
    kind: type[Any],  # Any: of every class
    plan: Plan,
    values: Callable[[Any], tuple[Any, ...]],  # Any: of an instance
) -> None:
    """Let instances be keys, and stay as they are."""

    def __hash__(self: Any) -> int:  # noqa: N807 # Any: an instance
        return hash(values(self))

    def __setattr__(self: Any, name: str, value: object) -> None:  # noqa: N807 # Any: an instance
        _refuse(self, kind, plan, "assign to", name)
        super(kind, self).__setattr__(name, value)

    def __delattr__(self: Any, name: str) -> None:  # noqa: N807 # Any: an instance
        _refuse(self, kind, plan, "delete", name)
        super(kind, self).__delattr__(name)

    _set(kind, __hash__, __setattr__, __delattr__)


def _set(kind: type[Any], *methods: Any) -> None:  # Any: of every class
    """Put methods into a class, under its name."""
    for method in methods:
        method.__qualname__ = f"{kind.__qualname__}.{method.__name__}"
        setattr(kind, method.__name__, method)


def _values(names: tuple[str, ...]) -> Callable[[Any], tuple[Any, ...]]:  # Any: an instance's
    """What gives all values of an instance."""
    if len(names) > 1:
        return attrgetter(*names)
    return lambda one: tuple(getattr(one, name) for name in names)


def _refuse(
    one: object,
    kind: type[Any],  # Any: of every class
    plan: Plan,
    what: str,
    name: str,
) -> None:
    """An instance that is frozen stays as it is."""
    if type(one) is kind or name in plan.names:
        from dataclasses import FrozenInstanceError

        message = f"cannot {what} field {name!r}"
        raise FrozenInstanceError(message)


def _shared_init(
    kind: type[Any],  # Any: of every class
    options: dict[str, Any],  # Any: the same
    plan: Plan,
) -> Any:  # Any: an `__init__`
    """An `__init__` that gives way to Python's when it has made many, or is called wrongly."""
    names, known = plan.names, frozenset(plan.names)
    is_more = hasattr(kind, "__post_init__")
    made = 0

    def __init__(self: Any, *args: Any, **kwargs: Any) -> None:  # noqa: N807 # Any: as given
        nonlocal made
        made += 1
        values = dict(zip(names, args, strict=False))
        missing = known - values.keys() - kwargs.keys()
        is_right = (
            len(args) <= len(names)
            and kwargs.keys() <= known
            and values.keys().isdisjoint(kwargs)
            and all(plan.is_given(name) for name in missing)
        )
        if made > MANY or not is_right:
            _complete(kind, options)
            kind.__init__(self, *args, **kwargs)
            return
        values |= kwargs | {name: plan.own_value(name) for name in missing}
        self.__dict__.update((name, values[name]) for name in names)
        if is_more:
            self.__post_init__()

    return __init__


def _complete(kind: type[Any], options: dict[str, Any]) -> None:  # Any: of every class
    """Make it Python's dataclass, once; another thread that makes one meanwhile waits."""
    import dataclasses

    complete = dataclasses.dataclass
    with _making:
        if not isinstance(kind.__dict__["__dataclass_fields__"], _Fields):
            return
        plan = _names_of[kind] or _plan(kind, options)
        for name, value in [*kind.__dict__.items()]:
            if isinstance(value, _Said):
                setattr(kind, name, dataclasses.field(**value.options))
        made = _likeness(kind)
        if plan is None:
            complete(**options, init=False)(kind)
            complete(**options)(made)
        else:
            if getattr(kind.__dict__["__init__"], "is_waiting", False):
                _share(kind, plan, is_frozen=bool(options.get("frozen")))
            complete(**options, repr=False, eq=False, match_args=False)(made)
        for name in () if plan is None else ("__dataclass_params__", "__dataclass_fields__"):
            setattr(kind, name, made.__dict__[name])
        # Put last, and in one step, in the place of what other threads wait in.
        kind.__init__ = made.__dict__["__init__"]


def _likeness(kind: type[Any]) -> type[Any]:  # Any: of every class
    """A class that has the fields of another, of which Python may write the methods."""
    own = kind.__dict__
    kept = {"__annotations__", "__module__", "__qualname__", "__post_init__"}
    kept |= {"__orig_bases__", "__parameters__", *own.get("__annotations__", {})}
    words = {name: value for name, value in own.items() if name in kept}
    # Without words of its own it would be given some, which takes as long as the rest.
    return type(kind.__name__, kind.__bases__, words | {"__doc__": kind.__doc__ or kind.__name__})

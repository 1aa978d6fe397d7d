"""What names of the JavaScript library, the Workers runtime and a few common packages mean.

Keys are those of ``Module.intrinsics``: a dotted global (``Promise.all``), an export of a module written
``specifier.name`` (``nanoid.nanoid``), or ``.name`` for a method of any value.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from analyzer.flow.intrinsics import Intrinsic

MUTATING_METHODS = frozenset(
    {
        "push",
        "pop",
        "shift",
        "unshift",
        "splice",
        "sort",
        "reverse",
        "fill",
        "copyWithin",
        "set",
        "add",
        "delete",
        "clear",
        "append",
    }
)
"""Methods of arrays, maps, sets, form data and headers that change their receiver."""

MUTATING_FUNCTIONS = frozenset(
    {
        "Object.assign",
        "Object.defineProperty",
        "Object.defineProperties",
        "Object.setPrototypeOf",
        "Reflect.set",
        "Reflect.defineProperty",
        "Reflect.deleteProperty",
    }
)
"""Functions that change the object given as their first argument."""


CRYPTO = ("crypto", "node:crypto", "crypto.default", "node:crypto.default")
"""The module under its names; its default export holds what it exports."""


def _keys(prefix: str, names: str) -> Iterable[str]:
    return (prefix + name for name in names.split())


_GROUPS: tuple[tuple[Intrinsic, Iterable[str]], ...] = (
    (Intrinsic.ALL, ("Promise.all",)),
    (Intrinsic.ALL_SETTLED, ("Promise.allSettled",)),
    (Intrinsic.ANY, ("Promise.any",)),
    (Intrinsic.RACE, ("Promise.race",)),
    (Intrinsic.RESOLVE, ("Promise.resolve",)),
    (Intrinsic.REJECT, ("Promise.reject",)),
    (Intrinsic.NEW_PROMISE, ("Promise",)),
    (Intrinsic.IDENTITY, _keys("Object.", "freeze seal preventExtensions")),
    (Intrinsic.IDENTITY, ("Object", "String", "structuredClone")),
    (Intrinsic.COLLECTION, ("Array", "Set")),
    (Intrinsic.MAPPING, ("Map",)),
    (Intrinsic.LOOK_UP, (".get",)),
    (Intrinsic.THEN, (".then",)),
    (Intrinsic.CATCH, (".catch",)),
    (Intrinsic.FINALLY, (".finally",)),
    (Intrinsic.EACH, _keys(".", "map flatMap")),
    (Intrinsic.EACH_DISCARD, _keys(".", "forEach filter some every find findIndex findLast findLastIndex")),
    (Intrinsic.REDUCE, _keys(".", "reduce reduceRight")),
    (Intrinsic.FROM, _keys("Array.", "from fromAsync")),
    (Intrinsic.CALL, (".call",)),
    (Intrinsic.APPLY, (".apply",)),
    (Intrinsic.BIND, (".bind",)),
    (Intrinsic.LATER, ("setTimeout", "setInterval", "setImmediate", "queueMicrotask", "process.nextTick")),
    (Intrinsic.NAMED, ("__name",)),
    (Intrinsic.APPEND, _keys(".", "push add")),
    (Intrinsic.VALUES, ("Object.values", ".values")),
    (Intrinsic.KEYS, ("Object.keys", ".keys")),
    (Intrinsic.ENTRIES, ("Object.entries", ".entries")),
    (Intrinsic.SLICE, _keys(".", "slice reverse toReversed toSorted")),
    (Intrinsic.CONCAT, (".concat",)),
    (Intrinsic.JOIN, (".join",)),
    (Intrinsic.TEXT, _keys(".", "trim trimStart trimEnd toUpperCase toLowerCase")),
    (Intrinsic.ASSIGN, ("Object.assign",)),
    (Intrinsic.MUTATE, _keys(".", "pop shift unshift splice sort fill copyWithin set delete clear")),
    (Intrinsic.DATE, ("Date", "dayjs.default", "moment.default")),
    (Intrinsic.DATE_UTC, ("Date.UTC",)),
    (Intrinsic.DATE_PARSE, ("Date.parse",)),
    (Intrinsic.CLOCK, ("Date.now", "performance.now", "process.hrtime", "process.hrtime.bigint", "process.uptime")),
    (Intrinsic.CLOCK, _keys("Temporal.Now.", "instant plainDateISO plainDateTimeISO plainTimeISO zonedDateTimeISO")),
    (Intrinsic.CLOCK, ("luxon.DateTime.now", *_keys("date-fns.", "isFuture isPast isToday isTomorrow isYesterday"))),
    (Intrinsic.RANDOM, ("Math.random", "crypto.getRandomValues")),
    (Intrinsic.RANDOM, (f"{module}.{name}" for module in CRYPTO for name in ("randomBytes", "randomInt"))),
    (Intrinsic.ID, (f"{module}.randomUUID" for module in CRYPTO)),
    (Intrinsic.ID, ("nanoid", "nanoid.nanoid", "ulid.ulid", "ulidx.ulid")),
    (Intrinsic.ID, ("@paralleldrive/cuid2.createId", *_keys("uuid.", "v1 v4 v6 v7"))),
    (Intrinsic.IO, ("fetch",)),
    (
        Intrinsic.CONSOLE,
        _keys("console.", "log info warn error debug trace table dir group groupEnd assert count time timeEnd"),
    ),
    (Intrinsic.TIMER, ("scheduler.wait", "timers/promises.setTimeout", "node:timers/promises.setTimeout")),
    (Intrinsic.ENVIRONMENT, ("process.env", "cloudflare:workers.env")),
    (Intrinsic.REQUIRE, ("require",)),
    (Intrinsic.IMPORT, ("import",)),
)

INTRINSICS: Mapping[str, Intrinsic] = MappingProxyType({key: meaning for meaning, keys in _GROUPS for key in keys})
"""The table handed over with every JavaScript module."""

"""What the standard library of a language means to an analysis of behaviour.

A frontend hands over a table of names; the builder applies an entry when the *value* of a callee resolves to that name.
Keys: a dotted global or imported name (``Promise.all``, ``asyncio.gather``, ``Math.random``), or ``.name`` for a method
of a value that is not known to be something else (``.map``, ``.append``).
"""

from __future__ import annotations

from enum import Enum, auto


class Intrinsic(Enum):
    """A meaning. Arguments are positional unless said otherwise."""

    # combinators of promises: one iterable argument, or (SPREAD forms) the promises themselves
    ALL = auto()  # Promise.all
    ALL_SETTLED = auto()  # Promise.allSettled
    ANY = auto()  # Promise.any
    RACE = auto()  # Promise.race
    GATHER = auto()  # asyncio.gather(*aws, return_exceptions=…)
    WAIT = auto()  # asyncio.wait(aws, return_when=…)
    AS_COMPLETED = auto()  # asyncio.as_completed(aws)
    # scheduling and passing through
    SCHEDULE = auto()  # create_task, ensure_future: starts its argument, yields the promise
    TASK_GROUP = auto()  # asyncio.TaskGroup()
    PASS_AWAITABLE = auto()  # shield: starts its first argument and waits for it
    TIME_LIMIT = auto()  # wait_for: the same, for some time only
    TIME_SCOPE = auto()  # asyncio.timeout: what stands in its with has so much time
    RESOLVE = auto()  # Promise.resolve: yields its argument
    REJECT = auto()  # Promise.reject
    IDENTITY = auto()  # yields its first argument unchanged: Object.freeze, Object, String, structuredClone, iter, copy
    THEN = auto()  # .then(f, g)
    CATCH = auto()  # .catch(f)
    FINALLY = auto()  # .finally(f)
    # callbacks
    EACH = auto()  # a callback a turn, its value kept: .map, .flatMap
    EACH_DISCARD = auto()  # a callback a turn, its value dropped: .forEach, .filter, .some, .every, .find…
    REDUCE = auto()  # .reduce(callback, first)
    FROM = auto()  # Array.from(iterable, callback?)
    MAP_FUNCTION = auto()  # Python's map(f, iterable), filter(f, iterable)
    CALL = auto()  # Function.prototype.call
    APPLY = auto()  # Function.prototype.apply
    BIND = auto()  # Function.prototype.bind
    LATER = auto()  # runs its first argument by and by, outside this flow: setTimeout, queueMicrotask
    NEW_PROMISE = auto()  # new Promise(executor): runs its argument now
    NAMED = auto()  # esbuild's __name(value, "name")
    PARTIAL = auto()  # functools.partial
    # collections
    COLLECTION = auto()  # makes a list or set of the elements of its one argument, an empty one without: list, set, Array, Set
    MAPPING = auto()  # makes a mapping of its keywords or entries: dict, Map
    LOOK_UP = auto()  # .get(key, default?): the entry of the receiver under a key
    APPEND = auto()  # .push, .append, .add: adds its arguments to the receiver
    EXTEND = auto()  # .extend
    VALUES = auto()  # Object.values, .values
    KEYS = auto()
    ENTRIES = auto()  # Object.entries, .entries, .items
    ENUMERATE = auto()
    SLICE = auto()  # a part of the receiver in its order: .slice, .reverse, .toSorted, reversed, sorted
    CONCAT = auto()  # .concat
    JOIN = auto()  # JavaScript: list.join(separator)
    JOIN_ON = auto()  # Python: separator.join(list)
    FORMAT = auto()  # Python's str.format
    TEXT = auto()  # a pure conversion of text: .trim, .toUpperCase, .toLowerCase, .strip, .upper, .lower (see builder)
    LENGTH = auto()  # Python's len
    RANGE = auto()
    ASSIGN = auto()  # Object.assign
    MUTATE = auto()  # changes its receiver otherwise: .pop, .sort, .set, .update, .clear…
    # instants
    DATE = auto()  # new Date(…)
    DATE_UTC = auto()  # Date.UTC(…)
    DATE_PARSE = auto()  # Date.parse(…)
    DATETIME = auto()  # datetime(…, tzinfo=…)
    TIMEDELTA = auto()
    UTC = auto()  # timezone.utc, datetime.UTC
    # origins of values
    CLOCK = auto()  # Date.now, performance.now, datetime.now, time.time
    RANDOM = auto()  # Math.random, random.*
    ID = auto()  # crypto.randomUUID, uuid.uuid4, nanoid
    IO = auto()  # fetch
    CONSOLE = auto()  # console.*, print
    TIMER = auto()  # scheduler.wait, asyncio.sleep, time.sleep: waits outside the engine
    ENVIRONMENT = auto()  # process.env, os.environ
    # modules
    REQUIRE = auto()  # require("specifier")
    IMPORT = auto()  # import("specifier")
    # constants of the library
    FIRST_COMPLETED = auto()  # asyncio.FIRST_COMPLETED

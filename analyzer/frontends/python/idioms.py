"""What names of Python's library, the Workers runtime and a few common packages mean.

Keys are those of ``Module.intrinsics``: a builtin (``len``), the full name of what a module exports (``asyncio.gather``),
or ``.name`` for a method of any value.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from analyzer.flow.intrinsics import Intrinsic


def _keys(prefix: str, names: str) -> Iterable[str]:
    return (prefix + name for name in names.split())


_MUTATORS = "insert remove pop clear sort reverse update setdefault popitem discard appendleft extendleft popleft rotate"
_SET_MUTATORS = "difference_update intersection_update symmetric_difference_update"

MUTATING_METHODS = frozenset(_keys("", f"append add extend {_MUTATORS} {_SET_MUTATORS}"))
"""Methods of lists, dictionaries, sets and deques that change their receiver."""

MUTATING_FUNCTIONS = frozenset(
    {
        "setattr",
        "delattr",
        "random.shuffle",
        "operator.setitem",
        "operator.delitem",
        *_keys("heapq.", "heappush heappop heapify heapreplace heappushpop"),
        *_keys("bisect.", "insort insort_left insort_right"),
    }
)
"""Functions that change their first argument."""

_GROUPS: tuple[tuple[Intrinsic, Iterable[str]], ...] = (
    (Intrinsic.GATHER, ("asyncio.gather",)),
    (Intrinsic.WAIT, ("asyncio.wait",)),
    (Intrinsic.AS_COMPLETED, ("asyncio.as_completed",)),
    (Intrinsic.SCHEDULE, ("asyncio.create_task", "asyncio.ensure_future", ".create_task")),
    (Intrinsic.TASK_GROUP, ("asyncio.TaskGroup",)),
    (Intrinsic.PASS_AWAITABLE, ("asyncio.shield",)),
    (Intrinsic.TIME_LIMIT, ("asyncio.wait_for",)),
    (Intrinsic.TIME_SCOPE, ("asyncio.timeout", "asyncio.timeout_at")),
    (Intrinsic.FIRST_COMPLETED, ("asyncio.FIRST_COMPLETED",)),
    (Intrinsic.TIMER, ("asyncio.sleep", "time.sleep", "js.scheduler.wait")),
    (Intrinsic.PARTIAL, ("functools.partial",)),
    (Intrinsic.REDUCE, ("functools.reduce",)),
    (Intrinsic.MAP_FUNCTION, ("map", "filter")),
    (Intrinsic.COLLECTION, _keys("", "list tuple set frozenset")),
    (Intrinsic.MAPPING, ("dict",)),
    (Intrinsic.LOOK_UP, (".get",)),
    (Intrinsic.IDENTITY, _keys("", "iter str copy.copy copy.deepcopy pyodide.ffi.to_js")),
    (Intrinsic.LENGTH, ("len",)),
    (Intrinsic.RANGE, ("range",)),
    (Intrinsic.ENUMERATE, ("enumerate",)),
    (Intrinsic.SLICE, ("sorted", "reversed", ".copy")),
    (Intrinsic.APPEND, _keys(".", "append add")),
    (Intrinsic.EXTEND, (".extend",)),
    (Intrinsic.ENTRIES, (".items",)),
    (Intrinsic.VALUES, (".values",)),
    (Intrinsic.KEYS, (".keys",)),
    (Intrinsic.MUTATE, _keys(".", f"{_MUTATORS} {_SET_MUTATORS}")),
    (Intrinsic.FORMAT, (".format",)),
    (Intrinsic.JOIN_ON, (".join",)),
    (Intrinsic.TEXT, _keys(".", "upper lower strip lstrip rstrip title capitalize casefold swapcase")),
    (Intrinsic.DATETIME, ("datetime.datetime",)),
    (Intrinsic.TIMEDELTA, ("datetime.timedelta",)),
    (Intrinsic.UTC, ("datetime.timezone.utc", "datetime.UTC")),
    (Intrinsic.CLOCK, _keys("datetime.", "datetime.now datetime.utcnow datetime.today date.today")),
    (Intrinsic.CLOCK, _keys("time.", "time time_ns monotonic monotonic_ns perf_counter perf_counter_ns process_time")),
    (Intrinsic.CLOCK, _keys("time.", "process_time_ns thread_time localtime gmtime ctime asctime")),
    (Intrinsic.CLOCK, ("js.Date.now", "js.Date.new", "js.performance.now")),
    (Intrinsic.RANDOM, _keys("random.", "random randint randrange choice choices sample shuffle uniform triangular")),
    (Intrinsic.RANDOM, _keys("random.", "getrandbits randbytes gauss normalvariate lognormvariate expovariate")),
    (Intrinsic.RANDOM, _keys("random.", "betavariate gammavariate vonmisesvariate paretovariate weibullvariate")),
    (Intrinsic.RANDOM, _keys("secrets.", "choice randbelow randbits")),
    (Intrinsic.RANDOM, ("os.urandom", "js.Math.random", "js.crypto.getRandomValues")),
    (Intrinsic.ID, _keys("uuid.", "uuid1 uuid4 uuid6 uuid7")),
    (Intrinsic.ID, _keys("secrets.", "token_bytes token_hex token_urlsafe")),
    (Intrinsic.ID, ("js.crypto.randomUUID", "nanoid.generate", "ulid.ULID", "ulid.new")),
    (Intrinsic.IO, ("js.fetch", "workers.fetch", "pyodide.http.pyfetch", "urllib.request.urlopen")),
    (Intrinsic.IO, _keys("requests.", "get post put patch delete head options request")),
    (Intrinsic.IO, _keys("httpx.", "get post put patch delete head options request stream")),
    (Intrinsic.CONSOLE, ("print", "pprint.pprint")),
    (Intrinsic.CONSOLE, _keys("logging.", "debug info warning error exception critical log")),
    (Intrinsic.CONSOLE, _keys("js.console.", "log info warn error debug trace")),
    (Intrinsic.ENVIRONMENT, ("os.environ", "os.getenv", "workers.env")),
    (Intrinsic.LATER, ("js.setTimeout", "js.setInterval", "js.queueMicrotask", ".call_soon")),
    (Intrinsic.ALL, ("js.Promise.all",)),
    (Intrinsic.ALL_SETTLED, ("js.Promise.allSettled",)),
    (Intrinsic.ANY, ("js.Promise.any",)),
    (Intrinsic.RACE, ("js.Promise.race",)),
    (Intrinsic.RESOLVE, ("js.Promise.resolve",)),
)

INTRINSICS: Mapping[str, Intrinsic] = MappingProxyType({key: meaning for meaning, keys in _GROUPS for key in keys})
"""The table handed over with every Python module."""

"""States of a workflow's run as a control-flow graph allows them: the threads in it, and what each has started."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import count
from typing import NamedTuple


class Opened(NamedTuple):
    """A promise a thread may wait for: started in a frame under a member id, run as a step (by call) or by a thread.

    ``joined``: it was waited for before, and how it had ended (True: badly).
    """

    frame: tuple[int, ...]
    member: int
    call: int | None
    thread: int | None
    joined: bool | None = None


class Thread(NamedTuple):
    """One sequence of control: run, a callback, or something started.

    ``point``: the last point passed. ``stack``: START points of the calls it is inside of and, behind each, DIVERT points of
    the finally blocks. ``waits``: the call of the step it awaits. ``base``: the body it began in; ``site``: the START point
    it was started at. ``step``: the call whose callback it runs. ``inside``: the innermost call whose callback encloses it.
    ``due``: it is to start the step at its point, and is nothing else. ``many``: stands for any number of equal threads, none
    included. ``pooled``: started by a function that calls itself; such threads are not counted, nobody waits for them and
    they wait for nobody.
    """

    key: int
    point: int
    base: int
    stack: tuple[int, ...] = ()
    waits: int | None = None
    site: int | None = None
    step: int | None = None
    inside: int | None = None
    up: int | None = None
    opens: tuple[Opened, ...] = ()
    due: bool = False
    many: bool = False
    pooled: bool = False


class Passed(NamedTuple):
    """How a state was reached, newest first: an edge, and the call that was matched at its target if one was."""

    source: int
    target: int
    call: int | None
    before: Passed | None


class State(NamedTuple):
    """The threads in order of their keys, and how those have ended that somebody may still wait for (True: badly).

    ``passed``: how it was reached; ``doubts``: how often code was taken to raise of which nothing is known, so that likelier
    paths are found first. Neither makes a difference to what is possible: see ``core``.
    """

    threads: tuple[Thread, ...]
    done: frozenset[tuple[int, bool]] = frozenset()
    passed: Passed | None = None
    doubts: int = 0

    @property
    def core(self) -> tuple[tuple[Thread, ...], frozenset[tuple[int, bool]]]:
        """What two states have in common that allow the same."""
        return self.threads, self.done

    @property
    def fresh(self) -> int:
        """The least key that nothing refers to, so that equal histories give equal states."""
        used = {key for thread in self.threads for key in (thread.key, thread.up)} | {key for key, _ in self.done}
        used |= {opened.thread for thread in self.threads for opened in thread.opens if opened.thread is not None}
        return next(key for key in count() if key not in used)

    def get(self, key: int | None) -> Thread | None:
        """The thread of a key, None if it has ended or never was."""
        for thread in self.threads:
            if thread.key == key:
                return thread
        return None

    def put(self, thread: Thread) -> State:
        """With a thread in place of the one of its key."""
        threads = tuple([thread if old.key == thread.key else old for old in self.threads])
        return State(threads, self.done, self.passed, self.doubts)

    def add(self, thread: Thread) -> State:
        """With one more thread, whose key was ``fresh``."""
        return self._replace(threads=tuple(sorted((*self.threads, thread), key=lambda other: other.key)))

    def pool(self, thread: Thread) -> tuple[State, int | None]:
        """With a pooled thread, and its key; None if there was an equal one."""
        thread = thread._replace(key=self.fresh, many=True, pooled=True, up=None, waits=None, opens=())
        if any(other._replace(key=thread.key) == thread for other in self.threads):
            return self, None
        return self.add(thread), thread.key

    def drop(self, key: int) -> State:
        """Without a thread."""
        return self._replace(threads=tuple(thread for thread in self.threads if thread.key != key))

    def end(self, key: int, failed: bool) -> State:
        """Without a thread that has ended; remembered if somebody may wait for it."""
        state = self.drop(key)
        if any(opened.thread == key for thread in state.threads for opened in thread.opens):
            return state._replace(done=state.done | {(key, failed)})
        return state

    def forget(self) -> State:
        """Without the ends of threads that nobody waits for any more."""
        wanted = {opened.thread for thread in self.threads for opened in thread.opens}
        return self._replace(done=frozenset(end for end in self.done if end[0] in wanted)) if self.done else self

    def over(self, source: int, target: int, doubt: bool = False) -> State:
        """With one more edge passed."""
        passed = Passed(source, target, None, self.passed)
        return State(self.threads, self.done, passed, self.doubts + doubt)

    def matching(self, start: int, call: int) -> State:
        """With a call that is taken to have started at a point; the edge there, if one was passed just now, is the call's."""
        if self.passed is not None and self.passed.target == start and self.passed.call is None:
            return self._replace(passed=self.passed._replace(call=call))
        return self._replace(passed=Passed(start, start, call, self.passed))

    def result(self, key: int) -> bool | None:
        """How a thread has ended (True: badly), None if it has not."""
        return next((failed for ended, failed in self.done if ended == key), None)


def distinct(states: Iterable[State]) -> list[State]:
    """States without those that allow the same as an earlier one."""
    found: dict[object, State] = {}
    for state in states:
        found.setdefault(state.core, state)
    return list(found.values())

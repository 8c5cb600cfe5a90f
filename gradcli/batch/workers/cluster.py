"""A Dask cluster that runs tasks: one that there is, or one that is started on this machine."""

import asyncio
import logging
import os
import signal
import socket
import sys
import warnings
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from types import ModuleType, TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

from gradcli.batch.workers.task import Done, Task, Work, run
from gradcli.engine.notes import Note
from gradcli.errors import GradcliError, MathError

_AHEAD = 1_000  # tasks that wait with the scheduler, which knows of each of them
_RETRIES = 2  # of a task that failed for another reason than its rows
_MOST = 200  # characters of what a library says
_PATIENCE = 5  # seconds in which a scheduler answers
_QUIET, _WAIT = 10, 300  # seconds in which a cluster that grows with its tasks starts a first worker; first unsaid


class Cluster:
    """Runs tasks on a running cluster, that at an `address`, or on so many `workers` of this machine.

    What it starts it ends. `stays` says whether what is complete stays where the rest is lost; `tell` is given a note
    where the work waits for a first worker. Raises `GradcliError`, with exit code 1 where a cluster does not answer, is
    lost, or gets no worker.
    """

    def __init__(
        self, address: str | None, workers: int | None, stays: bool, tell: Callable[[Note], None] = lambda _: None
    ) -> None:
        self.address = address
        self.workers = workers
        self.stays = stays
        self.tell = tell
        self.open = ExitStack()

    def __enter__(self) -> Self:
        """Find the cluster, or start it."""
        try:
            import dask
            import distributed
        except ImportError:
            raise GradcliError("workers-need-dask", {"extra": "[dask]"}, source=None) from None
        logging.disable()  # what there is to say is an error's text, not what happened on the way
        dask.config.set({"distributed.comm.timeouts.connect": f"{_PATIENCE}s"})
        with self.open:
            self.open.enter_context(warnings.catch_warnings(action="ignore"))
            self.client = self._connected(distributed) if self.address else self._started(distributed)
            self.open = self.open.pop_all()
        return self

    def _connected(self, distributed: Any) -> Any:
        assert self.address
        try:
            _reach(self.address)
            asyncio.run(asyncio.wait_for(_greet(self.address), _PATIENCE))
            return self.open.enter_context(distributed.Client(self.address, timeout=_PATIENCE, set_as_default=False))
        except (Exception, MemoryError) as error:  # anything may answer there
            facts = {"address": self.address, "reason": _reason(error)}
            raise MathError("scheduler-unreachable", facts, source=None) from None

    def _started(self, distributed: Any) -> Any:
        self.open.enter_context(_without_main())
        try:
            with _without_interrupts():
                cluster = distributed.LocalCluster(
                    n_workers=self.workers,
                    threads_per_worker=1,
                    dashboard_address=":0",
                    memory_limit=None,
                    silence_logs=logging.CRITICAL,
                )
                self.open.enter_context(cluster)
                return self.open.enter_context(distributed.Client(cluster, set_as_default=False))
        except Exception as error:
            raise MathError("workers-failed", {"reason": _reason(error)}, source=None) from None

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Leave it; what was started here ends."""
        with suppress(Exception):
            self.open.close()

    def results(self, work: Work, tasks: Iterable[Task]) -> Iterator[Done]:
        """What each task has found, in their order. Raises the first error of rows."""
        from distributed.client import FutureCancelledError

        waiting: deque[Any] = deque()
        try:
            for task in tasks:
                waiting.append(self.client.submit(run, work, task, pure=False, retries=_RETRIES))
                if len(waiting) == 1:
                    self._await_workers()
                if len(waiting) >= _AHEAD:
                    yield _done(waiting.popleft())
            while waiting:
                yield _done(waiting.popleft())
        except (FutureCancelledError, OSError) as error:
            if isinstance(error, OSError) and error.errno is not None:  # of a file; a lost connection has no number
                raise
            facts = {"option": "--resume" if self.stays else None}
            raise MathError("scheduler-lost", facts, source=None) from None

    def _await_workers(self) -> None:
        if not self.address or self._has_workers(_QUIET):
            return
        facts = {"address": self.address, "seconds": _WAIT}
        self.tell(Note("no-workers", facts))
        if not self._has_workers(_WAIT):
            raise MathError("workers-missing", {**facts, "command": f"dask worker {self.address}"}, source=None)

    def _has_workers(self, seconds: int) -> bool:
        """Whether there is one within so many seconds."""
        try:
            self.client.wait_for_workers(1, timeout=seconds)
        except TimeoutError:
            return False
        return True


def _done(future: Any) -> Done:
    from distributed.client import FutureCancelledError

    try:
        done: Done = future.result()
    except (FutureCancelledError, OSError):
        raise
    except Exception as error:
        raise MathError("workers-failed", {"reason": _reason(error)}, source=None) from None
    if done.error is not None:
        raise done.error
    return done


def _reach(address: str) -> None:
    """Raise `OSError` at once where nothing answers, for which a client would try again for a while."""
    place = urlsplit(address if "://" in address else f"tcp://{address}")
    if place.hostname and place.port:
        socket.create_connection((place.hostname, place.port), _PATIENCE).close()


async def _greet(address: str) -> None:
    # Fails where what answers is no scheduler: with that a client would never come to an end.
    from distributed.comm import connect
    from distributed.security import Security

    comm = await connect(address, timeout=_PATIENCE, **Security().get_connection_args("client"))
    try:
        await comm.write({"op": "identity", "reply": True})
        await comm.read()
    finally:
        comm.abort()


def _reason(error: BaseException) -> str:
    """What a library says, in English, with the name of the error."""
    text = " ".join((getattr(error, "strerror", None) or str(error)).split())
    return f"{type(error).__name__}: {text}"[:_MOST] if text else type(error).__name__


@contextmanager
def _without_main() -> Iterator[None]:
    """Processes that are started do not import the program that runs here, which they would run again."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


@contextmanager
def _without_interrupts() -> Iterator[None]:
    """Ctrl-C waits, and never reaches the processes and threads that are started here: they end with this one.

    A terminal sends it to all processes, which would write tracebacks.
    """
    if os.name == "nt":
        yield
        return
    from multiprocessing import resource_tracker

    resource_tracker.ensure_running()  # which would let the signal through where it is first needed
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})

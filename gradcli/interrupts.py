"""Ctrl-C ends the process at once with exit code 130, whatever is going on; a file that is half written is none yet.

An exception would not do while the program is imported, nor where Python drops what is raised: in a callback, or when
an object is deleted.
"""

import os

# What `signal` is made of, without its enumerations: until this is imported, Ctrl-C writes a traceback.
from _signal import SIG_IGN, SIGINT, default_int_handler, getsignal, signal  # type: ignore[import-not-found]

INTERRUPTED = 130  # the exit code


def _end(*_: object) -> None:
    os._exit(INTERRUPTED)


def end_when_interrupted() -> None:
    """From here on; where Ctrl-C is ignored, as under nohup, it stays so."""
    if getsignal(SIGINT) is default_int_handler:
        signal(SIGINT, _end)


def raise_when_interrupted() -> None:
    """From here on an exception: something is left to do, such as to wait for a pager."""
    if getsignal(SIGINT) is _end:
        signal(SIGINT, default_int_handler)


def ignore_interrupts() -> None:
    """From here on nothing: all is done, and only the interpreter has to end."""
    signal(SIGINT, SIG_IGN)

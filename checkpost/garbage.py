"""How often Python looks for garbage: seldom, as most of what checkpost makes is kept."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_SELDOM = 100_000  # new things; Python's own 700 cost a cold check a tenth of its time


def collect_seldom() -> None:
    """For a process of checkpost's own. Whoever uses it as a library decides that for themselves."""
    gc.set_threshold(_SELDOM)


@contextmanager
def no_collection() -> Iterator[None]:
    """Looks for no garbage while many small things are made, none of which is: a third of the time goes there."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()

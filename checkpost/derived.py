"""What is worked out of a thing once, and kept with it."""

from collections.abc import Callable
from functools import cached_property
from typing import Any, Self, TypeVar

_T = TypeVar("_T")


class Deriving:
    """A thing with which is kept what others make of it, as many ask for the same. It must not change."""

    @cached_property
    def _derived(self) -> dict[Callable[[Self], Any], Any]:
        return {}

    def derived(self, make: Callable[[Self], _T]) -> _T:
        """What a function makes of this: made once."""
        try:
            found: _T = self._derived[make]
        except KeyError:
            found = self._derived[make] = make(self)
        return found

"""Regular expressions that wait: most posts pass a cheaper test by, and never need what stands behind it."""

import re
from functools import cached_property
from typing import cast


def late(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """A pattern that is compiled when it is first used."""
    return cast("re.Pattern[str]", _Late(pattern, flags))


class _Late:
    """Stands in for a pattern, and takes over its methods as they are asked for."""

    def __init__(self, pattern: str, flags: int) -> None:
        self._source = pattern, flags

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return re.compile(*self._source)

    def __getattr__(self, name: str) -> object:
        found: object = getattr(self._compiled, name)
        setattr(self, name, found)  # asked for once
        return found

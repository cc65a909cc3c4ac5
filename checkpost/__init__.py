"""Checks a draft social-media post against the policies of a UK school, college or training provider.

`check` and `check_text` give a `Report`; see `checkpost.model` for what it holds. Nothing heavy is imported until
one is called, and nothing ever leaves the machine.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from checkpost.api import check, check_posts, check_text
    from checkpost.model import Report

__version__ = "0.1.0"
__all__ = ["Report", "__version__", "check", "check_posts", "check_text"]

_HOMES = {
    "Report": "checkpost.model",
    "check": "checkpost.api",
    "check_posts": "checkpost.api",
    "check_text": "checkpost.api",
}


def __getattr__(name: str) -> Any:  # noqa: ANN401  (PEP 562: whatever the name stands for)
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

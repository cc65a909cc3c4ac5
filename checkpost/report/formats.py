"""The formats of a report, and the one place that knows which module renders which.

A new format is a module with `render(report, look) -> str`, and a line in `Format`.
"""

from enum import StrEnum
from importlib import import_module
from typing import Protocol, Self, cast

from checkpost.model import Report
from checkpost.report.look import Look


class Format(StrEnum):
    """A format, by the name that the command line gives it. Its module bears that name, or the one beside it."""

    module: str

    def __new__(cls, value: str, module: str | None = None) -> Self:
        """Make a member of its value and the module that renders it."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.module = module or value
        return member

    TERMINAL = "terminal"
    CONCISE = "concise"
    PLAIN = "plain"
    LINE = "line"
    JSON = "json", "json_v1"
    NDJSON = "ndjson"
    SARIF = "sarif"
    GITHUB = "github"
    JUNIT = "junit"
    RDJSON = "rdjson"
    MARKDOWN = "markdown"
    HTML = "html"

    @property
    def is_for_terminals(self) -> bool:
        """Whether a person reads it where it is printed: what was found is shown there, and it may be in colour."""
        return self in (Format.TERMINAL, Format.CONCISE, Format.PLAIN)


class _Renderer(Protocol):
    def render(self, report: Report, look: Look) -> str: ...


def render(report: Report, output_format: Format, look: Look) -> str:
    """The report in a format, ending in a line end. Only that format's module is imported."""
    module = cast("_Renderer", import_module(f"checkpost.report.{output_format.module}"))
    return module.render(report, look)

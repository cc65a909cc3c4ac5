"""Splits a draft into its YAML front matter and its body."""

import re
from collections.abc import Mapping
from typing import Any

import yaml

from checkpost.errors import InputError

_FENCE = re.compile(r"---[ \t]*(?:\r\n|\n|\r)")
_END = re.compile(r"(?<=[\r\n])(?:---|\.\.\.)[ \t]*(?:\r\n|\n|\r|\Z)")
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the one in C, where PyYAML has it, takes a tenth of the time
_KEY = re.compile(r"[A-Za-z_][\w-]{0,60}[ \t]{0,9}:")


def split(text: str) -> tuple[Mapping[str, Any], str, int]:
    """The front matter's mapping, the body, and the line on which the body begins.

    A text whose first line is `---` and whose next is no `key:` opens with a rule, not with front matter.

    Raises:
        InputError: The front matter is not closed, is not YAML, or is not a mapping.
    """
    opening = _FENCE.match(text)
    if not opening or not _KEY.match(text, opening.end()):
        return {}, text, 1
    closing = _END.search(text, opening.end())
    if not closing:
        raise InputError("line 1: the front matter is not closed. Put a line of --- after its last key.")
    try:
        data = yaml.load(text[opening.end() : closing.start()], _LOADER)  # noqa: S506  (both are safe loaders)
    except yaml.YAMLError as error:
        raise InputError(_explain(error)) from error
    except (ValueError, RecursionError) as error:  # an impossible date, nesting without end
        raise InputError(f"the front matter cannot be read ({error}).") from error
    if not isinstance(data, dict):
        raise InputError("line 2: the front matter must be keys and values, such as account: personal.")
    first_line = len(re.findall(r"\r\n|\n|\r", text[: closing.end()])) + 1
    return data, text[closing.end() :], first_line


def _explain(error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or "it is not YAML"
    where = f"line {mark.line + 2}, column {mark.column + 1}: " if mark else ""
    return f"{where}the front matter cannot be read: {problem}. A text with a colon in it needs quotes around it."

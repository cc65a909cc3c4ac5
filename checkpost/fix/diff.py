"""What changed, as a unified diff."""

import difflib
import re

from checkpost.drafts.decode import decode
from checkpost.errors import InputError

_LINES = re.compile(r"[^\n]*\n|[^\n]+")
_NO_END = "\\ No newline at end of file"


def unified(before: bytes, after: bytes, name: str) -> str:
    """The changes of a draft, or nothing where there are none. A line's own end stays, so that `patch` can apply it."""
    if before == after:
        return ""
    try:
        texts = decode(before)[0], decode(after)[0]
    except InputError:  # what is no text is never changed
        return ""
    old, new = (_LINES.findall(text) for text in texts)
    lines = difflib.unified_diff(old, new, f"a/{name}", f"b/{name}")
    return "".join(line if line.endswith("\n") else f"{line}\n{_NO_END}\n" for line in lines)

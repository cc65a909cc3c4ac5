"""HTML elements whose text is always escaped: only what this module made is markup."""

from collections.abc import Iterable
from html import escape
from typing import Final

from checkpost.report.look import visible

_VOID: Final = frozenset({"input", "link", "meta"})


class Html(str):
    """Markup, safe to send. Made by `element` and `join`, never from a draft's text."""

    __slots__ = ()


Child = str | Html | None


def element(name: str, /, *children: Child, **attributes: str | int | bool | None) -> Html:
    """An element. Children that are no markup are escaped; an attribute that is None or False is left out.

    A trailing underscore of an attribute's name is dropped, any other is a hyphen: `class_`, `aria_label`.

    >>> element("p", "a < b", class_="x", hidden=True)
    '<p class="x" hidden>a &lt; b</p>'
    """
    listed = "".join(_attribute(key, value) for key, value in attributes.items())
    opening = f"<{name}{listed}>"
    return Html(opening if name in _VOID else f"{opening}{join(children)}</{name}>")


def join(children: Iterable[Child]) -> Html:
    """Several elements and texts after one another."""
    return Html("".join(child if isinstance(child, Html) else text(child) for child in children if child))


def text(untrusted: str) -> Html:
    """Text as it may stand in a page: escaped, its control and bidirectional characters shown as escapes."""
    return Html(escape(visible(untrusted)))


def lines(untrusted: str) -> Html:
    r"""Text that keeps its line ends, for an element that shows them.

    >>> lines("a\r\n<b>")
    'a\n&lt;b&gt;'
    """
    ended = untrusted.replace("\r\n", "\n").replace("\r", "\n")
    return Html("\n".join(text(line) for line in ended.split("\n")))


def _attribute(key: str, value: str | int | bool | None) -> str:
    if value is None or value is False:
        return ""
    name = key.rstrip("_").replace("_", "-")
    return f" {name}" if value is True else f' {name}="{text(str(value))}"'

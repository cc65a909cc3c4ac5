"""Takes HTML's markup out of a text: what a browser shows is prose, and so are a page's title and description.

Scripts, styles and comments are not. The target of a link stands before its label, as it does in the source. What is
left open to the end of the text (a comment, a tag) stays in the prose: text is never lost to broken markup.
"""

import html
import re
from collections.abc import Iterator
from html.parser import HTMLParser

from checkpost.model import SourceSpan
from checkpost.text.offsets import OffsetMap
from checkpost.text.parsed import Link, Parsed

_BLOCKS = frozenset(
    "address article aside blockquote body br caption center dd details div dl dt fieldset figcaption figure footer "
    "form h1 h2 h3 h4 h5 h6 head header hr html legend li main nav ol option p pre section summary table tbody td "
    "tfoot th thead title tr ul".split()
)
_UNSEEN = frozenset(("script", "style"))
_OF_HEAD = frozenset("base head link meta noscript script style template title".split())
_QUOTES = frozenset(("blockquote", "q"))
_CODE = frozenset(("code", "pre"))
_NOTED = _QUOTES | _CODE | {"a"}
_DEEPEST = 100  # elements of these in one another
_DESCRIPTIONS = frozenset("description og:description og:title twitter:description twitter:title".split())
_ATTRIBUTE = re.compile(r"""([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?""")
_LEADS_NOWHERE = re.compile(r"#|javascript:|cid:|data:", re.IGNORECASE)
_BLANKS = re.compile(r"[ \t\r\n\f]+")


def parse(source: str) -> Parsed:
    """Take HTML's markup out of a text."""
    reader = _Reader(source)
    whole = _whole_until(source)
    reader.feed(source[:whole])
    reader.close()
    if whole < len(source):
        reader.pieces.append((source[whole:], whole, len(source)))
    prose, offsets = OffsetMap.of_pieces(reader.pieces, len(source))
    return Parsed(prose, offsets, tuple(reader.quotes), tuple(reader.code), tuple(reader.links))


def _whole_until(source: str) -> int:
    """Where something begins that nothing closes: HTMLParser would look for its end again at every `<` of it."""
    opened = source.find("<!--", source.rfind("-->") + 1)
    end = len(source) if opened < 0 else opened
    tag = source.find("<", source.rfind(">", 0, end) + 1, end)
    return end if tag < 0 else tag


class _Reader(HTMLParser):
    """Gathers the pieces of prose, each with its place in the source."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=False)
        self.pieces: list[tuple[str, int, int]] = []
        self.quotes: list[SourceSpan] = []
        self.code: list[SourceSpan] = []
        self.links: list[Link] = []
        self._source = source
        self._lines = [0, *(match.end() for match in re.finditer("\n", source))]
        self._open: list[tuple[str, int]] = []  # quotations, code and links, with where their content begins
        self._target: SourceSpan | None = None
        self._unseen = ""
        self._in_head = False
        self._in_title = False

    def parse_html_declaration(self, i: int) -> int:
        """A comment, or what browsers take for one (`<!doctype …>`, `<![if …]>`): HTMLParser stumbles over some."""
        return self.parse_comment(i) if self.rawdata.startswith("<!--", i) else self.parse_bogus_comment(i)

    @property
    def _here(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        start, raw = self._here, self.get_starttag_text() or ""
        end = start + len(raw)
        if tag in _UNSEEN:
            self._unseen = tag
        if tag not in _OF_HEAD:
            self._in_head = False
        elif tag == "head":
            self._in_head = True
        elif tag == "title":
            self._in_title = True
        if tag in _BLOCKS:
            self._break(start, end)
        if tag == "a":
            self._follow(start, raw)
        if tag in _NOTED and len(self._open) < _DEEPEST:
            self._open.append((tag, end))
        if tag == "meta" and (dict(attrs).get("name") or dict(attrs).get("property") or "").lower() in _DESCRIPTIONS:
            for value_start, value in _values(raw, "content"):
                self._put(value, start + value_start)
                self._break(end - 1, end)

    def handle_endtag(self, tag: str) -> None:
        start = self._here
        end = self._source.find(">", start) + 1 or len(self._source)
        if tag == self._unseen:
            self._unseen = ""
        if tag == "head":
            self._in_head = False
        elif tag == "title":
            self._in_title = False
        if tag in _BLOCKS:
            self._break(start, end)
        if tag in _NOTED and any(name == tag for name, _ in self._open):
            self._close(tag, start)

    def handle_data(self, data: str) -> None:
        if self._shown:
            at = self._here
            if any(name == "pre" for name, _ in self._open):
                self.pieces.append((data, at, at + len(data)))
            else:
                self.pieces.extend(_collapsed(data, at))

    def handle_entityref(self, name: str) -> None:
        self._reference(f"&{name}")

    def handle_charref(self, name: str) -> None:
        self._reference(f"&#{name}")

    @property
    def _shown(self) -> bool:
        return not self._unseen and (self._in_title or not self._in_head)

    def _reference(self, raw: str) -> None:
        """An entity: what it stands for, at the place of the whole of it."""
        start = self._here
        if self._source.startswith(";", start + len(raw)):
            raw += ";"
        if self._shown:
            self._put(raw, start)

    def _put(self, raw: str, start: int) -> None:
        text = html.unescape(raw)
        if text:
            self.pieces.append((text, start, start + len(raw)))

    def _break(self, start: int, end: int) -> None:
        """A line end, for a tag that begins or ends a block."""
        if self.pieces and not self.pieces[-1][0].endswith("\n"):
            self.pieces.append(("\n", start, end))

    def _follow(self, start: int, raw: str) -> None:
        """Put a link's target into the prose, unless it leads nowhere or is what the label says anyway."""
        self._target = None
        for value_start, value in _values(raw, "href"):
            inner = value_start + len("mailto:") * value.lower().startswith("mailto:")
            shown = value[inner - value_start :].partition("?")[0] if inner > value_start else value
            label = self._source[start + len(raw) : start + len(raw) + len(shown) + 8].lstrip()
            if not shown.strip() or _LEADS_NOWHERE.match(shown) or label.startswith(shown):
                return
            at = start + inner
            self.pieces.append((" ", start, start + 1))
            self._put(shown, at)
            self.pieces.append((" ", at + len(shown), max(at + len(shown) + 1, start + len(raw))))
            self._target = SourceSpan(at, at + len(shown))

    def _close(self, tag: str, end: int) -> None:
        """End the innermost element of a name, and whatever was left open in it."""
        while self._open:
            name, start = self._open.pop()
            if name == tag:
                break
        span = SourceSpan(start, end)
        if tag in _QUOTES:
            self.quotes.append(span)
        elif tag in _CODE:
            self.code.append(span)
        elif self._target and span.start < span.end:
            self.links.append(Link(span, self._target))
            self._target = None


def _values(tag: str, name: str) -> Iterator[tuple[int, str]]:
    """The value of a tag's first attribute of a name, raw, and where in the tag it stands."""
    for match in _ATTRIBUTE.finditer(tag, re.match(r"<[^\s/>]*", tag).end()):  # type: ignore[union-attr]  # a tag begins so
        if match[1].lower() == name:
            group = next((group for group in (2, 3, 4) if match[group]), None)
            if group:
                yield match.start(group), match[group]
            return


def _collapsed(data: str, at: int) -> Iterator[tuple[str, int, int]]:
    """Text as a browser shows it: a run of blanks is one space."""
    start = 0
    for match in _BLANKS.finditer(data):
        if match.start() > start:
            yield data[start : match.start()], at + start, at + match.start()
        yield " ", at + match.start(), at + match.end()
        start = match.end()
    if start < len(data):
        yield data[start:], at + start, at + len(data)

"""Takes Markdown's markup out of a text, and nothing else.

Every removed character is one that Markdown names as markup: a parser that fails leaves markup in the prose, never
text out of it. Code keeps its words (they are published too) but is marked, as quotations are. Link targets stay in
the prose, after their label, where detectors of links and contacts look. Positions are tree-sitter's, so nothing is
searched for a second time.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

import tree_sitter
import tree_sitter_markdown

from checkpost.model import Markup, SourceSpan
from checkpost.text import hypertext
from checkpost.text.offsets import OffsetMap
from checkpost.text.parsed import Link, Parsed

# Nodes that are markup, and what stands for them in the prose.
_REMOVED = {
    "emphasis_delimiter": "",
    "code_span_delimiter": "",
    "atx_h1_marker": "", "atx_h2_marker": "", "atx_h3_marker": "",
    "atx_h4_marker": "", "atx_h5_marker": "", "atx_h6_marker": "",
    "setext_h1_underline": "", "setext_h2_underline": "",
    "block_quote_marker": "", "block_continuation": "",
    "list_marker_minus": "", "list_marker_plus": "", "list_marker_star": "",
    "fenced_code_block_delimiter": "", "thematic_break": "",
    "html_tag": "", "html_block": "",
}  # fmt: skip
_MOST_MARKS = 1000  # in one paragraph
# What all that Markdown names as markup has: a mark, or the beginning of a line. Of most posts nothing is to be parsed.
_MAY_BE_MARKUP = re.compile(r"[*_`~\[\]<&\\|\x00-\x09\x0b-\x1f]|^(?: |[#>+=-]|\d+[.)])", re.MULTILINE)
_LINKS = frozenset({"inline_link", "image", "full_reference_link", "collapsed_reference_link"})


@dataclass(slots=True)
class _Found:
    """What a walk over the trees gathers, in byte offsets."""

    edits: list[tuple[int, int, str]] = field(default_factory=list)
    quotes: list[tuple[int, int]] = field(default_factory=list)
    code: list[tuple[int, int]] = field(default_factory=list)
    links: list[tuple[tuple[int, int], tuple[int, int], bool]] = field(default_factory=list)


@cache
def _parsers() -> tuple[tree_sitter.Parser, tree_sitter.Parser]:
    block = tree_sitter.Language(tree_sitter_markdown.language())
    inline = tree_sitter.Language(tree_sitter_markdown.inline_language())
    return tree_sitter.Parser(block), tree_sitter.Parser(inline)


def parse(source: str, markup: Markup) -> Parsed:
    """Take the markup out of a part's source."""
    if markup is Markup.PLAIN or not source:
        return Parsed(source, OffsetMap.identity(len(source)))
    if markup is Markup.HTML:
        return hypertext.parse(source)
    if not _MAY_BE_MARKUP.search(source):
        return Parsed(source, OffsetMap.identity(len(source)))
    data = source.encode("utf-8", "surrogatepass")
    found = _Found()
    block, inline = _parsers()
    for node in _nodes(block.parse(data).root_node):
        _block_node(node, found)
        if node.type == "inline" and not _is_dense(data, node.start_byte, node.end_byte):
            inline.included_ranges = [node.range]
            for child in _nodes(inline.parse(data).root_node):
                _inline_node(child, data, found)
    points = _code_points(source)

    def span(pair: tuple[int, int]) -> SourceSpan:
        return SourceSpan(points[pair[0]], points[pair[1]])

    edits = [(points[start], points[end], text) for start, end, text in found.edits]
    prose, offsets = OffsetMap.of_pieces(_keep(source, edits), len(source))
    return Parsed(
        prose,
        offsets,
        quotes=tuple(map(span, found.quotes)),
        code=tuple(map(span, found.code)),
        links=tuple(Link(span(label), span(target), image) for label, target, image in found.links),
    )


def _is_dense(data: bytes, start: int, end: int) -> bool:
    """Whether a paragraph holds more marks than anybody writes: its markup then stays, as parsing it takes too long."""
    return sum(data.count(mark, start, end) for mark in (b"*", b"_", b"[", b"<", b"`")) > _MOST_MARKS


def _nodes(root: tree_sitter.Node) -> Iterator[tree_sitter.Node]:
    """Every node below one, without recursion: a hostile draft may nest deeper than Python's stack."""
    stack = [root]
    while stack:
        node = stack.pop()
        yield node
        stack.extend(reversed(node.children))


def _block_node(node: tree_sitter.Node, found: _Found) -> None:
    if node.type in _REMOVED:
        found.edits.append((node.start_byte, node.end_byte, _REMOVED[node.type]))
    elif node.type == "block_quote":
        found.quotes.append((node.start_byte, node.end_byte))
    elif node.type in ("fenced_code_block", "indented_code_block"):
        found.code.append((node.start_byte, node.end_byte))
    elif node.type == "link_reference_definition":
        found.edits.extend((c.start_byte, c.end_byte, " ") for c in node.children if c.type in "[]:")


def _inline_node(node: tree_sitter.Node, data: bytes, found: _Found) -> None:
    if node.type == "emphasis_delimiter" and _in_a_word(data, node.start_byte, node.end_byte):
        return
    if node.type in _REMOVED:
        found.edits.append((node.start_byte, node.end_byte, _REMOVED[node.type]))
    elif node.type == "code_span":
        found.code.append((node.start_byte, node.end_byte))
    elif node.type == "backslash_escape":
        found.edits.append((node.start_byte, node.start_byte + 1, ""))
    elif node.type in ("entity_reference", "numeric_character_reference"):
        raw = data[node.start_byte : node.end_byte].decode("utf-8", "surrogatepass")
        found.edits.append((node.start_byte, node.end_byte, html.unescape(raw)))
    elif node.type == "uri_autolink":
        found.edits.append((node.start_byte, node.start_byte + 1, ""))
        found.edits.append((node.end_byte - 1, node.end_byte, ""))
    elif node.type in _LINKS:
        _link(node, found)


def _in_a_word(data: bytes, start: int, end: int) -> bool:
    """Whether an asterisk stands between letters: in a post that is a masked letter (`s**t`), hardly ever emphasis."""
    before, after = data[max(start - 8, 0) : start].rstrip(b"*")[-1:], data[end : end + 8].lstrip(b"*")[:1]
    return before.isalpha() and after.isalpha()


def _link(node: tree_sitter.Node, found: _Found) -> None:
    parts = {child.type: child for child in node.children}
    label = parts.get("link_text") or parts.get("image_description")
    target = parts.get("link_destination")
    for child in node.children:
        if child.type in ("!", "[", "]", "(", ")"):
            # The bracket before the target becomes a space, so that label and target stay two words.
            found.edits.append((child.start_byte, child.end_byte, " " if child.type == "(" else ""))
    is_image = node.type == "image"
    if target and (label or is_image):
        empty = target.start_byte  # the label of a picture that nothing describes
        labelled = (label.start_byte, label.end_byte) if label else (empty, empty)
        found.links.append((labelled, (target.start_byte, target.end_byte), is_image))


def _code_points(source: str) -> list[int] | range:
    """Code-point offset of every byte offset at which a character begins or the text ends."""
    if source.isascii():
        return range(len(source) + 1)
    points: list[int] = []
    for index, character in enumerate(source):
        points.extend([index] * len(character.encode("utf-8", "surrogatepass")))
    points.append(len(source))
    return points


def _keep(source: str, edits: list[tuple[int, int, str]]) -> Iterator[tuple[str, int, int]]:
    """The pieces of source between the edits, and what stands for the edits; of two that overlap, the first wins."""
    at = 0
    for start, end, text in sorted(edits):
        if start < at or start == end:
            continue
        if start > at:
            yield source[at:start], at, start
        if text:
            yield text, start, end
        at = end
    if at < len(source):
        yield source[at:], at, len(source)

"""Reads Word documents: a paragraph is a line, so that a finding's place is its paragraph and the character in it.

Read are paragraphs and tables in their order, text boxes, headers, footers and notes. Of tracked changes, what was put
in is read and what was taken out is not; comments are for colleagues, and are not read. Both are told.
"""

import re
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import docx
from docx.opc.constants import RELATIONSHIP_TYPE as RELATIONS
from docx.opc.oxml import parse_xml
from lxml.etree import LxmlError

from checkpost.drafts.archive import opened
from checkpost.drafts.embedded import Embedded, with_pictures
from checkpost.drafts.origin import Origin
from checkpost.drafts.written import Written, draft
from checkpost.errors import InputError
from checkpost.model import Medium, Part, Post

if TYPE_CHECKING:
    from docx.opc.part import Part as Story
    from lxml.etree import _Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_P = f"{_W}p"
_TEXTS = {f"{_W}t"}
_SIGNS = {f"{_W}tab": "\t", f"{_W}br": "\u2028", f"{_W}cr": "\u2028", f"{_W}noBreakHyphen": "-"}
# What was taken out of the text, and the copy of a text box that is there for older programs.
_GONE = frozenset(
    {f"{_W}del", f"{_W}moveFrom", "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}
)
_CHANGES = (f"{_W}ins", f"{_W}del", f"{_W}moveFrom", f"{_W}moveTo")
_STORIES = frozenset((RELATIONS.HEADER, RELATIONS.FOOTER, RELATIONS.FOOTNOTES, RELATIONS.ENDNOTES))
_MOST_PARAGRAPHS = 100_000


def read(data: bytes, origin: Origin) -> Iterator[Post]:
    """The draft in a Word document.

    Raises:
        InputError: It cannot be read.
    """
    try:
        document = docx.Document(opened(data, "word/document.xml"))
        body = document.element.body
        stories = list(_stories(document.part))
        text = "\n".join(_paragraphs(body))
        others = tuple(_others(stories))
        links = tuple(_links(document.part, text))
        pictures = [picture for part, root in [(document.part, body), *stories] for picture in _pictures(part, root)]
        notes = tuple(_notes(document.part, body))
        found = Written(text, medium=Medium.PARAGRAPHS, others=(*others, *links), notes=notes)
    except (KeyError, ValueError, TypeError, AttributeError, OSError, EOFError, LxmlError, zipfile.BadZipFile) as error:
        raise InputError("it is damaged, or not a Word document.") from error

    def make(images: list[dict[str, Any]]) -> Post:
        return draft(found, origin, images)

    yield with_pictures(pictures, make)


def _paragraphs(root: "_Element") -> Iterator[str]:
    """The text of every paragraph, those of text boxes after the one that they hang on."""
    for number, paragraph in enumerate(root.iter(_P)):
        if number >= _MOST_PARAGRAPHS:
            raise InputError(f"it has more than {_MOST_PARAGRAPHS:,} paragraphs.")
        if not any(ancestor.tag in _GONE for ancestor in paragraph.iterancestors()):
            yield "".join(_pieces(paragraph))


def _pieces(paragraph: "_Element") -> Iterator[str]:
    stack = list(reversed(paragraph))
    while stack:
        element = stack.pop()
        if element.tag in _TEXTS:
            # A line end in the file would begin a new paragraph here, and is a blank in Word.
            yield re.sub(r"[\r\n]+", " ", element.text or "")
        elif element.tag in _SIGNS:
            yield _SIGNS[element.tag]
        elif element.tag not in _GONE and element.tag != _P:
            stack.extend(reversed(element))


def _stories(part: "Story") -> Iterator[tuple["Story", "_Element"]]:
    """Headers, footers and notes: their parts of the file, and what these hold."""
    for relation in part.rels.values():
        if relation.reltype in _STORIES and not relation.is_external:
            yield relation.target_part, parse_xml(relation.target_part.blob)


def _others(stories: list[tuple["Story", "_Element"]]) -> Iterator[Part]:
    """Headers, footers and notes as parts of the post, those that say the same once."""
    names: dict[str, int] = {}
    told: set[str] = set()
    for part, root in stories:
        label = re.sub(r"\d*$", "", part.partname.filename.rpartition(".")[0])
        text = "\n".join(_paragraphs(root))
        if not text.strip() or text in told:
            continue
        told.add(text)
        number = names[label] = names.get(label, -1) + 1
        yield Part(f"{label}[{number}]" if number else label, text, medium=Medium.PARAGRAPHS, label=label)


def _links(part: "Story", text: str) -> Iterator[Part]:
    """Where the document's links lead, but for those that its text says anyway."""
    targets = {r.target_ref for r in part.rels.values() if r.reltype == RELATIONS.HYPERLINK and r.is_external}
    hidden = sorted(target for target in targets if target.removeprefix("mailto:") not in text)
    for number, target in enumerate(hidden):
        yield Part(f"link[{number}]" if number else "link", target.removeprefix("mailto:"))


def _pictures(part: "Story", root: "_Element") -> Iterator[Embedded]:
    """The pictures of a part of the document, with their alternative texts."""
    alts: dict[str, str] = {}
    for drawing in root.iter(f"{_W}drawing"):
        described = next((e.get("descr") for e in drawing.iter() if str(e.tag).endswith("}docPr")), None)
        for blip in drawing.iter(f"{_A}blip"):
            alts[blip.get(f"{_R}embed", "")] = described or ""
    for key, relation in part.rels.items():
        if relation.reltype == RELATIONS.IMAGE and not relation.is_external:
            target = relation.target_part
            yield Embedded(target.partname.filename, target.blob, alts.get(key, ""))


def _notes(part: "Story", body: "_Element") -> Iterator[str]:
    if any(True for _ in body.iter(*_CHANGES)):
        yield "It has tracked changes: the text was checked as if all of them were accepted."
    comments = [r.target_part for r in part.rels.values() if r.reltype == RELATIONS.COMMENTS and not r.is_external]
    count = sum(1 for comment in comments for _ in parse_xml(comment.blob).iter(f"{_W}comment"))
    if count:
        yield f"It has comments ({count}), which were not checked: take them out before you pass the file on."

"""What a draft sets apart as somebody's words."""

import pytest

from checkpost.model import Markup, Part
from checkpost.text.document import Document
from checkpost.text.passages import PassageKind, passages


def found(text: str) -> list[tuple[PassageKind, str, int]]:
    doc = Document.of(Part("text", text, markup=Markup.MARKDOWN))
    return [(passage.kind, doc.text(passage.span), passage.lines) for passage in passages(doc)]


def test_a_block_quotation_ends_before_its_credit() -> None:
    assert found("Look:\n\n> The tide went out\n> and forgot us\n> — A. Poet\n\nLovely.") == [
        (PassageKind.BLOCK, "The tide went out\nand forgot us", 2)
    ]


def test_marks_of_any_kind() -> None:
    text = "He said “yes, and twice” and 'it isn't the boiler, it's the pipes'."
    assert [passage for _, passage, _ in found(text)] == [
        "yes, and twice",
        "it isn't the boiler, it's the pipes",
    ]


def test_an_apostrophe_opens_nothing() -> None:
    assert found("The kids' coats, the dogs' leads and 5'6\" of snow") == []


def test_verse_crosses_a_blank_line_and_leaves_prose_and_lists() -> None:
    stanza = "The gate is green\nThe grass is tall\n"
    below = "Come and read it with us, in the hall, at ten past three on Friday, all of you."
    assert found(f"Poem of the day\n\n{stanza}\n{stanza}\n{below}") == [
        (PassageKind.VERSE, f"{stanza}\n{stanza}".strip(), 4)
    ]
    assert found("Mon: netball\nTue: football\nWed: chess\nThu: rest") == []


@pytest.mark.parametrize("text", ['"' * 5000, "'a " * 5000, "> " * 3000 + "x", "a b\n" * 5000, '"a' * 5000])
def test_hostile_text_costs_little(text: str) -> None:
    passages(Document.of(Part("text", text, markup=Markup.PLAIN)))

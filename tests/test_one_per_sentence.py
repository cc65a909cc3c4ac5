"""A sentence that shows a concern in several of its words gives one hit, the longest."""

from checkpost.model import Hit, Part, ProseSpan
from checkpost.rules import one_per_sentence
from checkpost.text.document import Document


def hit(start: int, end: int) -> Hit:
    return Hit("context/platform", "message", span=ProseSpan(start, end))


def test_the_longest_hit_of_each_sentence() -> None:
    doc = Document.of(Part("text", "One two three. Four five."))
    hits = [hit(0, 3), hit(4, 13), hit(15, 19)]
    assert list(one_per_sentence(doc, hits)) == [hits[1], hits[2]]


def test_a_fact_about_the_whole_part_is_kept() -> None:
    doc = Document.of(Part("text", "One two three."))
    absent = Hit("context/platform", "message")
    assert list(one_per_sentence(doc, [absent, hit(0, 3)])) == [absent, hit(0, 3)]

"""A term list is looked up once for a text, however often its terms stand there."""

import time

from checkpost.lexicon import load
from checkpost.model import Part
from checkpost.text.document import Document


def test_conditions_of_a_group_take_linear_time() -> None:
    doc = Document.of(Part("text", "A drawing of pupils. " * 4000))
    assert len(doc.words) == 16_000
    start = time.perf_counter()
    assert len(list(load("pictured").find(doc, {}, "drawn"))) == 4000
    assert time.perf_counter() - start < 5

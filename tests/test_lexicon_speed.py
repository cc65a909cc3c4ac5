"""A lexicon's `needs` and `unless` cost no more in a long text than in many short ones."""

import time
from pathlib import Path

from checkpost.lexicon import read
from checkpost.model import Part
from checkpost.text.document import Document

LEXICON = """
[[group]]
name = "pay"
note = "."
concern = "confidential/finance"
terms = ["pay"]
needs = ["us"]
unless = ["public"]

[[group]]
name = "us"
note = "."
terms = ["our"]

[[group]]
name = "public"
note = "."
terms = ["published"]
"""


def test_groups_of_the_same_sentence_are_looked_for_once(tmp_path: Path) -> None:
    path = tmp_path / "words.toml"
    path.write_text(LEXICON, encoding="utf-8")
    lexicon = read(path)
    doc = Document.of(Part("text", "Our pay. Your pay. Our published pay. " * 1500))
    began = time.perf_counter()
    assert sum(1 for _ in lexicon.find(doc, {})) == 1500
    assert time.perf_counter() - began < 5

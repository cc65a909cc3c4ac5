"""Words that are drawn out or starred still have the keys that a lexicon looks for."""

from checkpost.model import Markup, Part
from checkpost.text.document import Document


def keys(text: str) -> list[tuple[str, ...]]:
    return [word.keys for word in Document.of(Part("text", text, markup=Markup.MARKDOWN)).words]


def test_drawn_out_letters_fall_together() -> None:
    assert keys("daaaamn") == [("daaaamn", "damn", "daamn")]
    assert "good" in keys("goooood")[0]
    assert keys("aaa iii") == [("aaa",), ("iii",)]


def test_two_starred_words_in_a_line_are_no_emphasis() -> None:
    masked = keys("what a d*mn pile of cr*p")
    assert [word[0] for word in masked] == ["what", "a", "d*mn", "pile", "of", "cr*p"]
    assert [word for (word,) in keys("an *odd* **bold** word")] == ["an", "odd", "bold", "word"]

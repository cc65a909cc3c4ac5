"""The slot {given}: first names, told apart from the words that some of them also are."""

import pytest

from checkpost.model import Part
from checkpost.text.document import Document
from tests.organisation import engine


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Our Jessica met Siân", ["Jessica", "Siân"]),
        ("our jessica met a leo", ["jessica"]),
        ("Autumn has asthma", ["Autumn"]),
        ("Autumn is here, will Joy come in May?", ["Joy"]),
        ("Hope you can all come to Summer Fair, grace permitting", []),
    ],
)
def test_given_names(text: str, names: list[str]) -> None:
    doc = Document.of(Part("text", text))
    words = doc.phrase_words
    assert [words[at].text for at in engine().knowledge.slots(doc)["given"]] == names

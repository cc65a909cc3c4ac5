"""The roster's names: how they are taken apart, which forms they have, and what a mention is in a large roster."""

from pathlib import Path
from time import perf_counter

import pytest

from checkpost import mentions, roster
from checkpost.cues import class_spans, class_years
from checkpost.knowledge import Knowledge
from checkpost.model import Part
from checkpost.roster import Entry, Roster
from checkpost.text.document import Document


def entry(tmp_path: Path, header: str, row: str) -> Entry:
    path = tmp_path / "learners.csv"
    path.write_text(f"{header}\n{row}\n", encoding="utf-8")
    return roster.load(path, None).entries[0]


def document(text: str) -> Document:
    return Document.of(Part("text", text))


@pytest.mark.parametrize(
    ("header", "row", "given", "family"),
    [
        ("name", "Megan Rowntree", ("megan",), ("rowntree",)),
        ("name", "Autumn Rose Carter", ("autumn", "rose"), ("carter",)),
        ("name", "Ellie-Mae Thornton-Hill", ("ellie", "mae"), ("thornton", "hill")),
        ("name", "Luca de la Cruz", ("luca",), ("de", "la", "cruz")),
        ("name", '"O’Shea, Gráinne"', ("grainne",), ("oshea",)),
        ("name,known_as", "Tran Thi Lan,Lan", ("thi", "lan"), ("tran",)),
        ("forename,surname", "Mei Ling,Zhao", ("mei", "ling"), ("zhao",)),
        ("forename,surname", "Aoife,Nic Dhonnchadha", ("aoife",), ("nic", "dhonnchadha")),
        ("name", "Minh", (), ("minh",)),
        ("name", "Mr G Lowther", ("g",), ("lowther",)),
    ],
)
def test_a_name_is_taken_apart(
    tmp_path: Path, header: str, row: str, given: tuple[str, ...], family: tuple[str, ...]
) -> None:
    found = entry(tmp_path, header, row)
    assert (found.given, found.family) == (given, family)


@pytest.mark.parametrize(
    "text",
    [
        "Thomas Birch",
        "tom birch",
        "Tommy Birch",
        "Birch, Thomas",
        "T. Birch",
        "Birch T.",
        "#TomBirch",
        "@tbirch_9",
        "Tom B (7C)",
    ],
)
def test_every_form_is_one_mention(tmp_path: Path, text: str) -> None:
    person = entry(tmp_path, "name", "Thomas Birchall".replace("Birchall", "Birch"))
    found = mentions.find(document(text), Roster((person,)))
    assert [mention.entry.name for mention in found] == ["Thomas Birch"]


def test_years_and_classes_are_a_class_of_words() -> None:
    doc = document("Year 9, y11s, 7C and 10xB; not 9am, 5k, 3D or year 2019")
    words = doc.phrase_words
    spans = [
        doc.prose[words[a].span.start : words[b - 1].span.end]
        for a, b in sorted(class_spans(words, class_years(words)).items())
    ]
    assert spans == ["Year 9", "y11s", "7C", "10xB"]
    assert Knowledge().slots(doc)["class"] == class_spans(words, class_years(words))


def test_two_initials_end_no_sentence() -> None:
    assert len(document("Well done A.J. in 11C").sentences) == 1


def test_a_document_is_read_once() -> None:
    knowledge, doc = Knowledge(), document("Year 9")
    assert knowledge.mentions(doc) is knowledge.mentions(doc)
    assert knowledge.slots(doc) is knowledge.slots(doc)
    assert document("Year 9") != document("Year 9")


def test_a_large_roster_is_quick() -> None:
    people = Roster(
        tuple(
            Entry(f"Given{n} Family{n}", "learner", (f"given{n}", f"family{n}"), family=(f"family{n}",))
            for n in range(2000)
        )
    )
    text = "Well done @megan.rown_9 and #TeamHazel, " + "such a kind and funny class today, " * 200
    assert people.begins("given7")
    started = perf_counter()
    mentions.find(document(text), people)
    assert perf_counter() - started < 2

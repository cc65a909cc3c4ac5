"""What a draft declares of a picture, as rules see it."""

import pytest

from checkpost.drafts.fields import record
from checkpost.model import Part, PartKind, Post
from checkpost.pictured import Shown, people_in
from checkpost.rules import Case
from checkpost.text.document import Document
from tests.organisation import engine


def post(**image: object) -> Post:
    return record({"text": "Hello", "account": "organisation", "images": [image]}, "post", "post", None)


def seen(alt: str) -> tuple[Shown, ...]:
    draft = post(alt=alt)
    return people_in(Case(draft, tuple(Document.of(part) for part in draft.parts), (), engine().knowledge), 0)


def test_consent_that_is_not_declared_is_unknown_not_refused() -> None:
    assert post(people=[{"name": "Megan Rowntree"}]).images[0].people[0].consent is None
    assert post(people=[{"name": "Megan Rowntree", "consent": "none"}]).images[0].people[0].consent == "none"
    assert post(people=[{"name": "Megan Rowntree", "consent": False}]).images[0].people[0].consent == "none"


def test_a_metadata_field_is_named_without_its_indices() -> None:
    part = Part("images[0].metadata.RegionInfo.RegionList[3].Name", "x", PartKind.METADATA)
    assert (part.field, part.image) == ("RegionInfo.RegionList.Name", 0)
    assert Part("images[12].metadata.PersonInImage[1]", "x", PartKind.METADATA).field == "PersonInImage"
    assert Part("images[2].alt", "x", PartKind.ALT).field == "alt"


@pytest.mark.parametrize(
    "alt",
    [
        "Two students tune their cellos",
        "Photo of my tutor group",
        "A group of Year 5 pupils planting beans",
        "Y10s on the climbing wall",
        "a trainee and her assessor shaking hands",
        "The U13 netball team with their shield",
        "Year 8 in the sports hall with javelins",
        "adult learners round a table with laptops",
    ],
)
def test_words_that_show_learners(alt: str) -> None:
    assert "learner" in [shown.role for shown in seen(alt)]


@pytest.mark.parametrize(
    "alt",
    [
        "Thank-you card from a student",
        "Books of Year 4",
        "Students' union logo",
        "Chairs set out for parents and pupils",
        "Year 5 and Year 6 books",
        "Children's paintings drying on a rack",
        "Pupils' coats on pegs",
        "Illustration of two children reading",
        "Apprentice of the month certificate",
        "The staff car park in snow",
        "Nobody in the hall after everyone has gone",
        "Slide reading 'Every learner matters'",
        "the hands of an apprentice holding a chisel",
    ],
)
def test_words_that_show_nobody(alt: str) -> None:
    assert seen(alt) == ()

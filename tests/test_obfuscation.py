"""An identifier is found wherever it stands and however it is hidden, and its span is exactly what was written."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checkpost.identifiers import iban, luhn, nhs, nino, uln, upn
from checkpost.model import Markup, Part, Post
from tests import obfuscation as ways
from tests.obfuscation import Change
from tests.organisation import engine


@dataclass(frozen=True)
class Kind:
    """A kind of identifier: what finds it, words that go around it, and which ways of hiding it make sense."""

    concern: str
    around: str
    plain: st.SearchStrategy[str]
    hidings: Mapping[str, Change]


_DIGIT_ALONE = {how: change for how, change in ways.DIGITS.items() if how.endswith(" digits")}


def grouped(digits: str, *sizes: int) -> str:
    at, groups = 0, []
    for size in sizes:
        groups.append(digits[at : at + size])
        at += size
    return " ".join(groups)


def _digits(size: int) -> st.SearchStrategy[str]:
    return st.text("0123456789", min_size=size, max_size=size)


NHS = _digits(7).map(lambda end: "999" + end).filter(nhs.is_valid)
ULN = st.builds(lambda first, rest: first + rest, st.sampled_from("123456789"), _digits(9)).filter(uln.is_valid)
UPN = st.builds(
    lambda rest: next(letter + rest for letter in "ABCDEFGHJKLMNPQRTUVWXYZ" if upn.is_valid(letter + rest)),
    st.builds(lambda year: f"37340012{year}", _digits(4)),
)
NINO = st.builds(
    lambda a, d, z: f"{a} {grouped(d, 2, 2, 2)} {z}",
    st.sampled_from(["JK", "AB", "EH", "PW"]),
    _digits(6),
    st.sampled_from("ABCD"),
).filter(nino.is_valid)
CARD = st.sampled_from(["4111 1111 1111 1111", "5555 5555 5555 4444", "4012 8888 8888 1881"]).filter(luhn.is_valid)
IBAN = st.sampled_from(["GB82 WEST 1234 5698 7654 32", "IE29 AIBK 9311 5212 3456 78"]).filter(iban.is_valid)
DAY = st.builds(lambda d, m, y: f"{d:02}/{m:02}/{y}", st.integers(1, 28), st.integers(1, 12), st.integers(2008, 2016))
PHONE = _digits(3).map(lambda end: f"07700 900 {end}")

KINDS = {
    "e-mail": Kind(
        "personal-data/contact-details",
        "Write to {} about the trip.",
        st.sampled_from(["jordan.fell@mail.example", "t_adebayo9@post.example"]),
        {**ways.ANY, **ways.LETTERS},
    ),
    "spelled e-mail": Kind(
        "personal-data/contact-details",
        "Write to {} about the trip.",
        st.just("jordan.fell@mail.example"),
        ways.ADDRESS,
    ),
    "phone": Kind(
        "personal-data/contact-details",
        "Ring his mum on {} after three.",
        PHONE,
        {**ways.ANY, **ways.DIGITS, **ways.GROUPS, **ways.JOINED, **ways.SAID},
    ),
    "National Insurance": Kind(
        "personal-data/identifier",
        "Her National Insurance number is {} for the form.",
        NINO,
        {**ways.ANY, **ways.DIGITS, **ways.GROUPS, **ways.JOINED, **ways.LETTERS},
    ),
    "NHS": Kind(
        "personal-data/identifier",
        "His NHS number is {} for the nurse.",
        NHS.map(lambda digits: grouped(digits, 3, 3, 4)),
        {**ways.ANY, **ways.DIGITS, **ways.GROUPS, **ways.JOINED, **ways.SAID},
    ),
    "UPN": Kind(
        "personal-data/identifier",
        "The UPN of this pupil is {} on the list.",
        UPN,
        {**ways.ANY, **ways.DIGITS, **ways.LETTERS},
    ),
    "ULN": Kind(
        "personal-data/identifier",
        "The ULN of this learner is {} on the list.",
        ULN,
        {**ways.ANY, **ways.DIGITS, **ways.SAID},
    ),
    "card": Kind(
        "personal-data/financial",
        "The card is {} for the trip.",
        CARD,
        {**ways.ANY, **ways.DIGITS, **ways.GROUPS, **ways.JOINED, **ways.SAID},
    ),
    "IBAN": Kind(
        "personal-data/financial",
        "Pay into {} by Friday.",
        IBAN,
        {**ways.ANY, **ways.DIGITS, **ways.GROUPS, **ways.JOINED, **ways.LETTERS},
    ),
    "bank account": Kind(
        "personal-data/financial",
        "Sort code {} please.",
        st.builds(lambda account: f"12-34-56 account {account}", _digits(8)),
        {**ways.ANY, **_DIGIT_ALONE},
    ),
    "postcode": Kind(
        "personal-data/contact-details",
        "Toby lives at {} with his nan.",
        st.just("42 Elm Road, S10 2AB"),
        {**ways.ANY, **_DIGIT_ALONE},
    ),
    "date of birth": Kind(
        "personal-data/birth-date", "Toby Adebayo was born on {} in Leeds.", DAY, {**ways.ANY, **_DIGIT_ALONE}
    ),
    "name": Kind(
        "people/learner",
        "Well done {} for winning the race.",
        st.just("Megan Rowntree"),
        {**ways.ANY, **ways.LETTERS, **ways.NAME, **ways.GROUPS, **ways.HYPHENED},
    ),
}
# Any text, on lines of its own: next to an identifier, it may make it part of something longer.
_TEXTS = st.one_of(
    st.just(""), st.text(st.characters(exclude_categories=("Cs", "N"), exclude_characters="`<>[]\\*_|~&#"), max_size=40)
)


def _found(text: str, concern: str) -> set[tuple[int, int]]:
    report = engine().check_post(Post("p", "p", (Part("text", text, markup=Markup.MARKDOWN),)))
    assert report.not_checked == ()
    every = (*report.findings, *(kept.finding for kept in report.suppressed))
    return {(f.place.span.start, f.place.span.end) for f in every if f.place and f.concern == concern}


def _without_marks(text: str) -> str:
    return re.sub(r"\*\*", "", text)


@pytest.mark.parametrize(("name", "how"), [(name, how) for name, kind in KINDS.items() for how in kind.hidings])
@settings(deadline=None, max_examples=3, suppress_health_check=list(HealthCheck), database=None)
@given(data=st.data())
def test_a_hidden_identifier_is_found_where_it_stands(name: str, how: str, data: st.DataObject) -> None:
    kind = KINDS[name]
    hidden = kind.hidings[how](data.draw(kind.plain))
    before, after = (re.sub(r"[^\S ]", " ", data.draw(_TEXTS)) for _ in range(2))
    text = f"Before: {before}.\n\n{kind.around.format(hidden)}\n\nAfter: {after}"
    found = [text[start:end] for start, end in _found(text, kind.concern)]
    assert _without_marks(hidden) in map(_without_marks, found)

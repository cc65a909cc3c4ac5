"""Whatever the text: no crash, no check lost, no time without end."""

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checkpost.model import Markup, Part, PartKind, Post
from tests.organisation import engine

# Pieces that rules look for, so that drawn texts come near to what they match.
_PIECES = (
    "Megan Rowntree", "#TobyAdebayo", "@a.b-c", "Year 9", "07700 900123", "a@b.example", "https://bit.ly/x?pwd=1",
    "999 012 3454", "born 3/4/2012", "password: ", "12-34-56", "We at Larkfield", "my Year 9s", "DM me", "!!!",
    "“quoted”", "> ", "RT @x: ", "views my own", "Mr Shaw", "his mum", "£5", "S10 2AB", "42 Elm Road", "\u200b", "🎉",
    "\n\n", "**", "_", "](", "[", "é",
)  # fmt: skip
TEXTS = st.one_of(
    st.text(max_size=200), st.lists(st.sampled_from(_PIECES) | st.text(max_size=6), max_size=25).map(" ".join)
)


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS, TEXTS)
def test_every_check_runs_on_any_text(body: str, alt: str) -> None:
    parts = (
        Part("text", body, markup=Markup.MARKDOWN),
        Part("images[0].alt", alt, PartKind.ALT),
        Part("images[0].metadata.Artist", alt, PartKind.METADATA),
        Part("images[0].file", alt.replace("\n", " "), PartKind.FILE),
    )
    report = engine().check_post(Post("p", "p", parts))
    assert report.not_checked == ()
    for finding in (*report.findings, *(s.finding for s in report.suppressed)):
        if finding.place:
            part = next(part for part in parts if part.name == finding.part)
            assert part.source[finding.place.span.start : finding.place.span.end] == finding.match


HOSTILE = {
    "letters": "a" * 20_000,
    "digits": "1" * 20_000,
    "spaced digits": "1 " * 10_000,
    "spaced letters": "a " * 10_000,
    "dots": "a." * 10_000,
    "ats": "a@" * 10_000,
    "hyphens": "a-" * 10_000,
    "spaces": " " * 20_000,
    "stars": "*" * 20_000,
    "starred letters": "a*" * 10_000,
    "brackets": "[" * 5_000,
    "quotes": '"a ' * 7_000,
    "slashes": "http://" * 3_000,
    "at and dot": "a at b dot " * 2_000,
    "names": "Megan " * 4_000,
    "capitals": "Aa " * 7_000,
    "marks": "!" * 20_000,
    "entities": "&amp;" * 4_000,
    "lines": "\n" * 20_000,
    "quoted lines": "> a\n" * 5_000,
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_text_takes_no_more_than_linear_time(kind: str) -> None:
    """Ten times the text may take some twenty times as long (noise), not the hundred of quadratic time."""

    def seconds(text: str) -> float:
        start = time.process_time()
        report = engine().check_post(Post("p", "p", (Part("text", text, markup=Markup.MARKDOWN),)))
        assert report.not_checked == ()
        return time.process_time() - start

    whole = HOSTILE[kind]
    small = seconds(whole[: len(whole) // 10])
    assert seconds(whole) < max(small * 25, 2.0)

"""Places survive every transformation: the prose's offsets lead back to the source that they came from."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkpost.model import Markup, Part, ProseSpan, SourceSpan
from checkpost.text.document import Document
from checkpost.text.normalise import normalise
from checkpost.text.offsets import LineIndex, OffsetMap
from checkpost.text.parse import parse

MARKUP = st.text(alphabet=st.sampled_from("ab 1\n\r#*_`[]()<>!-+>&;\\~|@\"'\té́\u200b🎉"), max_size=80)
ANY = st.one_of(MARKUP, st.text(max_size=120))


def assert_valid(offsets: OffsetMap, text: str, source: str) -> None:
    assert len(offsets) == len(text)
    before = (0, 0)
    for start, end in zip(offsets.starts, offsets.ends, strict=True):
        assert 0 <= start < end <= len(source)
        assert (start, end) == before or start >= before[1]
        before = (start, end)


@given(ANY)
def test_normalised_text_maps_back(source: str) -> None:
    text, offsets = normalise(source)
    assert_valid(offsets, text, source)


@given(ANY)
def test_markup_maps_back_and_only_markup_goes(source: str) -> None:
    parsed = parse(source, Markup.MARKDOWN)
    assert_valid(parsed.offsets, parsed.prose, source)
    kept = {character for character in source if character.isalnum()}
    if "&" not in source and "<" not in source:  # entities turn into characters, tags and comments go
        letters = [c for c in parsed.prose if c.isalnum()]
        assert set(letters) <= kept | {"0"}
        in_info_strings = "`" in source or "~" in source
        numbered = any(c.isdigit() for c in source)
        assert in_info_strings or numbered or len(letters) == sum(c.isalnum() for c in source)


@given(ANY)
def test_a_document_can_be_made_of_any_text(source: str) -> None:
    doc = Document.of(Part("text", source, markup=Markup.MARKDOWN))
    for word in doc.words:
        assert doc.source(word.span)
        place = doc.place(word.span)
        assert place.line >= 1
        assert place.column >= 1
    for sentence in doc.sentences:
        assert doc.text(sentence).strip() == doc.text(sentence)
    covered = {i for sentence in doc.sentences for i in range(sentence.start, sentence.end)}
    assert {i for i, c in enumerate(doc.prose) if not c.isspace()} <= covered | {
        i for i, c in enumerate(doc.prose) if c.isspace()
    }


@given(st.text(alphabet="abc é", min_size=1, max_size=30), st.data())
def test_a_span_of_plain_text_is_where_it_was(source: str, data: st.DataObject) -> None:
    composed = unicodedata.normalize("NFC", source)
    doc = Document.of(Part("text", composed))
    start = data.draw(st.integers(0, len(composed) - 1))
    end = data.draw(st.integers(start + 1, len(composed)))
    assert doc.source(ProseSpan(start, end)) == composed[start:end]


@given(st.text(alphabet="ab\r\n\u2028\x85\x0b\x0c", max_size=40))
def test_lines_end_where_editors_end_them(text: str) -> None:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    index = LineIndex(text)
    offset = 0
    for number, line in enumerate(lines, start=1):
        assert index.line_column(offset) == (number, 1)
        assert index.line_text(number) == (offset, line)
        offset += len(line)
        offset += 2 if text[offset : offset + 2] == "\r\n" else 1


def test_lines_count_from_where_the_body_begins() -> None:
    place = LineIndex("ab\ncd", first_line=7).place(SourceSpan(3, 5))
    assert (place.line, place.column, place.end_line, place.end_column) == (8, 1, 8, 3)


@pytest.mark.parametrize(
    ("starts", "ends", "length"),
    [((0,), (0,), 3), ((0,), (4,), 3), ((1, 0), (2, 1), 3), ((0, 1), (2, 3), 3), ((0,), (), 3)],
)
def test_a_map_that_loses_its_way_cannot_be_made(starts: tuple[int, ...], ends: tuple[int, ...], length: int) -> None:
    with pytest.raises(ValueError, match=r"offset|place"):
        OffsetMap(starts, ends, length)


def test_maps_compose() -> None:
    first_text, first = OffsetMap.of_pieces([("ab", 1, 3), ("c", 5, 6)], 6)
    _, second = OffsetMap.of_pieces([("bc", 1, 3)], len(first_text))
    assert first.then(second).to_source(ProseSpan(0, 2)) == SourceSpan(2, 6)


def test_a_span_with_markup_inside_is_no_safe_place_for_a_fix() -> None:
    doc = Document.of(Part("text", "ring 07700 **900** 123", markup=Markup.MARKDOWN))
    number = doc.prose.index("07700")
    assert doc.splits_markup(ProseSpan(number, number + 12), "[removed]")
    assert not doc.splits_markup(ProseSpan(0, 4), "[removed]")

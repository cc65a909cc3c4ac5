"""What a reader sees is what detectors read: markup gone, spelling tricks undone, words and sentences split."""

import re
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkpost.model import Markup, Part, PartKind
from checkpost.text import parse
from checkpost.text.document import Document
from checkpost.text.normalise import normalise
from checkpost.text.words import WordKind, fold, keys


def markdown(source: str) -> Document:
    return Document.of(Part("text", source, markup=Markup.MARKDOWN))


@pytest.mark.parametrize(
    ("source", "prose"),
    [
        ("**Why** I *gave* up", "Why I gave up"),
        ("# Head\n\nBody", " Head\n\nBody"),
        ("> said he\n> again", "said he\nagain"),
        ("- one\n- two", "one\ntwo"),
        ("see [the plan](https://a.example/x)", "see the plan https://a.example/x"),
        ("<https://a.example>", "https://a.example"),
        ("a &amp; b &eacute;", "a & b é"),
        (r"2 \* 3", "2 * 3"),
        ("#WillGrace is no heading", "#WillGrace is no heading"),
        ("mail @a_b_c and c*nt, s**t", "mail @a_b_c and c*nt, s**t"),
        ("some `code` here", "some code here"),
        ("before <!-- aside --> after", "before  after"),
        ("a <b>c</b>", "a c"),
    ],
)
def test_markup_goes_and_words_stay(source: str, prose: str) -> None:
    assert markdown(source).prose == prose


@given(st.text(st.sampled_from("aé1.)( -+=>#:!@$|\n\r\t\u2028🎉"), max_size=40))
def test_text_without_marks_is_read_as_the_parser_reads_it(source: str) -> None:
    with mock.patch.object(parse, "_MAY_BE_MARKUP", re.compile("")):
        parsed = parse.parse(source, Markup.MARKDOWN)
    assert parse.parse(source, Markup.MARKDOWN) == parsed


def test_what_rules_make_of_a_document_is_made_once() -> None:
    doc = markdown("One. Two.")
    makes = mock.Mock(side_effect=lambda doc: len(doc.sentences))
    assert doc.derived(makes) == doc.derived(makes) == 2
    assert makes.call_count == 1


def test_links_know_their_label_and_target() -> None:
    doc = markdown("go [our site](https://a.example/x) ![a cat](cat.jpg)")
    assert [(doc.text(link.label), doc.text(link.target), link.is_image) for link in doc.links] == [
        ("our site", "https://a.example/x", False),
        ("a cat", "cat.jpg", True),
    ]


def test_quotations_and_code_are_marked() -> None:
    doc = markdown("said:\n\n> the first\n> the second\n\nand `x y`")
    assert [doc.text(span).split() for span in doc.quotes] == [["the", "first", "the", "second"]]
    assert [doc.text(span) for span in doc.code] == ["x y"]


@pytest.mark.parametrize(
    ("source", "plain"),
    [
        ("Ｍｅｇａｎ", "Megan"),
        ("Me\u200bg\u00adan", "Megan"),
        ("4️⃣ 8️⃣", "4 8"),
        ("𝐌𝐞𝐠𝐚𝐧", "Megan"),
        ("Zofia’s “day”", 'Zofia\'s "day"'),
        ("Рroject Неron", "Project Heron"),
        ("Zofi\u0061\u0301", "Zofiá"),
        ("Москва и Киев", "Москва и Киев"),
        ("Ελλάδα", "Ελλάδα"),
        ("Larkfield™", "Larkfield™"),
    ],
)
def test_tricks_of_spelling_are_undone(source: str, plain: str) -> None:
    assert normalise(source)[0] == plain


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("Zoë’s book", ["zoe's", "book"]),
        ("PHASE-TWO", ["phase", "2"]),
        ("M e g a n  R o w n t r e e", ["megan", "rowntree"]),
        ("#ProjectHeron", ["project", "heron"]),
        ("@megan.r-09", ["megan", "r", "09"]),
        ("c*nts f**k", ["c*nts", "f**k"]),
        ("97.1 and 1,200", ["97.1", "and", "1,200"]),
        ("a.rao@larkfield.example!", ["a.rao@larkfield.example"]),
        ("(bit.ly/abc)", ["bit.ly/abc"]),
        ("wait...what", ["wait", "what"]),
    ],
)
def test_words(source: str, expected: list[str]) -> None:
    assert [word.key for word in markdown(source).words] == expected


def test_a_word_is_looked_up_under_each_of_its_readings() -> None:
    assert keys("m3gan's") == ("m3gan's", "m3gan", "megan's", "megan")
    assert keys("Y10") == ("y10",)
    assert fold("Gráinne") == "grainne"


def test_a_file_name_is_words() -> None:
    doc = Document.of(Part("images[0].file", "MeganRowntree_yr9.jpg", PartKind.FILE))
    assert [word.key for word in doc.words] == ["megan", "rowntree", "yr9", "jpg"]


def test_tags_are_whole_and_in_pieces() -> None:
    doc = markdown("well done #WillGrace and @LarkfieldLT.")
    assert [(tag.text, tag.kind) for tag in doc.tags] == [
        ("WillGrace", WordKind.HASHTAG),
        ("LarkfieldLT", WordKind.HANDLE),
    ]
    assert doc.text(doc.tags[0].span) == "#WillGrace"


@pytest.mark.parametrize(
    ("prose", "count"),
    [
        ("Mr. Shaw ran. He won.", 2),
        ("We ran 2.5 km! Then (sadly) rain... Home.", 3),
        ("one line\nanother", 2),
        ("J. K. Rowling wrote it.", 1),
        ("", 0),
        ("😀", 1),
    ],
)
def test_sentences(prose: str, count: int) -> None:
    assert len(Document.of(Part("text", prose)).sentences) == count

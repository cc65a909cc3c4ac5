"""Drafts as Word documents, web pages and e-mail: all is read, and a finding's place is where its author wrote it."""

import io
import zipfile
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

import docx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from hypothesis import given
from hypothesis import strategies as st

from checkpost.drafts.formats import read_file, read_stdin
from checkpost.model import Markup, Part, Post, ProseSpan
from checkpost.text.document import Document
from checkpost.text.hypertext import parse
from tests.organisation import EXAMPLES, engine

MAIL = "megan.r@postbox.example"
CONCERN = "personal-data/contact-details"
PHOTO = EXAMPLES / "sports-day.jpg"
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def places(post: Post) -> list[tuple[str, str]]:
    """The part, and the place in words, of every finding of the address."""
    found = [f for f in engine().check_post(post).findings if f.concern == CONCERN and f.place]
    return [(f.part, f.place.words or f"{f.place.line}:{f.place.column}") for f in found if f.place]


def only(path: Path) -> Post:
    (post,) = read_file(path)
    return post


def word(path: Path, fill: Callable[[docx.document.Document], object]) -> Post:
    document = docx.Document()
    fill(document)
    document.save(str(path))
    return only(path)


def test_a_finding_in_word_stands_in_its_paragraph(tmp_path: Path) -> None:
    def fill(document: docx.document.Document) -> None:
        document.add_heading("A trip")
        document.add_paragraph("Write to ").add_run(MAIL).bold = True
        cells = document.add_table(1, 2).rows[0].cells
        cells[0].text, cells[1].text = "Contact", f"or {MAIL}"
        document.sections[0].header.paragraphs[0].text = f"Ask {MAIL}"
        document.sections[0].footer.paragraphs[0].text = "Page"

    post = word(tmp_path / "a.docx", fill)
    assert places(post) == [
        ("text", "paragraph 2, character 10"),
        ("text", "paragraph 4, character 4"),
        ("header", "header, paragraph 1, character 5"),
    ]
    assert [part.name for part in post.parts] == ["text", "header", "footer"]
    assert not post.not_checked


def test_front_matter_in_word_declares_the_context(tmp_path: Path) -> None:
    def fill(document: docx.document.Document) -> None:
        for line in ("---", "account: personal", "platform: x", "---", f"Write to {MAIL}"):
            document.add_paragraph(line)

    post = word(tmp_path / "a.docx", fill)
    assert (post.context.account, post.context.platform) == ("personal", "x")
    assert places(post) == [("text", "paragraph 5, character 10")]


def test_text_boxes_are_read_once_and_tracked_changes_as_accepted(tmp_path: Path) -> None:
    box = (
        f'<w:p {_W} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><w:r><w:t>Anchor</w:t></w:r>'
        "<w:r><mc:AlternateContent><mc:Choice>"
        "<w:txbxContent><w:p><w:r><w:t>In the box</w:t></w:r></w:p></w:txbxContent>"
        "</mc:Choice><mc:Fallback><w:txbxContent><w:p><w:r><w:t>In the box</w:t></w:r></w:p></w:txbxContent>"
        "</mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    changed = (
        f'<w:p {_W}><w:r><w:t xml:space="preserve">We go </w:t></w:r>'
        '<w:del w:id="1" w:author="A"><w:r><w:delText>home</w:delText></w:r></w:del>'
        '<w:ins w:id="2" w:author="A"><w:r><w:t>out</w:t><w:tab/><w:t>today</w:t></w:r></w:ins></w:p>'
    )

    def fill(document: docx.document.Document) -> None:
        document.element.body.insert(0, parse_xml(changed))
        document.element.body.insert(0, parse_xml(box))
        said = document.add_paragraph("Last")
        document.add_comment(said.runs, f"Is {MAIL} right?", author="A")

    post = word(tmp_path / "a.docx", fill)
    assert post.parts[0].source.split("\n") == ["Anchor", "In the box", "We go out\ttoday", "Last"]
    assert any("tracked changes" in note for note in post.notes)
    assert any("comments (1)" in note for note in post.notes)


def test_pictures_and_links_in_word_are_checked(tmp_path: Path) -> None:
    def fill(document: docx.document.Document) -> None:
        document.add_picture(str(PHOTO))
        document.element.body.find(".//{*}docPr").set("descr", f"Ask {MAIL}")
        paragraph = document.add_paragraph("Sign up here")
        paragraph.part.relate_to("https://bit.ly/abc123", RELATIONSHIP_TYPE.HYPERLINK, is_external=True)

    post = word(tmp_path / "a.docx", fill)
    assert post.images[0].metadata["Model"] == "iPhone 15"
    assert post.images[0].alt == f"Ask {MAIL}"
    assert "checkpost-" not in str(post.images[0].file), "no trace of where it was unpacked"
    assert [part.source for part in post.parts if part.name == "link"] == ["https://bit.ly/abc123"]
    assert not post.not_checked


@pytest.mark.parametrize("cut", [0, 3, 500, -300])
def test_a_damaged_word_file_says_so(cut: int, tmp_path: Path) -> None:
    word(tmp_path / "a.docx", lambda document: document.add_paragraph("Hello"))
    (tmp_path / "a.docx").write_bytes((tmp_path / "a.docx").read_bytes()[:cut])
    assert "damaged" in only(tmp_path / "a.docx").not_checked[0].why


@pytest.mark.parametrize("broken", [b"<w:document", b"", b"<a/>", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'])
def test_a_word_file_with_broken_content_says_so(broken: bytes, tmp_path: Path) -> None:
    word(tmp_path / "a.docx", lambda document: document.add_paragraph("Hello"))
    with zipfile.ZipFile(tmp_path / "a.docx") as whole, zipfile.ZipFile(tmp_path / "b.docx", "w") as made:
        for name in whole.namelist():
            made.writestr(name, broken if name == "word/document.xml" else whole.read(name))
    assert "damaged" in only(tmp_path / "b.docx").not_checked[0].why


def test_a_zip_bomb_is_not_unpacked(tmp_path: Path) -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("word/document.xml", bytes(64 * 1024 * 1024))
    (tmp_path / "a.docx").write_bytes(data.getvalue())
    assert "far more than a document" in only(tmp_path / "a.docx").not_checked[0].why


PAGE = f"""<!doctype html>
<html><head><title>Trip &amp; fair</title><style>p {{ color: red }}</style>
<meta name="description" content="Ask {MAIL}"></head>
<body><p>Write to <b>megan.r</b>&#64;postbox.example<br>or <a href="mailto:{MAIL}">us</a>.
<script>var a = "{MAIL}";</script><!-- {MAIL} --></body></html>
"""


def test_a_finding_in_a_page_stands_where_it_is_in_the_file(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(PAGE)
    post = only(tmp_path / "a.html")
    lines = PAGE.split("\n")
    assert places(post) == [
        ("text", f"3:{lines[2].index(MAIL) + 1}"),
        ("text", f"4:{lines[3].index('megan.r') + 1}"),
        ("text", f"4:{lines[3].rindex(MAIL) + 1}"),
    ]


def test_the_words_of_a_page_are_what_a_browser_shows() -> None:
    source = "<title>One</title><p>Two\n  three&nbsp;<i>fo</i>ur &lt;3<p>Five<td>six</td><blockquote>Seven</blockquote>"
    parsed = parse(source)
    assert parsed.prose == "One\nTwo three\xa0four <3\nFive\nsix\nSeven\n"
    assert [source[span.start : span.end] for span in parsed.quotes] == ["Seven"]
    (link,) = parse("<a class=x href='https://a.example/?a&amp;b'>here</a>").links
    assert (link.label.start, link.target.start) == (45, 17)


@pytest.mark.parametrize(
    "source", ["a <!-- b", "a <b c", "a < b", "x &bogus; y", "</", "<!", "<![x", "&#0;", "<a href=", "<?"]
)
def test_broken_markup_hides_no_text(source: str) -> None:
    shown = parse(f"{source} {MAIL}").prose
    assert MAIL in shown


@pytest.mark.parametrize(
    "piece", ["<a ", "<!--", "<", "</", "<![", "&", "<a href='", "<q>", "<script>", "<?", "<a\n='"]
)
def test_hostile_pages_take_no_longer_than_their_size(piece: str) -> None:
    parse(piece * 20_000 + ">")


MARKUP = st.sampled_from(
    ["<p>", "</p>", "<b>", "</b>", "<br>", "<!--", "-->", "<a href='x'>", "</a>", "<pre>", "&amp;", "&", "<", ">", "\n",
     "é", "<script>", "</script>", "<head>", "<title>", "text ", "&#8364;", "<img alt='x'>", "<!", "]]>",
     "<meta name=description content=a>"]
)  # fmt: skip


@given(st.lists(MARKUP, max_size=30).map("".join))
def test_every_character_of_a_pages_prose_has_its_place(source: str) -> None:
    parsed = parse(source)  # the map checks itself: places in order, inside the source, none empty
    for at, character in enumerate(parsed.prose):
        start, end = parsed.offsets.starts[at], parsed.offsets.ends[at]
        if end - start == 1 and character not in " \n" and source[start] != "&":
            assert source[start] == character


@given(
    st.lists(
        st.sampled_from(["<p>", "<b>", "</b>", "&amp; ", "<br>", "word ", "é😀 ", "\n", "<i class='a'>"]), max_size=12
    ),
    st.lists(st.sampled_from(["</p>", " after", "<br>", "&gt;", "<hr/>"]), max_size=5),
)
def test_an_address_in_a_page_is_found_where_it_stands(before: list[str], after: list[str]) -> None:
    source = f"{''.join(before)} {MAIL} {''.join(after)}"
    document = Document.of(Part("text", source, markup=Markup.HTML))
    at = document.prose.index(MAIL)
    place = document.place(ProseSpan(at, at + len(MAIL)))
    assert source[place.span.start : place.span.end] == MAIL


def message(**parts: str) -> EmailMessage:
    made = EmailMessage()
    made["Subject"] = parts.get("subject", "News")
    made.set_content(parts.get("text", "Hello\n"), cte=parts.get("cte", "quoted-printable"))
    return made


def read(made: EmailMessage) -> Post:
    (post,) = read_stdin(made.as_bytes(), "a.eml")
    return post


@pytest.mark.parametrize("cte", ["quoted-printable", "base64"])
def test_a_finding_in_a_message_stands_in_its_line(cte: str) -> None:
    post = read(message(subject=f"Grüße an {MAIL}", text=f"Héllo\nwrite to {MAIL}\n", cte=cte))
    assert places(post) == [("text", "line 2, character 10"), ("subject", "subject, line 1, character 10")]
    assert not post.not_checked


def test_plain_text_goes_before_html() -> None:
    both = message(text="The plain one")
    both.add_alternative("<p>The other</p>", subtype="html")
    assert read(both).parts[0].source.strip() == "The plain one"
    alone = EmailMessage()
    alone["Subject"] = "x"
    alone.set_content(f"<p>Write to <b>{MAIL}</b></p>", subtype="html")
    assert places(read(alone)) == [("text", "line 1, character 16")]


def test_attached_pictures_are_read_and_other_attachments_named() -> None:
    made = message()
    made.add_attachment(PHOTO.read_bytes(), maintype="image", subtype="jpeg", filename="../../trip.jpg")
    made.add_attachment(b"x", maintype="application", subtype="pdf", filename="plan.pdf")
    made.add_attachment(message(text="Forwarded"))
    post = read(made)
    assert post.images[0].metadata["Model"] == "iPhone 15"
    assert post.images[0].file == "trip.jpg"
    assert [item.what for item in post.not_checked] == ['attachment "plan.pdf"', 'attachment "message/rfc822"']


@pytest.mark.parametrize("data", [b"", b"\0\1\2", b"no header at all"])
def test_what_is_no_message_says_so(data: bytes) -> None:
    (post,) = read_stdin(data, "a.eml")
    assert post.not_checked


def test_an_unknown_character_set_is_read_as_well_as_can_be() -> None:
    data = f"Subject: x\nContent-Type: text/plain; charset=nosuch\n\nWrite to {MAIL}\n".encode()
    (post,) = read_stdin(data, "a.eml")
    assert places(post) == [("text", "line 1, character 10")]

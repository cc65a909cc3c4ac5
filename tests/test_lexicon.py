"""The pattern language of term lists, and the lists that ship."""

from pathlib import Path

import pytest

from checkpost import lexicon
from checkpost.concerns import vocabulary
from checkpost.data import root
from checkpost.errors import DataError
from checkpost.model import Part
from checkpost.phrases import compile_terms
from checkpost.phrases.pattern import anchor_of
from checkpost.text.document import Document
from tests.organisation import engine

SHIPPED = sorted((root() / "terms").glob("*.toml"))


def lexicon_of(folder: Path, *terms: str, extra: str = "", asks: str = "") -> lexicon.Lexicon:
    """A lexicon with one group that raises a concern; `extra` stands before that group, `asks` at its end."""
    quoted = ", ".join(f'"{term}"' for term in terms)
    path = folder / "words.toml"
    path.write_text(
        f'title = "t"\nnote = "n"\nsource = "s"\n{extra}\n[[group]]\nname = "main"\nnote = "n"\n'
        f'concern = "conduct/abuse"\nterms = [{quoted}]\n{asks}',
        encoding="utf-8",
    )
    return lexicon.read(path)


def found(words: lexicon.Lexicon, text: str) -> list[str]:
    doc = Document.of(Part("text", text))
    return [doc.text(match.span) for match in words.find(doc, engine().knowledge.slots(doc))]


@pytest.mark.parametrize(
    ("term", "text", "expected"),
    [
        ("tell nobody", "Please TELL  nobody!", ["TELL  nobody"]),
        ("tell nobody", "tell. Nobody", []),
        ("resign*", "he resigned", ["resigned"]),
        ("text|message me|us", "message us", ["message us"]),
        ("not really? sure", "not sure, not really sure", ["not sure", "not really sure"]),
        ("really? sure", "sure", ["sure"]),
        ("tell _ nobody", "tell absolutely nobody", ["tell absolutely nobody"]),
        ("tell ... nobody", "tell just about nobody", ["tell just about nobody"]),
        ("tell ... nobody", "tell one two three four five nobody", []),
        ("don't tell", "dont tell", ["dont tell"]),
        ("we'll see", "well see", []),
        ("end-point", "end point", ["end point"]),
        ("phase 2", "Phase two", ["Phase two"]),
        ("naive", "naïve", ["naïve"]),
        ("proud of {organisation}", "proud of Hazelbrook Academy", ["proud of Hazelbrook Academy"]),
        ("{organisation} rocks", "#LarkfieldLT rocks", ["LarkfieldLT rocks"]),
        ("{number} of you", "12 of you", ["12 of you"]),
        ("my {capital}", "my Bob and my bob", ["my Bob"]),
        ("tagging {handle}", "tagging @a.b-c now", ["tagging @a.b-c"]),
        ("tagging {handle}", "tagging @a.b-c @d_e now", ["tagging @a.b-c"]),
        ("bastard", "b*stard b**** b*nana", ["b*stard"]),
        ("bus", "the bus’s brakes", ["bus's"]),
    ],
)
def test_terms(tmp_path: Path, term: str, text: str, expected: list[str]) -> None:
    assert found(lexicon_of(tmp_path, term), text) == expected


def test_groups_refer_to_groups(tmp_path: Path) -> None:
    other = '[[group]]\nname = "kin"\nnote = "n"\nterms = ["mum", "foster carer"]'
    words = lexicon_of(tmp_path, "my <kin>", extra=other)
    assert found(words, "my foster carer and my mum") == ["my foster carer", "my mum"]


def test_a_sentence_may_need_or_forbid_other_terms(tmp_path: Path) -> None:
    extra = '[[group]]\nname = "joke"\nnote = "n"\nterms = ["lol"]'
    words = lexicon_of(tmp_path, "secret", extra=extra, asks='unless = ["joke"]')
    assert found(words, "a secret lol. a secret") == ["secret"]


@pytest.mark.parametrize("term", ["...", "_ word", "ab*", "<nobody>", "{organization}", "<main>", "maybe?"])
def test_terms_that_match_everything_or_nothing_are_refused(term: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        compile_terms({"main": [term]})


@pytest.mark.parametrize(
    ("content", "line", "message"),
    [
        ('title = "t"\ngruop = 1\n', 2, 'unknown key "gruop". Did you mean "group"?'),
        ('[[group]]\nname = "a"\nnote = "n"\nterms = ["x"]\nconfidence = "hihg"\n', 5, 'Did you mean "high"?'),
        ('[[group]]\nname = "a"\nnote = "n"\nterms = ["x"]\nneeds = ["b"]\n', None, 'no group is called "b"'),
        ('[[group]]\nname = "a"\nterms = ["x"]\n', None, 'a group has no "note"'),
        ("[[group]\n", 1, "is not valid TOML"),
    ],
)
def test_faults_are_named_with_their_line(tmp_path: Path, content: str, line: int | None, message: str) -> None:
    path = tmp_path / "words.toml"
    path.write_text(content)
    with pytest.raises(DataError) as raised:
        lexicon.read(path)
    assert message in str(raised.value)
    if line:
        assert raised.value.line == line


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_shipped_lists_are_sound(path: Path) -> None:
    words = lexicon.read(path)
    for group in words.groups.values():
        assert len(set(group.terms)) == len(group.terms), f"{group.name} has a term twice"
        assert group.concern is None or group.concern in vocabulary()


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_terms_are_looked_up_by_what_their_patterns_are_tried_at(path: Path) -> None:
    for group in lexicon.read(path).compiled.values():
        for unread in group.unread:
            assert all(anchor_of(pattern).all_keys == unread.keys for pattern in group.read(unread.text)), unread.text


def test_words_stems_classes_and_groups_may_be_alternatives(tmp_path: Path) -> None:
    other = '[[group]]\nname = "kin"\nnote = "n"\nterms = ["mum", "foster carer"]'
    words = lexicon_of(tmp_path, "thank* her|<kin>|{organisation}", extra=other)
    assert found(words, "thanking Hazelbrook; thanks foster carer, thank her, thank you") == [
        "thanking Hazelbrook",
        "thanks foster carer",
        "thank her",
    ]


@pytest.mark.parametrize("term", ["her|<kin dog", "hats?|caps on", "a||b", "f*ck"])
def test_a_term_that_could_never_match_is_refused(term: str) -> None:
    with pytest.raises(ValueError, match="neither a word"):
        compile_terms({"main": [term]})


@pytest.mark.parametrize("term", ["coop|co-op", "my|our after-school|lunch club", "<kin>|step-dad", "lead|co-ordinat*"])
def test_a_hyphenated_choice_is_refused_with_what_to_write(tmp_path: Path, term: str) -> None:
    kin = '[[group]]\nname = "kin"\nnote = "n"\nterms = ["mum"]'
    with pytest.raises(DataError, match="split at hyphens") as raised:
        lexicon_of(tmp_path, f"the {term}", extra=kin)
    assert "term of its own" in str(raised.value)


def test_a_lexicon_may_use_the_groups_of_others(tmp_path: Path) -> None:
    shared = '[[group]]\nname = "people"\nnote = "n"\nconcern = "conduct/abuse"\nterms = ["teachers"]\n'
    (tmp_path / "shared.toml").write_text(shared)
    words = lexicon_of(tmp_path, "daft <people>", extra='uses = ["shared"]')
    assert found(words, "daft teachers. teachers") == ["daft teachers"]


def test_company_may_be_asked_for_in_the_sentences_around(tmp_path: Path) -> None:
    extra = '[[group]]\nname = "firm"\nnote = "n"\nterms = ["caterer"]'
    words = lexicon_of(tmp_path, "cold", extra=extra, asks='needs = ["firm"]\nreach = 1')
    assert found(words, "our caterer. cold again") == ["cold"]
    assert found(words, "our caterer. well. cold again") == []
    with pytest.raises(DataError, match="reach must be a number of sentences"):
        lexicon_of(tmp_path, "cold", extra=extra, asks='needs = ["firm"]\nreach = -1')

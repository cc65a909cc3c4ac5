"""The roster's index finds every form of every name and no other; its cache is this user's own, and never believed."""

import os
import stat
import sys
from collections import defaultdict
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checkpost import roster
from checkpost.config import load
from checkpost.errors import DataError
from checkpost.roster import CALL, FAMILY, FORMS, Entry, Roster, cache, forms
from checkpost.roster.index import Index
from checkpost.roster.people import COLUMNS, NAME_COLUMNS, People
from checkpost.roster.people import person as person_of
from checkpost.roster.roll import Roll

_WORDS = st.sampled_from(
    "thomas tom megan meg rose mary-rose ellie mae al j nguyen van minh de la cruz o'shea rowntree row smith-jones "
    "ming gráinne łucja maximilian max 李 will".split()
)


def person(words: list[str], size: int, *, family_first: bool, known_as: str, kind: str) -> Entry:
    folded = tuple(word.replace("'", "").replace("-", "").replace("á", "a").replace("ł", "l") for word in words)
    family = folded[: min(size, len(folded) - 1)] if family_first else folded[-size:]
    return Entry(" ".join(words), kind, folded, (known_as,) if known_as else (), family=family or folded)


PEOPLE = st.lists(
    st.builds(
        person,
        st.lists(_WORDS, min_size=1, max_size=4),
        st.integers(1, 2),
        family_first=st.booleans(),
        known_as=st.sampled_from(["", "tommy", "minh", "meg", "rose"]),
        kind=st.sampled_from(["learner", "staff"]),
    ),
    max_size=12,
)


@settings(deadline=None, max_examples=100)
@given(PEOPLE)
def test_the_index_finds_every_form_of_every_name_and_no_other(people: list[Entry]) -> None:
    people.sort(key=lambda entry: entry.kind)
    found = Roster(people)
    listed: dict[str, dict[tuple[str, str, int], Entry]] = defaultdict(dict)
    for entry in people:
        for form in forms(entry):
            listed[form.text].setdefault((entry.kind, form.how, form.joint), entry)
    for text, wanted in listed.items():
        got = found.forms(text)
        assert {(form.entry.kind, form.how, form.joint): form.entry for form in got} == wanted
        assert {form.how for form in got} <= set(FORMS)
        assert all(found.begins(text[:size]) for size in range(1, len(text) + 1))
    for text in {entry.words[0] + other.words[-1] for entry in people for other in people} - listed.keys():
        assert not found.forms(text)


CELLS = st.sampled_from(
    "|Megan|Meg|Rose|Mary-Rose|Ellie Mae|Al J.|Nguyen Van|de la Cruz|O’Shea|Mrs Row|Gráinne|Three|Ros\u00a0e|To\tm"
    "|Smith\nJones| Will |Jo  Anne|123|Rowntree, Max".split("|")
)
OTHERS = (
    st.sampled_from(["", "9B", " Adult\t1 "]),
    st.sampled_from(["", "Teacher"]),
    st.sampled_from(["", "yes", "No "]),
    st.sampled_from(["", "web, prospectus", "web\tsite"]),
    st.sampled_from(["", "31/07/2027"]),
)
ROWS = st.lists(st.tuples(CELLS, CELLS, CELLS, CELLS, CELLS, *OTHERS), max_size=12)


@settings(deadline=None, max_examples=100)
@given(ROWS, st.booleans())
def test_people_of_columns_are_indexed_like_people_taken_one_by_one(rows: list[tuple[str, ...]], in_full: bool) -> None:
    rows = [row if in_full else ("", *row[1:]) for row in rows]
    rows = [row for row in rows if person_of("learner", row).words]
    columns = [list(column) for column in zip(*rows, strict=True)] or [[] for _ in COLUMNS]
    people = People.of("learner", columns)
    roll = Roll("learner", people, Index.of_people(people, columns[:NAME_COLUMNS]))
    singly = Roll.of("learner", [person_of("learner", row) for row in rows])
    kept = cache.unpack("learner", b"m" * 32, cache.pack(b"m" * 32, people, roll.index))
    assert kept is not None
    for same in (roll, Roll("learner", *kept)):
        assert list(same.people) == list(singly.people)
        assert list(same.index.keys) == list(singly.index.keys)
        assert all(list(same.fits(key)) == list(singly.fits(key)) for key in singly.index.keys)


def test_people_are_found_by_two_parts_of_a_name() -> None:
    people = [Entry(f"{a} {b}", "learner", (a, b), family=(b,)) for a in ("megan", "max") for b in ("row", "rowntree")]
    found = Roster(people)
    assert [entry.name for entry in found.who([CALL + "meg"], [FAMILY + "row*"])] == ["megan row", "megan rowntree"]
    assert [entry.name for entry in found.who([CALL + "ma*"], [FAMILY + "row"])] == ["max row"]
    assert set(found.near(FAMILY, "rowntre")) == {FAMILY + "rowntree"}
    assert [entry.name for entry in found.with_words(["max"], ["rowntree"])] == ["max rowntree"]
    assert found.by_family["row"].kinds == {"learner"}
    assert found.entries[-1].name == "max rowntree"


# --- the cache ---------------------------------------------------------------------------------------------------


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The cache folder; rosters of any length are worth keeping."""
    for variable in ("XDG_CACHE_HOME", "LOCALAPPDATA", "HOME"):
        monkeypatch.setenv(variable, str(tmp_path / "cache"))
    monkeypatch.setattr(cache, "_WORTH", 1)
    return cache.folder()


@pytest.fixture
def learners(tmp_path: Path) -> Path:
    path = tmp_path / "learners.csv"
    path.write_text("name,group,consent,consent until\nMegan Rowntree,9B,yes,31/07/2027\n", encoding="utf-8")
    return path


def kept(place: Path) -> Path:
    (file,) = place.iterdir()
    return file


def never(*_: object) -> Index:
    raise AssertionError("the roster was indexed again")


def test_a_roster_is_read_from_the_cache_the_second_time(
    place: Path, learners: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = list(roster.load(learners, None).entries)
    monkeypatch.setattr(Index, "of_people", never)
    assert list(roster.load(learners, None).entries) == first
    if sys.platform != "win32":
        assert stat.S_IMODE(kept(place).stat().st_mode) == 0o600
        assert stat.S_IMODE(place.stat().st_mode) == 0o700


def test_tabs_and_line_ends_in_cells_do_not_part_a_person(place: Path, learners: Path) -> None:
    learners.write_text('name,group,channels\n"Megan\tRowntree","9\nB","web\tsite"\nTom Row,9B,\n', encoding="utf-8")
    for _ in ("read", "kept"):
        first, second = roster.load(learners, None).entries
        assert (first.name, first.group, first.consent_channels) == ("Megan Rowntree", "9 B", ("web site",))
        assert second.name == "Tom Row"
    assert kept(place)


@pytest.mark.parametrize("row", ['Megan Rowntree,"9B', 'Megan Rowntree,9B,"a note in a column without a heading'])
def test_nobody_is_left_out_after_a_mark_that_is_not_closed(row: str, learners: Path) -> None:
    learners.write_text(f"name,group\nZofia Wojcik,9A\n{row}\nTom Row,9B\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"3: a quotation mark .* never closed"):
        roster.load(learners, None)


def test_a_changed_roster_is_read_anew_and_replaces_what_was_kept(place: Path, learners: Path) -> None:
    roster.load(learners, None)
    before = learners.stat()
    learners.write_text(learners.read_text().replace("Megan Rowntree", "Tobiah Rowntree"[:14]), encoding="utf-8")
    os.utime(learners, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert [entry.words[0] for entry in roster.load(learners, None).entries] == ["tobiah"]
    assert b"Megan" not in kept(place).read_bytes()


def test_other_code_makes_another_index(place: Path, learners: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    roster.load(learners, None)
    before = kept(place).read_bytes()
    monkeypatch.setattr(cache, "_version", lambda: b"other")
    roster.load(learners, None)
    assert kept(place).read_bytes() != before


@settings(deadline=None, max_examples=60)
@given(st.binary(max_size=300), st.integers(0, 400), st.booleans())
def test_damage_is_never_believed(junk: bytes, at: int, cut: bool) -> None:
    columns = [[cell] for cell in ("Megan Rowntree", *[""] * (len(COLUMNS) - 1))]
    people = People.of("learner", columns)
    whole = cache.pack(b"m" * 32, people, Index.of_people(people, columns[:NAME_COLUMNS]))
    damaged = whole[:at] if cut else whole[:at] + junk + whole[at + len(junk) :]
    if damaged != whole:
        with suppress(ValueError):  # what `load` takes for "not there"
            assert cache.unpack("learner", b"m" * 32, damaged) is None


def test_a_damaged_file_is_replaced(place: Path, learners: Path) -> None:
    roster.load(learners, None)
    whole = kept(place).read_bytes()
    kept(place).write_bytes(whole[:-7])
    assert [entry.name for entry in roster.load(learners, None).entries] == ["Megan Rowntree"]
    assert kept(place).read_bytes() == whole


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps a user's files by other means than these")
@pytest.mark.parametrize("fault", ["link", "readable", "foreign", "old"])
def test_a_file_that_is_not_this_users_own_is_passed_over(
    fault: str, place: Path, learners: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    roster.load(learners, None)
    file = kept(place)
    found = cache.Place.of(learners, "learner", learners.read_bytes())
    assert found is not None
    assert found.load() is not None
    if fault == "link":
        file.rename(place.parent / "elsewhere")
        file.symlink_to(place.parent / "elsewhere")
    elif fault == "readable":
        file.chmod(0o644)
    elif fault == "foreign":
        monkeypatch.setattr(os, "geteuid", lambda: 4711)
    else:
        os.utime(file, (0, 0))
    assert found.load() is None


@pytest.mark.skipif(sys.platform == "win32", reason="no links without rights")
def test_nothing_is_written_through_a_link(place: Path, learners: Path, tmp_path: Path) -> None:
    (tmp_path / "theirs").mkdir()
    place.parent.mkdir(parents=True)
    place.symlink_to(tmp_path / "theirs")
    assert roster.load(learners, None)
    assert list((tmp_path / "theirs").iterdir()) == []


def test_what_was_kept_long_ago_is_deleted(place: Path, learners: Path, tmp_path: Path) -> None:
    roster.load(learners, None)
    os.utime(kept(place), (0, 0))
    other = tmp_path / "other.csv"
    other.write_text("name\nZofia Wojcik\n", encoding="utf-8")
    roster.load(other, None)
    assert b"Zofia" in kept(place).read_bytes()


def test_nothing_is_kept_of_a_short_roster_or_where_it_is_switched_off(
    place: Path, learners: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    roster.load(learners, None, keep=False)
    monkeypatch.setattr(cache, "_WORTH", 1000)
    roster.load(learners, None)
    assert not place.exists()
    settings = tmp_path / "checkpost.toml"
    settings.write_text('[people]\nlearners = "learners.csv"\ncache = false\n', encoding="utf-8")
    assert (load(settings).cache, load(settings).learners) == (False, learners.resolve())
    settings.write_text('[people]\ncache = "no"\n', encoding="utf-8")
    with pytest.raises(DataError, match="true or false"):
        load(settings)


def test_a_check_goes_on_where_nothing_can_be_kept(place: Path, learners: Path) -> None:
    place.parent.mkdir(parents=True)
    place.write_text("a file where the folder should be")
    assert roster.load(learners, None)


@pytest.mark.parametrize(
    ("platform", "environ", "end"),
    [
        ("linux", {"XDG_CACHE_HOME": "/x"}, ("x", "checkpost")),
        ("linux", {"XDG_CACHE_HOME": "relative"}, (".cache", "checkpost")),
        ("linux", {}, (".cache", "checkpost")),
        ("darwin", {}, ("Library", "Caches", "checkpost")),
        ("win32", {"LOCALAPPDATA": "/local"}, ("local", "checkpost", "Cache")),
    ],
)
def test_the_folder_is_where_each_system_keeps_caches(
    platform: str, environ: dict[str, str], end: tuple[str, ...]
) -> None:
    assert cache.folder(environ, platform).parts[-len(end) :] == end

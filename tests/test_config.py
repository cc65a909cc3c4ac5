"""checkpost.toml: found where it should be, read whole, and no typo goes unseen."""

from datetime import date, time
from pathlib import Path

import pytest

from checkpost import roster, setup
from checkpost.config import Config, Site, find, load, shipped_policies
from checkpost.errors import CheckpostError, DataError
from checkpost.knowledge import Knowledge
from checkpost.policy.load import load_all
from tests.organisation import config, engine


def write(folder: Path, content: str, name: str = "checkpost.toml") -> Path:
    path = folder / name
    path.write_text(content, encoding="utf-8")
    return path


def test_the_example_is_read_whole() -> None:
    found = config()
    assert found.organisation.name == "Larkfield Learning Trust"
    assert "Hazelbrook" in found.organisation.names
    assert found.policies == ("clt-2020", "dmm-2022")
    knowledge = engine().knowledge
    assert "Project Heron" in knowledge.confidential
    assert "St Hilda's" in knowledge.partners
    assert len(knowledge.roster.entries) == 21


@pytest.mark.parametrize(
    ("content", "line", "message"),
    [
        ('polices = ["clt-2020"]', 1, 'Did you mean "policies"?'),
        ("policies = 3", 1, "a list of texts"),
        ('[organisation]\nalias = ["x"]', 2, 'Did you mean "aliases"?'),
        ('[people]\nlearners = "none.csv"', 2, "no such file"),
        ('[check]\nfail-on = "reveiw"', 2, 'Did you mean "review"?'),
        ('[check]\nworking-hours = "nine to five"', 2, "08:30-16:00"),
        ('[[allow]]\nterm = "x"\nconcern = "people/staff"\nreason = "r"', 1, 'no "by"'),
        ('[[allow]]\nterms = "x"', 2, 'Did you mean "term"?'),
        ('[check]\nexiftool = "yes"', 2, "true or false"),
        ('[sites]\n"Hazelbrook Academy" = "S10 2TN"', 2, "latitude first"),
        ("sites = 1", 1, "as a table"),
        ("organisation = 1", 1, "as a table"),
        ("[check", 1, "not valid TOML"),
    ],
)
def test_a_fault_names_file_line_and_the_nearest_word(tmp_path: Path, content: str, line: int, message: str) -> None:
    with pytest.raises(DataError) as raised:
        load(write(tmp_path, content))
    assert message in str(raised.value)
    assert raised.value.line == line


def test_sites_have_positions(tmp_path: Path) -> None:
    found = load(write(tmp_path, '[sites]\n"Hazelbrook Academy" = "53.3811, -1.4701"\n[check]\nexiftool = true'))
    assert found.sites == (Site("Hazelbrook Academy", 53.3811, -1.4701),)
    assert Knowledge.of(found).sites == found.sites
    assert found.exiftool


def test_the_nearest_file_upward_wins_whole(tmp_path: Path) -> None:
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    outer = write(tmp_path, "")
    home = {"XDG_CONFIG_HOME": str(tmp_path / "none")}
    assert find(inner / "draft.md", home) == outer
    nearer = write(tmp_path / "a", "")
    assert find(inner / "draft.md", home) == nearer
    assert find(inner, {"CHECKPOST_CONFIG": "elsewhere.toml"}) == Path("elsewhere.toml")


def test_the_users_own_comes_last(tmp_path: Path) -> None:
    own = tmp_path / "config" / "checkpost"
    own.mkdir(parents=True)
    write(own, "")
    drafts = tmp_path / "drafts"
    drafts.mkdir()
    assert find(drafts, {"XDG_CONFIG_HOME": str(tmp_path / "config")}) == own / "checkpost.toml"
    assert find(drafts, {"XDG_CONFIG_HOME": str(tmp_path / "none")}) is None


def test_hours_and_platforms(tmp_path: Path) -> None:
    found = load(write(tmp_path, '[check]\nworking-hours = "08:00 - 17:30"\nplatforms = ["X", "Facebook"]'))
    assert found.working_hours == (time(8), time(17, 30))
    assert found.platforms == ("x", "facebook")


@pytest.mark.parametrize(
    ("content", "names"),
    [
        ("Forename,Surname,Reg Group\nMegan,Rowntree,9C\n", ["Megan Rowntree"]),
        ("\ufeffLegal Surname,Legal Forename,Middle names\nRowntree,Megan,Ann\n", ["Megan Ann Rowntree"]),
        ('Student Name,Year\n"Rowntree, Megan",9\n\n', ["Megan Rowntree"]),
    ],
)
def test_rosters_of_school_systems(tmp_path: Path, content: str, names: list[str]) -> None:
    path = write(tmp_path, content, "roll.csv")
    assert [entry.name for entry in roster.load(path, None).entries] == names


def test_only_line_ends_part_the_people_of_a_roster(tmp_path: Path) -> None:
    content = 'name,notes\nMegan Rowntree,first\u2028second\r\nAlfie Dunn,"one\ntwo"\nYusra Haji,\x0b\n'
    (path := tmp_path / "roll.csv").write_text(content, encoding="utf-8", newline="")
    assert [entry.name for entry in roster.load(path, None).entries] == ["Megan Rowntree", "Alfie Dunn", "Yusra Haji"]


def test_a_roster_in_a_legacy_code_page_is_read(tmp_path: Path) -> None:
    path = tmp_path / "roll.csv"
    path.write_bytes("name,photo consent,consent until\nZoë O’Shea,Yes,31/07/2027\n".encode("cp1252"))
    (entry,) = roster.load(path, None).entries
    assert (entry.words, entry.consent, entry.consent_until) == (("zoe", "oshea"), True, date(2027, 7, 31))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("year,form\n9,C\n", "no column of names"),
        ("name,photo_consent\nMegan Rowntree,perhaps\n", ":2: consent"),
        ("name,consent_until\nMegan Rowntree,soon\n", ":2: "),
        ('name,form\nMegan Rowntree,9C\n"Alfie Dunn,9C\nYusra Haji,9C\n', ":3: a quotation mark"),
        (f'name,form\nMegan Rowntree,"9C\n{"Yusra Haji,9C" * 12_000}', ":2: a quotation mark"),
    ],
)
def test_a_faulty_roster_says_where(tmp_path: Path, content: str, message: str) -> None:
    with pytest.raises(DataError) as raised:
        roster.load(write(tmp_path, content, "roll.csv"), None)
    assert message in str(raised.value)


def test_term_lists_may_be_toml_with_notes(tmp_path: Path) -> None:
    write(tmp_path, 'terms = ["Project Heron"]\n[[term]]\nterm = "Osprey"\nnote = "2027"\n', "secret.toml")
    found = load(write(tmp_path, '[lexicons]\nconfidential = "secret.toml"'))
    assert Knowledge.of(found).confidential == ("Project Heron", "Osprey")


def test_a_term_list_that_is_no_text_is_named(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_bytes(b"Project H\xe9ron\n")
    found = load(write(tmp_path, '[lexicons]\nconfidential = "secret.txt"'))
    with pytest.raises(DataError, match=r"secret\.txt: is not UTF-8"):
        Knowledge.of(found)


def test_the_organisation_knows_its_own_accounts_and_hashtags(tmp_path: Path) -> None:
    text = '[organisation]\nname = "Larkfield"\nhandles = ["@LarkfieldLearns"]\nhashtags = ["#LarkfieldLife"]'
    knowledge = Knowledge.of(load(write(tmp_path, text)))
    assert knowledge.owns_handle("larkfieldlearns")
    assert not knowledge.owns_handle("LarkfieldLife")
    assert knowledge.owns_hashtag("LARKFIELDLIFE")
    assert not knowledge.owns_hashtag("LarkfieldLearns")


def test_the_organisation_knows_its_own_domains_and_contacts() -> None:
    knowledge = engine().knowledge
    assert knowledge.owns_domain("www.larkfieldlearning.example")
    assert knowledge.owns_domain("mail.larkfieldlearning.example")
    assert not knowledge.owns_domain("notlarkfieldlearning.example")
    assert knowledge.owns_contact("+44 114 496 0200")
    assert not knowledge.owns_contact("0114 496 0201")


def test_init_writes_a_file_that_loads(tmp_path: Path) -> None:
    path = setup.write(tmp_path, 'The "Old" School\\x', ["TOS"], ["tos.example"], ["clt-2020"])
    found = load(path)
    assert found.organisation.name == 'The "Old" School\\x'
    assert found.policies == ("clt-2020",)
    assert load_all(found.policies, path)
    with pytest.raises(CheckpostError, match="left as it is"):
        setup.write(tmp_path, "x", [], [], [])


def test_init_may_copy_a_policy_to_edit(tmp_path: Path) -> None:
    copied = setup.copy_policy(tmp_path, "clt-2020")
    found = load(setup.write(tmp_path, "x", [], [], [copied.name]))
    (pack,) = load_all(found.policies, found.path)
    assert (pack.id, len(pack.clauses)) == ("our-clt-2020", 35)
    with pytest.raises(CheckpostError, match="left as it is"):
        setup.copy_policy(tmp_path, "clt-2020")
    with pytest.raises(CheckpostError, match="Did you mean"):
        setup.copy_policy(tmp_path, "clt-2021")


def test_init_with_no_policy_takes_all_that_ship(tmp_path: Path) -> None:
    assert load(setup.write(tmp_path, "x", [], [], [])).policies == shipped_policies()
    with pytest.raises(CheckpostError, match="Did you mean"):
        setup.write(tmp_path / "other", "x", [], [], ["clt-2021"])


def test_no_configuration_means_the_shipped_policies() -> None:
    assert load(None) == Config()
    assert len(load_all(Config().policies, None)) == 5

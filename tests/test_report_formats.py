"""Each format against a snapshot, its own rules, and text that tries to break out of it."""

import json
import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path

import pytest

from checkpost.model import Markup, NotChecked, Part, PartKind, Post, PostReport, Report, SourceSpan, Verdict
from checkpost.report import line
from checkpost.report.diagnostic import diagnostics
from checkpost.report.formats import Format, render
from checkpost.report.look import ColumnUnit, Look
from checkpost.report.markdown import escape
from checkpost.suppress import directives
from checkpost.text.offsets import LineIndex
from tests.test_cli import run
from tests.test_report import compare, finding, report

SNAPSHOTS = {
    Format.CONCISE: "txt",
    Format.PLAIN: "txt",
    Format.LINE: "txt",
    Format.NDJSON: "jsonl",
    Format.SARIF: "sarif",
    Format.GITHUB: "txt",
    Format.JUNIT: "xml",
    Format.RDJSON: "json",
    Format.MARKDOWN: "md",
}
HOSTILE = (
    "a|b</script><script>alert(1)</script> ]]> \"'& \x00\x1b[2J\u202e\ud800 %0A::error::x\r\n::warning::y"
    " ![i](http://evil.example/x.png) | --- | `c` <!-- --> {{7*7}} ${x}"
)
UNTRUSTED = HOSTILE + " Zebedee"


def hostile() -> Report:
    """A post with hostile text wherever a draft, a file name, a picture or a configuration can bring it in."""
    text = f"Hello {UNTRUSTED} and more.\n"
    start = text.index(UNTRUSTED)
    found = finding(
        "people/learner",
        place=LineIndex(text).place(SourceSpan(start, start + len(UNTRUSTED))),
        match=UNTRUSTED,
        message=f"About {HOSTILE}",
    )
    parts = (Part("text", text, markup=Markup.MARKDOWN), Part("images[0].alt", HOSTILE, PartKind.ALT))
    post = Post(f"drafts/{HOSTILE}.md", f"drafts/{HOSTILE}.md", parts, notes=(HOSTILE,))
    told = PostReport(
        post, Verdict.BLOCK, HOSTILE, (found,), not_checked=(NotChecked(HOSTILE, HOSTILE),), notes=(HOSTILE,)
    )
    return Report((told,), report().policies, (HOSTILE,))


@pytest.mark.parametrize("output_format", SNAPSHOTS)
def test_snapshot(output_format: Format, snapshot_update: bool) -> None:
    text = render(report(), output_format, Look())
    compare(f"{output_format}.{SNAPSHOTS[output_format]}", text, update=snapshot_update)


def test_html_snapshot(snapshot_update: bool) -> None:
    page = render(report(), Format.HTML, Look())
    body = page[page.index("<body>") : page.index("<script>")]
    compare(
        "html.html",
        re.sub(r"(?=<(?:section|article|li|tr|h\d|dl|p|table|details)\b)", "\n", body) + "\n",
        update=snapshot_update,
    )


@pytest.mark.parametrize("output_format", Format)
def test_nothing_that_was_matched_is_shown_unless_asked_for(output_format: Format) -> None:
    masked = render(report(), output_format, Look())
    for secret in ("Megan", "Rowntree", "07700", "900482", "53.38"):
        assert secret not in masked
    assert re.fullmatch(r"(?s).+\n", masked)


@pytest.mark.parametrize("output_format", Format)
def test_a_report_of_nothing_can_be_rendered(output_format: Format) -> None:
    render(Report((), ()), output_format, Look())


@pytest.mark.parametrize("output_format", Format)
@pytest.mark.parametrize("show", [True, False])
def test_no_control_character_gets_through(output_format: Format, show: bool) -> None:
    text = render(hostile(), output_format, Look(show_matches=show))
    assert not set(text) & {"\x00", "\x1b", "\r"}
    if output_format not in (Format.JSON, Format.NDJSON, Format.RDJSON):  # JSON text may hold it: a reader decodes it
        assert "\u202e" not in text
    text.encode("utf-8", "backslashreplace")


def test_github_commands_are_one_line_each_and_escaped() -> None:
    lines = render(hostile(), Format.GITHUB, Look()).splitlines()
    assert len(lines) == 2, "one command a finding, one for what was not checked"
    assert all(re.fullmatch(r"::(error|warning|notice) [^:]*::.*", told) for told in lines)
    assert all("%250A" in told for told in lines), "the draft's own %0A must stay a per cent sign"


def test_junit_is_xml_whatever_the_text() -> None:
    root = ET.fromstring(render(hostile(), Format.JUNIT, Look()))  # noqa: S314  (our own output)
    assert root.get("failures") == "1"
    assert root.get("errors") == "1"


def test_markdown_keeps_its_columns_and_makes_no_link() -> None:
    text = render(hostile(), Format.MARKDOWN, Look(show_matches=True))
    rows = [row for row in text.split("\n") if row.startswith("|")]
    assert [len(re.findall(r"(?<!\\)\|", row)) for row in rows] == [6, 6, 6]
    assert not re.search(r"(?<!\\)[<`\[]", text)
    assert "://" not in text.replace("\\://", "")
    assert escape("*a* _b_ # c\nd") == r"\*a\* \_b\_ \# c d"


POLICIES = report().policies
EMOJI = "👩‍🏫 é: write to Zoë Zebedee\nand to her\n"


def emoji_report(path: str = "a.md", **changes: object) -> PostReport:
    start = EMOJI.index("Zoë")
    place = LineIndex(EMOJI, 4).place(SourceSpan(start, start + len("Zoë Zebedee")))
    part = Part("text", EMOJI, markup=Markup.MARKDOWN, first_line=4)
    found = replace(finding("people/learner"), place=place, **changes)  # type: ignore[arg-type]
    return PostReport(Post(path, path, (part,), path=Path(path)), Verdict.BLOCK, None, (found,))


@pytest.mark.parametrize(("unit", "column", "end"), [("chars", 17, 28), ("utf16", 19, 30), ("bytes", 26, 38)])
def test_columns_count_what_is_asked_for(unit: str, column: int, end: int) -> None:
    told = next(diagnostics(emoji_report(), ColumnUnit(unit)))
    line_bytes = EMOJI.partition("\n")[0].encode()
    assert (told.region.line, told.region.column, told.region.end_column) == (4, column, end)
    if unit == "bytes":
        assert line_bytes[column - 1 : end - 1].decode() == "Zoë Zebedee"


def test_rdjson_counts_bytes_and_carries_the_fix() -> None:
    document = json.loads(render(Report((emoji_report(),), POLICIES), Format.RDJSON, Look()))
    (told,) = document["diagnostics"]
    assert told["location"]["range"] == {"start": {"line": 4, "column": 26}, "end": {"line": 4, "column": 38}}
    assert told["suggestions"] == [{"range": told["location"]["range"], "text": "a Year 9 learner"}]


def test_a_place_inside_a_json_string_is_told_in_words() -> None:
    told = next(diagnostics(emoji_report("posts.jsonl:7")))
    assert (told.path, told.region.line, told.region.column) == ("posts.jsonl", 7, 1)
    assert told.message.startswith("text, character 17: ")
    assert not told.exact


def test_sarif_points_at_its_own_rules_and_clauses() -> None:
    (told,) = json.loads(render(report(), Format.SARIF, Look()))["runs"]
    rules, taxonomies = told["tool"]["driver"]["rules"], told["taxonomies"]
    assert len(told["results"]) == 5
    for result in told["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        for taxon in result["taxa"]:
            taxonomy = taxonomies[taxon["toolComponent"]["index"]]
            assert taxonomy["name"] == taxon["toolComponent"]["name"]
            assert taxonomy["taxa"][taxon["index"]]["id"] == taxon["id"]
    assert [bool(result["suppressions"]) for result in told["results"]] == [False] * 4 + [True]
    assert told["invocations"][0]["executionSuccessful"] is False, "a picture could not be read"


def test_sarif_fingerprints_stay_when_lines_move_and_tell_findings_apart() -> None:
    def prints(of: Report) -> list[str]:
        (told,) = json.loads(render(of, Format.SARIF, Look()))["runs"]
        return [result["partialFingerprints"]["primaryLocationLineHash"] for result in told["results"]]

    one = emoji_report()
    moved = replace(one.findings[0], place=LineIndex("\n" * 30 + EMOJI).place(SourceSpan(46, 57)))
    assert prints(Report((replace(one, findings=(moved,)),), POLICIES)) == prints(Report((one,), POLICIES))
    twice = prints(Report((replace(one, findings=(one.findings[0], moved)),), POLICIES))
    assert len(set(twice)) == 2
    renamed = replace(one.findings[0], match="Somebody Else")
    assert prints(Report((replace(one, findings=(renamed,)),), POLICIES)) == prints(Report((one,), POLICIES))


def test_sarif_tells_a_comment_from_the_configuration() -> None:
    comment = '<!-- checkpost: allow people/staff "consent 2026-114" by "A. Rao" until 2027-07-31 -->\n'
    whole = report()
    part = Part("text", comment, markup=Markup.MARKDOWN)
    assert directives((part,))[0]
    first = replace(whole.posts[0], post=replace(whole.posts[0].post, parts=(part,)))
    kinds = [
        json.loads(render(Report(posts, whole.policies), Format.SARIF, Look()))["runs"][0]["results"][-1][
            "suppressions"
        ][0]["kind"]
        for posts in ((first,), whole.posts[:1])
    ]
    assert kinds == ["inSource", "external"]


def test_ndjson_ends_in_the_summary_and_its_posts_are_version_1() -> None:
    lines = [json.loads(told) for told in render(report(), Format.NDJSON, Look()).splitlines()]
    assert [told.pop("kind") for told in lines] == ["run", "post", "post", "summary"]
    whole = json.loads(render(report(), Format.JSON, Look()))
    assert lines[1:3] == whole["posts"]
    assert lines[3] == whole["summary"]
    assert lines[0] == {key: whole[key] for key in ("schema", "tool", "policies")}


def test_plain_draws_nothing() -> None:
    text = render(report(), Format.PLAIN, Look(colour=True, show_matches=True))
    assert not set(text) & set("│─┌^✖▲●·•|\x1b")
    assert text.startswith("Verdict: Do not post.")


def test_line_says_what_could_not_be_checked() -> None:
    told = PostReport(Post("a.md", "a.md", ()), Verdict.REVIEW, None, (), not_checked=(NotChecked("the draft", "no."),))
    assert line.render(Report((told,), ()), Look()) == "a.md:1:1: error[not-checked] Not checked: the draft: no.\n"


def test_the_command_line_chooses_the_format(tmp_path: Path) -> None:
    (tmp_path / "checkpost.toml").write_text('policies = ["clt-2020"]\n')
    (tmp_path / "a.txt").write_text("🎉 Write to megan.r@postbox.example today.\n", encoding="utf-8")
    for unit, column in (("chars", 12), ("utf16", 13), ("bytes", 15)):
        done = run("a.txt", "--format", "line", "--column-unit", unit, cwd=tmp_path)
        assert f"a.txt:1:{column}: block[personal-data/contact-details]" in done.stdout
        assert done.returncode == 1
    assert run("a.txt", "--plain", cwd=tmp_path).stdout.startswith("Verdict: Do not post.")
    assert run("a.txt", "--concise", cwd=tmp_path).stdout == run("a.txt", "--format", "concise", cwd=tmp_path).stdout
    clash = run("a.txt", "--plain", "--format", "json", cwd=tmp_path)
    assert (clash.returncode, clash.stdout) == (2, "")
    assert "choose one" in clash.stderr
    out = tmp_path / "r.sarif"
    run("a.txt", "--format", "sarif", "-o", str(out), cwd=tmp_path)
    assert "megan.r" not in out.read_text(encoding="utf-8")


def test_html_shows_every_text_of_a_post_and_says_where_there_is_none() -> None:
    parts = (Part("text", "The body."), Part("title", "A title."), Part("link", ""))
    posts = (
        PostReport(Post("a", "a", parts), Verdict.CLEAR, None, ()),
        PostReport(Post("b", "b", ()), Verdict.REVIEW, None, (), not_checked=(NotChecked("the draft", "no."),)),
    )
    page = render(Report(posts, ()), Format.HTML, Look())
    assert re.findall(r'<p class="draft">(.*?)</p>', page) == ["The body.", "A title."]
    assert "It could not be read." in page
    assert "Not checked" in page


def test_html_masks_what_either_of_two_overlapping_findings_hides_and_every_repeat() -> None:
    text = "Megan Rowntree and Rowntree's dog"
    places = [LineIndex(text).place(SourceSpan(*span)) for span in ((0, 14), (8, 18))]
    found = tuple(finding("people/learner", place=p, match=text[p.span.start : p.span.end]) for p in places)
    post = PostReport(Post("a", "a", (Part("text", text),)), Verdict.BLOCK, None, found)
    page = render(Report((post,), POLICIES), Format.HTML, Look())
    (draft,) = re.findall(r'<p class="draft">(.*?)</p>', page)
    assert re.sub(r"<sup>.*?</sup>|<.*?>", "", draft) == "M•••• R••••••• a•• R•••••••&#x27;s dog"

"""The card of a finding: what it is, what to do, under which clauses; and what filters choose it by."""

import json

from checkpost.concerns import vocabulary
from checkpost.model import ClauseRef, Finding, Severity
from checkpost.report import words
from checkpost.report.diagnostic import clause_list
from checkpost.report.html.element import Html, element, join
from checkpost.report.masking import shown_match

SIGN = {Severity.BLOCK: "✖", Severity.REVIEW: "▲", Severity.ADVISE: "●"}
HOUSE = "house"  # what the policy filter calls findings that no policy in force speaks of


def severity(level: Severity) -> Html:
    """A severity as a label: its sign, its words, its colour."""
    sign = element("span", SIGN[level], aria_hidden="true")
    return element("span", sign, " ", words.SEVERITY[level], class_=f"severity {level.value}")


def card(finding: Finding, number: int, card_id: str, *, show_matches: bool) -> Html:
    """A finding as an item of the list of findings."""
    concern = vocabulary()[finding.concern]
    head = element(
        "h4",
        element("span", str(number), class_=f"number {finding.severity.value}"),
        element("span", concern.title, class_="title"),
    )
    match = shown_match(finding, show=show_matches)
    facts = (
        ("Words", element("q", match) if match else None),
        ("Where", words.place(finding)),
        ("Why", element("span", finding.message, class_="quiet")),
        ("Do", finding.advice),
        ("Instead", finding.fix.replacement if finding.fix else None),
    )
    rows = [element("div", element("dt", term), element("dd", value)) for term, value in facts if value]
    kind = element(
        "p", severity(finding.severity), f" {finding.confidence} confidence ", element("code", finding.concern)
    )
    return element(
        "li", head, kind, element("dl", *rows), _clauses(finding),
        id=card_id, class_=f"finding {finding.severity.value}", tabindex=-1, data_severity=finding.severity.value,
        data_concern=finding.concern, data_policies=_listed(policies(finding)), data_clauses=_listed(clauses(finding)),
    )  # fmt: skip


def policies(finding: Finding) -> list[str]:
    """The policies that a finding falls under, as the filter names them."""
    return list(dict.fromkeys(ref.policy for ref in finding.clauses)) or [HOUSE]


def clauses(finding: Finding) -> list[str]:
    """The clauses that a finding falls under, as the filter names them."""
    return [clause_key(ref) for ref in finding.clauses]


def clause_key(ref: ClauseRef) -> str:
    """A clause's name among the clauses of all policies."""
    return f"{ref.policy} {ref.clause}"


def _listed(names: list[str]) -> str:
    return json.dumps(names)


def _clauses(finding: Finding) -> Html:
    if not finding.clauses:
        return element("p", words.HOUSE_ADVICE.capitalize(), ".", class_="house")
    items = (element("li", element("b", clause_key(ref)), f" {ref.summary}") for ref in finding.clauses)
    count = len(finding.clauses)
    summary = f"{count} clause{'s' if count > 1 else ''}: {clause_list(finding.clauses)}"
    return element("details", element("summary", summary), element("ul", join(items)), class_="clauses")

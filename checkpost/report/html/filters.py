"""The controls that choose which findings are shown. They need the page's script, and are hidden without it."""

from collections import Counter
from collections.abc import Iterable, Mapping

from checkpost.concerns import vocabulary
from checkpost.model import Report, Severity
from checkpost.report.html.element import Html, element
from checkpost.report.html.findings import HOUSE, clauses, policies, severity

_ALL = {"concern": "Every concern", "policy": "Every policy", "clause": "Every clause"}


def filters(report: Report) -> Html | None:
    """The controls, with a choice for everything that the report has; None where nothing was found."""
    if not report.findings:
        return None
    levels = Counter(finding.severity for finding in report.findings)
    concerns = Counter(finding.concern for finding in report.findings)
    of_policies = Counter(name for finding in report.findings for name in policies(finding))
    of_clauses = Counter(name for finding in report.findings for name in clauses(finding))
    titles = {policy.id: f"{policy.title} ({policy.id})" for policy in report.policies} | {HOUSE: "House advice"}
    return element(
        "section",
        element("h2", "Show", class_="hidden"),
        element(
            "fieldset",
            element("legend", "Severity"),
            *(_box(level, levels[level]) for level in Severity if levels[level]),
        ),
        _select("concern", "Concern", {c: vocabulary()[c].title for c in vocabulary() if c in concerns}, concerns),
        _select("policy", "Policy", {name: titles.get(name, name) for name in of_policies}, of_policies),
        _select("clause", "Clause", {name: name for name in of_clauses}, of_clauses) if of_clauses else None,
        element("button", "Show all", type="button", id="reset"),
        element("p", role="status", id="shown"),
        class_="filters", aria_label="Filters", hidden=True,
    )  # fmt: skip


def _box(level: Severity, count: int) -> Html:
    box = element("input", type="checkbox", name="severity", value=level.value, checked=True)
    return element("label", box, severity(level), f" {count}", class_="box")


def _select(name: str, label: str, titles: Mapping[str, str], counts: Mapping[str, int]) -> Html:
    return element(
        "label",
        element("span", label),
        element("select", element("option", _ALL[name], value=""), *_options(titles, counts), name=name),
        class_="choice",
    )


def _options(titles: Mapping[str, str], counts: Mapping[str, int]) -> Iterable[Html]:
    return (element("option", f"{title} · {counts[value]}", value=value) for value, title in titles.items())

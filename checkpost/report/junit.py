"""JUnit's XML, for CI servers: a suite per post, a case per finding.

What must change or needs approval fails; advice passes, with what it says; what was set aside is skipped, with the
reason; what could not be checked is an error. A post with nothing to tell has one case, which passes. The shape is the
one that Jenkins' schema (jenkins-junit.xsd) gives.
"""

from xml.etree.ElementTree import Element, SubElement, indent, tostring

from checkpost.concerns import vocabulary
from checkpost.model import Finding, PostReport, Report, Severity
from checkpost.report.diagnostic import of_finding, set_aside_because
from checkpost.report.look import Look, visible


def render(report: Report, _look: Look) -> str:
    """A `testsuites` document."""
    root = Element("testsuites", name="checkpost")
    for post in report.posts:
        _suite(root, post)
    for count in ("tests", "failures", "errors"):
        root.set(count, str(sum(int(suite.get(count, "0")) for suite in root)))
    indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode") + "\n"


def _suite(root: Element, post: PostReport) -> None:
    suite = SubElement(root, "testsuite", name=visible(post.post.name))
    for finding in post.findings:
        _finding(_case(suite, post, _title(finding)), post, finding)
    for item in post.suppressed:
        case = _case(suite, post, _title(item.finding))
        SubElement(case, "skipped").text = visible(f"Set aside: {set_aside_because(item)}")
    for missing in post.not_checked:
        case = _case(suite, post, f"Not checked: {missing.what}")
        SubElement(case, "error", message=visible(missing.why), type="not-checked")
    if not len(suite):
        _case(suite, post, "Nothing was found")
    suite.set("tests", str(len(suite)))
    for count, outcome in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        suite.set(count, str(len(suite.findall(f"testcase/{outcome}"))))


def _case(suite: Element, post: PostReport, name: str) -> Element:
    return SubElement(suite, "testcase", classname=visible(post.post.source), name=visible(name))


def _title(finding: Finding) -> str:
    return f"{vocabulary()[finding.concern].title} [{finding.concern}]"


def _finding(case: Element, post: PostReport, finding: Finding) -> None:
    diagnostic = of_finding(post, finding)
    region = diagnostic.region
    text = visible(f"{diagnostic.path}:{region.line}:{region.column}: {diagnostic.message}")
    if finding.severity is Severity.ADVISE:
        SubElement(case, "system-out").text = text
        return
    failure = SubElement(case, "failure", message=visible(finding.message), type=finding.severity.value)
    failure.text = text

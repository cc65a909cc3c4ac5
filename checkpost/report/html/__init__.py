"""The report as one HTML file: to read, filter, print and pass on, with nothing fetched from anywhere.

Style and script stand in the page, and its content security policy admits these two and nothing else. A draft's text
is escaped where the markup is made (`element`), and what was found in it is masked unless it is asked for.
"""

import base64
import hashlib
from collections import Counter
from collections.abc import Iterable
from importlib.resources import files

from checkpost import __version__
from checkpost.concerns import vocabulary
from checkpost.model import PolicyInForce, PostReport, Report, Verdict
from checkpost.report import words
from checkpost.report.diagnostic import set_aside_because
from checkpost.report.html.charts import charts
from checkpost.report.html.draft import Marked
from checkpost.report.html.element import Html, element
from checkpost.report.html.filters import filters
from checkpost.report.html.findings import card
from checkpost.report.html.pictures import pictures
from checkpost.report.look import Look

_MANY = 100  # from so many posts on, the browser lays out only what is looked at
_SIGN = {Verdict.BLOCK: "✖", Verdict.REVIEW: "▲", Verdict.CLEAR: "✔"}


def render(report: Report, look: Look) -> str:
    """A page that stands alone."""
    style, script = (Html(_asset(name)) for name in ("page.css", "page.js"))
    worst = words.worst(report)
    title = words.verdict(worst) if worst else "No draft found"
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=_policy(style, script)),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="color-scheme", content="light dark"),
        element("meta", name="referrer", content="no-referrer"),
        element("link", rel="icon", href="data:,"),
        element("title", f"{title} · checkpost report"),
        element("style", style),
    )
    many = "many" if len(report.posts) > _MANY else None
    main = element("main", *_main(report, look), id="main", tabindex=-1, class_=many)
    body = element("body", element("a", "Skip to the report", href="#main", class_="skip"), _top(), main, _foot(report))
    page = element("html", head, body, element("script", script), lang="en-GB")
    return f"<!doctype html>\n{page}\n"


def _asset(name: str) -> str:
    return files(__name__).joinpath(name).read_text(encoding="utf-8")


def _policy(style: str, script: str) -> str:
    """A content security policy: this style, this script, nothing from anywhere."""
    sources = {"style-src": _hash(style), "script-src": _hash(script), "img-src": "data:"}
    admitted = "; ".join(f"{kind} {source}" for kind, source in sources.items())
    return f"default-src 'none'; {admitted}; base-uri 'none'; form-action 'none'"


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _top() -> Html:
    buttons = (
        element("button", "Theme: automatic", type="button", id="theme", hidden=True),
        element("button", "Print", type="button", id="print", hidden=True),
    )
    return element("header", element("p", "checkpost", class_="brand"), element("div", *buttons), class_="top")


def _main(report: Report, look: Look) -> Iterable[Html | None]:
    worst = words.worst(report)
    if worst is None:
        yield element("h1", "No draft found")
        return
    ask = words.asked(report)
    yield element(
        "section",
        element("h1", _verdict(worst)),
        element("p", " · ".join(words.counts(report)), class_="counts"),
        element("p", "Ask: ", element("strong", ask)) if ask else None,
        _policies(report.policies),
        class_="summary",
    )
    several = len(report.posts) > 1
    if several:
        yield _contents(report)
        yield charts(report)
    yield filters(report)
    for number, post in enumerate(report.posts, start=1):
        yield _post(post, f"p{number}", look, several=several)
    if not several:
        yield charts(report)
    yield _list("Notes on this run", report.notes)


def _verdict(post: PostReport) -> Html:
    sign = element("span", _SIGN[post.verdict], aria_hidden="true")
    return element("span", sign, " ", words.verdict(post), class_=f"verdict {post.verdict.value}")


def _policies(policies: Iterable[PolicyInForce]) -> Html | None:
    items = [
        element(
            "li",
            f"{policy.title}, {policy.issuer} ",
            element("code", policy.id),
            element("em", f" overdue for review since {policy.review_due}") if policy.overdue else None,
        )
        for policy in policies
    ]
    if not items:
        return None
    title = f"Judged by {len(items)} polic{'y' if len(items) == 1 else 'ies'}"
    return element("details", element("summary", title), element("ul", *items))


def _contents(report: Report) -> Html:
    verdicts = Counter(post.verdict for post in report.posts)
    tiles = (
        element("li", element("b", str(verdicts[verdict])), f" {verdict.words}", class_=verdict.value)
        for verdict in Verdict
    )
    rows = (
        element(
            "tr",
            element("td", _verdict(post)),
            element("th", element("a", post.post.name, href=f"#p{number}"), scope="row"),
            element("td", str(len(post.findings)), class_="n"),
        )
        for number, post in enumerate(report.posts, start=1)
    )
    head = element("tr", *(element("th", name, scope="col") for name in ("Verdict", "Post", "Findings")))
    table = element("table", element("thead", head), element("tbody", *rows))
    listed = element(
        "details", element("summary", f"All {len(report.posts)} posts"), table, open=len(report.posts) <= 12
    )
    return element("section", element("h2", "Posts"), element("ul", *tiles, class_="tiles"), listed, class_="contents")


def _post(post: PostReport, post_id: str, look: Look, *, several: bool) -> Html:
    marked = Marked.of(post, post_id, show_matches=look.show_matches)
    cards = [card(f, n, marked.numbers[n], show_matches=look.show_matches) for n, f in marked.numbered()]
    found = element("ol", *cards) if cards else element("p", "Nothing was found.", class_="quiet")
    ask = element("p", "Ask: ", element("strong", post.ask)) if several and post.ask else None
    return element(
        "article",
        element("header", element("h2", _verdict(post), " ", element("span", post.post.name)), _context(post), ask),
        element(
            "div",
            element("section", element("h3", "The draft"), *_texts(marked), class_="left"),
            element("section", element("h3", f"Findings ({len(cards)})"), found, class_="findings"),
            class_="columns",
        ),
        pictures(marked),
        _remarks(post),
        id=post_id, class_="post", aria_label=post.post.name,
    )  # fmt: skip


def _texts(marked: Marked) -> Iterable[Html]:
    """The post's own texts: its body, and whatever else of it is text, each under its name."""
    texts = [part for part in marked.post.post.parts if part.image is None and part.source.strip()]
    for part in texts:
        if part.name != "text":
            yield element("p", part.name, class_="quiet")
        yield element("p", marked.text(part), class_="draft")
    if not texts:
        yield element("p", "There is no text." if marked.post.post.parts else "It could not be read.", class_="quiet")


def _context(post: PostReport) -> Html | None:
    context = post.post.context
    declared = (
        f"{context.account} account" if context.account else None,
        ", ".join(filter(None, (context.author.name, context.author.role))) or None,
        context.platform,
        context.posted_at.isoformat(" ", "minutes") if context.posted_at else None,
        f"approved by {context.approved_by}" if context.approved_by else None,
    )
    told = " · ".join(filter(None, declared))
    return element("p", told, class_="context") if told else None


def _remarks(post: PostReport) -> Html:
    allowed = (f"{vocabulary()[i.finding.concern].title}: {set_aside_because(i)}" for i in post.suppressed)
    return element(
        "section",
        _list("Not checked", (f"{item.what}: {item.why}" for item in post.not_checked), "unchecked"),
        _list("Set aside", allowed),
        _list("Before you post", post.reminders),
        _list("Assumed", post.assumed),
        _list("Notes", (*post.post.notes, *post.notes)),
        class_="remarks",
    )


def _list(title: str, items: Iterable[str], kind: str | None = None) -> Html | None:
    listed = [element("li", item) for item in dict.fromkeys(items)]
    return element("div", element("h3", title), element("ul", *listed), class_=kind) if listed else None


def _foot(report: Report) -> Html:
    model = f", name model {report.model}" if report.model else ""
    made = (
        f"Made by checkpost {__version__}{model}, on this computer. It helps you to look; it does not decide for you."
    )
    return element("footer", element("p", made))

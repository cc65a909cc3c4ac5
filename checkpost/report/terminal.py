"""The report that a person reads in a terminal: a block per finding, a roll-up by clause, and the verdict last.

Untrusted text is never parsed for markup, and its control characters are shown, not sent. Carets are placed in display
cells. What colour says, words say too.
"""

import io
from collections import Counter
from collections.abc import Iterator, Sequence

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from checkpost.concerns import vocabulary
from checkpost.model import ClauseRef, Finding, PostReport, Report, Severity, Verdict
from checkpost.report import words
from checkpost.report.look import Look, visible
from checkpost.report.snippet import snippet

_STYLE = {Severity.BLOCK: "bold red", Severity.REVIEW: "bold yellow", Severity.ADVISE: "cyan"}
_VERDICT_STYLE = {
    Verdict.BLOCK: "bold white on red",
    Verdict.REVIEW: "bold black on yellow",
    Verdict.CLEAR: "bold white on green",
}
_MOST_REMINDERS = 5  # a list that is read


def render(report: Report, look: Look) -> str:
    """The report as text, with escape sequences only if colours are wanted."""
    console = Console(
        file=io.StringIO(),
        force_terminal=look.colour,
        color_system="standard" if look.colour else None,
        no_color=not look.colour,
        width=look.width,
        markup=False,
        highlight=False,
        emoji=False,
        legacy_windows=False,
    )
    with console.capture() as captured:
        console.print(view(report, look))
    lines = captured.get().split("\n")
    text = "\n".join(line.rstrip() for line in lines)
    return text.encode("ascii", "backslashreplace").decode() if look.ascii else text


def view(report: Report, look: Look) -> RenderableType:
    """The report as something that rich can print or draw."""
    blocks: list[RenderableType] = list(_interrupted(report))
    for post in report.posts:
        blocks.extend(_post(post, look, titled=len(report.posts) > 1))
    blocks.extend(_roll_up(report, look))
    blocks.extend(_remarks(report, look))
    blocks.extend(_verdicts(report, look))
    blocks.extend(_interrupted(report))
    return Group(*blocks)


def _interrupted(report: Report) -> Iterator[RenderableType]:
    if report.interrupted:
        yield Text(" INTERRUPTED: THIS IS A PARTIAL REPORT ", style=_VERDICT_STYLE[Verdict.REVIEW])


def _post(post: PostReport, look: Look, *, titled: bool) -> Iterator[RenderableType]:
    if titled:
        title = Text.assemble((f" {visible(post.post.name)} ", "bold"), f"{look.dot} {words.verdict(post)} ")
        yield Rule(title, characters="-" if look.ascii else "─", style="dim", align="left")
    for finding in post.findings:
        yield _finding(post, finding, look)
        yield Text()


def _finding(post: PostReport, finding: Finding, look: Look) -> RenderableType:
    style = _STYLE[finding.severity]
    concern = vocabulary()[finding.concern]
    head = Text.assemble(
        (f"{look.mark(finding.severity)} {words.SEVERITY[finding.severity]}", style),
        (f"  {concern.title}", "bold"),
        (f"  [{finding.concern}] {finding.confidence} confidence", "dim"),
    )
    body = Table.grid(padding=(0, 1))
    body.add_column(no_wrap=True, style="dim")
    body.add_column()
    body.add_row("where", Text(_where(post, finding, look)))
    body.add_row("why", Text(visible(finding.message)))
    body.add_row("do", Text(visible(finding.advice), style="bold"))
    if finding.fix:
        body.add_row("instead" if finding.place else "add", Text(visible(finding.fix.replacement)))
    body.add_row("under", _clauses(finding.clauses, look))
    lines: list[RenderableType] = [head]
    shown = snippet(post, finding, look, style)
    if shown:
        lines.append(Padding(shown, (0, 0, 0, 2)))
    lines.append(Padding(body, (0, 0, 0, 2)))
    return Group(*lines)


def _where(post: PostReport, finding: Finding, look: Look) -> str:
    source = visible(post.post.source)
    if finding.place is None:
        return source if finding.part == "text" else f"{source} {look.dot} {finding.part}"
    if finding.place.words:
        return f"{source}, {visible(finding.place.words)}"
    if finding.part == "text":
        return f"{source}:{finding.place.line}:{finding.place.column}"
    return f"{source} {look.dot} {finding.part}, character {finding.place.span.start + 1}"


def _clauses(refs: Sequence[ClauseRef], look: Look) -> Text:
    if not refs:
        return Text(words.HOUSE_ADVICE, style="dim")
    by_policy: dict[str, list[str]] = {}
    for ref in refs:
        by_policy.setdefault(ref.policy, []).append(ref.clause)
    return Text(f" {look.dot} ".join(f"{policy} {', '.join(clauses)}" for policy, clauses in by_policy.items()))


def _roll_up(report: Report, look: Look) -> Iterator[RenderableType]:
    """Each clause that something falls under, the gravest first within its policy."""
    worst: dict[tuple[str, str], ClauseRef] = {}
    count: dict[tuple[str, str], int] = {}
    for finding in report.findings:
        for ref in finding.clauses:
            key = ref.policy, ref.clause
            count[key] = count.get(key, 0) + 1
            if key not in worst or ref.severity.rank > worst[key].severity.rank:
                worst[key] = ref
    for policy in report.policies:
        refs = [ref for ref in worst.values() if ref.policy == policy.id]
        if not refs:
            continue
        title = f"{policy.title}, {policy.issuer} ({policy.id})"
        if policy.overdue:
            title += f": overdue for review since {policy.review_due}"
        yield Text(f"Clauses of {title}", style="bold")
        table = Table.grid(padding=(0, 1))
        table.add_column(no_wrap=True)
        table.add_column(no_wrap=True)
        table.add_column(no_wrap=True, justify="right", style="dim")
        table.add_column()
        grave = [ref for ref in refs if ref.severity is not Severity.ADVISE]
        advising = [ref.clause for ref in refs if ref.severity is Severity.ADVISE]
        for ref in sorted(grave, key=lambda ref: -ref.severity.rank):
            times = count[ref.policy, ref.clause]
            table.add_row(
                Text(f"{look.mark(ref.severity)} {words.SEVERITY[ref.severity]}", style=_STYLE[ref.severity]),
                Text(ref.clause), Text(f"{times}×" if not look.ascii else f"{times}x"), Text(ref.summary),
            )  # fmt: skip
        if advising:
            sign = Text(
                f"{look.mark(Severity.ADVISE)} {words.SEVERITY[Severity.ADVISE]}", style=_STYLE[Severity.ADVISE]
            )
            table.add_row(sign, Text("in"), Text(""), Text(", ".join(advising)))
        yield Padding(table, (0, 0, 1, 2))


def _remarks(report: Report, look: Look) -> Iterator[RenderableType]:
    """What was not checked, what was assumed, what was allowed, how files were read."""
    many = len(report.posts) > 1

    def of(post: PostReport, text: str) -> str:
        return f"{post.post.name}: {text}" if many else text

    unchecked = [of(post, f"{item.what}: {item.why}") for post in report.posts for item in post.not_checked]
    yield from _list(
        "Not checked",
        unchecked or ["Nothing that was asked for was left out."],
        look,
        "bold yellow" if unchecked else "dim",
    )
    allowed = [
        of(post, f"{item.finding.concern}: {item.reason}" + (f" ({item.by})" if item.by else ""))
        for post in report.posts
        for item in post.suppressed
    ]
    yield from _list("Set aside", allowed, look, "dim")
    reminders = Counter(text for post in report.posts for text in post.reminders)
    yield from _list("Before you post", [text for text, _ in reminders.most_common(_MOST_REMINDERS)], look, "bold")
    assumed = Counter(text for post in report.posts for text in post.assumed)
    told = [f"{text} ({times} posts)" if many else text for text, times in assumed.items()]
    yield from _list("Assumed", told, look, "dim")
    notes = [of(post, note) for post in report.posts for note in (*post.post.notes, *post.notes)]
    yield from _list("Notes", [*notes, *report.notes], look, "dim")


def _list(title: str, items: Sequence[str], look: Look, style: str) -> Iterator[RenderableType]:
    if not items:
        return
    yield Text(title, style=style)
    counted = dict.fromkeys(items)
    for item in counted:
        yield Padding(Text(f"{look.dot} {visible(item)}"), (0, 0, 0, 2))
    yield Text()


def _verdicts(report: Report, look: Look) -> Iterator[RenderableType]:
    if len(report.posts) > 1:
        table = Table.grid(padding=(0, 1))
        for post in report.posts:
            table.add_row(
                Text(f" {words.verdict(post)} ", style=_VERDICT_STYLE[post.verdict]), Text(visible(post.post.name))
            )
        yield Padding(table, (0, 0, 1, 0))
    worst = words.worst(report)
    if worst is None:
        yield Text(" NO DRAFT FOUND ", style=_VERDICT_STYLE[Verdict.REVIEW])
        return
    yield Text.assemble(
        (f" {words.verdict(worst).upper()} ", _VERDICT_STYLE[worst.verdict]),
        "  ",
        f" {look.dot} ".join(words.counts(report)),
    )
    ask = words.asked(report)
    if ask:
        yield Text(f"Ask: {visible(ask)}")

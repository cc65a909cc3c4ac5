"""Policies as tables: the list of packs, one pack's coverage, and packs side by side; as text, Markdown or JSON."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from checkpost.coverage import ClauseCoverage, Comparison
from checkpost.policy.pack import Pack

_CHECKED = {"text": "the words", "image": "the picture", "context": "what the draft declares",
            "advice": "a reminder only", "none": "nothing"}  # fmt: skip


class TableFormat(StrEnum):
    """Formats of the tables."""

    TERMINAL = "terminal"
    MARKDOWN = "markdown"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class _Table:
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def markdown(self) -> str:
        lines = [self.heads, tuple("---" for _ in self.heads), *self.rows]
        return "".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |\n" for line in lines)

    def blocks(self) -> str:
        """One block a row: readable at any width, and by a screen reader."""
        width = max(len(head) for head in self.heads[1:])
        return "\n".join(
            f"{row[0]}\n"
            + "".join(
                f"  {head:<{width}}  {cell}\n" for head, cell in zip(self.heads[1:], row[1:], strict=True) if cell
            )
            for row in self.rows
        )

    def render(self, output_format: TableFormat) -> str:
        return self.markdown() if output_format is TableFormat.MARKDOWN else self.blocks()


def packs(found: Sequence[Pack], today: date, output_format: TableFormat) -> str:
    """The list of packs with their dates."""
    if output_format is TableFormat.JSON:
        return _json([_pack_json(pack, today) for pack in found])
    rows = tuple(
        (pack.id, pack.title, pack.issuer, pack.version, str(pack.effective or "not stated"), _due(pack, today),
         str(len(pack.clauses)), " ".join(pack.date_conflicts))
        for pack in found
    )  # fmt: skip
    heads = ("id", "title", "issuer", "version", "in force since", "review", "clauses", "dates at odds")
    return _Table(heads, rows).render(output_format)


def _due(pack: Pack, today: date) -> str:
    if pack.review_due is None:
        return "no date stated"
    return f"overdue for review since {pack.review_due}" if pack.overdue(today) else f"due {pack.review_due}"


def _pack_json(pack: Pack, today: date) -> dict[str, object]:
    return {
        "id": pack.id,
        "title": pack.title,
        "issuer": pack.issuer,
        "version": pack.version,
        "effective": pack.effective.isoformat() if pack.effective else None,
        "review_due": pack.review_due.isoformat() if pack.review_due else None,
        "overdue": pack.overdue(today),
        "date_conflicts": list(pack.date_conflicts),
        "clauses": len(pack.clauses),
    }


def coverage(rows: Sequence[ClauseCoverage], output_format: TableFormat) -> str:
    """Every clause of a pack, and what checks it."""
    if output_format is TableFormat.JSON:
        return _json(
            [
                {
                    "clause": row.clause.id,
                    "heading": row.clause.heading,
                    "summary": row.clause.summary,
                    "applies_to": row.clause.applies_to,
                    "checkable": row.clause.checkable,
                    "reason": row.clause.reason,
                    "reminder": row.clause.reminder,
                    "concerns": {concern: severity.value for concern, severity in row.clause.concerns.items()},
                    "checks": list(row.checks),
                    "cases": list(row.cases),
                }
                for row in rows
            ]
        )
    cells = tuple(
        (
            row.clause.id,
            row.clause.summary,
            _CHECKED[row.clause.checkable],
            ", ".join(f"{concern} ({severity})" for concern, severity in row.clause.concerns.items())
            or str(row.clause.reason),
            ", ".join(row.checks),
            ", ".join(row.cases),
        )
        for row in rows
    )
    heads = ("clause", "what it asks", "shown by", "concerns, or why not", "checked by", "cases")
    return _Table(heads, cells).render(output_format)


def comparison(rows: Sequence[Comparison], output_format: TableFormat) -> str:
    """Packs side by side: how severely each speaks of each concern."""
    if output_format is TableFormat.JSON:
        return _json(
            [
                {"concern": row.concern.id, **{pack: s.value if s else None for pack, s in row.severities.items()}}
                for row in rows
            ]
        )
    ids = tuple(rows[0].severities) if rows else ()
    cells = tuple(
        (f"{row.concern.title} [{row.concern.id}]", *(s.value if s else "" for s in row.severities.values()))
        for row in rows
    )
    return _Table(("concern", *ids), cells).render(output_format)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"

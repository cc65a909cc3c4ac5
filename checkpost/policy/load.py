"""Reads packs, and says where one is at fault.

A pack is `lexicons/policies/<id>.toml`, or a file of one's own beside checkpost.toml. One that `extends` another takes
over every particular and clause that it does not state itself; of a clause that it states, what it leaves out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from checkpost.concerns import vocabulary
from checkpost.config import shipped_policies
from checkpost.data import line_of, read_toml, root
from checkpost.errors import DataError, nearest
from checkpost.model import Severity
from checkpost.policy.pack import Clause, Pack

ACCOUNTS = ("personal", "organisation", "both")
CHECKABLE = ("text", "image", "context", "advice", "none")
_CLAUSE_KEYS = frozenset(
    {"id", "heading", "summary", "applies_to", "checkable", "reason", "reminder", "remind_on", "concerns"}
)
_TEXTS = ("disclaimers", "approved_platforms", "legislation", "date_conflicts")
_DATES = ("effective", "review_due")
_FLAGS = ("disclaimer_exact", "disclaimer_in_profile")
_WORDS = ("id", "title", "issuer", "version", "source", "reporting_contact", "approver", "extends")
_PACK_KEYS = frozenset(("clause", *_WORDS, *_DATES, *_FLAGS, *_TEXTS))


def load_all(names: Sequence[str], beside: Path | None) -> tuple[Pack, ...]:
    """The packs in force: ids of shipped ones or paths beside the configuration; with no names, all that ship.

    Raises:
        DataError: A pack is missing or has a fault, or two packs have the same id.
    """
    packs: dict[str, Pack] = {}
    for name in names or shipped_policies():
        pack = load(_locate(name, beside))
        if pack.id in packs:
            raise DataError(pack.path, f'two policies in force have the id "{pack.id}". Give one of them another id.')
        packs[pack.id] = pack
    return tuple(packs.values())


def _locate(name: str, beside: Path | None) -> Path:
    if name.endswith(".toml"):
        return (beside.parent if beside else Path.cwd()) / name
    shipped = shipped_policies()
    if name not in shipped:
        message = (
            f'no shipped policy is called "{name}".{nearest(name, shipped)} Shipped: {", ".join(shipped)}. '
            'For a pack of your own, name its file, such as "our-policy.toml".'
        )
        raise DataError(beside or "policies", message, line_of(beside, name) if beside else None)
    return root() / "policies" / f"{name}.toml"


def load(path: Path, extending: tuple[Path, ...] = ()) -> Pack:
    """Read and validate one pack.

    Args:
        path: The pack's file.
        extending: The packs that extend this one, the outermost first.

    Raises:
        DataError: The pack has a fault; the message names file, line and the nearest valid word.
    """
    data = read_toml(path)
    base = _base(path, data, extending)
    _check_particulars(path, data, extends=base is not None)

    def particular(key: str, default: Any = None) -> Any:  # noqa: ANN401  (a particular may be of any kind)
        return data[key] if key in data else getattr(base, key, default)

    return Pack(
        path=path,
        id=data["id"],
        title=particular("title"),
        issuer=particular("issuer"),
        clauses=_clauses(path, data.get("clause", []), base),
        version=str(particular("version", "")),
        effective=particular("effective"),
        review_due=particular("review_due"),
        source=particular("source", ""),
        reporting_contact=particular("reporting_contact"),
        approver=particular("approver"),
        disclaimers=tuple(particular("disclaimers", ())),
        disclaimer_exact=particular("disclaimer_exact", default=False),
        disclaimer_in_profile=particular("disclaimer_in_profile", default=False),
        approved_platforms=tuple(name.casefold() for name in particular("approved_platforms", ())),
        legislation=tuple(particular("legislation", ())),
        date_conflicts=tuple(particular("date_conflicts", ())),
    )


def _base(path: Path, data: Mapping[str, Any], extending: tuple[Path, ...]) -> Pack | None:
    """The pack that this one extends, if any."""
    name = data.get("extends")
    if name is None:
        return None
    if not isinstance(name, str):
        raise DataError(path, '"extends" must name one pack, such as extends = "clt-2020".', line_of(path, "extends"))
    found = _locate(name, path)
    if found.resolve() in (path.resolve(), *(other.resolve() for other in extending)):
        raise DataError(path, f'"extends" leads back to {found.name}.', line_of(path, "extends"))
    return load(found, (*extending, path))


def _check_particulars(path: Path, data: Mapping[str, Any], *, extends: bool) -> None:
    for key, value in data.items():
        if key not in _PACK_KEYS:
            raise DataError(path, f'unknown key "{key}".{nearest(key, _PACK_KEYS)}', line_of(path, key))
        fault = _fault(key, value)
        if fault:
            raise DataError(path, f"{key} {fault}.", line_of(path, key))
    for key in ("id", "title", "issuer"):
        if (key in data or key == "id" or not extends) and not str(data.get(key, "")).strip():
            raise DataError(path, f'the pack has no "{key}".', 1)


def _fault(key: str, value: object) -> str | None:
    """What is wrong with the kind of a particular's value."""
    if key in _WORDS and not isinstance(value, str):
        return "must be text"
    if key in _DATES and not isinstance(value, date):
        return f"must be a date, such as {key} = 2027-09-01"
    if key in _FLAGS and not isinstance(value, bool):
        return "must be true or false"
    if key in _TEXTS and not (isinstance(value, list) and all(isinstance(item, str) for item in value)):
        return f'must be a list of texts, such as {key} = ["…"]'
    return None


@dataclass(frozen=True, slots=True)
class _Where:
    """One [[clause]] of a file, for saying on which line its faults stand. Nothing is looked up until there is one."""

    path: Path
    number: int

    def line(self, word: str | None = None) -> int | None:
        """The line of a word in the clause, else the clause's first."""
        top = line_of(self.path, "[[clause]]", self.number) or 1
        return (line_of(self.path, word, after=top) if word else None) or top


def _clauses(path: Path, tables: Sequence[Mapping[str, Any]], base: Pack | None) -> tuple[Clause, ...]:
    clauses = {clause.id: clause for clause in base.clauses} if base else {}
    own: set[str] = set()
    for number, table in enumerate(tables, start=1):
        clause = _clause(_Where(path, number), table, clauses)
        if clause.id in own:
            raise DataError(path, f'clause "{clause.id}" stands twice.', line_of(path, "[[clause]]", number))
        own.add(clause.id)
        clauses[clause.id] = clause
    if not clauses:
        raise DataError(path, "the pack has no [[clause]].")
    return tuple(clauses.values())


def _clause(where: _Where, table: Mapping[str, Any], known: Mapping[str, Clause]) -> Clause:
    """One clause; what it leaves out is taken from the clause of that id in the pack that is extended."""
    name = table.get("id")
    if not isinstance(name, str) or not name.strip():
        raise DataError(where.path, f'clause number {where.number} has no "id".', where.line())
    base = known.get(name)
    for key in table:
        if key not in _CLAUSE_KEYS:
            hint = nearest(key, _CLAUSE_KEYS)
            raise DataError(where.path, f'clause {name}: unknown key "{key}".{hint}', where.line(key))
    for key in ("heading", "summary"):
        if (key in table or base is None) and not (isinstance(table.get(key), str) and table[key].strip()):
            raise DataError(where.path, f'clause {name} has no "{key}".', where.line())
    for key, choices in (("applies_to", ACCOUNTS), ("checkable", CHECKABLE)):
        if (key in table or base is None) and table.get(key) not in choices:
            words = f"{', '.join(choices)}.{nearest(str(table.get(key)), choices)}"
            raise DataError(where.path, f"clause {name}: {key} must be one of {words}", where.line(key))

    def stated(key: str) -> Any:  # noqa: ANN401  (as above)
        return table[key] if key in table else getattr(base, key, None)

    return Clause(
        id=name,
        heading=stated("heading"),
        summary=stated("summary"),
        applies_to=stated("applies_to"),
        checkable=stated("checkable"),
        concerns=_concerns(where, name, table.get("concerns", {}), base),
        reason=stated("reason"),
        reminder=stated("reminder"),
        remind_on=tuple(stated("remind_on") or ()),
    )


def _concerns(where: _Where, clause: str, stated: Mapping[str, object], base: Clause | None) -> Mapping[str, Severity]:
    """The clause's concerns: those of the extended clause, with what this one states of them; "off" takes one out."""
    covered = dict(base.concerns) if base else {}
    for concern, value in stated.items():
        if base and value == "off":
            covered.pop(concern, None)
        elif concern not in vocabulary():
            hint = nearest(concern, vocabulary())
            raise DataError(
                where.path, f'clause {clause}: no concern is called "{concern}".{hint}', where.line(concern)
            )
        elif not isinstance(value, str) or value not in list(Severity):
            words = f"{', '.join(Severity)}.{nearest(str(value), Severity)}"
            raise DataError(where.path, f'clause {clause}: "{value}" is none of {words}', where.line(concern))
        else:
            covered[concern] = Severity(value)
    return covered

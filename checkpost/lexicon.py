"""Term lists that a policy officer can edit: found, loaded and validated.

A lexicon is `lexicons/terms/<name>.toml`: title, note, source, and groups of terms in the language of `phrases`. Groups
may name the `concern` and `confidence` of a hit, the `message`, and groups whose terms must (`needs`) or must not
(`unless`) stand in the same sentence; what is needed may stand up to `reach` sentences away. A lexicon may use the
groups of others (`uses = ["school_people"]`), so that words which many rules share are written once.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from itertools import groupby
from pathlib import Path
from typing import Any

from checkpost.data import line_of, read_toml, root
from checkpost.errors import DataError, nearest
from checkpost.garbage import no_collection
from checkpost.model import Confidence, ProseSpan
from checkpost.phrases import Group as Compiled
from checkpost.phrases import Search, Slots, Vocabulary, compile_terms
from checkpost.text.document import Document
from checkpost.text.words import keys

_GROUP_KEYS = frozenset({"name", "note", "concern", "confidence", "message", "terms", "needs", "reach", "unless"})
_FILE_KEYS = frozenset({"title", "note", "source", "uses", "group"})


@dataclass(frozen=True, slots=True)
class Group:
    """Terms that mean one thing."""

    name: str
    note: str
    terms: tuple[str, ...]
    concern: str | None = None
    confidence: Confidence = Confidence.MEDIUM
    message: str | None = None
    needs: tuple[str, ...] = ()
    reach: int = 0
    unless: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """A term found: where, which term of which group, and the indices of its first word and the word after its last."""

    span: ProseSpan
    term: str
    group: Group
    first: int
    after: int


@dataclass(frozen=True)
class Lexicon:
    """A loaded term list."""

    name: str
    title: str
    groups: Mapping[str, Group]
    compiled: Mapping[str, Compiled] = field(repr=False)

    def find(self, doc: Document, slots: Slots, *groups: str) -> Iterator[Match]:
        """Matches of the named groups, or of every group that names a concern, in text order within each group."""
        search = doc.derived(self._search).with_slots(slots)
        live = search.live
        for name in groups or self._raising:
            compiled = self.compiled[name]
            for found in search.find(compiled) if compiled in live else ():
                group = self.groups[name]
                sentence = search.sentences[found.first]
                near = range(sentence - group.reach, sentence + group.reach + 1)
                if group.needs and not self._stand_in(group.needs, near, search):
                    continue
                if not self._stand_in(group.unless, (sentence,), search):
                    yield Match(found.span, found.term, group, found.first, found.after)

    def find_each(self, doc: Document, slots: Slots, *groups: str) -> Mapping[str, tuple[Match, ...]]:
        """Matches of the named groups, by the group's name (see `find`)."""
        found: dict[str, tuple[Match, ...]] = dict.fromkeys(groups, ())
        for name, matches in groupby(self.find(doc, slots, *groups), key=lambda match: match.group.name):
            found[name] = tuple(matches)
        return found

    def _stand_in(self, names: tuple[str, ...], sentences: Sequence[int], search: Search) -> bool:
        """Whether a term of any of some groups begins in one of some sentences."""
        return any(not search.sentences_of(self.compiled[name]).isdisjoint(sentences) for name in names)

    def has(self, doc: Document, slots: Slots, *groups: str) -> bool:
        """Whether any term of the named groups occurs."""
        return next(self.find(doc, slots, *groups), None) is not None

    @cached_property
    def _search(self) -> Callable[[Document], Search]:
        """The search of a document: the same one for all lexicons that ship."""
        if any(self is shipped for shipped in _shipped()):
            return _search
        vocabulary = Vocabulary.of(self.compiled.values())
        return lambda doc: Search.of(doc, vocabulary)

    @cached_property
    def _raising(self) -> tuple[str, ...]:
        """The groups that name a concern."""
        return tuple(name for name, group in self.groups.items() if group.concern)


def _search(doc: Document) -> Search:
    """The search of a document that all lexicons share that ship, as they share groups."""
    return Search.of(doc, _vocabulary())


@cache
def _vocabulary() -> Vocabulary:
    """All groups of the lexicons that ship."""
    return Vocabulary.of(group for lexicon in _shipped() for group in lexicon.compiled.values())


@cache
def _shipped() -> tuple[Lexicon, ...]:
    """All lexicons that ship but those with a fault, which the rules that load them report."""
    found = []
    for path in sorted((root() / "terms").glob("*.toml")):
        with suppress(DataError):
            found.append(_read_once(path))
    return tuple(found)


@cache
def load(name: str) -> Lexicon:
    """The shipped lexicon `lexicons/terms/<name>.toml`.

    Raises:
        DataError: The file is missing or not a valid lexicon.
    """
    return _read_once(root() / "terms" / f"{name}.toml")


def read(path: Path) -> Lexicon:
    """Read a lexicon from a file.

    Raises:
        DataError: It is not a valid lexicon; the message names file, line and the nearest valid word.
    """
    data = read_toml(path)
    _only_known(path, data, _FILE_KEYS)
    used = [_read_once(path.parent / f"{name}.toml") for name in data.get("uses", [])]
    groups = {name: replace(group, concern=None) for lexicon in used for name, group in lexicon.groups.items()}
    known = {name: compiled for lexicon in used for name, compiled in lexicon.compiled.items()}
    own: dict[str, Sequence[str]] = {}
    for table in data.get("group", []):
        _only_known(path, table, _GROUP_KEYS)
        group = _group(path, table)
        if group.name in groups:
            raise DataError(path, f'has two groups called "{group.name}".', line_of(path, group.name, 2))
        groups[group.name] = group
        own[group.name] = group.terms
    for group in groups.values():
        for other in (*group.needs, *group.unless):
            if other not in groups:
                raise DataError(path, f'no group is called "{other}".{nearest(other, groups)}', line_of(path, other))
    try:
        compiled = compile_terms(own, known)
    except ValueError as error:
        raise DataError(path, str(error)) from error
    return Lexicon(path.stem, str(data.get("title", path.stem)), groups, compiled)


@cache
def _read_once(path: Path) -> Lexicon:
    """A lexicon read once, so that what was found of its groups serves those that use it too."""
    with no_collection():
        return read(path)


def _only_known(path: Path, table: Mapping[str, Any], known: frozenset[str]) -> None:
    for key in table:
        if key not in known:
            raise DataError(path, f'unknown key "{key}".{nearest(key, known)}', line_of(path, key))


def _group(path: Path, table: Mapping[str, Any]) -> Group:
    for key in ("name", "note", "terms"):
        if not table.get(key):
            raise DataError(path, f'a group has no "{key}".')
    if not all(isinstance(term, str) and term.strip() for term in table["terms"]):
        raise DataError(path, f'group "{table["name"]}": every term must be text.')
    confidence = table.get("confidence", "medium")
    if confidence not in list(Confidence):
        raise DataError(
            path, f'unknown confidence "{confidence}".{nearest(confidence, Confidence)}', line_of(path, confidence)
        )
    reach = table.get("reach", 0)
    if not isinstance(reach, int) or reach < 0:
        raise DataError(path, f'group "{table["name"]}": reach must be a number of sentences.', line_of(path, "reach"))
    return Group(
        name=table["name"],
        note=table["note"],
        terms=tuple(table["terms"]),
        concern=table.get("concern"),
        confidence=Confidence(confidence),
        message=table.get("message"),
        needs=tuple(table.get("needs", ())),
        reach=reach,
        unless=tuple(table.get("unless", ())),
    )


def term_keys(term: str) -> tuple[str, ...]:
    """The folded words of a plain term (no pattern items): how a list of names is looked up.

    >>> term_keys("Chloe-Marie O'Neill")
    ('chloe', 'marie', "o'neill")
    """
    return tuple(keys(word)[0] for word in re.findall(r"[^\W_]+(?:'[^\W_]+)*", term.replace("’", "'")))

"""Term lists that a policy officer can edit: found, loaded, validated, and compiled into a matcher of phrases.

A lexicon is `lexicons/terms/<name>.toml`: title, note, source, and groups of terms. A term is one or more items:

    resign          the word, whatever its case, accents or possessive
    resign*         any word that begins so
    me|us           either
    really?         may be left out
    _               any one word
    ...             up to four words, in the same sentence
    <kin>           any term of the group `kin` of the same lexicon
    {organisation}  a class of words known only at check time: see `SLOTS`

Groups may name the `concern` and `confidence` of a hit, the `message`, and terms that must (`needs`) or must not
(`unless`) stand in the same sentence. A lexicon may use the groups of others (`uses = ["school_people"]`): words that many
rules share are written once.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

from checkpost.data import line_of, read_toml, root
from checkpost.errors import DataError, nearest
from checkpost.model import Confidence, ProseSpan
from checkpost.text.document import Document
from checkpost.text.words import Word, WordKind, fold, keys

SLOTS = frozenset({"organisation", "learner", "staff", "partner", "number", "capital", "handle"})
_MAX_GAP = 4
_GROUP_KEYS = frozenset({"name", "note", "concern", "confidence", "message", "terms", "needs", "unless"})
_FILE_KEYS = frozenset({"title", "note", "source", "uses", "group"})

Slots = Mapping[str, Mapping[int, int]]  # slot → {index of its first word: index after its last}


@dataclass(frozen=True, slots=True)
class _Item:
    """One item of a term. Exactly one of its four ways to match is set."""

    words: frozenset[str] = frozenset()
    prefixes: tuple[str, ...] = ()
    slot: str = ""
    group: "_Index | None" = None
    gap: int = 0
    optional: bool = False

    def matches_word(self, word: Word) -> bool:
        return any(key in self.words or key.startswith(self.prefixes) for key in word.keys) or (
            "*" in word.key and any(_unmasks(word.key, candidate) for candidate in self.words)
        )


_Pattern = tuple[_Item, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """A term found: where, which term of which group, and the words it covers."""

    span: ProseSpan
    term: str
    group: "Group"
    first: int
    after: int


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
    unless: tuple[str, ...] = ()


@dataclass(frozen=True)
class Lexicon:
    """A loaded term list. `find` yields every match of every group, leftmost and longest within a group."""

    name: str
    title: str
    groups: Mapping[str, Group]
    _compiled: Mapping[str, "_Index"] = field(repr=False)

    def find(self, doc: Document, slots: Slots, *groups: str) -> Iterator[Match]:
        """Matches of the named groups, or of every group that names a concern, in text order within each group."""
        wanted = groups or tuple(name for name, group in self.groups.items() if group.concern)
        run = _Run(phrase_words(doc), slots)
        for name in wanted:
            group = self.groups[name]
            for match in self._compiled[name].find(run, group):
                sentence = run.words[match.first].sentence
                if group.needs and not self._in_sentence(group.needs, run, sentence):
                    continue
                if group.unless and self._in_sentence(group.unless, run, sentence):
                    continue
                yield match

    def has(self, doc: Document, slots: Slots, *groups: str) -> bool:
        """Whether any term of the named groups occurs."""
        return next(self.find(doc, slots, *groups), None) is not None

    def _in_sentence(self, groups: tuple[str, ...], run: "_Run", sentence: int) -> bool:
        return any(sentence in run.sentences_with(self._compiled[name], self.groups[name]) for name in groups)


def phrase_words(doc: Document) -> tuple[Word, ...]:
    """The words that phrases are matched over: all but web and e-mail addresses."""
    return tuple(word for word in doc.words if word.kind not in (WordKind.URL, WordKind.EMAIL))


@dataclass(frozen=True, slots=True)
class _Run:
    """One search through one document: its words, and what was already found of groups that terms refer to."""

    words: Sequence[Word]
    slots: Slots
    ends: dict[tuple[int, int], tuple[int, ...]] = field(default_factory=dict)
    sentences: dict[str, frozenset[int]] = field(default_factory=dict)

    def ends_of(self, group: "_Index", here: int) -> tuple[int, ...]:
        """Every index after which a term of a group can end when it begins at a word."""
        key = id(group), here
        if key not in self.ends:
            found = (end for pattern, _ in group.candidates(self, here) for end in _match(pattern, 0, self, here))
            self.ends[key] = tuple(dict.fromkeys(found))
        return self.ends[key]

    def sentences_with(self, index: "_Index", group: Group) -> frozenset[int]:
        """The sentences in which a term of a group stands."""
        if group.name not in self.sentences:
            found = frozenset(self.words[match.first].sentence for match in index.find(self, group))
            self.sentences[group.name] = found
        return self.sentences[group.name]


@dataclass(frozen=True, eq=False)
class _Index:
    """The patterns of one group, by what may stand first."""

    by_word: Mapping[str, tuple[tuple[_Pattern, str], ...]]
    by_stem: Mapping[str, tuple[tuple[_Pattern, str], ...]]
    by_slot: Mapping[str, tuple[tuple[_Pattern, str], ...]]

    def find(self, run: _Run, group: Group) -> Iterator[Match]:
        after_last = 0
        for start in range(len(run.words)):
            if start < after_last:
                continue
            best = max(
                ((end, term) for pattern, term in self.candidates(run, start) for end in
                 _match(pattern, 0, run, start)),
                default=None,
            )
            if best:
                after_last, term = best
                span = ProseSpan(run.words[start].span.start, run.words[after_last - 1].span.end)
                yield Match(span, term, group, start, after_last)

    def candidates(self, run: _Run, at: int) -> Iterator[tuple[_Pattern, str]]:
        """The patterns that may begin at a word, each with its term."""
        word = run.words[at]
        for key in word.keys:
            yield from self.by_word.get(key, ())
            yield from self.by_stem.get(key[:3], ())
        if "*" in word.key:
            for key, patterns in self.by_word.items():
                if _unmasks(word.key, key):
                    yield from patterns
        for slot, patterns in self.by_slot.items():
            if next(_slot_ends(slot, run, at), None):
                yield from patterns


def _unmasks(masked: str, word: str) -> bool:
    """Whether a word with asterisks for letters can be read as another: `c*nt`, `f**k`, `s***`. Grades (`A*s`) can't."""
    shown = len(masked.replace("*", ""))
    if masked[:1] != word[:1] or len(word) < 4 or abs(len(masked) - len(word)) > 1:
        return False
    if shown * 4 < len(word) or (shown < 2 and len(masked) < 4):
        return False
    stars = re.split(r"\*+", masked)
    return word.startswith(stars[0]) and word.endswith(stars[-1])


def _match(pattern: _Pattern, at: int, run: _Run, here: int) -> Iterator[int]:
    """Every index after which the rest of a pattern, from item `at`, can end when it begins at word `here`."""
    if at == len(pattern):
        yield here
        return
    item = pattern[at]
    if item.optional:
        yield from _match(pattern, at + 1, run, here)
    if item.gap:
        for skipped in range(item.gap + 1):
            if skipped and not _joined(run.words, here + skipped - 1):
                return
            yield from _match(pattern, at + 1, run, here + skipped)
        return
    if here >= len(run.words) or (at and not _joined(run.words, here)):
        return
    for end in _item_ends(item, run, here):
        yield from _match(pattern, at + 1, run, end)


def _joined(words: Sequence[Word], at: int) -> bool:
    """Whether a word stands in the same sentence as the word before it."""
    return 0 < at < len(words) and words[at].sentence == words[at - 1].sentence


def _item_ends(item: _Item, run: _Run, here: int) -> Iterator[int]:
    if item.group is not None:
        yield from run.ends_of(item.group, here)
    elif item.slot:
        yield from _slot_ends(item.slot, run, here)
    elif item.matches_word(run.words[here]):
        yield here + 1


def _slot_ends(slot: str, run: _Run, here: int) -> Iterator[int]:
    word = run.words[here]
    if slot == "_" or (slot == "number" and word.text[0].isdigit()) or (slot == "capital" and word.is_capitalised):
        yield here + 1
    elif slot == "handle" and word.kind is WordKind.HANDLE:
        end = here + 1
        while end < len(run.words) and run.words[end].kind is WordKind.HANDLE:
            end += 1
        yield end
    elif end_of_slot := run.slots.get(slot, {}).get(here):
        yield end_of_slot


def compile_terms(terms: Mapping[str, Sequence[str]]) -> Mapping[str, _Index]:
    """Compile groups of terms (group name → terms); `<other>` refers to another group of the same mapping.

    Raises:
        ValueError: A term refers to an unknown group or slot, or to itself; or it begins with `...`, `_` or a
            one- or two-letter stem, which would match everywhere.
    """
    compiled: dict[str, _Index] = {}
    for name in terms:
        _compile(name, terms, (), compiled)
    return compiled


def _compile(name: str, terms: Mapping[str, Sequence[str]], within: tuple[str, ...], done: dict[str, _Index]) -> _Index:
    """Compile one group, and first those that it refers to, each of them once."""
    if name not in terms:
        raise ValueError(f'no group is called "{name}".{nearest(name, terms)}')
    if name in within:
        raise ValueError(f'group "{name}" refers to itself')
    if name not in done:
        patterns = [
            (pattern, term)
            for term in terms[name]
            for pattern in _starts(_parse(term, lambda other: _compile(other, terms, (*within, name), done)))
        ]
        done[name] = _index(patterns)
    return done[name]


def _starts(pattern: _Pattern) -> Iterator[_Pattern]:
    """A pattern whose first item may be left out is two patterns."""
    yield pattern
    if pattern and pattern[0].optional and len(pattern) > 1:
        yield from _starts(pattern[1:])


def _parse(term: str, group: Callable[[str], _Index]) -> _Pattern:
    items: list[_Item] = []
    for token in term.split():
        optional = token.endswith("?") and len(token) > 1
        bare = token[:-1] if optional else token
        if bare == "...":
            items.append(_Item(gap=_MAX_GAP))
        elif bare == "_":
            items.append(_Item(slot="_", optional=optional))
        elif bare.startswith("{") and bare.endswith("}"):
            if bare[1:-1] not in SLOTS:
                raise ValueError(f'unknown class of words "{bare}".{nearest(bare[1:-1], SLOTS)}')
            items.append(_Item(slot=bare[1:-1], optional=optional))
        elif bare.startswith("<") and bare.endswith(">"):
            items.append(_Item(group=group(bare[1:-1]), optional=optional))
        else:
            items.extend(_literals(bare, optional=optional))
    if not items or items[0].gap or items[0].slot == "_" or all(item.optional for item in items):
        raise ValueError(f'the term "{term}" would match anything')
    return tuple(items)


def _literals(token: str, *, optional: bool) -> Iterator[_Item]:
    """The items of a literal token: one per word that the tokenizer would see (`end-point` is two)."""
    if "|" not in token and "-" in token.strip("-"):
        for piece in token.split("-"):
            yield from _literals(piece, optional=optional)
        return
    words: set[str] = set()
    prefixes: list[str] = []
    for choice in token.split("|"):
        if choice.endswith("*"):
            prefixes.append(fold(choice[:-1]))
            if len(prefixes[-1]) < 3:
                raise ValueError(f'the stem "{choice}" is too short: it would match everywhere')
        else:
            words.add(fold(choice))
            if "'" in choice and fold(choice) not in _AMBIGUOUS_WITHOUT_APOSTROPHE:
                words.add(fold(choice.replace("'", "")))
    yield _Item(frozenset(words), tuple(prefixes), optional=optional)


_AMBIGUOUS_WITHOUT_APOSTROPHE = frozenset({"he'll", "she'll", "we'll", "i'll", "we're", "we'd", "i'd", "she'd", "it's"})


def _index(patterns: Sequence[tuple[_Pattern, str]]) -> _Index:
    by_word: dict[str, list[tuple[_Pattern, str]]] = {}
    by_stem: dict[str, list[tuple[_Pattern, str]]] = {}
    by_slot: dict[str, list[tuple[_Pattern, str]]] = {}
    for pattern, term in patterns:
        words, prefixes, slots = _firsts(pattern[0])
        for index, firsts in ((by_word, words), (by_stem, {prefix[:3] for prefix in prefixes}), (by_slot, slots)):
            for first in firsts:
                index.setdefault(first, []).append((pattern, term))
    return _Index(*({key: tuple(value) for key, value in index.items()} for index in (by_word, by_stem, by_slot)))


def _firsts(item: _Item) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """The words, stems and slots that an item can begin with."""
    if item.group is not None:
        return frozenset(item.group.by_word), frozenset(item.group.by_stem), frozenset(item.group.by_slot)
    return item.words, frozenset(item.prefixes), frozenset({item.slot} - {""})


@cache
def load(name: str) -> Lexicon:
    """The shipped lexicon `lexicons/terms/<name>.toml`.

    Raises:
        DataError: The file is missing or not a valid lexicon.
    """
    return read(root() / "terms" / f"{name}.toml")


def read(path: Path) -> Lexicon:
    """Read a lexicon from a file.

    Raises:
        DataError: It is not a valid lexicon; the message names file, line and the nearest valid word.
    """
    data = read_toml(path)
    _only_known(path, data, _FILE_KEYS)
    groups = _used(path, data.get("uses", []))
    for table in data.get("group", []):
        _only_known(path, table, _GROUP_KEYS)
        group = _group(path, table)
        if group.name in groups:
            raise DataError(path, f'has two groups called "{group.name}".', line_of(path, group.name, 2))
        groups[group.name] = group
    for group in groups.values():
        for other in (*group.needs, *group.unless):
            if other not in groups:
                raise DataError(path, f'no group is called "{other}".{nearest(other, groups)}', line_of(path, other))
    try:
        compiled = compile_terms({name: group.terms for name, group in groups.items()})
    except ValueError as error:
        raise DataError(path, f"{error}.") from error
    return Lexicon(path.stem, str(data.get("title", path.stem)), groups, compiled)


def _used(path: Path, names: Sequence[str]) -> dict[str, Group]:
    """The groups of the lexicons that one uses, beside it. They lend their words, and raise no concern there."""
    groups: dict[str, Group] = {}
    for name in names:
        other = path.parent / f"{name}.toml"
        for table in read_toml(other).get("group", []):
            group = _group(other, table)
            groups[group.name] = replace(group, concern=None)
    return groups


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
        raise DataError(path, f'unknown confidence "{confidence}".{nearest(confidence, Confidence)}',
                        line_of(path, confidence))
    return Group(
        name=table["name"],
        note=table["note"],
        terms=tuple(table["terms"]),
        concern=table.get("concern"),
        confidence=Confidence(confidence),
        message=table.get("message"),
        needs=tuple(table.get("needs", ())),
        unless=tuple(table.get("unless", ())),
    )


def term_keys(term: str) -> tuple[str, ...]:
    """The folded words of a plain term (no pattern items): how a list of names is looked up.

    >>> term_keys("Chloe-Marie O'Neill")
    ('chloe', 'marie', "o'neill")
    """
    return tuple(keys(word)[0] for word in re.findall(r"[^\W_]+(?:'[^\W_]+)*", term.replace("’", "'")))

"""Terms as people write them, read into patterns."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache

from checkpost.errors import nearest
from checkpost.phrases.pattern import SLOTS, Group, Item, Term
from checkpost.text.words import STEM_LETTERS, fold

_GAP = Item(gap=4)  # words, at the most


def compile_terms(terms: Mapping[str, Sequence[str]], known: Mapping[str, Group] | None = None) -> Mapping[str, Group]:
    """Compile groups of terms (group name → terms); `<other>` refers to another of them, or to a `known` one.

    Raises:
        ValueError: A term refers to an unknown group or class, or its group refers to itself; or it begins with what
            would match everywhere (`...`, `_`, a stem of one or two letters); or a choice could never match.
    """
    compiled = dict(known or {})
    for name in terms:
        _compile(name, terms, (), compiled)
    return compiled


def _compile(name: str, terms: Mapping[str, Sequence[str]], within: tuple[str, ...], done: dict[str, Group]) -> Group:
    """Compile one group, and first those that it refers to, each of them once."""
    if name in within:
        raise ValueError(f'group "{name}" refers to itself')
    if name not in done:
        if name not in terms:
            raise ValueError(f'no group is called "{name}".{nearest(name, (*terms, *done))}')
        done[name] = Group.of(
            [
                Term.of(pattern, term)
                for term in terms[name]
                for pattern in _starts(_parse(term, lambda other: _compile(other, terms, (*within, name), done)))
            ]
        )
    return done[name]


def _starts(pattern: tuple[Item, ...]) -> Iterator[tuple[Item, ...]]:
    """A pattern whose first item may be left out is two patterns."""
    yield pattern
    if pattern[0].optional and len(pattern) > 1:
        yield from _starts(pattern[1:])


def _parse(term: str, group: Callable[[str], Group]) -> tuple[Item, ...]:
    items: list[Item] = []
    for written in term.split():
        if written == "...":
            items.append(_GAP)
        elif "<" in written:
            items.extend(_items(written, group))
        else:
            items.extend(_items_without_groups(written))
    if not items or items[0].gap or "_" in items[0].slots or all(item.optional for item in items):
        raise ValueError(f'the term "{term}" would match anything')
    return tuple(items)


@cache
def _items_without_groups(written: str) -> tuple[Item, ...]:
    """The items of one written item, for all the terms that have it."""
    return tuple(_items(written, _no_group))


def _no_group(name: str) -> Group:
    raise ValueError(f'no group is called "{name}"')


def _items(written: str, group: Callable[[str], Group]) -> Iterator[Item]:
    """The items of one written item: a hyphenated word is as many as the tokenizer sees (`end-point`)."""
    whole = written.removesuffix("?")
    pieces = whole.split("-") if "-" in whole.strip("-") and not set(whole) & set("|<{") else [whole]
    return (_item(piece, group, optional=written.endswith("?")) for piece in pieces)


def _item(written: str, group: Callable[[str], Group], *, optional: bool) -> Item:
    words: set[str] = set()
    stems: list[str] = []
    slots: list[str] = []
    groups: list[Group] = []
    for choice in _choices(written):
        if choice.isalpha():
            words.add(fold(choice))
        elif choice == "_":
            slots.append("_")
        elif choice[:1] + choice[-1:] == "{}":
            slots.append(_slot(choice[1:-1]))
        elif choice[:1] + choice[-1:] == "<>":
            groups.append(group(choice[1:-1]))
        elif choice.endswith("*"):
            stems.append(_stem(choice[:-1]))
        elif not choice or set(choice) & set("{}<>?*"):
            raise ValueError(f'"{choice}" is neither a word, a stem (resign*), a group (<kin>) nor a class')
        else:
            words |= _spellings(choice)
    return Item.of(words, stems, slots, groups, optional=optional)


def _choices(written: str) -> list[str]:
    """The choices of one item.

    Raises:
        ValueError: One is a hyphenated word, which no single word of a text can be.
    """
    choices = written.split("|")
    for choice in choices:
        if "-" in choice.strip("-") and choice[:1] not in "<{":
            raise ValueError(
                f'"{choice}" among other choices would never match, as texts are split at hyphens. '
                "Give it a term of its own"
            )
    return choices


def _slot(name: str) -> str:
    if name not in SLOTS:
        raise ValueError(f'unknown class of words "{{{name}}}".{nearest(name, SLOTS)}')
    return name


def _stem(text: str) -> str:
    stem = fold(text)
    if len(stem) < STEM_LETTERS:
        raise ValueError(f'the stem "{text}*" is too short: it would match everywhere')
    return stem


# Words that are other words without their apostrophe.
_NEED_APOSTROPHE = frozenset({"he'll", "she'll", "we'll", "i'll", "we're", "we'd", "i'd", "she'd", "it's", "who're"})


def _spellings(word: str) -> set[str]:
    """A word, and the word without its apostrophe as hasty people write it."""
    folded = fold(word)
    return {folded} if "'" not in folded or folded in _NEED_APOSTROPHE else {folded, folded.replace("'", "")}

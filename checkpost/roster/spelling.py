"""How much of somebody's name the pieces of an account's name spell: `chlo.marie.w`, `tommymac`, `chloemw`."""

from collections.abc import Iterator, Sequence

from checkpost.roster.entry import Entry

SHORTEST = 3  # letters by which a name is known
SURE, LIKELY = 3.0, 2.0  # two words of a name, or one with letters of the others; one word alone

_WHOLE, _BEGUN, _LETTER, _RUN_ON = 2.0, 1.5, 1.0, 0.5


def spelt(pieces: Sequence[str], entry: Entry) -> float:
    """How much of a name some pieces spell: 2 for a word of it, 1.5 for its beginning, 1 for a letter on its own.

    Each word of the name counts once, and a piece counts only if all of it is explained.

    >>> megan = Entry("Megan Rose McTwigg", "learner", ("megan", "rose", "mctwigg"), family=("mctwigg",))
    >>> handles = ("megan.mctwigg", "meg.rose.m", "meganrm.art", "mmac", "megann", "meganola", "bake")
    >>> [spelt(handle.split("."), megan) for handle in handles]
    [4.0, 5.0, 3.0, 2.5, 2.0, 0.0, 0.0]
    """
    used: frozenset[int] = frozenset()
    total = 0.0
    names = list(_names(entry))
    for piece in pieces:
        readings = _readings(piece, entry, names, used)
        worth, words = max(readings, key=lambda reading: reading[0], default=(0.0, frozenset()))
        total, used = total + worth, used | words
    return total


def _readings(
    piece: str, entry: Entry, names: Sequence[tuple[int, str]], used: frozenset[int]
) -> Iterator[tuple[float, frozenset[int]]]:
    """Every way to read a piece: what it is worth, and which words of the name it spells."""
    for at, name in names:
        if at in used or name[:1] != piece[:1]:  # whatever a piece spells, it begins as the name does
            continue
        others = [other for other in range(len(entry.words)) if other != at and other not in used]
        if piece in (name, name + name[-1:], name * 2):
            yield _WHOLE, frozenset({at})
        elif len(name) >= SHORTEST and piece.startswith(name):
            yield from _run_on(piece[len(name) :], entry, at, others)
        elif len(piece) >= SHORTEST and _begins(name, piece):
            yield _BEGUN, frozenset({at})
        elif piece == name[:1]:
            yield _LETTER, frozenset({at})
        if piece[:1] == name[:1] and len(piece) > SHORTEST:
            begun = [other for other in others if _begins(entry.words[other], piece[1:])]
            yield from ((_LETTER + _BEGUN, frozenset({at, other})) for other in begun)


def _run_on(rest: str, entry: Entry, at: int, others: Sequence[int]) -> Iterator[tuple[float, frozenset[int]]]:
    """What follows a whole word of the name in the same piece: letters of the others, or the beginning of one."""
    letters = "".join(entry.words[other][0] for other in others)
    if letters and (letters.startswith(rest) or letters.endswith(rest) or rest.startswith(letters)):
        yield _WHOLE + _RUN_ON * min(len(rest), 2), frozenset({at, *others})
    for other in others:
        if len(rest) >= SHORTEST and _begins(entry.words[other], rest):
            yield _WHOLE + _BEGUN, frozenset({at, other})


def _names(entry: Entry) -> Iterator[tuple[int, str]]:
    """The words of a name, and whatever else its first word is called, each with the index of the word."""
    yield from enumerate(entry.words)
    for call in entry.calls:
        at = next(
            (at for at, word in enumerate(entry.words) if word[:1] == call[:1] and word not in entry.family), None
        )
        if at is not None and call not in entry.words and len(call) >= SHORTEST:
            yield at, call


def _begins(word: str, piece: str) -> bool:
    """Whether a word begins with a piece: `mac` for McAllister too."""
    spellings = {word, "mac" + word[2:]} if word.startswith("mc") else {word}
    return any(spelling.startswith(piece) for spelling in spellings)

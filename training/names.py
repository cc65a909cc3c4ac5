"""Names of many cultures, and what people do to them: other names for the examples' own, lower case, lost accents.

`data/names.toml` holds a table for each group: `given` and `family` names, the latter empty where people bear none,
and `order = "family-first"` where that is the custom. Some entries are held out for development.
"""

import random
import tomllib
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from own import Example, Piece, is_held_out

_TITLES = ("mr", "mrs", "ms", "miss", "mx", "dr", "sir", "prof", "mr.", "mrs.", "ms.", "dr.")


@dataclass(frozen=True, slots=True)
class Group:
    """The names of one culture."""

    given: tuple[str, ...]
    family: tuple[str, ...]
    family_first: bool = False

    def full(self, chance: random.Random) -> str:
        """A given and a family name, now and then with a second of either."""
        given = chance.choice(self.given)
        if not self.family:
            return given
        family = chance.choice(self.family)
        roll = chance.random()
        if self.family_first and roll < 0.6:
            return f"{family} {given}"
        if roll > 0.94:
            return f"{given}-{chance.choice(self.given)} {family}"
        if roll > 0.88:
            return f"{given} {chance.choice(self.given)} {family}"
        if roll > 0.82:
            return f"{given} {family}-{chance.choice(self.family)}"
        return f"{given} {family}"


Groups = dict[str, Group]


def load(path: Path, *, held_out: bool) -> Groups:
    """The groups, with the entries kept for development or with all others."""
    tables = tomllib.loads(path.read_text(encoding="utf-8"))
    return {
        name: Group(
            given=tuple(each for each in table["given"] if is_held_out(each) is held_out),
            family=tuple(each for each in table["family"] if is_held_out(each) is held_out),
            family_first=table.get("order") == "family-first",
        )
        for name, table in tables.items()
    }


def renamed(example: Example, groups: Sequence[Group], chance: random.Random, share: float) -> Example:
    """The example with some of its people called otherwise: a full name for a full one, a first for a first one."""
    fresh: dict[str, str] = {}
    pieces = []
    for at, piece in enumerate(example.pieces):
        if piece.kind == "PERSON" and piece.text not in fresh:
            before = example.pieces[at - 1].text if at else ""
            fresh[piece.text] = _other(piece.text, before, groups, chance) if chance.random() < share else piece.text
        pieces.append(Piece(fresh[piece.text], piece.kind) if piece.kind == "PERSON" else piece)
    return replace(example, pieces=tuple(pieces))


def _other(name: str, before: str, groups: Sequence[Group], chance: random.Random) -> str:
    group = chance.choice(groups)
    words = name.split()
    if len(words) > 1:
        if len(words) == 2 and len(words[1].rstrip(".")) == 1:  # "Grace A."
            initial = chance.choice(group.family or group.given)[0]
            other = f"{chance.choice(group.given)} {initial}{'.' * words[1].endswith('.')}"
        else:
            other = group.full(chance)
    elif before.lower().split()[-1:] and before.lower().split()[-1] in _TITLES:
        other = chance.choice(group.family or group.given)
    elif len(name) <= 2:
        return name  # initials
    else:
        other = chance.choice(group.given if chance.random() < 0.93 or not group.family else group.family)
    if name == name.lower():
        return other.lower()
    return other.upper() if name == name.upper() and len(name) > 2 else other


def restyled(example: Example, chance: random.Random) -> Example:
    """The example as somebody else would type it: most often as it is, sometimes all lower, or without accents."""
    roll = chance.random()
    if roll < 0.14:
        return _mapped(example, str.lower)
    if roll < 0.16 and not example.carries.get("heated"):
        shouted = _mapped(example, str.upper)
        return replace(shouted, weight={label: w for label, w in example.weight.items() if label != "heated"})
    if roll < 0.22:
        return _mapped(example, unaccented)
    if roll < 0.27:
        return _mapped(example, lambda text: text.replace("'", "’"))
    return example


def _mapped(example: Example, change: Callable[[str], str]) -> Example:
    return replace(example, pieces=tuple(Piece(change(piece.text), piece.kind) for piece in example.pieces))


def unaccented(text: str) -> str:
    """Without marks on letters."""
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))

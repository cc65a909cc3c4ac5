"""One person of a roster, and every way to write the name."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from checkpost.names import TITLES, short_forms

PARTICLES = frozenset(
    "al ap ab bin bint da dal das de del della der di do dos du el ibn la le mac mc o st ter ul van von".split()
)


class Entry(NamedTuple):
    """One person of a roster. `words` are the folded words of the name, apostrophes left out, in the order given.

    A named tuple, as a hundred thousand of them are made in a tenth of a dataclass's time.
    """

    name: str
    kind: str  # "learner" or "staff"
    words: tuple[str, ...]
    known_as: tuple[str, ...] = ()
    group: str | None = None
    role: str | None = None
    consent: bool | None = None
    consent_until: date | None = None
    family: tuple[str, ...] = ()
    consent_channels: tuple[str, ...] = ()  # where the consent is for some channels only

    @property
    def given(self) -> tuple[str, ...]:
        """The words of the name that are not the family's, in order."""
        size = len(self.family)
        return self.words[size:] if self.family == self.words[:size] else self.words[: len(self.words) - size]

    @property
    def is_grown_up(self) -> bool:
        """Whether this is an apprentice or adult learner: it is they who are called Mr or Mrs, not their parents."""
        return (self.group or "").casefold().startswith(("appren", "adult", "access", "esol"))

    @property
    def calls(self) -> tuple[str, ...]:
        """What the person may be called, each run together: `summerrose`, `summer`, `rose`, a short form."""
        given = [word for word in self.given if len(word) > 1]
        known = [word for word in self.known_as if word not in TITLES and word not in self.family]
        found = ["".join(given), "".join(known), *known, *given]
        for name in (*known, *given[:1]):
            found.extend(sorted(short_forms(name)))
        return tuple(dict.fromkeys(filter(None, found)))

    @property
    def families(self) -> tuple[str, ...]:
        """The family's name, run together, and each word of a double one."""
        if len(self.family) == 1:
            return self.family
        single = [word for word in self.family if word not in PARTICLES and len(word) > 1]
        return tuple(dict.fromkeys(("".join(self.family), *single)))


def initials(entry: Entry, calls: Sequence[str]) -> set[str]:
    """Letters that stand for the first name: of each of `calls`, and of all given names run together."""
    given = entry.given
    found = {"".join([word[0] for word in given]), *(word[0] for word in (*given[:1], *calls))}
    if given and entry.family[:1] == entry.words[:1]:  # Nguyen Van Minh is Minh
        found |= {word[0] for word in given}
    found.discard("")
    return found


def family_letters(entry: Entry, families: Sequence[str]) -> set[str]:
    """Letters that stand for the family name: of it, of each word of a double one, and of all run together."""
    found = {family[0] for family in families if family} | {"".join([word[0] for word in entry.family])}
    found.discard("")
    return found


def may_be_shortened(given: str) -> bool:
    """Whether a first name may stand beside the letter of the next: "Ellie-M", not "De M"."""
    return len(given) > 2 and given not in PARTICLES


@dataclass(frozen=True, slots=True)
class Form:
    """One way to write somebody's name, its words run together.

    `joint` is where the first part ends: `meganr` is `megan` and `r`. `how` is one of the words of `FORMS`.
    """

    text: str
    entry: Entry
    how: str
    joint: int


FORMS = ("full", "reversed", "surname-initial", "title", "initial", "givens")


def forms(entry: Entry) -> Iterator[Form]:
    """Every way to write a name that needs no other evidence than itself. `Roll.forms` finds the same by looking up.

    >>> megan = Entry("Megan Rowntree", "learner", ("megan", "rowntree"), family=("rowntree",))
    >>> {"meganrowntree", "rowntreemegan", "meganr", "mrowntree", "rowntreem"} <= {form.text for form in forms(megan)}
    True
    """
    calls, families = entry.calls, entry.families
    for family in families:
        for call in calls:
            yield Form(call + family, entry, "full", len(call))
            yield Form(family + call, entry, "reversed", len(family))
        for initial in initials(entry, calls):
            yield Form(initial + family, entry, "surname-initial", len(initial))
            yield Form(family + initial, entry, "surname-initial", len(family))
        for title in TITLES:
            yield Form(title + family, entry, "title", len(title))
    for call in calls:
        for letters in family_letters(entry, families):
            yield Form(call + letters, entry, "initial", len(call))
    for first, second in pairwise(entry.given):
        yield Form(first + second, entry, "givens", len(first))
        if may_be_shortened(first):
            yield Form(first + second[0], entry, "initial", len(first))

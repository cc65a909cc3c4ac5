"""What the index of a roll says of each person: by which keys each of the two parts of a name is found.

A name is two parts, the first names (with what somebody is known as) and the family's name. People share them, so that
the index maps a key to the parts that it fits, and a part to its people. The first character of a key says what the
rest of it is:

    <megan    what somebody may be called         >rowntree   a family name
    =megan    a word of a name, or of a known-as  (m, (mr     letters of the first name, or of all of them
    )d, )dlc  letters of the family name          !mr         a learner's initials; the first one's number only
    +er       letters of two first names that follow one another
"""

from collections.abc import Sequence
from itertools import pairwise

from checkpost.names import TITLES, short_forms
from checkpost.roster.entry import Entry, family_letters, initials

CALL, FAMILY, WORD, INITIALS, LETTERS, FAMILY_LETTERS, PAIR = "<>=!()+"
Names = tuple[str, ...]
First = tuple[Names, Names] | tuple[Names, Names, Names, Names]


def first_of(entry: Entry) -> First:
    """What of somebody's name decides by what the first names are found: they, and what the person is known as.

    Hardly ever, the words of the whole name and of the family's too.
    """
    given, family, known = entry.given, entry.family, entry.known_as
    if entry.words != given + family or family[:1] == given[:1] or not set(known).isdisjoint(family):
        return given, known, entry.words, family
    return given, known


def keys_of_first(given: Names, known_as: Names, words: Names = (), family: Names = ("-",)) -> list[str]:
    """By what first names are found (see `first_of`). The family's, unless it matters, is what nobody is called."""
    calls: Sequence[str]
    if len(given) == 1 < len(given[0]) and not known_as and not words:  # nearly always, and sooner said
        calls = given[0], *short_forms(given[0])
        letters = {call[0] for call in calls}
    else:
        entry = Entry("", "", words or given + family, known_as, family=family)
        calls = entry.calls
        letters = initials(entry, calls)
    keys = [CALL + call for call in calls]
    keys += [LETTERS + each for each in letters]
    keys += [WORD + word for word in dict.fromkeys((*given, *known_as)) if word not in TITLES]
    keys += {PAIR + one[0] + two[0] for one, two in pairwise(given)}
    return keys


def keys_of_last(family: Names) -> list[str]:
    """By what a family name is found."""
    if len(family) == 1 and family[0] not in TITLES:
        return [FAMILY + family[0], FAMILY_LETTERS + family[0][0], WORD + family[0]]
    entry = Entry("", "", family, family=family)
    families = entry.families
    keys = [FAMILY + each for each in families]
    keys += [FAMILY_LETTERS + letters for letters in family_letters(entry, families)]
    keys += [WORD + word for word in dict.fromkeys(family) if word not in TITLES]
    return keys

"""Places that a text names: runs of capitalised words after "at" or "near", or that end in a word of place; towns."""

import re
from collections.abc import Iterator, Mapping

from checkpost.text.words import Word

_BEFORE_PLACES = frozenset(
    ["at", "in", "to", "near", "outside", "by", "round", "opposite", "behind", "from", "off", "around", "along", "via"]
)
_SMALL = frozenset({"the", "of", "a", "an", "her", "his", "their"})
_LONG_NAMES = frozenset(
    (
        "centre center park station pool stadium arena museum lodge camp campsite farm castle airport forest "
        "woods track theatre cinema beach ground trials championships finals services view road street lane "
        "avenue close drive gate terrace crescent square green court estate quay bridge lido library "
        "interchange hall moor fell mill market precinct arcade church mosque temple gurdwara cathedral "
        "hospital hostel cottage"
    ).split()
)
_NO_PLACES = frozenset(
    (
        "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed weds thu thurs fri sat "
        "sun january february march april may june july august september october november december easter "
        "christmas ramadan eid diwali year yr years level ks1 ks2 ks3 ks4 ks5 gcse gcses maths english "
        "science french spanish german history geography art music drama pe pshe re dt ict btec sats period "
        "lesson room reception sixth mr mrs ms miss dr i pm am stage phase group set trust facebook instagram "
        "twitter tiktok teams zoom snapchat youtube whatsapp gold silver bronze"
    ).split()
)
_WORDS_TOO = frozenset(
    {"reading", "bath", "hull", "derby", "chester", "preston", "lincoln", "paris"}
)  # towns, and not only


def named_places(words: tuple[Word, ...], slots: Mapping[str, Mapping[int, int]]) -> Iterator[tuple[int, int]]:
    """Runs of capitalised words after "at", "in", "near"…, or that end in a word for a place."""
    at = 0
    while at < len(words):
        end = at
        while end < len(words) and end - at < 7 and _goes_on(words, at, end, slots):
            end += 1
        while end > at and words[end - 1].key in _SMALL:
            end -= 1
        if end == at:
            at += 1
            continue
        back = at
        while back and at - back < 2 and words[back - 1].key in _SMALL:
            back -= 1
        before = words[back - 1] if back and words[back - 1].sentence == words[at].sentence else None
        if before is not None and before.key in _BEFORE_PLACES:
            yield back - 1, end
        elif end - at > 1 and words[end - 1].key in _LONG_NAMES:
            yield at, end
        at = end


def _goes_on(words: tuple[Word, ...], first: int, at: int, slots: Mapping[str, Mapping[int, int]]) -> bool:
    word = words[at]
    people = (span for kind in ("organisation", "learner", "staff") for span in slots[kind].items())
    if any(start <= at < end for start, end in people) or word.key in _NO_PLACES:
        return False
    if at > first and word.sentence != words[first].sentence:
        return False
    if word.key in _SMALL:
        return at > first
    return word.is_capitalised and not re.fullmatch(r"[yY]?\d+\w?|\w", word.text)


def is_town(words: tuple[Word, ...], at: int) -> bool:
    """Whether a town's name is where somebody is: not the word ("Reading this week"), nor a choice ("has Oxford")."""
    before = words[at - 1].key if at else ""
    if before in _BEFORE_PLACES:
        return True
    return words[at].is_capitalised and words[at].key not in _WORDS_TOO and before not in ("has", "have", "had")

"""Colleagues on the roster, however they are written.

What it finds: A staff member's name in any form that people write: in full, reversed, with an initial or a
title, short, run together in a #hashtag or an @handle; and a first name alone where talk of work makes it a
colleague's.
Why it matters: A colleague's name is personal data (UK GDPR, Article 4(1)), and theirs to share.
Not flagged: The declared author's own name, and somebody who introduces themselves or signs the post.
"""

import re
from collections.abc import Iterator

from checkpost.cues import Cues
from checkpost.mentions import Mention
from checkpost.model import Hit
from checkpost.rules import Case, Inference
from checkpost.standins import Person, stand_in

CONCERN = "people/staff"

_INTRODUCES = re.compile(r"(?:\bI'm|\bI am|\bmy name is|\bme, |\bit's me,?)\s*$", re.IGNORECASE)
_SIGNED = re.compile(
    r"\n\s{0,9}(?:[-–—]\s{0,9})?$|(?:regards|wishes|signed|sincerely|faithfully)[,.]?\s{0,9}$"
    r"|thanks(?:[,.]|[ ]{0,3}\n)\s{0,9}$",  # "Thanks Helen for the biscuits" is no signature
    re.IGNORECASE,
)


def infer(case: Case) -> Iterator[Hit]:
    """Yield a hit for every colleague named."""
    author = frozenset(case.author)
    cues = case.text.derived(Cues)
    for mention in case.knowledge.mentions(case.text):
        entry = mention.entry
        if entry.kind != "staff" or _is_author(mention, author) or (not author and _speaks_of_self(case, mention)):
            continue
        yield Hit(
            concern=CONCERN,
            message="A colleague is named.",
            span=mention.span,
            confidence=mention.confidence,
            evidence=("a name on the staff roster",),
            replacement=stand_in(cues, mention.span, Person("colleague")),
            is_safe=False,  # who did the work is often the point of the post
        )


def _is_author(mention: Mention, author: frozenset[str]) -> bool:
    entry = mention.entry
    return bool(author.intersection(entry.families)) and (
        len(author) == 1
        or not entry.given
        or bool(author.intersection(entry.calls))
        or _share_initial(author, entry.given)
    )


def _share_initial(author: frozenset[str], given: tuple[str, ...]) -> bool:
    return any(len(word) == 1 and word == given[0][0] for word in author)


def _speaks_of_self(case: Case, mention: Mention) -> bool:
    """Whether an author who isn't declared gives the name as theirs: "I'm …", or a name alone at the foot."""
    prose = case.text.prose
    before, after = prose[: mention.span.start], prose[mention.span.end :]
    if _INTRODUCES.search(before[-20:]):
        return True
    return (
        bool(_SIGNED.search(before[-20:]))
        and "\n\n" not in after.strip()
        and len(after.strip()) < 60
        and bool(before.strip())
    )


INFERENCE = Inference("staff-name", (CONCERN,), infer)

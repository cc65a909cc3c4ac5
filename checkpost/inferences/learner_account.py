"""Accounts that bear one name of a learner, in a post that tells of learners.

What it finds: An @handle with a learner's first name, nickname or family name as one of its pieces (@megan.bakes.77,
@zofzof_w), where the post speaks of learners or the organisation itself posts it, and one with both names anywhere.
Why it matters: It names the child and takes strangers to the child's own page; online identifiers are personal data (UK
GDPR, recital 30).
Not flagged: Accounts of the organisation, of staff, of grown-ups, clubs and companies; names that are also words.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from checkpost.accounts import is_of_adult, is_of_body
from checkpost.cues import Cues
from checkpost.lexicon import load
from checkpost.model import Confidence, Hit
from checkpost.names import is_given, is_word, name_key
from checkpost.roster import CALL, FAMILY, NOBODY
from checkpost.roster.spelling import LIKELY, SHORTEST, SURE
from checkpost.rules import Case, Inference
from checkpost.text.words import WordKind, fold

ACCOUNT = "personal-data/online-identifier"
LEARNER = "people/learner"

_LETTERS = (1, 2, 3)  # how many may follow a first name of four or more: "@megantr"
_MESSAGES = {ACCOUNT: "This leads to a learner's own account.", LEARNER: "A learner is named."}


def infer(case: Case) -> Iterator[Hit]:
    """Yield two hits for every account that bears a learner's name: it is an identifier, and it names."""
    cues = case.text.derived(Cues)
    if not any(tag.kind is WordKind.HANDLE for tag, _ in cues.tagged):
        return
    known = list(case.spans_of(ACCOUNT))
    pieces = _Pieces(case)
    tells = pieces.tells_of_learners(cues)
    for tag, _ in cues.tagged:
        if tag.kind is not WordKind.HANDLE or pieces.is_somebody_else(tag.text):
            continue
        call, family = pieces.names(tag.text)
        if not (call and family):
            much = pieces.spells_out(tag.text)
            call, family = call or much >= SURE or (much >= LIKELY and not family), family or much >= SURE
        introduced = pieces.is_told_of(tag.text, cues) or any(span.overlaps(tag.span) for span in known)
        call = call or pieces.is_told_of(tag.text, cues)
        if (call and family) or ((call or family) and (tells or introduced)):
            for concern, message in _MESSAGES.items():
                yield Hit(
                    concern=concern,
                    message=message,
                    part=case.text.part.name,
                    span=tag.span,
                    confidence=Confidence.HIGH if call and family else Confidence.MEDIUM,
                    evidence=("an account that bears a name on the roster",),
                )


@dataclass(frozen=True)
class _Pieces:
    """What the pieces of a handle may stand for."""

    case: Case

    def tells_of_learners(self, cues: Cues) -> bool:
        """Whether the post speaks of learners, or is the organisation's own."""
        terms, slots = load("bare-name"), self.case.knowledge.slots(self.case.text)
        told = load("private-handle").has(self.case.text, slots, "learners", "child", "school-life")
        spoken_of = told or cues.school or terms.has(self.case.text, slots, "of-a-learner", "class-talk")
        return bool(spoken_of) or self.case.post.context.account == "organisation" or bool(slots["learner"])

    def is_somebody_else(self, handle: str) -> bool:
        """Whether an account is the organisation's, or by its own words a grown-up's or a body's."""
        words = [fold(word) for word in _split(handle)]
        return self.case.knowledge.owns_handle(handle) or is_of_body("".join(words)) or is_of_adult(words)

    def spells_out(self, handle: str) -> float:
        """How much of a learner's name a handle spells; 0 where it spells as much of a colleague's, or words alone."""
        pieces = tuple(name_key(piece) for piece in _split(handle))
        best = self.case.knowledge.roster.spelt(pieces)
        words = sum(is_word(piece) for piece in pieces)
        enough = best["learner"] > best["staff"] and (not words or best["learner"] >= SURE)
        return best["learner"] if enough else 0.0

    def is_told_of(self, handle: str, cues: Cues) -> bool:
        """Whether a handle begins with what a learner is called whom the post names: Megan's `@meganbakes`."""
        joined = "".join(map(name_key, _split(handle)))
        named = {name_key(key) for word in cues.words if word.is_capitalised for key in word.keys}
        return any(
            len(name) >= SHORTEST
            and joined.startswith(name)
            and "learner" in self.case.knowledge.roster.by_call.get(name, NOBODY).kinds
            for name in named
        )

    def names(self, handle: str) -> tuple[bool, bool]:
        """Whether some piece is what a learner is called, and some piece the family name of one."""
        roster = self.case.knowledge.roster
        pieces = {name_key(piece) for piece in _split(handle)}
        pieces |= {_undoubled(piece) for piece in pieces}
        pieces |= {piece[:-cut] for piece in pieces if not is_given(piece) for cut in _LETTERS if len(piece) > cut + 3}
        pieces = {piece for piece in pieces if len(piece) >= SHORTEST and not is_word(piece)}
        called, related = (
            any("learner" in entries.get(piece, NOBODY).kinds for piece in pieces)
            for entries in (roster.by_call, roster.by_family)
        )
        begun = [f"{CALL}{piece}*" for piece in pieces]
        return called or bool(roster.who(begun, [FAMILY + piece for piece in pieces]).of("learner")), related


def _split(handle: str) -> list[str]:
    """The words of a handle, digits left out: `jayBakes_99` is `jay` and `Bakes`."""
    return re.findall(r"[^\W\d_]+", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", handle))


def _undoubled(piece: str) -> str:
    """A pet name said twice, once: `zofzof`."""
    half = len(piece) // 2
    return piece[:half] if len(piece) % 2 == 0 and piece[:half] == piece[half:] else piece


INFERENCE = Inference("learner-account", (ACCOUNT, LEARNER), infer)

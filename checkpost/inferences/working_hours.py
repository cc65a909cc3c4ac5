"""Personal posting in working time.

What it finds: In a personal post, words that show its author to be on duty or in a lesson or meeting this
minute, or that set such a scene ("Bus duty.") beside what is done on the phone meanwhile; or a declared time of
posting within working hours, Monday to Friday, of a post that shows the author's work.
Why it matters: Families and colleagues see the time on a post. CARE's and City Learning Trust's policies
keep personal posting out of working time, and DMM (5.1) allows it in breaks and off duty only.
Not flagged: The organisation's own account; what happened earlier in the day; a time within working hours
of a post that has nothing to do with work, since it may be a day off.
"""

from collections.abc import Iterator

from checkpost.lexicon import load
from checkpost.model import Hit
from checkpost.rules import Case, Inference, one_per_sentence, phrase_hits

CONCERN = "context/working-hours"
_SATURDAY = 5


def infer(case: Case) -> Iterator[Hit]:
    """Yield a hit for words that place the author at work, or else for a time that does."""
    if case.post.context.account == "organisation":
        return
    doc = case.text
    hits = [*phrase_hits(doc, case.knowledge, "hours", "at-it", "on-duty", "on-the-phone"), *_scenes(case)]
    if hits and not load("hours").has(doc, case.knowledge.slots(doc), "elsewhere"):
        yield from one_per_sentence(doc, hits)
    elif _is_timed_at_work(case):
        yield Hit(
            concern=CONCERN,
            message="This post about work is timed within working hours.",
            evidence=("posted_at", "the working hours in force"),
        )


def _scenes(case: Case) -> Iterator[Hit]:
    """Scenes of work at the head of a sentence or after a colon, where what has no verb is of this minute."""
    doc = case.text
    for hit in phrase_hits(doc, case.knowledge, "hours", "scene"):
        before = doc.prose[doc.sentence_at(hit.span.start).start : hit.span.start] if hit.span else ""
        if before.rstrip().endswith(":") or not any(map(str.isalnum, before)):
            yield hit


def _is_timed_at_work(case: Case) -> bool:
    context = case.post.context
    start, end = case.knowledge.working_hours
    at = context.posted_at
    if at is None or at.weekday() >= _SATURDAY or not start <= at.time() < end:
        return False
    return bool(case.signs)


INFERENCE = Inference("working-hours", (CONCERN,), infer)

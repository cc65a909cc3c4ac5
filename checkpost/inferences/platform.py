"""Platforms and channels that nobody approved.

What it finds: A platform declared that is on no list of approved ones in force, where the post is the
organisation's or is about work; and a group, chat or account set up for learners, families or colleagues on
an app such as WhatsApp, Snapchat or Discord.
Why it matters: The organisation cannot see, keep or take down what is said there. DMM (5.1) asks staff to
interact on approved platforms only, and an academy trust (10.3 d) to reach pupils through the usual
channels.
Not flagged: A personal post that has nothing to do with work; families', friends' and neighbours' groups.
Where no list is in force, no platform is held against it.
"""

import re
from collections.abc import Iterator

from checkpost.knowledge import Knowledge
from checkpost.lexicon import load
from checkpost.model import PUBLISHED, Confidence, Hit
from checkpost.rules import Case, Inference, one_per_sentence, phrase_hits
from checkpost.text.document import Document

CONCERN = "context/platform"


def infer(case: Case) -> Iterator[Hit]:
    """Yield a hit for an unapproved platform, and for every unapproved channel that the text sets up."""
    if _is_unapproved(case) and case.is_for_work:
        yield Hit(
            concern=CONCERN,
            message="The platform isn't on the list of those that are approved.",
            confidence=Confidence.HIGH,
            evidence=("the approved platforms in force",),
        )
    for doc in case.documents:
        if doc.part.kind in PUBLISHED:
            hits = list(phrase_hits(doc, case.knowledge, "channel"))
            if hits and _is_for_work(doc, case.knowledge):
                yield from one_per_sentence(doc, hits)


def _is_unapproved(case: Case) -> bool:
    platform = case.post.context.platform
    standards = case.knowledge.standards
    lists = [case.knowledge.platforms, *(standard.approved_platforms for standard in standards)]
    approved = {_plain(name) for names in lists for name in names}
    return bool(platform and approved) and _plain(platform or "") not in approved


def _plain(platform: str) -> str:
    """A platform's name without spaces and marks: "Tik-Tok" is TikTok, and Twitter is X."""
    plain = re.sub(r"\W", "", platform.casefold())
    return "x" if plain == "twitter" else plain


def _is_for_work(doc: Document, knowledge: Knowledge) -> bool:
    slots = knowledge.slots(doc)
    return load("channel").has(doc, slots, "work") or load("work").has(doc, slots, "classes", "year")


INFERENCE = Inference("platform", (CONCERN,), infer)

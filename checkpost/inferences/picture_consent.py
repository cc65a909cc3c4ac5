"""Pictures of people without valid consent on record.

What it finds: A pictured person who has not agreed, whose consent has run out, or whose consent is for other
channels. Where the draft says nothing, the lists of learners and staff are asked; where they say nothing
either, it is put as a question. Also the picture's own word that there is no model release, or that somebody
in it is under 18 (PLUS, the fields ModelReleaseStatus and MinorModelAgeDisclosure).
Why it matters: Publishing a recognisable person needs a lawful basis (UK GDPR, Article 6), and some families
refuse because being seen would put their child in danger.
Not flagged: The author; the author's own family on a personal account; consent that the draft declares, in
date and for this channel (a list that contradicts it is reported with the learner).
"""

import re
from collections.abc import Iterator
from datetime import date

from checkpost.model import PLATFORM_ALIASES, Confidence, Hit
from checkpost.pictured import Shown, people_in, roster_entry
from checkpost.rules import Case, Inference
from checkpost.text.words import fold

CONCERN = "image/consent-missing"
_NO_RELEASE = re.compile(r"(?:MR-)?(?:NON|LMR)\b|\bnone\b|limited|incomplete", re.IGNORECASE)
_MINOR = re.compile(r"AG-(?:A1[4-7]|U14)\b|\bage (?:1[4-7])\b|under|or younger", re.IGNORECASE)
_EVERYWHERE = frozenset({"all", "any", "everything", "everywhere", "social", "social media", "online"})


def infer(case: Case) -> Iterator[Hit]:
    """Yield a hit for every picture of somebody who has not, or may not have, agreed: its gravest reason."""
    for index in range(len(case.post.images)):
        everybody = people_in(case, index)
        declared = tuple(shown for shown in everybody if shown.person)  # the draft's word on who is there goes first
        reasons = [reason for shown in declared or everybody if (reason := _reason(case, shown))]
        if not declared:
            reasons.extend(_released(case, index))
        if not reasons:
            continue
        confidence, message = max(reasons, key=lambda reason: reason[0].rank)
        yield Hit(
            concern=CONCERN,
            message=message,
            part=f"images[{index}]",
            confidence=confidence,
            evidence=(f"{len(reasons)} of the people in the picture",) if len(reasons) > 1 else (),
        )


def _reason(case: Case, shown: Shown) -> tuple[Confidence, str] | None:
    person = shown.person
    if person is None:
        return _on_record(case, shown, _name(case, shown)) if shown.recognisable else None
    if person.role == "family" and case.post.context.account == "personal":
        return None
    if person.consent == "none":
        return Confidence.HIGH, "Somebody in this picture has not agreed to be shown."
    if person.consent == "expired" or _is_past(person.until, case):
        return Confidence.HIGH, "The consent of somebody in this picture has run out."
    if _is_for_others(person.channels, case.post.context.platform):
        return Confidence.HIGH, "The consent of somebody in this picture is for other channels than this one."
    return None if person.consent == "granted" else _on_record(case, shown, person.name)


def _released(case: Case, index: int) -> Iterator[tuple[Confidence, str]]:
    """What the picture's own fields say of releases."""
    for doc in case.of_image(index):
        name = doc.part.field.rpartition(".")[2]
        if name == "ModelReleaseStatus" and _NO_RELEASE.search(doc.prose):
            yield Confidence.MEDIUM, "The picture's own details say that the people in it have signed no full release."
        elif name == "MinorModelAgeDisclosure" and _MINOR.search(doc.prose):
            yield Confidence.MEDIUM, "The picture's own details say that somebody in it is under 18: have they agreed?"


def _name(case: Case, shown: Shown) -> str | None:
    for doc in case.documents:
        if doc.part.name == shown.part:
            return doc.text(shown.span) if shown.span else doc.prose
    return None


def _on_record(case: Case, shown: Shown, name: str | None) -> tuple[Confidence, str] | None:
    """What the rosters say, where the draft says nothing."""
    entry = roster_entry(case.knowledge, name)
    if entry is None or entry.consent is None:
        return _question(shown)
    if entry.consent is False:
        return Confidence.HIGH, "The learner list says that somebody in this picture may not be shown."
    if _is_past(entry.consent_until, case):
        return Confidence.HIGH, "By the learner list, the consent of somebody in this picture has run out."
    if _is_for_others(entry.consent_channels, case.post.context.platform):
        return Confidence.HIGH, "By the learner list, the consent of somebody in this picture is for other channels."
    return None


def _question(shown: Shown) -> tuple[Confidence, str] | None:
    """Where nothing says whether they agreed, it is asked, and nobody is accused."""
    if shown.role is None and shown.person is None:
        return Confidence.LOW, "This picture names somebody who is in it. Have they agreed to be shown here?"
    if shown.role == "learner" or (shown.role == "staff" and shown.person):
        confidence = Confidence.MEDIUM if shown.person and shown.role == "learner" else Confidence.LOW
        return confidence, "Has everybody in this picture agreed to be shown here? The draft does not say."
    return None


def _is_past(day: date | None, case: Case) -> bool:
    return day is not None and day < case.knowledge.today


def _is_for_others(channels: tuple[str, ...], platform: str | None) -> bool:
    """Whether consent for some channels leaves the draft's platform out."""
    known = {PLATFORM_ALIASES.get(fold(channel), fold(channel)) for channel in channels}
    return bool(known and platform) and platform not in known and not known & _EVERYWHERE


INFERENCE = Inference("picture-consent", (CONCERN,), infer)

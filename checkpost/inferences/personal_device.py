"""Pictures taken on a personal phone at work.

What it finds: A make or model that is a phone's, where a learner is in the picture, or where a picture of
school life was taken on a weekday within the working hours that checkpost.toml gives.
Why it matters: Pictures of learners on a private phone can back up to a private cloud and leave the
organisation's control. Guidance for safer working practice (Safer Recruitment Consortium) asks staff to use
equipment that their organisation provides or authorises.
Not flagged: Cameras and tablets, which schools own; a phone that its owner field, or the post, calls the
organisation's; an adult's own garden, holiday or pet; evenings, weekends, August and the days around
Christmas.
"""

from collections.abc import Iterator

from checkpost.lexicon import load
from checkpost.model import Confidence, Hit, PartKind
from checkpost.phrases import NO_SLOTS
from checkpost.pictured import is_about_school, learners_in, taken_at
from checkpost.rules import Case, Inference
from checkpost.text.document import Document

CONCERN = "image/personal-device"
_DEVICES = (
    "Model",
    "CameraModelName",
    "DeviceModelName",
    "LensModel",
    "LensID",
    "HostComputer",
    "Make",
    "AndroidModel",
)
_OWNERS = frozenset({"CameraOwnerName", "OwnerName", "HostComputer", "Artist"})


def infer(case: Case) -> Iterator[Hit]:
    """Yield a hit for every picture from a phone that should not have taken it."""
    for index in range(len(case.post.images)):
        fields = {doc.part.field: doc for doc in case.of_image(index) if doc.part.kind is PartKind.METADATA}
        device = _phone(fields)
        if device is None or _is_the_organisations(case, index, fields):
            continue
        at_work = _in_working_hours(case, index)
        if learners_in(case, index):
            reason, confidence = "a learner is in the picture", Confidence.HIGH
        elif at_work and is_about_school(case, index):
            reason, confidence = "taken in working hours", Confidence.MEDIUM
        elif at_work and case.post.context.account == "organisation":
            reason, confidence = "taken in working hours", Confidence.LOW
        else:
            continue
        yield Hit(
            concern=CONCERN,
            message="This picture seems to come from a personal phone.",
            part=device.part.name,
            confidence=confidence,
            evidence=(reason,),
        )


def _phone(fields: dict[str, Document]) -> Document | None:
    phones = load("phones")
    return next(
        (fields[name] for name in _DEVICES if name in fields and phones.has(fields[name], NO_SLOTS, "phone")), None
    )


def _is_the_organisations(case: Case, index: int, fields: dict[str, Document]) -> bool:
    if any(case.knowledge.slots(fields[name])["organisation"] for name in _OWNERS & fields.keys()):
        return True
    told = [case.text, *(doc for doc in case.of_image(index) if doc.part.kind is not PartKind.METADATA)]
    return any(load("pictured").has(doc, case.knowledge.slots(doc), "own-device") for doc in told)


def _in_working_hours(case: Case, index: int) -> bool:
    moment = taken_at(case, index)
    if moment is None or moment.weekday() > 4 or moment.month == 8 or (moment.month, moment.day) >= (12, 23):
        return False
    start, end = case.knowledge.working_hours
    return start <= moment.time() <= end


INFERENCE = Inference("personal-device", (CONCERN,), infer)

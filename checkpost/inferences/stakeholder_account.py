"""Comments on the accounts of learners, colleagues, families and partners.

What it finds: A reply, declared (`in_reply_to`) or begun with a handle, to an account that holds the name of
somebody on a roster or of a partner; words that say that the author comments on a learner's, a colleague's,
an employer's or a supplier's page.
Why it matters: Such a comment is read as the organisation's, on a page that it doesn't run. DMM (5.1) asks for
the senior management's agreement first; an academy trust (10.3) wants no exchange with pupils there at all.
Not flagged: Replies on the organisation's own pages and to strangers; posts that only mention a handle; rules
and lessons about commenting.
"""

from collections.abc import Iterator

from checkpost.knowledge import Knowledge
from checkpost.model import Confidence, Hit, Part, ProseSpan
from checkpost.rules import Case, Inference, phrase_hits
from checkpost.text.document import Document
from checkpost.text.words import WordKind

CONCERN = "context/stakeholder-account"
_HOLDERS = ("learner", "staff", "partner")
_ADDRESS_WORDS = 6  # a draft declares the account that it answers, or quotes the post: more words than these are a post


def infer(case: Case) -> Iterator[Hit]:
    """Yield a hit for the account that the draft answers, else for the words that tell of a comment."""
    doc = case.text
    answered = case.post.context.in_reply_to
    if answered and len(answered.split()) <= _ADDRESS_WORDS and _is_stakeholder(answered, case.knowledge):
        yield _hit(doc, None, "the draft declares what it replies to")
    elif handle := _opening_handle(doc, case.knowledge):
        yield _hit(doc, handle, "a reply begins with the handle of the account that it answers")
    else:
        yield from phrase_hits(doc, case.knowledge, "stakeholder_account")


def _opening_handle(doc: Document, knowledge: Knowledge) -> ProseSpan | None:
    """The handle that the text begins with, if it is a stakeholder's: that is how a reply looks on most networks."""
    if not doc.tags or doc.tags[0].kind is not WordKind.HANDLE or doc.prose[: doc.tags[0].span.start].strip(" .\n"):
        return None
    tag = doc.tags[0]
    return tag.span if _is_stakeholder(f"@{tag.text}", knowledge) else None


def _is_stakeholder(account: str, knowledge: Knowledge) -> bool:
    """Whether an address, a handle or a name is that of somebody of the rosters or a partner, and not our own."""
    answered = Document.of(Part("in_reply_to", account))
    if any(knowledge.owns_handle(tag.text) for tag in answered.tags):
        return False
    slots = knowledge.slots(answered)
    return bool(knowledge.mentions(answered)) or any(slots[holder] for holder in _HOLDERS)


def _hit(doc: Document, span: ProseSpan | None, evidence: str) -> Hit:
    return Hit(
        concern=CONCERN,
        message="This answers on the account of a learner, a colleague or a partner: ask first.",
        part=doc.part.name,
        span=span,
        confidence=Confidence.HIGH,
        evidence=(evidence,),
    )


INFERENCE = Inference("stakeholder-account", (CONCERN,), infer)

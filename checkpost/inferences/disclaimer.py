"""Disclaimers: missing, or in words that the policy does not accept.

What it finds: A personal post that shows its author's work while neither the post nor (as declared) the
profile says that the views are the author's own. And a disclaimer that is not one: a joke in its place, or
less than a policy in force asks for (its exact wording, or that the views are not the employer's). On the
organisation's account, an opinion given as one's own that nothing sets apart.
Why it matters: Readers may take the words of somebody whose employer they know for the employer's. All five
policies ask for a disclaimer; DMM (5.1) prescribes its wording, an academy trust (10.4 e) that it sets the
views apart from the employer's.
Not flagged: What the organisation's account says as the organisation; a post that shows nothing of the
author's work; a profile that is declared to carry a disclaimer; other case, punctuation or number of a
prescribed wording.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile

from checkpost.knowledge import Knowledge, Standard
from checkpost.lexicon import Match, load
from checkpost.model import PUBLISHED, Confidence, Hit, Part, ProseSpan
from checkpost.rules import Case, Inference
from checkpost.text.document import Document

MISSING = "identity/disclaimer-missing"
WORDING = "identity/disclaimer-wording"

_PLAIN = "these are my own views, and not those of my employer"  # where no policy in force prescribes a wording
_BREAKS = frozenset('()[]|•–—:;*\n"')  # a clause begins after these
_ENDS = frozenset(')]|•*:\n"')  # and ends before these: what an aside adds is part of it
_JOINING = frozenset({"and", "but", "so", "though", "although", "however"})
_PLURALS = {"views": "view", "opinions": "opinion", "posts": "post", "postings": "posting"}


@dataclass(frozen=True, slots=True)
class _Disclaimer:
    """A disclaimer found: its clause, whether it is in earnest, and which of its two parts it has."""

    doc: Document
    span: ProseSpan
    earnest: bool
    own: bool
    apart: bool


def infer(case: Case) -> Iterator[Hit]:
    """Yield a hit for each disclaimer that falls short, or one for the disclaimer that a post lacks."""
    context = case.post.context
    docs = [doc for doc in case.documents if doc.part.kind in PUBLISHED]
    found = [disclaimer for doc in docs for disclaimer in _disclaimers(doc, case.knowledge)]
    if context.account == "organisation":
        if not found:
            yield from _opinion(case.text, case.knowledge)
        return
    yield from _wording(found, case.knowledge)
    if found or context.profile_disclaimer or case.post.is_picture:
        return
    if case.signs:
        yield Hit(
            concern=MISSING,
            message="The post shows your work, and nothing says that the views are your own.",
            confidence=Confidence.LOW if case.signs[0].confidence is Confidence.LOW else Confidence.MEDIUM,
            evidence=(case.signs[0].evidence,),
            replacement=f"{case.knowledge.derived(_prescribed)}.",
        )


def _opinion(doc: Document, knowledge: Knowledge) -> Iterator[Hit]:
    """One hit where somebody gives their own opinion on the organisation's account."""
    if load("disclaimer").has(doc, knowledge.slots(doc), "opinion"):
        yield Hit(
            concern=MISSING,
            message="Somebody gives their own opinion on the organisation's account: nothing says it is only theirs.",
            confidence=Confidence.MEDIUM,
            evidence=("an opinion in the first person",),
        )


def _disclaimers(doc: Document, knowledge: Knowledge) -> Iterator[_Disclaimer]:
    terms, slots, words = load("disclaimer"), knowledge.slots(doc), doc.phrase_words
    matches = list(terms.find(doc, slots, "claim", "denial", "aside"))
    if not matches:
        return
    serious = {at for match in terms.find(doc, slots, "serious") for at in range(match.first, match.after)}
    distance = list(terms.find(doc, slots, "denial", "distance"))
    taken: list[ProseSpan] = []
    for match in matches:
        first, after = _clause(doc, match)
        begins_with_own = words[match.first].key in ("own", "my", "personal")
        before, behind = range(first, match.first), range(match.after, after)
        led = takewhile(lambda at: at in serious, reversed(before))
        joined = any(words[at].key in _JOINING for at in led)  # "I teach here and these views are my own"
        apart = _comma(doc, match) or (joined and not begins_with_own)
        if not all(at in serious for at in before) and (begins_with_own or behind) and not apart:
            continue  # "I have my own views on phonics"
        span = ProseSpan(match.span.start, words[after - 1].span.end)
        if any(span.overlaps(other) for other in taken):
            continue
        taken.append(span)
        yield _Disclaimer(
            doc=doc,
            span=span,
            earnest=match.group.name != "aside" and all(at in serious for at in behind),
            own=match.group.name == "claim",
            apart=any(first <= other.first < after for other in distance),
        )


def _clause(doc: Document, match: Match) -> tuple[int, int]:
    """The words of the clause around a match: index of the first, index after the last."""
    words = doc.phrase_words
    first, after = match.first, match.after
    while first and _flows(doc, first, _BREAKS):
        first -= 1
    while after < len(words) and _flows(doc, after, _ENDS):
        after += 1
    return first, after


def _flows(doc: Document, at: int, breaks: frozenset[str]) -> bool:
    """Whether a word belongs to the same clause as the word before it."""
    words = doc.phrase_words
    between = doc.prose[words[at - 1].span.end : words[at].span.start]
    return words[at].sentence == words[at - 1].sentence and breaks.isdisjoint(between)


def _comma(doc: Document, match: Match) -> bool:
    return doc.prose[: match.span.start].rstrip().endswith(",")


def _wording(found: list[_Disclaimer], knowledge: Knowledge) -> Iterator[Hit]:
    standards = [standard for standard in knowledge.standards if standard.disclaimers]
    in_earnest = any(disclaimer.earnest for disclaimer in found)
    for disclaimer in found:
        if in_earnest and not disclaimer.earnest:
            continue  # a joke beside a disclaimer takes nothing from it
        short = [standard for standard in standards if not _meets(disclaimer, standard, knowledge)]
        if not disclaimer.earnest and len(short) == len(standards):
            message = "This stands in for a disclaimer, and doesn't plainly say that the views are your own."
        elif short:
            message = "This disclaimer isn't in the words that the policy asks for."
        else:
            continue
        every = len(short) == len(standards)
        yield Hit(
            concern=WORDING,
            message=message,
            part=disclaimer.doc.part.name,
            span=disclaimer.span,
            evidence=("joke or aside",) if not disclaimer.earnest else ("prescribed wording",),
            replacement=knowledge.derived(_prescribed) if short else None,
            is_safe=disclaimer.earnest,
            policies=None if every else frozenset(standard.policy for standard in short),
        )


def _meets(disclaimer: _Disclaimer, standard: Standard, knowledge: Knowledge) -> bool:
    """Whether a disclaimer holds a policy's wording or, where that is an example only, says the same."""
    said = " ".join(_comparable(disclaimer.doc, disclaimer.doc.sentence_at(disclaimer.span.start)))
    for wording in standard.disclaimers:
        for name in knowledge.organisation.names or ("my employer",):
            prescribed = _document(wording.replace("{organisation}", name))
            if f" {' '.join(_comparable(prescribed, ProseSpan(0, len(prescribed.prose))))} " in f" {said} ":
                return True
        if disclaimer.earnest and not standard.disclaimer_exact:
            own, apart = _asks(wording)
            if (disclaimer.own or not own) and (disclaimer.apart or not apart):
                return True
    return False


def _comparable(doc: Document, span: ProseSpan) -> list[str]:
    keys = [word.key for word in doc.words_in(span)]
    return [_PLURALS.get(key, key) for key in keys]


@lru_cache(maxsize=256)
def _document(wording: str) -> Document:
    return Document.of(Part("wording", wording))


@lru_cache(maxsize=256)
def _asks(wording: str) -> tuple[bool, bool]:
    """Whether a prescribed wording claims the views, and whether it sets them apart from the employer's."""
    doc = _document(wording.replace("{organisation}", "my employer"))
    terms, slots = load("disclaimer"), Knowledge().slots(doc)
    return terms.has(doc, slots, "claim"), terms.has(doc, slots, "denial", "distance")


def _prescribed(knowledge: Knowledge) -> str:
    """The wording to offer: one that every policy in force accepts or, failing that, the strictest policy's."""
    standards = sorted(knowledge.standards, key=lambda standard: not standard.disclaimer_exact)
    name = knowledge.organisation.name or "my employer"
    wordings = [wording.replace("{organisation}", name) for standard in standards for wording in standard.disclaimers]
    wording = next((wording for wording in wordings if _suits_all(wording, knowledge)), (*wordings, _PLAIN)[0])
    return wording[:1].upper() + wording[1:].rstrip(".")


def _suits_all(wording: str, knowledge: Knowledge) -> bool:
    found = list(_disclaimers(_document(wording), knowledge))
    standards = [standard for standard in knowledge.standards if standard.disclaimers]
    return any(all(_meets(disclaimer, standard, knowledge) for standard in standards) for disclaimer in found)


INFERENCE = Inference("disclaimer", (MISSING, WORDING), infer, is_last=True)

"""Learners' own accounts.

What it finds: An @handle, or the address of a profile, that holds the name of a learner on the roster, run
together, shortened or with digits for letters (@zoe.kam.flips07); and a handle that the text introduces as a
learner's ("star of the week goes to @…", "her insta is …").
Why it matters: It takes strangers straight to a child's own page; online identifiers are personal data (UK
GDPR, recital 30), and Keeping Children Safe in Education asks staff to keep such contact off private
accounts.
Not flagged: The organisation's own accounts; those of staff, parents, authors and clubs; a first name alone.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, pairwise

from checkpost.knowledge import Knowledge
from checkpost.lexicon import Lexicon, Match, load
from checkpost.model import Confidence, Hit, ProseSpan
from checkpost.names import is_plain_given, is_word, name_key
from checkpost.patterns import late
from checkpost.phrases import Slots
from checkpost.roster import CALL, FAMILY, NOBODY, Entry, Found, Roster
from checkpost.rules import EVERYWHERE, Detector
from checkpost.text.document import Document
from checkpost.text.words import Tag, WordKind, fold
from checkpost.usernames import plain_names, usernames

CONCERN = "personal-data/online-identifier"

_SITES = late(
    r"(?:instagram|tiktok|snapchat|facebook|twitter|x|twitch|youtube|threads|bsky|linkedin|vsco|soundcloud)"
    r"\.(?:com|tv|app|co|net)/(?:add/|in/|c/|user/|profile/)?@?(?P<name>[\w.-]{3,60})",
    re.IGNORECASE,
)
_LEET = str.maketrans("013457", "oieast")
_TITLES = ("mr", "mrs", "miss", "ms", "dr", "sir", "prof")
_ADULTS = frozenset("teacher coach tutor mum mam dad parent headteacher teaches lecturer assessor".split(" "))
_BODIES = tuple(
    "school college academy trust fc rfc cc ltd uk dept pe library museum charity news theatre university uni council "
    "club foundation training sport sports music science maths art drama english history geography careers pta hq org "
    "group ofsted engineering".split(" ")
)
_PLATFORMS = frozenset(
    "insta instagram tiktok tik snap snapchat discord gamertag youtube twitch vsco roblox finsta username posts "
    "streams uploads vlogs goes bereal soundcloud vinted depop".split(" ")
)
_BARE = late(r"(?<![\w@./#-])[a-z][a-z0-9]{1,30}(?:[._][a-z0-9]{1,30}){1,4}(?![\w@/])", re.IGNORECASE)
_LEADS_ON = ("is|as?", "under?", "called", "by")  # ends of terms after which an account stands
_ACCOUNT_NAME = late(
    r"\s{0,2}(?P<link>is\b|as\b|at\b|=|:|->|→|-)?\s{0,2}[\"'`]?(?P<name>[a-z][\w.-]{2,39})", re.IGNORECASE
)


def find(doc: Document, knowledge: Knowledge) -> Iterator[Hit]:
    """Yield a hit for every handle that is, or is said to be, a learner's."""
    found: set[ProseSpan] = set()
    for hit in (*_held(doc, knowledge), *_on_sites(doc, knowledge)):
        if hit.span and hit.span not in found:
            found.add(hit.span)
            yield hit
    if "@" not in doc.prose and not doc.keys & _PLATFORMS:
        return
    tags = [tag for tag in doc.tags if tag.kind is WordKind.HANDLE and not knowledge.owns_handle(tag.text)]
    terms, slots = load("private-handle"), knowledge.telling_slots(doc)
    groups = ("introduced", "owned") if _speaks_of_learner(doc, knowledge) else ("introduced",)
    for tag, term in _led_to(tags, terms.find(doc, slots, *groups)):
        if tag.span not in found and not _is_grown_up(tag.text, knowledge):
            found.add(tag.span)
            yield _hit(doc, tag.span, Confidence.HIGH, f"private-handle: {term}")
    for span, term in _announced(doc, terms, slots):
        if not any(span.overlaps(other) for other in found):
            yield _hit(doc, span, Confidence.MEDIUM, f"private-handle: {term}")


def _held(doc: Document, knowledge: Knowledge) -> Iterator[Hit]:
    """Accounts that hold a learner's name; of the address of a profile, a part of the name is enough."""
    for span, name in _handles(doc, knowledge):
        confidence = _on_roster(name, knowledge)
        is_address = not doc.text(span).startswith("@") and not _is_grown_up(name, knowledge)
        if confidence or (is_address and _bears_name(name, knowledge.roster)):
            yield _hit(doc, span, confidence or Confidence.MEDIUM, "it holds a name on the roster")


def _on_sites(doc: Document, knowledge: Knowledge) -> Iterator[Hit]:
    """Names on sites without an @: by their shape, where a learner is spoken of, or by whose name they bear."""
    for span in usernames(doc.prose):
        if not _is_grown_up(doc.text(span), knowledge) and _speaks_of_learner(doc, knowledge):
            yield _hit(doc, span, Confidence.MEDIUM, "a name on a site, said of a learner")
    for span in plain_names(doc.prose):
        if _bears_name(doc.text(span), knowledge.roster):
            yield _hit(doc, span, Confidence.MEDIUM, "a name on a site that holds one on the roster")


def _led_to(tags: Sequence[Tag], matches: Iterable[Match]) -> Iterator[tuple[Tag, str]]:
    """Handles to which terms lead, or which stand in them."""
    for match in matches:
        at = bisect_left(tags, match.span.start, key=lambda tag: tag.span.end)
        for tag in tags[at : at + 3]:
            leads_there = match.span.start < tag.span.start < match.span.end or match.span.end > tag.span.end
            if leads_there and tag.span.overlaps(match.span):
                yield tag, match.term


def _announced(doc: Document, terms: Lexicon, slots: Slots) -> Iterator[tuple[ProseSpan, str]]:
    """Accounts given without their sign after words that lead to one: `her snap: name123`."""
    for match in terms.find(doc, slots, "plain"):
        account = _ACCOUNT_NAME.match(doc.prose, match.span.end)
        is_led_to = account and (account["link"] or match.term.endswith(_LEADS_ON))
        if account and is_led_to and re.search(r"[\d_.]\w", account["name"]):
            yield ProseSpan(*account.span("name")), match.term


def _speaks_of_learner(doc: Document, knowledge: Knowledge) -> bool:
    """Whether a post speaks of a learner, by name or by any other word."""
    known = knowledge.roster.by_word
    return load("private-handle").has(doc, knowledge.slots(doc), "learners", "child") or any(
        word.kind is WordKind.PLAIN
        and (word.is_capitalised or is_plain_given(key))
        and "learner" in known.get(name_key(key), NOBODY).kinds
        for word in doc.words
        for key in word.keys
    )


def _handles(doc: Document, knowledge: Knowledge) -> Iterator[tuple[ProseSpan, str]]:
    for tag in doc.tags:
        if tag.kind is WordKind.HANDLE and not knowledge.owns_handle(tag.text):
            yield tag.span, tag.text
    for word in doc.words:
        site = _SITES.search(word.text) if word.kind is WordKind.URL else None
        if site and not knowledge.owns_handle(site["name"]):
            yield word.span, site["name"]
    if doc.keys & _PLATFORMS:
        for bare in _BARE.finditer(doc.prose):
            yield ProseSpan(*bare.span()), bare[0]


def _is_adult(handle: str) -> bool:
    words = _words(handle)
    return any(word in _TITLES or word in _ADULTS for word in words) or words[0].startswith(("mrs", "miss"))


def _is_grown_up(handle: str, knowledge: Knowledge) -> bool:
    """Whether a handle is an adult's, or that of a department, club or company."""
    joined = "".join(_words(handle))
    own = (re.sub(r"[^a-z]", "", fold(name)) for name in knowledge.organisation.names)
    return _is_adult(handle) or joined.endswith(_BODIES) or any(len(name) > 3 and name in joined for name in own)


def _words(handle: str) -> list[str]:
    """The words of a handle, with digits inside them read as letters: `m3gan_r09` is `megan`, `r`."""
    words = []
    for piece in re.findall(r"[^\W_]+", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", handle)):
        word = fold(re.sub(r"(?<!\d)\d++$", "", piece))
        words.append(word.translate(_LEET) if re.search(r"[a-z]", word) else word)
    return [word for word in words if word] or [""]


def _on_roster(handle: str, knowledge: Knowledge) -> Confidence | None:
    """How surely a handle holds a learner's name and nobody else's."""
    if _is_adult(handle):
        return None
    words = _words(handle)
    joined = "".join(words)
    best: dict[str, Confidence] = {}
    for found, surest in _may_be_held(words, joined, knowledge.roster):
        for kind in found.kinds:
            for entry in found.of(kind):
                confidence = _holds(words, entry)
                if confidence:
                    best[kind] = max(best.get(kind, confidence), confidence, key=lambda sure: sure.rank)
                if kind in best and best[kind].rank >= surest.rank:
                    break
    learner, staff = best.get("learner"), best.get("staff")
    return learner if learner and (staff is None or learner.rank > staff.rank) else None


def _bears_name(account: str, roster: Roster) -> bool:
    """Whether an account begins or ends with a learner's name, and has more to it: `meganprints`, `inkymegan`."""
    letters = name_key(account)
    parts = {part for cut in range(4, len(letters)) for part in (letters[:cut], letters[-cut:])}
    return any(
        "learner" in entries.get(part, NOBODY).kinds
        for part in parts
        if not is_word(part)
        for entries in (roster.by_call, roster.by_family)
    )


def _may_be_held(words: list[str], joined: str, roster: Roster) -> Iterator[tuple[Found, Confidence]]:
    """The people whose names a handle may hold, with the best that `_holds` can say of them."""
    begun = {joined[at : at + 3] for at in range(len(joined) - 2)}
    short = {joined[at : at + 2] for at in range(len(joined) - 1)}
    calls, families = (
        [*(f"{mark}{piece}*" for piece in begun), *(mark + piece for piece in short)] for mark in (CALL, FAMILY)
    )
    yield roster.who(calls, families), Confidence.HIGH
    if len(words) > 1:  # a first name cut at its beginning: "seun.adeyemi"
        for word in words:
            yield roster.by_family.get(word, NOBODY) if len(word) >= 4 else NOBODY, Confidence.HIGH
    run_together = [cut for word in words if len(word) > 4 for cut in ((word[:-1], word[-1]), (word[0], word[1:]))]
    for one, other in (*pairwise(words), *run_together):
        if 1 in (len(one), len(other)):
            for first, last in ((CALL, FAMILY), (FAMILY, CALL)):
                ends = ("*" if len(piece) == 1 else "" for piece in (one, other))
                yield roster.who([first + one + next(ends)], [last + other + next(ends)]), Confidence.MEDIUM


def _holds(words: list[str], entry: Entry) -> Confidence | None:
    """How surely words of a handle make up one person's name."""
    if len(entry.words) < 2:
        return None
    best = None
    for first in dict.fromkeys(("".join(entry.words[:-1]), entry.words[0], *entry.known_as)):
        if _holds_name(words, first, entry.words[-1]):
            return Confidence.HIGH
        if _holds_part(words, first, entry.words[-1]):
            best = Confidence.MEDIUM
    return best


def _holds_name(words: list[str], first: str, last: str) -> bool:
    """Whether a handle holds both names, or one of them with at least three letters of the other."""
    in_full = {(first, last), (last, first)} & set(pairwise(words))
    return (
        bool(in_full)
        or _runs_together(words, first + last)
        or any(_beside(words, at, first, last) for at in range(len(words)))
    )


def _holds_part(words: list[str], first: str, last: str) -> bool:
    """Whether a handle holds a name with an initial (`megan_r`, `mrowntree`), or the beginnings of both (`meg.row`)."""
    pairs = set(pairwise(words))
    run_together = len(first) >= 4 and len(last) >= 5 and {first + last[0], first[0] + last} & set(words)
    begun = any(len(a) >= 3 <= len(b) and first.startswith(a) and last.startswith(b) for a, b in pairs)
    return bool(run_together) or begun or bool({(first, last[0]), (first[0], last)} & pairs)


def _runs_together(words: list[str], name: str) -> bool:
    """Whether a handle holds a whole name, from the start of a word unless it is long (`itsmeganrowntree`)."""
    joined = "".join(words)
    starts = accumulate(map(len, words), initial=0)
    return (len(name) >= 9 and name in joined) or (len(name) >= 5 and any(joined.startswith(name, at) for at in starts))


def _beside(words: list[str], at: int, first: str, last: str) -> bool:
    """Whether a name in full stands in a handle together with at least three letters of the other.

    A given name may be cut at either end (`seun` for Oluwaseun), a family name at its end.
    """
    word, others = words[at], words[:at] + words[at + 1 :]
    if word == first and len(first) >= 3:
        return any(len(other) >= 3 and last.startswith(other) for other in others)
    if word == last and len(last) >= 4:
        return any(len(other) >= 3 and (first.startswith(other) or first.endswith(other)) for other in others)
    return False


def _hit(doc: Document, span: ProseSpan, confidence: Confidence, evidence: str) -> Hit:
    return Hit(
        concern=CONCERN,
        message="This leads to a learner's own account.",
        part=doc.part.name,
        span=span,
        confidence=confidence,
        evidence=(evidence,),
        replacement="[account removed]",
    )


DETECTOR = Detector("private-handle", (CONCERN,), find, reads=EVERYWHERE)

"""Phone numbers of people.

What it finds: A mobile or landline number, British or with an international prefix: in digits however they
are spaced, in emoji digits, with letters O for noughts, in a chat link (wa.me), or spelled out ("oh
double-seven double-oh, nine hundred…").
Why it matters: A number lets strangers ring or message a child, a family or a colleague, and can't be taken
back. UK GDPR, Article 4(1), names such identifiers as personal data.
Not flagged: The numbers that the organisation publishes (`contacts` in checkpost.toml); helplines, short
codes, freephone, 03 and 08 service numbers; a landline that the text calls an office's or a partner's;
order numbers, dates and scores. The shapes of numbers come from the public numbering plan (phonenumbers)
and Ofcom's ranges for drama.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator

from checkpost.knowledge import Knowledge
from checkpost.lexicon import load
from checkpost.model import Confidence, Hit, ProseSpan
from checkpost.patterns import late
from checkpost.rules import EVERYWHERE, Detector
from checkpost.text.document import Document
from checkpost.text.spoken import spoken
from checkpost.text.words import WordKind

CONCERN = "personal-data/contact-details"

_DIGIT = r"(?:\d|[oO](?![a-np-zA-NP-Z]))"
_GAP = "[ ().\\-\u2012–—\u2015_*~·•|/\\n\u2600-\u27bf\u2b00-\u2bff\U0001f300-\U0001faff]{0,3}"
_RUN = late(rf"(?<![\w.,/£$€#@-])[+(]{{0,2}}{_DIGIT}(?:{_GAP}{_DIGIT}){{8,47}}(?![\d-]|[.,/]\d)")
_FEWEST = 6  # figures: the rest may be the letter O
_GROUP = late(r"[+\doO]+")
_CHAT = late(r"(?:wa\.me/|phone=|tel:)\+?(\d{10,15})", re.IGNORECASE)
# Ofcom, "Telephone numbers for use in TV and radio drama programmes": allotted to nobody.
_DRAMA = late(
    r"07700900\d{3}|01632960\d{3}|02079460\d{3}|0(?:11[345678]|1[23456]1)4960\d{3}|01914980\d{3}|0289(?:018|049)\d{4}"
    r"|02920(?:18|49)\d{4}"
)


def find(doc: Document, knowledge: Knowledge) -> Iterator[Hit]:
    """Yield a hit for every number that is not plainly an organisation's."""
    lines: _Lines | None = None
    said = ((span, digits, ", spelled out") for span, digits in doc.derived(spoken))
    for span, digits, how in (*_written(doc), *_in_links(doc), *said):
        kind = _kind(digits)
        if kind is None or knowledge.owns_contact(digits):
            continue
        lines = lines or _Lines(doc, knowledge)
        if kind == "landline" and lines.is_an_office(span):
            continue
        yield Hit(
            concern=CONCERN,
            message="This phone number belongs to a person.",
            part=doc.part.name,
            span=span,
            confidence=Confidence.HIGH if kind == "mobile" or lines.is_somebodys(span) else Confidence.MEDIUM,
            evidence=(f"a {kind} number{how}",),
            replacement="[phone number removed]",
        )


def _written(doc: Document) -> Iterator[tuple[ProseSpan, str, str]]:
    """Numbers in figures. A run of groups may hold other figures too: `at 9 07700 900142`."""
    for run in _RUN.finditer(doc.prose) if doc.digits >= _FEWEST else ():
        groups = list(_GROUP.finditer(doc.prose, *run.span()))
        at = 0
        while at < len(groups):
            found = _longest_number(groups, at)
            if found:
                end, digits = found
                start = groups[at].start() - (doc.prose[groups[at].start() - 1 : groups[at].start()] == "(")
                yield ProseSpan(start, groups[end - 1].end()), digits, ""
                at = end
            else:
                at += 1


def _longest_number(groups: list[re.Match[str]], at: int) -> tuple[int, str] | None:
    """Where a number that begins at a group ends, and its digits. What stands beside must be short."""
    if at and len(groups[at - 1][0]) > 2 and groups[at][0][0] not in "0oO+":
        return None
    for end in range(min(len(groups), at + 16), at, -1):
        text = "".join(group[0] for group in groups[at:end])
        digits = re.sub("[oO]", "0", text).replace("+440", "+44")
        after = groups[end][0] if end < len(groups) else ""
        figures = sum(c.isdigit() for c in text)
        if 10 <= len(digits) <= 16 and figures >= _FEWEST and (len(after) <= 2 or after[0] in "0+") and _kind(digits):
            return end, digits
    return None


def _in_links(doc: Document) -> Iterator[tuple[ProseSpan, str, str]]:
    for word in doc.words:
        match = _CHAT.search(word.text) if word.kind is WordKind.URL else None
        if match:
            yield word.span, "+" + match[1], " in a chat link"


def _kind(digits: str) -> str | None:
    """What a number is: mobile, landline or foreign; None if it is no person's number."""
    national = re.sub(r"^(?:\+|00)?44(?=[1-9]\d{8,9}$)", "0", digits)
    if _DRAMA.fullmatch(national):
        return "mobile" if national.startswith("07") else "landline"
    if not re.fullmatch(r"0(?:[127]|56)\d{8,9}|(?:\+|00)[1-9]\d{8,14}", national):
        return None
    import phonenumbers  # noqa: PLC0415  (25 ms to import, and few drafts hold a number)

    try:
        number = phonenumbers.parse(re.sub("^00", "+", national), "GB")
    except phonenumbers.NumberParseException:
        return None
    kinds = phonenumbers.PhoneNumberType
    kind = phonenumbers.number_type(number)  # unknown where the number is not valid
    if kind in (kinds.MOBILE, kinds.PERSONAL_NUMBER, kinds.PAGER, kinds.VOIP, kinds.FIXED_LINE_OR_MOBILE):
        return "mobile"
    if kind == kinds.FIXED_LINE:
        return "landline" if number.country_code == 44 else "foreign"
    return None


class _Lines:
    """What the words of a document say of the landlines in it."""

    def __init__(self, doc: Document, knowledge: Knowledge) -> None:
        self._doc = doc
        terms, slots = load("contact-details"), knowledge.slots(doc)
        self._ends = {
            group: sorted(match.span.end for match in terms.find(doc, slots, group))
            for group in ("office-line", "private-line")
        }

    def is_an_office(self, span: ProseSpan) -> bool:
        """Whether the words just before a number, in its sentence, say that an organisation answers it."""
        return self._says("office-line", span) and not self.is_somebodys(span)

    def is_somebodys(self, span: ProseSpan) -> bool:
        """Whether the words just before a number, in its sentence, say whose own it is."""
        return self._says("private-line", span)

    def _says(self, group: str, span: ProseSpan) -> bool:
        start = max(self._doc.sentence_at(span.start).start, span.start - 120)
        return bisect_right(self._ends[group], start) < bisect_right(self._ends[group], span.start)


DETECTOR = Detector("phone-number", (CONCERN,), find, reads=EVERYWHERE)

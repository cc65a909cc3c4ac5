"""Dates of birth, birthdays that give one away, and children's ages.

What it finds: A date of birth ("DOB 14/03/2009", "born on 3 May 2011"), also one inside a login or number; a birthday with
the age ("Happy 10th birthday to our …", "turns 16 today") or with the date; a learner's exact age beside the name.
Why it matters: A name with a birth date opens accounts and helps strangers to get close to a child. UK GDPR, Article 4(1),
counts both as personal data.
Not flagged: A birthday without age or date; the authors' own birthdays and those of their families and pets; schools and
anniversaries; people of history; ages of groups ("our 16-year-olds", "for ages 5 to 11") and year groups.
"""

import re
from collections.abc import Iterator
from datetime import date

from checkpost.knowledge import Knowledge
from checkpost.lexicon import Slots, load
from checkpost.model import Confidence, Hit, ProseSpan
from checkpost.rules import EVERYWHERE, Detector
from checkpost.text.document import Document

CONCERN = "personal-data/birth-date"

_MONTH = r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_NTH = rf"{_DAY}(?:st|nd|rd|th)?"
_DAY_MONTH = rf"(?:(?:the )?{_NTH}(?: of)? {_MONTH}\b\.?|{_MONTH}\.? (?:the )?{_NTH}\b)"
_YEAR = r"(?P<year>(?:19[2-9]|20[0-4])\d)"
_DATE = re.compile(
    rf"(?:{_DAY_MONTH},? {_YEAR}|{_DAY}[/.-](?:0?[1-9]|1[0-2])[/.-](?:(?:19[2-9]|20[0-4])\d|\d\d)|(?:19[2-9]|20[0-4])\d-[01]\d-[0-3]\d)(?!\d)",
    re.IGNORECASE,
)
_COMPACT = re.compile(r"(?<!\d)(?P<day>[0-3]\d)(?P<month>[01]\d)(?P<year>(?:19[3-9]|20[0-4])\d)(?!\d)")
_CUE = re.compile(r"\b(?:d\.?o\.?b\b|dates? of birth|birth ?dates?|date-of-birth|born)", re.IGNORECASE)
_STRONG_CUE = re.compile(r"\b(?:d\.?o\.?b\b|dates? of birth|birth ?dates?|date-of-birth)", re.IGNORECASE)
_AGE = r"(?:[1-9]\d?|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty(?:[- ]one)?)"
_NTH_AGE = (
    r"(?:[1-9]?1st|[1-9]?2nd|[1-9]?3rd|[1-9]?[04-9]th|1[1-3]th|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth"
    r"|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|twenty[- ]first|thirtieth|fortieth|fiftieth|sixtieth)"
)
_BIRTHDAY = re.compile(
    rf"(?:happy |belated |big |special |lovely )*\b{_NTH_AGE} (?:birthday|bday|b-day)\b"
    rf"|\b(?:turns|turned|turning|hits|hit)(?: the big)? {_AGE}(?: years old)?(?: today| tomorrow| yesterday| on {_DAY_MONTH}| this \w{{4,8}}| on \w{{3,6}}day)"
    rf"|\bhappy (?:belated )?{_NTH_AGE}(?= to )"
    rf"|\b(?:is|are|he's|she's|'s|being) (?:officially |now |finally |only |sweet )?{_AGE}(?: years? old)? (?:today|tomorrow)\b"
    rf"|(?<=, ){_AGE} (?:years old )?(?:today|tomorrow)\b"
    rf"|\bbirthday\b[^.!?\n]{{0,60}}?(?:, |\bto \w{{2,15}} (?:who )?(?:is |turns )?)(?:{_AGE}(?: today)?)(?=[ ,.!?]|$)",
    re.IGNORECASE,
)
_IS_AGED = re.compile(
    rf"\b(?:he's|she's|he is|she is|they're|hes|shes|is|turns|turning|aged|age|will be) (?P<age>{_AGE})\b(?! ?(?:%|percent|years of|minutes|marks|points|out|of|per|times|months|weeks|days|hours|books|for|feet|stone|-))",
    re.IGNORECASE,
)
_NAMED_AGE = re.compile(
    rf"(?:, ?(?:aged? |who is |who's |now |just |only )?|\((?:aged? )?| aged )(?P<age>1[0-9]|[3-9])(?: years? old)?(?=[,)]|\.(?:\s|$)| (?:years old|from)\b)", re.IGNORECASE
)
_AGE_NAMED = re.compile(r"\b(?P<age>1[0-9]|[3-9])[- ](?:year|yr)s?[- ]olds? (?=[A-Z])", re.IGNORECASE)
_TODAY = re.compile(rf"(?<![\w.,£] )(?<![\w.£]){_AGE}(?: years old)? today\b", re.IGNORECASE)
_LIVING = 1990  # whoever a lesson says was born before that year is somebody from a book
_YOUNGEST = 2
_DAY_ONLY = re.compile(rf"\b{_DAY_MONTH}", re.IGNORECASE)


def find(doc: Document, knowledge: Knowledge) -> Iterator[Hit]:
    """Yield a hit for every date of birth, telling birthday and age tied to somebody."""
    if not any(c.isdigit() for c in doc.prose) and not any(cue in doc.prose for cue in ("birth", "turn", "today")):
        return
    taken: list[ProseSpan] = []
    slots: Slots | None = None
    for span, how, confidence in (*_dates(doc, knowledge.today.year), *_birthdays(doc), *_ages(doc)):
        if any(span.overlaps(other) for other in taken):
            continue
        slots = slots or knowledge.slots(doc)
        if _is_somebodys(doc, slots, span, how):
            taken.append(span)
            yield Hit(
                concern=CONCERN,
                message="This gives somebody's date of birth or exact age.",
                part=doc.part.name,
                span=span,
                confidence=confidence,
                evidence=(how,),
            )


def _dates(doc: Document, this_year: int) -> Iterator[tuple[ProseSpan, str, Confidence]]:
    cues = [match.end() for match in _CUE.finditer(doc.prose)]
    if not cues:
        return
    for match in _DATE.finditer(doc.prose):
        year = re.search(r"\d{4}", match[0])
        if year and int(year[0]) > this_year - _YOUNGEST:
            continue  # when to bring the certificate, and not what it says
        before = [cue for cue in cues if 0 <= match.start() - cue <= 60]
        sentence = doc.sentence_at(match.start())
        strong = _STRONG_CUE.search(doc.prose, min(sentence.start, match.start() - 12), sentence.end)
        if strong or (before and before[-1] >= sentence.start):
            how = "a date of birth" if strong else "a date after the word born"
            yield ProseSpan(*match.span()), how, Confidence.HIGH
    if _STRONG_CUE.search(doc.prose):
        for match in _COMPACT.finditer(doc.prose):
            if _is_day(match):
                yield ProseSpan(*match.span()), "a date of birth in figures run together", Confidence.MEDIUM


def _is_day(match: re.Match[str]) -> bool:
    try:
        return bool(date(int(match["year"]), int(match["month"]), int(match["day"])))
    except ValueError:
        return False


def _birthdays(doc: Document) -> Iterator[tuple[ProseSpan, str, Confidence]]:
    for match in _BIRTHDAY.finditer(doc.prose):
        yield ProseSpan(*match.span()), "a birthday with the age", Confidence.HIGH
    if "birthday" in doc.prose.lower():
        for match in _TODAY.finditer(doc.prose):
            yield ProseSpan(*match.span()), "a birthday with the age", Confidence.MEDIUM
    for birthday in re.finditer(r"\b(?:birthdays?|bdays?)\b", doc.prose, re.IGNORECASE):
        day = _DAY_ONLY.search(doc.prose, max(birthday.start() - 60, 0), birthday.end() + 60)
        if day:
            age = _IS_AGED.search(doc.prose, day.end(), day.end() + 30)
            how = "a birthday with date and age" if age else "a birthday with its date"
            yield ProseSpan(day.start(), age.end() if age else day.end()), how, Confidence.MEDIUM


def _ages(doc: Document) -> Iterator[tuple[ProseSpan, str, Confidence]]:
    for pattern in (_NAMED_AGE, _AGE_NAMED):
        for match in pattern.finditer(doc.prose):
            yield ProseSpan(*match.span("age")), "an age beside the name", Confidence.MEDIUM


def _is_somebodys(doc: Document, slots: Slots, span: ProseSpan, how: str) -> bool:
    """Whether it is told of somebody, and not of the author's family, a pet, a school or history."""
    terms = load("birth-date")
    sentence = doc.sentence_at(span.start)

    def says(group: str, start: int = sentence.start, end: int = sentence.end) -> bool:
        return any(start <= found.span.start < end for found in terms.find(doc, slots, group))

    if how == "an age beside the name":
        near = [found.span for found in terms.find(doc, slots, "roll")]
        return any(0 <= span.start - who.end <= 12 or 0 <= who.start - span.end <= 10 for who in near)
    rolled = says("roll")
    if how.startswith("a date"):
        year = re.search(r"\d{4}", doc.text(span))
        historic = how == "a date after the word born" and year is not None and int(year[0]) < _LIVING
        return rolled or not (historic or says("own") or says("no-person"))
    if rolled:
        return not says("no-person")
    if says("own") and how != "a birthday with date and age":
        return False
    if how == "a birthday with date and age":
        return says("person", max(sentence.start - 200, 0), span.end + 60)
    if says("no-person") or _has_pet(doc.text(sentence)):
        return False
    return how == "a birthday with the age" and says("person", sentence.start - 60, sentence.end + 60)


def _has_pet(text: str) -> bool:
    return any("\U0001f400" <= c <= "\U0001f43f" for c in text)


DETECTOR = Detector("birth-date", (CONCERN,), find, reads=EVERYWHERE)

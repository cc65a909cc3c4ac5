"""Dates of birth, birthdays that give one away, and children's ages.

What it finds: A date of birth ("DOB 14/03/2009", "born on 3 May 2011"), also one inside a login or number;
a birthday with the age ("Happy 10th birthday to our …", "turns 16 today") or with the date; a learner's
exact age beside the name.
Why it matters: A name with a birth date opens accounts and helps strangers to get close to a child. UK
GDPR, Article 4(1), counts both as personal data.
Not flagged: A birthday without age or date; the authors' own birthdays and those of their families and
pets; schools and anniversaries; people of history; ages of groups ("our 16-year-olds", "for ages 5 to 11")
and year groups.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from datetime import date

from checkpost.knowledge import Knowledge
from checkpost.lexicon import load
from checkpost.model import Confidence, Hit, ProseSpan
from checkpost.phrases import Slots
from checkpost.rules import EVERYWHERE, Detector
from checkpost.text.document import Document

CONCERN = "personal-data/birth-date"

_DOB, _BORN = "a date of birth", "a date after the word born"
_DATE_AND_AGE, _DATE_ONLY = "a birthday with its date and the age", "a birthday with its date"
_BESIDE, _PRONOUN, _YEAR_OLD = "an age beside the name", "an age, said of somebody named", "an age before a name"
_WHEN = "what happened when somebody was born"
_DATES = frozenset({_DOB, _BORN, _DATE_AND_AGE})
_RANK = {_DOB: 0, _BORN: 0, _DATE_AND_AGE: 0, _WHEN: 2}  # what tells most, first

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_NTH = rf"{_DAY}(?:st|nd|rd|th)?"
_DAY_MONTH = rf"(?:(?:the )?{_NTH}(?: of)? {_MONTH}\b\.?|{_MONTH}\.? (?:the )?{_NTH}\b)"
_YEAR = r"(?:19[2-9]|20[0-4])\d"
_DATE = re.compile(
    rf"(?:{_DAY_MONTH},? (?:{_YEAR}|['’]?\d\d(?![\d:]| ?(?:years?|am|pm|o'clock|%)))"
    rf"|{_DAY}[/.-](?:0?[1-9]|1[0-2])[/.-](?:{_YEAR}|\d\d)"
    rf"|{_YEAR}-[01]\d-[0-3]\d|(?<=born in ){_MONTH},? {_YEAR}"
    rf"|(?:christmas|boxing|new year'?s|valentine'?s|bonfire|leap|midsummer'?s?)"
    rf"(?: (?:day|eve|night)),? {_YEAR})(?!\d)",
    re.IGNORECASE,
)
_COMPACT = re.compile(rf"(?<!\d)(?P<day>[0-3]\d)(?P<month>[01]\d)(?P<year>{_YEAR}|\d\d)(?!\d)")
_NAMES_IT = r"\b(?:d\.?o\.?b\b|dates? of birth|birth ?dates?|date-of-birth|birth certificates?)"
_CUE = re.compile(rf"{_NAMES_IT}|\bborn|\bb\.(?= ?\d)", re.IGNORECASE)
_STRONG_CUE = re.compile(_NAMES_IT, re.IGNORECASE)
_HAPPY = re.compile(r"\b(?:birthday|bday|many happy returns)\b", re.IGNORECASE)
_AGE = (
    r"(?:[1-9]\d?|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen"
    r"|nineteen|twenty(?:[- ]one)?)"
)
_NTH_AGE = (
    r"(?:[1-9]?1st|[1-9]?2nd|[1-9]?3rd|[1-9]?[04-9]th|1[1-3]th|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth"
    r"|(?:thir|four|fif|six|seven|eigh|nine)teenth|(?:twen|thir|for|fif|six)tieth|twenty[- ]first)"
)
_DAY_NAME = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_THEN = (
    r"(?: today| tomorrow| yesterday| tonight"
    rf"| as of (?:today|now|this morning|yesterday|midnight|last night|{_DAY_NAME})"
    rf"| (?:at [\w.:]{{1,8}} )?(?:this|yesterday|tomorrow) (?:morning|afternoon|evening|lunchtime)"
    rf"(?:,? (?:on )?{_DAY_MONTH})?"
    rf"|(?: on)? {_DAY_NAME}(?:,? {_DAY_MONTH})?| on {_DAY_MONTH}"
    rf"| (?:this|last|next) (?:week(?:end)?|month|year|spring|summer|autumn|winter|term|{_DAY_NAME}|{_MONTH})\b"
    rf"(?: (?:the )?{_NTH}\b)?"
    r"| (?:at|over) (?:the weekend|half[- ]term|easter|christmas)"
    rf"| in (?:{_MONTH}\b|(?:a|two|three|four|five|six|\d\d?) (?:days?|weeks?)))"
)
_BIRTHDAY = re.compile(
    rf"(?:(?:happy|belated|big|special|lovely) ){{0,3}}\b{_NTH_AGE} (?:birthday|bday|b-day)\b"
    rf"|\b(?:turns|turned|turning|hits|hit)(?: the big)? {_AGE}(?: years old)?"
    rf"{_THEN}"
    rf"|\bhappy (?:belated )?{_NTH_AGE}(?= to )"
    rf"|\b(?:is|are|was|he's|she's|'s|being) (?:officially |now |finally |only |sweet )?{_AGE}(?: years? old)?"
    rf"{_THEN}\b"
    rf"|\b(?:just|finally|now) (?:turned|hit) (?:the big )?{_AGE}\b"
    r"(?! ?(?:%|percent|minutes|marks|points|out|of|per|hours|miles))"
    r"|\bsweet (?:sixteen|16)\b(?: today)?"
    rf"|['’]s {_NTH_AGE}(?: birthday| bday)? (?:is|was|falls)(?: on)?"
    rf"(?: (?:the )?{_DAY_NAME},?)?(?: (?:today|tomorrow|{_DAY_MONTH})|(?<=day))"
    rf"|\b(?:will|'ll) be {_AGE}(?: years? old)?{_THEN}\b"
    r"|\bthe big (?:(?:one|[1-9])-(?:oh?|0)|[2-6]0|(?:two|three|four|five|six)-oh?)(?: today| tomorrow)?\b"
    rf"|\b{_AGE} candles\b|\bdouble (?:figures|digits){_THEN}\b"
    r"|\b(?:is|'s|becomes) (?:officially |finally )?a(?:n official)? (?:teenager|adult|grown-up) (?:today|tomorrow)\b"
    rf"|(?<=[,:–—-] ){_AGE}(?: years old)?{_THEN}\b"
    rf"|\bbirthday\b[^.!?\n]{{0,60}}?(?:, |\bto \w{{2,15}} (?:who )?(?:is |turns )?){_AGE}(?: today)?"
    r"(?! years (?!old))(?=[ ,.!?]|$)",
    re.IGNORECASE,
)
_IS_AGED = re.compile(
    rf"\b(?:he's|she's|they're|hes|shes|is|turns|turning|aged|age|will be) (?P<age>{_AGE})\b"
    r"(?! ?(?:%|percent|minutes|marks|points|out|of|per|times|months|weeks|days|hours|books|for|feet|-))",
    re.IGNORECASE,
)
_PRONOUN_AGED = re.compile(
    rf"\b(?:he|she)(?: is| was| will be|['’]s|['’]ll be) (?:just |only |still |now |nearly |not yet )?"
    rf"(?:aged )?(?P<age>{_AGE})\b(?=(?: years old)?(?:[.,!?;)]|$| and | but | now\b| today\b| next\b|\s*\n))",
    re.IGNORECASE,
)
_NAMED_AGE = re.compile(
    r"(?:, ?(?:aged? |who is |who's |now |just |only )?|\((?:aged? )?| aged |(?= \d\d? today) )"
    r"(?P<age>1[0-9]|[3-9]|(?:four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh"
    r"|nine)teen)"
    r"(?= years? old| yesterday| today|,|\)))(?: years? old)?(?=[,)]| today\b|\.(?:\s|$)| (?:years old|from)\b)",
    re.IGNORECASE,
)
_AGE_NAMED = re.compile(
    r"\b(?P<age>1[0-9]|[3-9]|four|five|six|seven|eight|nine|ten|eleven|twelve"
    r"|(?:thir|four|fif|six|seven|eigh|nine)teen)[- ](?:year|yr)s?[- ]olds? (?=[A-Z])",
    re.IGNORECASE,
)
_TODAY = re.compile(rf"(?<![\w.,£] )(?<![\w.£]){_AGE}(?: years old)?{_THEN}\b", re.IGNORECASE)
_BORN_WHEN = re.compile(
    r"\bborn (?:on )?(?:at )?the (?:very |same |exact )?"
    r"(?:day|night|morning|afternoon|evening|hour|minute|week|weekend|year|stroke)\b"
    r"(?! (?:before|after))[^.!?\n,;]{3,60}",
    re.IGNORECASE,
)
_OF = re.compile(r"\b(?:from|in|of|at|by)(?: \w{1,15}){0,2} $")  # "Megan from the chess club", not the club
_DAY_ONLY = re.compile(rf"\b{_DAY_MONTH}", re.IGNORECASE)
_CENTURY = 2000
_LIVING = 1990  # whoever a lesson says was born before that year is somebody from a book
_NEAR = 250  # characters from a birthday to the school or the hamster whose it may be
_STORY = 200  # characters back to the person whom "he" or "she" goes on about
_YOUNGEST = 2  # years
_WHOLE_DATE = re.compile(r"[\d/.-]{6,10}|\d{1,2}(?:st|nd|rd|th)? [^\W\d]{3,9},? \d{4}")  # words around it stay
_MAY_BE = re.compile(rf"\d|birth|born|turn|today|sweet|candles|will be|double|\b{_AGE}\b", re.IGNORECASE)


def find(doc: Document, knowledge: Knowledge) -> Iterator[Hit]:
    """Yield a hit for every date of birth, telling birthday and age tied to somebody."""
    if not _MAY_BE.search(doc.prose):
        return
    candidates = sorted(
        (*_dates(doc, knowledge.today.year), *_birthdays(doc), *_ages(doc)),
        key=lambda found: (_RANK.get(found[1], 1), found[0].start, -found[0].end),
    )
    if not candidates:
        return
    people = _People(doc, knowledge.telling_slots(doc))
    taken: list[tuple[ProseSpan, bool]] = []
    for span, how, confidence in candidates:
        is_date, sentence = how in _DATES, doc.sentence_at(span.start)
        if any(
            span.overlaps(other) or (not is_date and dated and other.overlaps(sentence)) or (taken and how == _WHEN)
            for other, dated in taken
        ):
            continue  # one finding is enough where the date itself stands
        if people.own(span, how):
            taken.append((span, is_date))
            yield Hit(
                concern=CONCERN,
                message="This gives somebody's date of birth or exact age.",
                part=doc.part.name,
                span=span,
                confidence=confidence,
                evidence=(how,),
                replacement="[date removed]" if _WHOLE_DATE.fullmatch(doc.text(span)) else None,
            )


def _dates(doc: Document, this_year: int) -> Iterator[tuple[ProseSpan, str, Confidence]]:
    if not _CUE.search(doc.prose) and not _HAPPY.search(doc.prose):
        return
    for match in _DATE.finditer(doc.prose):
        year = re.search(r"\d{4}", match[0])
        if year and int(year[0]) > this_year - _YOUNGEST:
            continue  # when to bring the certificate, and not what it says
        sentence = doc.sentence_at(match.start())
        strong = _STRONG_CUE.search(
            doc.prose, max(min(sentence.start, match.start() - 12), match.start() - 120, 0), sentence.end
        )
        about = (
            max(min(sentence.start, match.start() - 40), match.start() - 120, 0),
            min(sentence.end, match.end() + 120),
        )
        if year and _HAPPY.search(doc.prose, *about):
            yield ProseSpan(*match.span()), _DATE_AND_AGE, Confidence.HIGH
        elif strong or _CUE.search(
            doc.prose, max(min(sentence.start, match.start() - 4), match.start() - 60, 0), match.end()
        ):
            yield ProseSpan(*match.span()), _DOB if strong else _BORN, Confidence.HIGH
    if _STRONG_CUE.search(doc.prose):
        for match in _COMPACT.finditer(doc.prose):
            if _is_day(match):
                yield ProseSpan(*match.span()), _DOB, Confidence.MEDIUM


def _is_day(match: re.Match[str]) -> bool:
    try:
        year = int(match["year"])
        return bool(date(year if year > _CENTURY else _CENTURY + year, int(match["month"]), int(match["day"])))
    except ValueError:
        return False


def _birthdays(doc: Document) -> Iterator[tuple[ProseSpan, str, Confidence]]:
    for match in _BIRTHDAY.finditer(doc.prose):
        yield ProseSpan(*match.span()), "a birthday with the age", Confidence.HIGH
    for match in _BORN_WHEN.finditer(doc.prose):
        yield ProseSpan(*match.span()), _WHEN, Confidence.MEDIUM
    if _HAPPY.search(doc.prose):
        for match in _TODAY.finditer(doc.prose):
            yield ProseSpan(*match.span()), "a birthday with the age", Confidence.MEDIUM
    for birthday in re.finditer(r"\b(?:birthdays?|bdays?|born)\b", doc.prose, re.IGNORECASE):
        day = _DAY_ONLY.search(doc.prose, max(birthday.start() - 60, 0), birthday.end() + 60)
        if day:
            age = _IS_AGED.search(doc.prose, day.end(), day.end() + 30)
            how = _DATE_AND_AGE if age else _DATE_ONLY
            yield ProseSpan(day.start(), age.end() if age else day.end()), how, Confidence.MEDIUM


def _ages(doc: Document) -> Iterator[tuple[ProseSpan, str, Confidence]]:
    for pattern, how in ((_NAMED_AGE, _BESIDE), (_AGE_NAMED, _BESIDE), (_AGE_NAMED, _YEAR_OLD)):
        for match in pattern.finditer(doc.prose):
            if how != _YEAR_OLD or doc.prose[match.end()].isupper():
                yield ProseSpan(*match.span("age")), how, Confidence.MEDIUM
    for match in _PRONOUN_AGED.finditer(doc.prose):
        yield ProseSpan(*match.span()), _PRONOUN, Confidence.MEDIUM


class _People:
    """Whom a document speaks of, and where."""

    def __init__(self, doc: Document, slots: Slots) -> None:
        self._doc = doc
        terms = load("birth-date")
        self._at = {
            group: [found.span for found in terms.find(doc, slots, group)]
            for group in ("person", "roll", "ours", "taught", "own", "no-person", "pet", "one", "at-school")
        }
        self._starts = {group: [span.start for span in spans] for group, spans in self._at.items()}

    def own(self, span: ProseSpan, how: str) -> bool:
        """Whether it is told of somebody, and not of the author's family, a pet, a school or history."""
        if how == _YEAR_OLD:
            sentence = self._doc.sentence_at(span.start)
            return bool(self._spans("at-school", sentence.start, sentence.end))
        if how == _BESIDE:
            near = self._spans("roll", span.start - 60, span.end + 11)
            if any(0 <= span.start - who.end <= 12 or 0 <= who.start - span.end <= 10 for who in near):
                return True
            sentence = self._doc.sentence_at(span.start)
            ours = self._spans("ours", span.start - 30, span.start)
            return (
                any(0 <= span.start - who.end <= 2 for who in ours)
                and bool(self._spans("taught", sentence.start, sentence.end))
                and not self._spans("own", sentence.start, sentence.end)
            )
        return self._is_told_of(span) if how == _PRONOUN else self._is_somebodys(span, how)

    def _is_told_of(self, span: ProseSpan) -> bool:
        """Whether "she" stands for somebody of the roster named before."""
        story = max(self._doc.sentence_at(span.start).start - _STORY, 0), span.start
        return bool(self._spans("roll", *story)) and not (self._spans("own", *story) or self._spans("pet", *story))

    def _is_somebodys(self, span: ProseSpan, how: str) -> bool:
        sentence = self._doc.sentence_at(span.start)
        rolled, author, thing, pet, one = (
            bool(self._spans(group, sentence.start, sentence.end))
            for group in ("roll", "own", "no-person", "pet", "one")
        )
        nobody = self._is_nearer("pet", sentence, span) or self._is_nearer("no-person", sentence, span)
        if how in (_BORN, _DOB):
            year = re.search(r"\d{4}", self._doc.text(span))
            historic = how == _BORN and year is not None and int(year[0]) < _LIVING
            of_thing = nobody if how == _DOB else thing and not one  # a label leaves less doubt than "born"
            return rolled or not (historic or author or pet or of_thing)
        if how == _DATE_AND_AGE:
            full = re.search(r"\d{4}", self._doc.text(span)) is not None
            return rolled or (not nobody and (full or bool(self._spans("person", sentence.start - 200, span.end + 60))))
        if rolled or nobody or author or how == _DATE_ONLY:
            return rolled and not nobody
        before = sentence.start - (_STORY if one else 60)
        near = self._spans("person", before, sentence.end + 60)
        if one and self._spans("own", before, sentence.start):
            return False
        return bool(near) and not _has_pet(self._doc.text(sentence))

    def _is_nearer(self, group: str, sentence: ProseSpan, span: ProseSpan) -> bool:
        """Whether something of a group stands in the sentence, and nobody of the rolls nearer to a span."""
        # Anybody's name may be nearer than a school or a thing; a pet has a name of its own.
        people = ("roll", "person") if group == "no-person" else ("roll",)

        def distance(other: ProseSpan) -> int:
            return max(span.start - other.end, other.start - span.end, 0)

        around = max(sentence.start, span.start - _NEAR), min(sentence.end, span.end + _NEAR)
        rolled = min((distance(who) for people_of in people for who in self._spans(people_of, *around)), default=None)
        near = min(
            (
                distance(other)
                for other in self._spans(group, *around)
                if rolled is None or not _OF.search(self._doc.prose, max(other.start - 40, 0), other.start)
            ),
            default=None,
        )
        return near is not None and (rolled is None or near < rolled)

    def _spans(self, group: str, start: int, end: int) -> list[ProseSpan]:
        starts = self._starts[group]
        return self._at[group][bisect_left(starts, start) : bisect_left(starts, end)]


def _has_pet(text: str) -> bool:
    return any("\U0001f400" <= c <= "\U0001f43f" for c in text)


DETECTOR = Detector("birth-date", (CONCERN,), find, reads=EVERYWHERE)

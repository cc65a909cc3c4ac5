"""Days of birth, birthdays and ages in prose, whoever's they are: the shapes in which people write them."""

import re
from collections.abc import Iterator
from datetime import date

from checkpost.model import Confidence, ProseSpan
from checkpost.patterns import late
from checkpost.text.document import Document

DOB, BORN = "a date of birth", "a date after the word born"
DATE_AND_AGE, DATE_ONLY = "a birthday with its date and the age", "a birthday with its date"
AGED_DATE, ON_PAPER = "a date in full, and the age that it gives", "a date in full, years ago, beside a learner's name"
BESIDE, PRONOUN, YEAR_OLD = "an age beside the name", "an age, said of somebody named", "an age before a name"
SAID_OF, OPENING = "an age, said of somebody by name", "an age, and a birthday spoken of beside it"
QUOTED = "an age, as somebody named tells it"
WHEN = "what happened when somebody was born"
_RANK = {DOB: 0, BORN: 0, DATE_AND_AGE: 0, AGED_DATE: 0, WHEN: 2, SAID_OF: 2, OPENING: 2}  # what tells most, first

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_NTH = rf"{_DAY}(?:st|nd|rd|th)?"
_NTH_DAY = (
    r"(?:(?:twenty|thirty)[- ])?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)|tenth|eleventh|twelfth"
    r"|(?:thir|four|fif|six|seven|eigh|nine)teenth|twentieth|thirtieth"
)
_DAY_MONTH = (
    rf"(?:(?:the )?{_NTH}(?: of)? {_MONTH}\b\.?|(?:the )?(?:{_NTH_DAY}) of {_MONTH}\b|{_MONTH}\.? (?:the )?{_NTH}\b)"
)
_YEAR = r"(?:19[2-9]|20[0-4])\d"
_DATE = late(
    rf"(?:{_DAY_MONTH},? (?:(?:of|in) )?(?:{_YEAR}|['’]?\d\d(?![\d:]| ?(?:years?|am|pm|o'clock|%)))"
    rf"|{_DAY}[/.-](?:0?[1-9]|1[0-2])[/.-](?:{_YEAR}|\d\d)"
    rf"|(?:first|last) day of {_MONTH},? {_YEAR}|{_YEAR}-[01]\d-[0-3]\d|(?<=born in ){_MONTH},? {_YEAR}"
    rf"|(?:christmas|boxing|new year'?s|valentine'?s|bonfire|leap|midsummer'?s?)"
    rf"(?: (?:day|eve|night)),? {_YEAR})(?!\d)",
    re.IGNORECASE,
)
_COMPACT = late(rf"(?<!\d)(?P<day>[0-3]\d)(?P<month>[01]\d)(?P<year>{_YEAR}|\d\d)(?!\d)")
_NAMES_IT = r"\b(?:d\.?o\.?b\b|dates? of birth|birth ?dates?|date-of-birth|birth certificates?)"
_CUE = late(rf"{_NAMES_IT}|\b(?:came|arrived|made it) into the world|\bborn|\bb\.(?= ?\d)", re.IGNORECASE)
_STRONG_CUE = late(_NAMES_IT, re.IGNORECASE)
_HAPPY = late(r"\b(?:birthdays?|bdays?|many happy returns)\b", re.IGNORECASE)
_AGE = (
    r"(?:[1-9]\d?|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen"
    r"|nineteen|twenty(?:[- ]one)?)"
)
_IN_WORDS = "four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen"
_AGES = (
    "nought one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty"
).split()
_NTH_AGE = (
    r"(?:[1-9]?1st|[1-9]?2nd|[1-9]?3rd|[1-9]?[04-9]th|1[1-3]th|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth"
    r"|(?:thir|four|fif|six|seven|eigh|nine)teenth|(?:twen|thir|for|fif|six)tieth|twenty[- ]first)"
)
_DAY_NAME = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_THEN = (
    r"(?: today| tomorrow| yesterday| tonight| last night| this morning"
    rf"| as of (?:today|now|this morning|yesterday|midnight|last night|{_DAY_NAME})"
    rf"| (?:at [\w.:]{{1,8}} )?(?:this|yesterday|tomorrow) (?:morning|afternoon|evening|lunchtime)"
    rf"(?:,? (?:on )?{_DAY_MONTH})?"
    rf"|(?: on)? {_DAY_NAME}(?:,? {_DAY_MONTH})?| on {_DAY_MONTH}| on the {_NTH}\b"
    rf"| (?:this|last|next) (?:week(?:end)?|month|year|spring|summer|autumn|winter|term|{_DAY_NAME}|{_MONTH})\b"
    rf"(?: (?:the )?{_NTH}\b)?"
    r"| (?:at|over) (?:the weekend|half[- ]term|easter|christmas)"
    rf"| in (?:{_MONTH}\b|(?:a|two|three|four|five|six|\d\d?) (?:days?|weeks?)))"
)
_DIGIT = "one|two|three|four|five|six|seven|eight|nine"
_GROWN = r"a(?:n official)? (?:teenager|adult|grown-up)"
_BIRTHDAY = late(
    rf"(?:(?:happy|belated|big|special|lovely) ){{0,3}}\b{_NTH_AGE} (?:birthday|bday|b-day)\b"
    rf"|\b(?:turns|turned|turning|hits|hit)(?: the big)? {_AGE}(?: years old)?"
    rf"{_THEN}"
    rf"|\bhappy (?:belated )?{_NTH_AGE}(?= to |,? (?-i:[A-Z])|[\"”!.]|$)"
    rf"|\b(?:celebrat(?:es?|ed|ing)|marks?|marked|for|had|has|having) (?:his|her|their) {_NTH_AGE}{_THEN}"
    rf"|\b(?:his|her) {_NTH_AGE} ?(?:is|was|falls|,)(?:{_THEN}|,? (?:on )?{_DAY_MONTH})"
    rf"|\b(?:is|are|was|he's|she's|'s|being) (?:officially |now |finally |only |sweet )?{_AGE}(?: years? old)?"
    rf"{_THEN}\b"
    rf"|\b(?:turns|turned) {_AGE}(?= and |[,.!?;)]|$)"
    rf"|\b(?:just|finally|now) (?:turned|hit) (?:the big )?{_AGE}\b"
    r"(?! ?(?:%|percent|minutes|marks|points|out|of|per|hours|miles))"
    r"|\bsweet (?:sixteen|16)\b(?: today)?"
    rf"|['’]s {_NTH_AGE}(?: birthday| bday)? (?:is|was|falls)(?: on)?"
    rf"(?: (?:the )?{_DAY_NAME},?)?(?: (?:today|tomorrow|{_DAY_MONTH})|(?<=day))"
    rf"|\b(?:will|'ll) be {_AGE}(?: years? old)?{_THEN}\b"
    rf"|\bthe big (?:(?:one|two|three|four|five|six|[1-9])[- ](?:oh?|\d|{_DIGIT})|[2-6]0)(?: today| tomorrow)?\b"
    rf"|\b{_AGE} candles\b|\bdouble (?:figures|digits){_THEN}\b"
    rf"|\b(?:is|'s|becomes) (?:officially |finally |legally )?{_GROWN} (?:today|tomorrow)\b"
    rf"|\b(?:became|becomes|turned|turns) {_GROWN}(?: at midnight|{_THEN})\b"
    rf"|(?:(?<=[,:.!?–—-] )|(?<=\()|^){_AGE}(?: years old)?{_THEN}\b"
    rf"|\b(?:birthday|bday)\b[^.!?\n]{{0,60}}?(?:, |\bto \w{{2,15}} (?:who )?(?:is |turns )?){_AGE}(?: today)?"
    rf"(?! years (?!old)| {_MONTH}\b)(?=[ ,.!?]|$)",
    re.IGNORECASE,
)
_IS_AGED = late(
    rf"\b(?:he's|she's|they're|hes|shes|is|turns|turning|aged|age|will be) (?P<age>{_AGE})\b"
    r"(?! ?(?:%|percent|minutes|marks|points|out|of|per|times|months|weeks|days|hours|books|for|feet|-))",
    re.IGNORECASE,
)
_PRONOUN_AGED = late(
    rf"\b(?:he|she|(?:her|his|their) (?:boy|girl|son|daughter|lad|lass|eldest|youngest|little one))"
    rf"(?: is| was| will be| turns| turned|['’]s|['’]ll be) (?:just |only |still |now |nearly |not yet )?"
    rf"(?:aged )?(?P<age>{_AGE})\b(?=(?: years old)?(?:[.,!?;)]|$| and | but | now\b| today\b| next\b|\s*\n))",
    re.IGNORECASE,
)
_SAID_AGED = late(  # "Megan's not even thirteen yet", "who is now a very grown-up eleven"
    r"(?:(?-i:\b[A-Z][\w'’-]+)(?: (?:in|from|of) (?:my |our |year |class )?\w{1,9})? (?:is|was)"
    r"|(?-i:\b[A-Z]\w+)['’]s|\bwho(?: is|['’]s))"
    r"(?: (?:just|only|still|now|nearly|almost|barely|already|officially|finally|not|even|quite|yet|about|a|the|very"
    r"|grand|ripe|old|grown-up|big|age|of|whole|all)){0,5} "
    rf"(?P<age>1[0-9]|[5-9]|{_IN_WORDS})"
    r"(?= years? old|[.,!;)](?!\d)|\.?$| and | but | yet\b| now\b| today\b| next\b| going on\b|\s*\n)",
    re.IGNORECASE,
)
_OPENING_AGE = late(  # "Whose birthday is it? Megan's! Fifteen and taller than me"
    rf"(?:^|[.!?:–—-]\s{{1,2}})(?P<age>1[0-9]|[3-9]|{_IN_WORDS})(?= years? old| today|[.,!]| and )(?! (?:and|years) a)",
    re.IGNORECASE | re.MULTILINE,
)
_QUOTED_AGE = late(  # "I'm nearly twelve," said Toby
    rf"[\"“‘']I(?:['’]m| am) (?:nearly|almost|only|just|still|already|now|not even)?\s?"
    rf"(?P<age>1[0-9]|[3-9]|{_IN_WORDS})(?: and (?:a half|a quarter|three[- ]quarters))?"
    r"(?: years old| now| today)?[,.!?;\"”’']"
)
_LISTED_AGE = late(rf"\b[A-Z][\w'’-]+,? (?P<age>1[0-9]|[3-9]|{_IN_WORDS})(?=[,;.)!]|$| and )")  # "Megan 14, Toby 16"
_AGED = late(
    r"\b(?:is|was|turned|turns|turning|hit|hits|now|just|finally|officially|be|aged|age|he['’]?s|she['’]?s|[a-z]['’]s) "
    rf"(?:only |now |just |finally |officially |nearly |the big )?(?P<age>\d\d?|{'|'.join(_AGES[3:])})\b"
    rf"|\b(?P<old>\d\d?|{'|'.join(_AGES[3:])}) (?:years? old|today|candles)\b",
    re.IGNORECASE,
)
_TOLD_WITHIN = 100  # characters between an age and the date that gives it
_NAMED_AGE = late(
    r"(?:, ?(?:aged? |who is |who's |now |just |only )?|\((?:aged? )?| aged |(?= \d\d? today) )"
    rf"(?P<age>1[0-9]|[3-9]|(?:{_IN_WORDS})"
    rf"(?= years? old| yesterday| today|,|\)|{_THEN}))(?: years? old)?"
    rf"(?=[,)]| today\b|{_THEN}\)|\.(?:\s|$)| (?:years old|from)\b)",
    re.IGNORECASE,
)
_AGE_NAMED = late(
    rf"\b(?P<age>1[0-9]|[3-9]|{_IN_WORDS})[- ](?:year|yr)s?[- ]olds? (?=[A-Z])",
    re.IGNORECASE,
)
_TODAY = late(rf"(?<![\w.,£] )(?<![\w.£]){_AGE}(?: years old)?{_THEN}\b", re.IGNORECASE)
_BORN_WHEN = late(
    r"\bborn (?:on )?(?:at )?the (?:very |same |exact )?"
    r"(?:day|night|morning|afternoon|evening|hour|minute|week|weekend|year|stroke)\b"
    r"(?! (?:before|after))[^.!?\n,;]{3,60}",
    re.IGNORECASE,
)
_PARTY = late(
    r"\b(?:cakes?|candles?|party|partying|presents?|card|balloons?|drinks|pub|bar|pints?|sing)\b", re.IGNORECASE
)
_NTH_OF = late(
    rf"['’]s (?:[1-9]\d(?:st|nd|rd|th)|(?:thir|four|fif|six|seven|eigh|nine)teenth)(?=[,.!?)]|$|{_THEN})",
    re.IGNORECASE,
)
_DAY_ONLY = late(rf"\b{_DAY_MONTH}(?!,? 1\d\d\d)", re.IGNORECASE)  # and none of somebody long dead
_CENTURY = 2000
_YOUNGEST = 2  # years
_AT_SCHOOL = range(4, 20)
# What stands in every text with a birthday or an age: tried on the text in small letters, before what takes longer.
_MAY_BE_DATE = late(r"birth|born|into the world|\bd\.?o\.?b|\bb\.|bday|many happy returns")
_MAY_BE_YEAR = late(rf"\b{_YEAR}\b")
_MAY_BE_AGE = late(rf"\b(?:{_AGE}|{_NTH_AGE}|four)\b|\bthe big |\bdouble |teenager|adult|grown-up")

_YEAR_IN_FULL = late(r"\d{4}")


def candidates(doc: Document, this_year: int) -> list[tuple[ProseSpan, str, Confidence]]:
    """Every day of birth, birthday and age of a text as `(span, how it is told, confidence)`, what tells most first."""
    found: list[tuple[ProseSpan, str, Confidence]] = []
    dates, ages = _MAY_BE_DATE.search(doc.lower), _MAY_BE_AGE.search(doc.lower)
    if _YEAR_IN_FULL.search(doc.prose):
        found += _dates_of_age(doc, this_year)
    if dates:
        found += _dates(doc, this_year)
    if _MAY_BE_YEAR.search(doc.prose):
        found += _dates_of_age(doc, this_year)
    if ages:
        found += _birthdays(doc)
    if dates:
        found += _days(doc)
    if ages:
        found += _ages(doc)
    return sorted(found, key=lambda found: (_RANK.get(found[1], 1), found[0].start, -found[0].end))


def _dates(doc: Document, this_year: int) -> Iterator[tuple[ProseSpan, str, Confidence]]:
    if not _CUE.search(doc.prose) and not _HAPPY.search(doc.prose):
        return
    for match in _DATE.finditer(doc.prose):
        year = _YEAR_IN_FULL.search(match[0])
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
            yield ProseSpan(*match.span()), DATE_AND_AGE, Confidence.HIGH
        elif strong or _CUE.search(
            doc.prose, max(min(sentence.start, match.start() - 4), match.start() - 60, 0), match.end()
        ):
            yield ProseSpan(*match.span()), DOB if strong else BORN, Confidence.HIGH
    if _STRONG_CUE.search(doc.prose):
        for match in _COMPACT.finditer(doc.prose):
            if _is_day(match):
                yield ProseSpan(*match.span()), DOB, Confidence.MEDIUM


def _dates_of_age(doc: Document, this_year: int) -> Iterator[tuple[ProseSpan, str, Confidence]]:
    """A date in full that makes somebody as old as the text says, or a learner: `she's sixteen!! 3 May 2010 …`."""
    ages = [(age.start(), _number(age["age"] or age["old"])) for age in _AGED.finditer(doc.prose)]
    for match in _DATE.finditer(doc.prose):
        year = _YEAR_IN_FULL.search(match[0])
        years = this_year - int(year[0]) if year else 0
        if any(abs(match.start() - at) < _TOLD_WITHIN and years - age in (0, 1) for at, age in ages):
            yield ProseSpan(*match.span()), AGED_DATE, Confidence.HIGH
        elif years in _AT_SCHOOL:
            yield ProseSpan(*match.span()), ON_PAPER, Confidence.MEDIUM


def _number(age: str) -> int:
    """An age in figures or in a word."""
    return int(age) if age.isdigit() else _AGES.index(age.casefold())


def _is_day(match: re.Match[str]) -> bool:
    try:
        year = int(match["year"])
        return bool(date(year if year > _CENTURY else _CENTURY + year, int(match["month"]), int(match["day"])))
    except ValueError:
        return False


def _birthdays(doc: Document) -> Iterator[tuple[ProseSpan, str, Confidence]]:
    for match in _BIRTHDAY.finditer(doc.prose):
        yield ProseSpan(*match.span()), "a birthday with the age", Confidence.HIGH
    for match in _NTH_OF.finditer(doc.prose) if _PARTY.search(doc.prose) else ():
        yield ProseSpan(*match.span()), "a birthday with the age", Confidence.MEDIUM


def _days(doc: Document) -> Iterator[tuple[ProseSpan, str, Confidence]]:
    for match in _BORN_WHEN.finditer(doc.prose):
        yield ProseSpan(*match.span()), WHEN, Confidence.MEDIUM
    if _HAPPY.search(doc.prose):
        for match in _TODAY.finditer(doc.prose):
            yield ProseSpan(*match.span()), "a birthday with the age", Confidence.MEDIUM
        for match in _LISTED_AGE.finditer(doc.prose):
            yield ProseSpan(*match.span("age")), BESIDE, Confidence.MEDIUM
        for match in _OPENING_AGE.finditer(doc.prose):
            yield ProseSpan(*match.span("age")), OPENING, Confidence.MEDIUM
    for birthday in re.finditer(r"\b(?:birthdays?|bdays?|born)\b", doc.prose, re.IGNORECASE):
        day = _DAY_ONLY.search(doc.prose, max(birthday.start() - 60, 0), birthday.end() + 60)
        if day:
            age = _IS_AGED.search(doc.prose, day.end(), day.end() + 30)
            how = DATE_AND_AGE if age else DATE_ONLY
            yield ProseSpan(day.start(), age.end() if age else day.end()), how, Confidence.MEDIUM


def _ages(doc: Document) -> Iterator[tuple[ProseSpan, str, Confidence]]:
    for pattern, how in ((_NAMED_AGE, BESIDE), (_AGE_NAMED, BESIDE), (_AGE_NAMED, YEAR_OLD)):
        for match in pattern.finditer(doc.prose):
            if how != YEAR_OLD or doc.prose[match.end()].isupper():
                yield ProseSpan(*match.span("age")), how, Confidence.MEDIUM
    for match in _SAID_AGED.finditer(doc.prose):
        yield ProseSpan(*match.span("age")), SAID_OF, Confidence.MEDIUM
    for match in _QUOTED_AGE.finditer(doc.prose):
        yield ProseSpan(*match.span("age")), QUOTED, Confidence.MEDIUM
    for match in _PRONOUN_AGED.finditer(doc.prose):
        yield ProseSpan(*match.span()), PRONOUN, Confidence.MEDIUM

"""Codes and passwords that are told without being called so.

What it finds: What to press, type or turn at a lock, an alarm, a gate or a device ("alarm's 7 7 3 1 then the
green button", "the shed opens with 4471", "C and Y together"), figures in words included; and what looks like
a password beside what it lets somebody into ("hop on the guest wifi, it's Custard!Tuesday").
Why it matters: Whoever reads it can walk into a building or a system; burglars read posts too.
Not flagged: Times, years, measures, room numbers and counts beside a door; escape rooms, grottos and quizzes.
"""

import re
from collections.abc import Iterator

from checkpost.identifiers import secret
from checkpost.knowledge import Knowledge
from checkpost.labelled import nearest
from checkpost.lexicon import Match, load
from checkpost.model import Confidence, Hit, ProseSpan
from checkpost.patterns import late
from checkpost.rules import EVERYWHERE, Detector
from checkpost.text.document import Document

CONCERN = "personal-data/credentials"

_NEAR = 10  # words between a code and what it opens
_BESIDE = 5  # words, where nothing leads up to the code
_BEFORE = 48  # characters before a code in which its lead stands
_NUMERAL = r"(?:zero|nought|oh|one|two|three|four|five|six|seven|eight|nine|double|treble|triple)\b"
_DIGITS = late(
    r"(?<![\w£$€#*.:/+-])(?P<digits>[*#]?\d(?:\d{3,7}|(?:[ ,-]{1,2}\d){2,7}(?!\d))[*#]?)"
    r"(?![\w%]|[.,:/-]\d|[ )]{1,2}\d)"
    rf"|\b(?P<said>{_NUMERAL}(?:[ ,-]{{1,2}}{_NUMERAL}){{2,7}})"
    r"|(?<![\w£#@.-])(?P<keypad>[A-Z]{1,2}\d{3,6}[A-Z]{0,2}#?|\d{3,6}[A-Z]{1,2}"
    r"|[A-Z](?: \d){3,6}(?: [A-Z]\b)?)(?![\w-])"
    r"|\b(?P<many>(?:three|four|five|six|all) "
    r"(?:zeros?|zeroes|noughts|ones|twos|threes|fours|fives|sixes|sevens|eights|nines))\b"
    r"|\b(?P<turns>(?:left|right|clockwise|back)(?: to)? \d{1,2}\b(?:,? (?:then )?(?:left|right|back|clockwise|on)?"
    r"(?: to)? ?\d{1,2}\b){1,4})"
    r"|\b(?P<together>[A-Z] (?:and|&|\+) [A-Z] together(?:,? (?:and )?then (?:the )?[A-Z\d]\b)?)"
)
_ADVERBS = (
    r"(?:\s(?:still|now|just|only|always|currently|again|simply|back|set|reset|changed|to|on|been|both|literally)\b)"
    r"{0,4}"
)
_IS = late(
    rf"(?:\b(?:is|are|it's|its|it’s|that's|equals|says|stays|remains|became|be|reset to|changed to|set to)\b"
    rf"|['’]s\b|[=:→>]){_ADVERBS}"
    r"\s{0,3}[\"'(]?$",
    re.IGNORECASE,
)
_PRESS = late(
    r"\b(?:type|press|punch|tap|key|enter|dial|buzz|put|try|use|hit|turn|code|combination|opens? with|opened with"
    r"|unlocks? with|unlocked with|(?:press|type|enter|key in|punch in) \d then)"
    rf"(?: in)?{_ADVERBS}\s{{0,3}}[\"'(]?$",
    re.IGNORECASE,
)
_LOOSE = late(r"(?:\b(?:on|to|with|and|then)|[,(—–-])\s{1,2}$", re.IGNORECASE)
_GOES_ON = late(
    r"\s*(?:$|[^\w\s£]|(?:and|then|to|for|if|so|on|at|in|into|onto|gets?|lets?|will|opens?|unlocks?|thanks|ta|by|under"
    r"|near|like"
    r"|until|till|as|because|cos|but|or|when|again|still|now|this|not|since|hash|star|btw|lol|x+|round|with|everyone"
    r"|folks|lads|all|please|first|twice|is|it)\b)",
    re.IGNORECASE,
)
_OPENS = late(
    r" (?:opens|unlocks|gets you|lets you|will get you|to get in|for the|on the|is the|into the|at the) "
    r"(?=(?:\w{1,12} ){0,3}(?:in\b|door|gate|keypad|alarm|padlock|lock\b|barrier|toilet|staffroom|key ?safe|copier"
    r"|photocopier|shed|trolley|ipads?|safe))",
    re.IGNORECASE,
)
_FROM = late(r"\d ?(?:to|till|until|and|-|–) $")
_UNTIL = late(r" ?(?:to|till|until|-|–) ?\d")
_YEAR = late(r"(?:19|20)\d\d")
_LIKE_THEN = late(r"\b(?:like|as if|since|think|thinks|thought|until|when) (?:it['’]?s|it is|it was) $", re.IGNORECASE)
_TOKEN = late(r"(?<![^\s\"'(])[A-Za-z][\w!@$%&*+.-]{4,39}(?<![.,!?-])")
_MADE_UP = late(
    r"[a-z]{4,15}\d{1,4}[a-z]{3,15}|(?=[A-Z]{0,20}[a-z])(?P<word>[A-Za-z]{3,20})[!_@$%&*-]?\d{1,6}[!?*]?"
    r"|[A-Z][a-z]{2,15}[!_@$%&*][A-Z][a-z]{2,15}\d{0,4}[!?]?"
)
_NUMBERED = frozenset(  # "Year10", "Windows11"
    "year week level unit page stage room grade windows office covid set chapter part phase form group class team "
    "block "
    "version step task day term season round act scene question paper section hour zone gate bus route platform table "
    "option figure plan type cohort house lesson tier wave band hut lab module".split()
)
_LOG_IN = late(
    rf"(?:\b(?:it's|it’s|its|it is|is|type|enter|use|put|try|from|to|here|with|and|then)\b|[:=]|\w /)"
    rf"{_ADVERBS}\s{{0,3}}[:\"'(]?\s?$",
    re.IGNORECASE,
)


def find(doc: Document, knowledge: Knowledge) -> Iterator[Hit]:
    """Yield a hit for every code at a lock, and every password beside what it opens."""
    terms, slots = load("credentials"), knowledge.slots(doc)
    openers = _of(doc, knowledge, "door", "lock", "device")
    systems = _of(doc, knowledge, "signing-in", "device", "lock")
    if not openers and not systems:
        return
    games = sorted(terms.find(doc, slots, "game", "fiction", "advice"), key=lambda match: match.first)
    locks = [match for match in openers if match.group.name != "door"]
    for match in _DIGITS.finditer(doc.prose) if openers else ():
        span = ProseSpan(*match.span())
        if _is_code(doc, match, openers, locks) and not nearest(doc, span, games, 14):
            yield _hit(doc, span, "a code beside what it opens")
    for match in _TOKEN.finditer(doc.prose) if systems else ():
        span = ProseSpan(*match.span())
        if (
            (made_up := _MADE_UP.fullmatch(match[0]))
            and (made_up["word"] or "").casefold() not in _NUMBERED
            and secret.is_valid(match[0])
            and _LOG_IN.search(doc.prose, max(0, span.start - _BEFORE), span.start)
            and nearest(doc, span, systems, 14)
            and not nearest(doc, span, games, 14)
        ):
            yield _hit(doc, span, "it looks like a password, beside what it lets somebody into")


def _of(doc: Document, knowledge: Knowledge, *groups: str) -> list[Match]:
    found = load("credentials").find(doc, knowledge.slots(doc), *groups)
    return sorted(found, key=lambda match: match.first)


def _is_code(doc: Document, match: re.Match[str], openers: list[Match], locks: list[Match]) -> bool:
    """Whether figures are what opens something: by what leads up to them, what follows, and what is near."""
    span, start = ProseSpan(*match.span()), max(0, match.start() - _BEFORE)
    opener = nearest(doc, span, openers, _NEAR)
    if not opener or opener.span.overlaps(span):
        return False
    if match.lastgroup == "together" or not _GOES_ON.match(doc.prose, match.end()) or _is_of_hours(doc.prose, match):
        return match.lastgroup == "together"
    is_locked = nearest(doc, span, locks, _NEAR) is not None
    is_led_to = _leads(doc, match, start, _IS, _PRESS)
    if _LIKE_THEN.search(doc.prose, start, match.start()):
        return False  # "like it's 1996"
    if match.lastgroup in ("turns", "many") or _YEAR.fullmatch(match[0]):
        return is_locked and (is_led_to or match.lastgroup != "digits")
    if is_led_to or _OPENS.match(doc.prose, match.end()):
        return is_locked or match.lastgroup != "said"
    return nearest(doc, span, locks, _BESIDE) is not None and _leads(doc, match, start, _LOOSE)


def _is_of_hours(prose: str, match: re.Match[str]) -> bool:
    """Whether figures are one end of a range of hours or years: "open 1200 to 1300"."""
    return bool(_FROM.search(prose, max(0, match.start() - 12), match.start()) or _UNTIL.match(prose, match.end()))


def _leads(doc: Document, match: re.Match[str], start: int, *leads: re.Pattern[str]) -> bool:
    return any(lead.search(doc.prose, start, match.start()) for lead in leads)


def _hit(doc: Document, span: ProseSpan, evidence: str) -> Hit:
    return Hit(
        concern=CONCERN,
        message="This gives away a password, PIN or code.",
        part=doc.part.name,
        span=span,
        confidence=Confidence.MEDIUM,
        evidence=(evidence,),
        replacement="[removed]",
    )


DETECTOR = Detector("unlabelled-secret", (CONCERN,), find, reads=EVERYWHERE)

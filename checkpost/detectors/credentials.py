"""Passwords, PINs and codes, as people write them in prose.

What it finds: What follows (or precedes) words such as "wifi password", "PIN", "gate code", "login": a value that looks
like a secret, a word or phrase where the label leaves no doubt, digits with spaces or in words ("4 8 1 5"), and
descriptions of a secret that spell out nothing ("the school's name, then the year we opened, then a bang").
Why it matters: Whoever reads it can walk into a system, a building or an online meeting with children in it.
Not flagged: Where to ask for a password; advice on good ones; codes of conduct, dress, discounts and courses; quizzes; the
secret password for Santa's grotto.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from checkpost.knowledge import Knowledge
from checkpost.labelled import nearest
from checkpost.lexicon import Match, load
from checkpost.model import Confidence, Hit, ProseSpan
from checkpost.rules import EVERYWHERE, Detector
from checkpost.text.document import Document

CONCERN = "personal-data/credentials"

_HINTS = ("pass", "pw", "pin", "code", "login", "log", "key", "combo", "combination", "wifi", "wi", "creds", "credentials",
          "wireless", "keypad", "door", "gate", "safe")  # fmt: skip
_LINK = re.compile(
    r"(?:\s{0,3}(?:'s\b|\b(?:is|are|was|be|remains|stays|still|now|just|currently|again|today|tonight|this week|btw|literally|"
    r"actually|always|obviously|probably|set to|reset to|changed to|back to|reset|will|called|it's|its|use|as|sets?|equals|"
    r"(?:for|on|of|to|at|in) (?:[\w'-]{1,20} ){1,4}?(?=is\b|are\b|was\b|=|:))\b|[=:,(–—→>*-]|\.{2,3}|…|\?)){0,7}\s{0,3}",
    re.IGNORECASE,
)
_IS = re.compile(r"'s\b|\b(?:is|are|was|be|remains|stays|to|it's|its|equals|called)\b|[=:→>–—-]", re.IGNORECASE)
_NUMERAL = (
    r"(?:zero|nought|oh|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen"
    r"|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|double|treble|triple|hash|star)"
)
_DIGITS = re.compile(r"[*#]?\d(?:[ ,-]{0,2}\d){2,9}[*#]?(?![^\W_]|%|[.,:/-]\d)")
_SPOKEN = re.compile(rf"{_NUMERAL}\b(?:[ ,-]{{1,2}}{_NUMERAL}\b){{2,9}}|{_NUMERAL}[ -]{_NUMERAL}(?:[ -]{_NUMERAL})?\b", re.IGNORECASE)
_QUOTED = re.compile(r"[\"'`]([^\"'`\n]{2,40})[\"'`](?!\w)")
_TOKEN = re.compile(r"[^\s\"'`<>()]{2,64}")
_PHRASE = re.compile(r"[^\W\d_]{3,20}(?: [^\W\d_]{3,20}){0,3}?(?=\s*(?:[.,;!?)\n]|$|[^\w\s']|(?:and|but|if|so|for|btw|thanks|lol)\b))")
_ENDS_CLAUSE = re.compile(r"\s*(?:$|[^\w\s]|(?:and|then|to|for|if|so|on|at|gets|will|thanks|ta|round|by|under|near|x+)\b)", re.IGNORECASE)
_NO_SECRET = re.compile(
    r"\d+(?:st|nd|rd|th|am|pm|k|m|p|s|ish)?|[a-z]{1,2}\d{1,2}|[om]365|\d+[-/]\d+|£.*|.*(?:://|\.(?:com|org|uk|net)\b).*|covid-?19",
    re.IGNORECASE,
)
_STOPS = ".,;:!?)]}…"
_LAST_WORD = re.compile(r"(?<=\w)\W+$")
_BREAK = re.compile(r"[\r\n]")
_YEAR = re.compile(r"(?:19|20)\d\d")
_CAMEL = re.compile(r"[a-z]{2}[A-Z][a-z]{2}")
_PAIR = re.compile(r"[\"'`]?[\w.@-]{2,40}[\"'`]?\s?(?P<mark>/|\||:|,|&|\band\b|\bthen\b|\bwith\b)\s?[\"'`]?(?P<value>[^\s,;\"'`]{3,64})")
_GIVEN = re.compile(
    r"(?:^|[\s\"'`(])(?P<value>[^\s\"'`()]{3,64})[\"'`]?,?\s(?:is|was|are|=|for|as|into|on|opens|unlocks)\s"
    r"(?:(?:still|now|today's|tonight's|the|our|your|my|everyone's|all|a|every|any)\s){0,3}$",
    re.IGNORECASE,
)
_KEYED = re.compile(
    r"\b(?:type|press|punch|punch in|tap|tap in|key in|enter|dial|buzz) (?:in )?(?P<typed>[*#]?\d(?:[ -]?\d){2,7}[*#]?)(?![\w%]|[.,:]\d)"
    r"|(?<![\w£$.,:/-])(?P<opens>\d{4,8}#?) (?:opens|unlocks|gets you|lets you|will get you|to get in|for the|on the) "
    r"(?=(?:\w{1,12} ){0,3}(?:in\b|door|gate|keypad|alarm|padlock|lock\b|barrier|toilet|staffroom|key ?safe|copier|photocopier))",
    re.IGNORECASE,
)
_WIRELESS = frozenset({"wifi", "wi", "ssid", "byod", "network", "wireless"})
_RANK = {"strong": 0, "pair": 1, "weak": 2, "network": 3, "code": 4}
_STATES = frozenset(
    """
    a about above after all already also always an another any anything ask asking at available back bad because been
    before behind being below both broken but by case changed changing compulsory complicated confidential correct down due
    easy either emailed enough every everything expired expiring fine for forgotten free from getting given going good gone
    hard here hidden horrible how if important in inside irrelevant it key kept last less like live local locked long
    longer lost mandatory missing more my needed needs never new nice no not nothing now off old on only open our out
    over personal please pointless posted printed private protected ready required reset resetting right rubbish safe same
    saved secret secure sent set shared short simple so some something still strong stuck stupid terrible that the their
    them there these they this those to too tricky under unique unknown up updated useless valid very visible weak what
    when where which who why with within without working wrong written you your yours yourself everyone everybody
    """.split()
)


@dataclass(frozen=True, slots=True)
class _Value:
    """A secret found beside a label."""

    span: ProseSpan
    evidence: str
    confidence: Confidence = Confidence.HIGH


def find(doc: Document, knowledge: Knowledge) -> Iterator[Hit]:
    """Yield a hit for every secret that a text gives away."""
    if not any(key.startswith(_HINTS) for key in doc.keys):
        return
    terms, slots = load("credentials"), knowledge.slots(doc)
    games, doubts, doors = (
        sorted(terms.find(doc, slots, *groups), key=lambda match: match.first)
        for groups in (("game",), ("fiction", "advice"), ("door",))
    )
    recipes = sorted(terms.find(doc, slots, "recipe"), key=lambda match: match.first)
    found: list[_Value] = []
    for label in sorted(terms.find(doc, slots), key=lambda match: (match.first, _RANK[match.group.name])):
        kind = label.group.name
        doubted = nearest(doc, label.span, doubts, 12) is not None
        if nearest(doc, label.span, games, 14) or (doubted and kind != "strong"):
            continue
        if kind == "code" and not nearest(doc, label.span, doors, 12):
            continue
        value = _after(doc, label) or _before(doc, label) or (None if doubted else _described(doc, label, recipes))
        if value:
            found.append(value)
    for match in _KEYED.finditer(doc.prose):
        span = ProseSpan(*match.span(match.lastgroup or 0))
        if nearest(doc, span, doors, 8) and not nearest(doc, span, games, 14):
            found.append(_Value(span, "digits to press at a door", Confidence.MEDIUM))
    yield from (_hit(doc, value) for value in _without_overlaps(found))


def _after(doc: Document, label: Match) -> _Value | None:
    """The value that follows a label: digits, a token that looks like a secret, or words where the label is strong."""
    kind, name = label.group.name, doc.text(label.span).casefold()
    link = _LINK.match(doc.prose, label.span.end)
    if link is None or (_BREAK.search(link[0]) and ":" not in link[0]):
        return None
    at, linked = link.end(), _IS.search(link[0]) is not None
    if kind == "network" and (":" not in link[0] or (name == "key" and not _WIRELESS & doc.keys)):
        return None
    pair = _PAIR.match(doc.prose, at)
    if kind == "pair" or (kind == "network" and pair):
        sure = pair and (_is_secret(pair["value"]) or (linked and pair["mark"] == "/"))
        return _Value(ProseSpan(*pair.span("value")), "a user name with a password") if pair and sure else None
    for shape in (_DIGITS, _SPOKEN):
        digits = shape.match(doc.prose, at)
        if digits and (linked or (_ENDS_CLAUSE.match(doc.prose, digits.end()) and not _YEAR.fullmatch(digits[0]))):
            return _Value(ProseSpan(*digits.span()), "digits after a word such as PIN or code")
    quoted = _QUOTED.match(doc.prose, at)
    if quoted and (kind == "strong" or _is_secret(quoted[1])):
        return _Value(ProseSpan(*quoted.span(1)), "words in quotation marks after such a label", Confidence.MEDIUM)
    token = _TOKEN.match(doc.prose, quoted.start(1) if quoted else at)
    if token and _is_secret(token[0]) and (linked or _ENDS_CLAUSE.match(doc.prose, token.end()) or token[0][-1] in _STOPS):
        text = token[0].rstrip(_STOPS)
        sure = kind == "strong" or linked
        span = ProseSpan(token.start(), token.start() + len(text))
        return _Value(span, "it looks like a secret", Confidence.HIGH if sure else Confidence.MEDIUM)
    phrase = _PHRASE.match(doc.prose, at)
    if kind == "strong" and linked and phrase and "pass" in name + " pw" and _is_plain_secret(phrase[0]):
        return _Value(ProseSpan(*phrase.span()), "the words after such a label", Confidence.MEDIUM)
    return None


def _before(doc: Document, label: Match) -> _Value | None:
    """The value that stands before a label: `Sunflower10 is the wifi password`."""
    start = max(0, label.span.start - 100)
    match = _GIVEN.search(doc.prose, start, label.span.start)
    if match and _is_secret(match["value"]) and not _YEAR.fullmatch(match["value"]) and label.group.name != "network":
        span = ProseSpan(*match.span("value"))
        return _Value(span, "it stands before such a label", Confidence.MEDIUM)
    return None


def _described(doc: Document, label: Match, recipes: Sequence[Match]) -> _Value | None:
    """A secret that is described: from the label's verb to the end of the sentence."""
    link = _LINK.match(doc.prose, label.span.end)
    if link is None or not _IS.search(link[0]) or label.group.name in ("network", "code"):
        return None
    if doc.text(label.span) in ("pin", "pins", "Pin", "pass", "passwords", "user"):
        return None
    sentence = doc.sentence_at(label.span.start)
    at = bisect_left(recipes, link.end(), key=lambda recipe: recipe.span.start)
    if at < len(recipes) and recipes[at].span.start < sentence.end:
        end = link.end() + len(_LAST_WORD.sub("", doc.prose[link.end() : sentence.end]))
        return _Value(ProseSpan(link.end(), end), "it says how the secret is made", Confidence.MEDIUM)
    return None


def _is_secret(text: str) -> bool:
    """Whether a token looks like no word: letters with digits or signs, capitals inside, or three digits and more."""
    text = text.strip(_STOPS)
    if _NO_SECRET.fullmatch(text) or len(text) < 3:
        return False
    letters, digits = sum(c.isalpha() for c in text), sum(c.isdigit() for c in text)
    signs = any(c in "@$!#&%^*_+=?" for c in text)
    return (digits >= 3 and not letters) or bool(letters and digits) or (letters >= 4 and signs) or bool(_CAMEL.search(text))


def _is_plain_secret(phrase: str) -> bool:
    """Whether words can be a password, and not what is said about one (`wrong`, `on the board`, `driving me mad`)."""
    words = phrase.casefold().split()
    return not any(word in _STATES or word.endswith(("ing", "ed")) for word in words)


def _without_overlaps(values: Sequence[_Value]) -> Iterator[_Value]:
    """One value for each place: the surest."""
    last: _Value | None = None
    for value in sorted(values, key=lambda value: (value.span.start, -value.confidence.rank)):
        if last and value.span.overlaps(last.span):
            last = max(last, value, key=lambda value: value.confidence.rank)
            continue
        if last:
            yield last
        last = value
    if last:
        yield last


def _hit(doc: Document, value: _Value) -> Hit:
    return Hit(
        concern=CONCERN,
        message="This gives away a password, PIN or code.",
        part=doc.part.name,
        span=value.span,
        confidence=value.confidence,
        evidence=(value.evidence,),
        replacement="[removed]",
    )


DETECTOR = Detector("credentials", (CONCERN,), find, reads=EVERYWHERE)

"""Passwords, PINs and codes, as people write them in prose.

What it finds: What follows (or precedes) words such as "wifi password", "PIN", "gate code", "login": a value
that looks like a secret, a word or phrase where the label leaves no doubt, digits with spaces or in words ("4
8 1 5"), and descriptions of a secret that spell out nothing ("the school's name, then the year we opened,
then a bang").
Why it matters: Whoever reads it can walk into a system, a building or an online meeting with children in it.
Not flagged: Where to ask for a password; advice on good ones; codes of conduct, dress, discounts and courses;
quizzes; the secret password for Santa's grotto.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from checkpost.identifiers import secret
from checkpost.knowledge import Knowledge
from checkpost.labelled import nearest
from checkpost.lexicon import Match, load
from checkpost.model import Confidence, Hit, ProseSpan
from checkpost.patterns import late
from checkpost.rules import EVERYWHERE, Detector
from checkpost.text.document import Document

CONCERN = "personal-data/credentials"

# A word that begins so stands in every text that gives a secret away.
_HINTS = tuple(
    "pass pw pin code log key comb wifi wi cred wireless door gate padlock shed alarm barrier lock safe user sign "
    "unlock trolley opens".split()
)
_WIRELESS = frozenset({"wifi", "wi", "ssid", "byod", "network", "wireless"})
_RANK = {"strong": 0, "pair": 1, "weak": 2, "network": 3, "code": 4}

# What may stand between a label and its value: "is still", "for the printer was", "= ", "? It's".
_LINK = late(
    r"(?:\s{0,3}(?:'s\b|\b(?:is|are|was|be|has|have|been|remains|stays|still|now|just|currently|again|all|both|today"
    r"|tonight|this week|btw|literally|actually|always|obviously|probably|set to|reset to|changed to|back to|reset"
    r"|will|called|it's|its|use|as|sets?|equals"
    r"|(?:for|on|of|to|at|in|(?:that )?(?:i|you|we|they|he|she|\w{2,20})"
    r" (?:use|uses|have|has|set|chose|keep|gave))"
    r"(?:,? [\w'’-]{1,20}){0,7}?(?=\s?[=:→]|['’]s\b|\s(?:is|are|was|stays|remains|still)\b))\b"
    r"|[=:,(–—→>*-]|\.{2,3}|…|\?)){0,7}\s{0,3}",
    re.IGNORECASE,
)
_IS = late(r"['’]s\b|\b(?:is|its|are|was|be|remains|stays|still|to|it's|its|equals|called)\b|[=:→>–—-]", re.IGNORECASE)
_DIGITS = late(r"[*#]?\d(?:[ ,-]{0,2}\d){2,9}[*#]?(?![^\W_]|%|[.,:/-]\d)")
_NUMERAL = (
    r"(?:zero|nought|oh|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen"
    r"|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|double|treble|triple"
    r"|hash|star)\b"
)
_SPOKEN = late(rf"{_NUMERAL}(?:(?:[ ,-]{{1,2}}|,? (?:then|and) (?:an? )?){_NUMERAL}){{1,9}}", re.IGNORECASE)
_IT_IS = late(r"[.!?:…]{1,3}\s{1,3}(?:it['’]?s|it is|that['’]?s|still)\s(?:still |now |just |only )?", re.IGNORECASE)
_TIME = late(r"\d{1,2}[.:]\d\d\b")
_YEAR = late(r"(?:19|20)\d\d")
_QUOTED = late(r"[\"'`]([^\"'`\n]{2,40})[\"'`](?!\w)")
_TOKEN = late(r"[^\s\"'`<>()]{2,64}")
_PHRASE = late(
    r"[^\W\d_]{3,20}(?: [^\W\d_]{3,20}){0,3}?"
    r"(?=\s*(?:[.,;!?)\n]|$|[^\w\s']|(?:and|but|if|so|for|btw|thanks|lol)\b))"
)
_PAIR = late(
    r"[\"'`]?[\w.@-]{2,40}[\"'`]?\s?(?P<mark>/|\||:|,|&|\band\b|\bthen\b|\bwith\b)(?!/)\s?[\"'`]?"
    r"(?P<value>[^\s,;\"'`]{3,64})"
)
_ENDS_CLAUSE = late(
    r"\s*(?:$|[^\w\s]|(?:and|then|to|for|if|so|on|at|gets|will|thanks|ta|round|by|under|near|x+)\b)",
    re.IGNORECASE,
)
_LISTED = late(
    r"[^\W_][\w@!#$%&*+.-]{2,39}(?<![.,!-])(?=\s*(?:[.,;!?)\n]|$|[^\w\s'’]|(?:and|but|if|so|for|to|btw|then)\b))"
)
_IN_A_STORY = 5  # words between a label and the novel or quiz that it is part of
_END_OF_SENTENCE = 12  # characters of its last mark, spaces, and "It is still"
_COMPANION = 10  # words back to the user name, the meeting's number or the network that a password is given with
_CLOSING = ".,;:!?)]}…"
_AFTER_LAST_WORD = late(r"(?<=\w)\W+$")
_BEFORE_LABEL = late(
    r"(?:^|[\s\"'`(])(?P<value>[^\s\"'`()]{3,64})[\"'`]?,?\s(?:is|was|are|=|for|as|into|on|opens|unlocks)\s"
    r"(?:(?:still|now|the|our|your|my|his|her|their|this|that|all|a|every|any|(?:\w{2,20}\s){0,4}\w{1,20}['’]s?)\s){0,4}$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Value:
    """A secret found beside a label."""

    span: ProseSpan
    evidence: str
    confidence: Confidence = Confidence.HIGH


@dataclass(frozen=True, slots=True)
class _Label:
    """A label, and what links it to what follows: the value is looked for at `at`. Its sentence ends at `end`."""

    match: Match
    text: str
    link: str
    at: int
    end: int

    @property
    def kind(self) -> str:
        return self.match.group.name

    @property
    def is_linked(self) -> bool:
        return _IS.search(self.link) is not None


def find(doc: Document, knowledge: Knowledge) -> Iterator[Hit]:
    """Yield a hit for every secret that a text gives away."""
    if not any(key.startswith(_HINTS) for key in doc.keys):
        return
    terms, slots = load("credentials"), knowledge.slots(doc)
    games, stories, advice, doors, recipes, companions = (
        sorted(terms.find(doc, slots, group), key=lambda match: match.first)
        for group in ("game", "fiction", "advice", "door", "recipe", "companion")
    )
    said = cache(lambda: frozenset(match.span.start for match in terms.find(doc, slots, "said-of")))
    found: list[_Value] = []
    for match in sorted(terms.find(doc, slots), key=lambda match: (match.first, _RANK[match.group.name])):
        is_doubted = bool(nearest(doc, match.span, advice, 12) or nearest(doc, match.span, stories, _IN_A_STORY))
        is_bare = match.group.name == "code" and not nearest(doc, match.span, doors, 12)
        if is_bare or nearest(doc, match.span, games, 14) or (is_doubted and match.group.name != "strong"):
            continue
        label = _label(doc, match, doc.sentences[doc.phrase_words[match.first].sentence].end)
        value = _after(doc, label, said) or _before(doc, label)
        if not value and not is_doubted:
            value = (
                _described(doc, label, recipes)
                or _listed(doc, label, companions, said)
                or _in_the_next_sentence(doc, label, recipes)
            )
        if value:
            found.append(value)
    for value in _without_overlaps(found):
        yield Hit(
            CONCERN,
            "This gives away a password, PIN or code.",
            part=doc.part.name,
            span=value.span,
            confidence=value.confidence,
            evidence=(value.evidence,),
            replacement="[removed]",
        )


def _label(doc: Document, match: Match, end: int) -> _Label:
    link = _LINK.match(doc.prose, match.span.end)
    text = link[0] if link else ""
    if doc.text(match.span).casefold().endswith(("'s", "’s")):  # "keypad's the year we opened"
        text = "'s" + text
        return _Label(match, doc.text(match.span), text, match.span.end + len(text) - 2, end)
    return _Label(match, doc.text(match.span), text, match.span.end + len(text), end)


def _after(doc: Document, label: _Label, said: Callable[[], Container[int]]) -> _Value | None:
    """The value that follows a label: each way to write one in turn."""
    is_key = label.kind == "network" and label.text.casefold() == "key" and label.is_linked
    if ":" not in label.link and ((label.kind == "network" and not is_key) or "\n" in label.link or "\r" in label.link):
        return None
    if label.kind == "network" and label.text.casefold() == "key" and not _WIRELESS & doc.keys:
        return None
    if label.kind == "pair" or (label.kind == "network" and _PAIR.match(doc.prose, label.at)):
        return _pair(doc, label)
    return _digits(doc, label) or _token(doc, label) or _words(doc, label, said)


def _pair(doc: Document, label: _Label) -> _Value | None:
    """A user name with its password: `guest / Apple99`."""
    pair = _PAIR.match(doc.prose, label.at)
    if pair and (secret.is_valid(pair["value"]) or (label.is_linked and pair["mark"] == "/")):
        return _Value(_trimmed(pair.start("value"), pair["value"]), "a user name with a password")
    return None


def _digits(doc: Document, label: _Label) -> _Value | None:
    """Digits, or their names. Where no verb leads up to them they must end a clause, and be no year."""
    match = _DIGITS.match(doc.prose, label.at) or _SPOKEN.match(doc.prose, label.at)
    if not match:
        return None
    if label.is_linked or (_ENDS_CLAUSE.match(doc.prose, match.end()) and not _YEAR.fullmatch(match[0])):
        return _Value(ProseSpan(*match.span()), "digits after a word such as PIN or code")
    return None


def _token(doc: Document, label: _Label) -> _Value | None:
    """Something in quotation marks, or a token that looks like a secret."""
    quoted = _QUOTED.match(doc.prose, label.at)
    if quoted and (label.kind == "strong" or secret.is_valid(quoted[1])):
        return _Value(ProseSpan(*quoted.span(1)), "words in quotation marks after such a label", Confidence.MEDIUM)
    token = _TOKEN.match(doc.prose, label.at)
    if not token or not secret.is_valid(token[0]):
        return None
    if label.is_linked or token[0][-1] in _CLOSING or _ENDS_CLAUSE.match(doc.prose, token.end()):
        confidence = Confidence.HIGH if label.is_linked or label.kind == "strong" else Confidence.MEDIUM
        return _Value(_trimmed(token.start(), token[0]), "it looks like a secret", confidence)
    return None


def _words(doc: Document, label: _Label, said: Callable[[], Container[int]]) -> _Value | None:
    """Plain words that end the clause, after a label that leaves no doubt; not what is said of a password."""
    if label.kind not in ("strong", "weak") or not label.is_linked or not _is_password(label):
        return None
    phrase = _PHRASE.match(doc.prose, label.at)
    if not phrase or any(word.endswith(("ing", "ed")) for word in phrase[0].casefold().split()):
        return None
    span = ProseSpan(*phrase.span())
    if any(word.span.start in said() for word in doc.words_in(span)):
        return None
    return _Value(span, "the words after such a label", Confidence.MEDIUM)


def _is_password(label: _Label) -> bool:
    """Whether a label's last word is one for a password, of which any word may be one: not a PIN or a code."""
    last = label.text.casefold().rpartition(" ")[2]
    return last.startswith(("pass", "pw")) and last not in ("pass", "passwords")


def _listed(
    doc: Document, label: _Label, companions: Sequence[Match], said: Callable[[], Container[int]]
) -> _Value | None:
    """The word after a label that follows a user name, a meeting's number or a network: `ID 845, passcode tulip`."""
    if label.kind not in ("strong", "weak") or not _is_password(label):
        return None
    first = label.match.first
    at = bisect_left(companions, first - _COMPANION, key=lambda companion: companion.first)
    sentence = doc.phrase_words[first].sentence
    if not any(
        companion.after <= first and sentence - doc.phrase_words[companion.first].sentence <= 1
        for companion in companions[at : at + _COMPANION]
    ):
        return None
    listed = _LISTED.match(doc.prose, label.at)
    if not listed or any(word.span.start in said() for word in doc.words_in(ProseSpan(*listed.span()))):
        return None
    return _Value(ProseSpan(*listed.span()), "the word after such a label", Confidence.MEDIUM)


def _before(doc: Document, label: _Label) -> _Value | None:
    """The value that stands before a label: `Sunflower10 is the wifi password`."""
    end = label.match.span.start
    match = _BEFORE_LABEL.search(doc.prose, max(0, end - 100), end)
    if match and label.kind != "network" and secret.is_valid(match["value"]) and not _YEAR.fullmatch(match["value"]):
        return _Value(
            _trimmed(match.start("value"), match["value"]), "it stands before such a label", Confidence.MEDIUM
        )
    return None


def _described(doc: Document, label: _Label, recipes: Sequence[Match]) -> _Value | None:
    """A secret that is described: from the label's verb to the end of the sentence."""
    if label.kind == "network" or not (label.is_linked or label.text.casefold().endswith((" with", " by"))):
        return None
    if label.text in ("pin", "pins", "Pin", "pass", "passwords", "user"):
        return None
    at = bisect_left(recipes, label.at, key=lambda recipe: recipe.span.start)
    if at == len(recipes) or recipes[at].span.start >= label.end:
        return None
    text = _AFTER_LAST_WORD.sub("", doc.prose[label.at : label.end])
    return _Value(ProseSpan(label.at, label.at + len(text)), "it says how the secret is made", Confidence.MEDIUM)


def _in_the_next_sentence(doc: Document, label: _Label, recipes: Sequence[Match]) -> _Value | None:
    """A secret told by what follows a sentence with its label: "The shed code has changed. It's 4471"."""
    it_is = _IT_IS.search(doc.prose, max(label.end - _END_OF_SENTENCE, label.at), label.end + _END_OF_SENTENCE)
    if not it_is or label.kind == "network":
        return None
    told = replace(label, link="", at=it_is.end(), end=doc.sentence_at(it_is.end()).end)
    time = _TIME.match(doc.prose, told.at)
    value = None if time else _digits(doc, told) or _token(doc, told)
    return value or _described(doc, replace(told, link=it_is[0]), recipes)


def _trimmed(start: int, text: str) -> ProseSpan:
    return ProseSpan(start, start + len(text.rstrip(_CLOSING)))


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


DETECTOR = Detector("credentials", (CONCERN,), find, reads=EVERYWHERE)

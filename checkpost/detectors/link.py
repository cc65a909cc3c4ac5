"""Links that don't show where they go.

What it finds: Addresses shortened by a service; link texts that say nothing ("click here") over an address
of somebody else's; link texts that show one site and lead to another; addresses of bare numbers, in
punycode, with look-alike letters or a name before an @; calls to click with no address in sight; hosts of
gambling, pornography and essay mills.
Why it matters: Readers can't judge a link that they can't see through, which is how scams spread (NCSC,
phishing guidance); link texts must make sense by themselves (WCAG 2.2, success criterion 2.4.4).
Not flagged: The organisation's own sites, unless all that the post says of one is "click here"; full
addresses; short hosts that say where they lead (youtu.be, gov.uk).
"""

import re
from collections.abc import Iterator
from functools import cache

from checkpost.knowledge import Knowledge
from checkpost.lexicon import load
from checkpost.model import PUBLISHED, Confidence, Hit, ProseSpan
from checkpost.patterns import late
from checkpost.rules import Detector
from checkpost.text.document import Document
from checkpost.text.words import WordKind

CONCERN = "rights/link"
_LEXICON = "link"
_HIDDEN = "This link doesn't show where it goes."
_UNSUITABLE = "This link leads to a kind of site that no post of a school or college should."
_ADDRESS = late(r"(?:(https?)://)?([^\s/@]{1,100}@)?([^\s/?#:@]{1,253})([^\s]*)", re.IGNORECASE)
_SITE = late(r"(?:https?://)?(?:[\w-]{1,63}\.){1,6}[a-z]{2,12}(?:/\S*)?", re.IGNORECASE)
_IP = late(r"\d{1,3}(?:\.\d{1,3}){3}|\d{8,10}|0x[0-9a-f]{8}", re.IGNORECASE)
_CODE = late(r"/(?=[a-z]*[A-Z0-9])(?=[A-Z0-9]*[a-z])[A-Za-z0-9_-]{4,10}/?")  # x7Qp: letters and digits at random
_BRIEF_HOST = late(r"[a-z0-9-]{1,6}\.(?!com|org|uk|net)[a-z]{2,7}")

Found = tuple[ProseSpan, str, Confidence, str]


def find(doc: Document, knowledge: Knowledge) -> Iterator[Hit]:
    """Yield one hit for every link that hides its destination."""
    taken: list[ProseSpan] = []
    for span, message, confidence, evidence in (
        *_labels(doc, knowledge),
        *_shortened(doc),
        *_addresses(doc, knowledge),
        *_calls(doc, knowledge),
    ):
        if not any(span.overlaps(other) for other in taken):
            taken.append(span)
            yield Hit(CONCERN, message, doc.part.name, span, confidence, (evidence,))


def _labels(doc: Document, knowledge: Knowledge) -> Iterator[Found]:
    if not doc.links:
        return
    groups = load(_LEXICON).groups
    blank, bare = frozenset(groups["blank-labels"].terms), frozenset(groups["mute-labels"].terms)
    for link in doc.links:
        host = _host(doc.text(link.target))
        label = doc.text(link.label).strip(" *_.!>»→👉:").casefold()
        if link.is_image or not host or not label:
            continue
        if site := _SITE.search(label):
            shown = _host(site[0])
            if not (_within(host, shown) or _within(shown, host)):
                yield (
                    link.label,
                    _HIDDEN,
                    Confidence.HIGH,
                    "the text shows one site, and the link leads to another",
                )
        elif label in blank and (
            not knowledge.owns_domain(host)
            or (label in bare and _ends_there(doc, max(link.label.end, link.target.end)))
        ):
            yield link.label, _HIDDEN, Confidence.MEDIUM, "the link's text says nothing of its destination"


def _ends_there(doc: Document, end: int) -> bool:
    """Whether no word of the same line and sentence follows a link, to say what it is for."""
    return not re.match(r"[^\w.!?\r\n]*\w", doc.prose[end : end + 20])


def _shortened(doc: Document) -> Iterator[Found]:
    if "/" not in doc.prose and "slash" not in doc.lower:
        return
    for match in _shorteners().finditer(doc.prose):
        yield ProseSpan(*match.span()), _HIDDEN, Confidence.HIGH, "a service that shortens addresses"


@cache
def _shorteners() -> re.Pattern[str]:
    """Addresses of the services with a path, their dots spelled out or not."""
    hosts = "|".join(
        re.escape(host).replace(r"\.", r" ?(?:\.|\(dot\)|\[dot\]|dot) ?")
        for host in load(_LEXICON).groups["shorteners"].terms
    )
    return re.compile(
        rf"(?<![\w@.-])(?:https?://)?(?:www\.)?(?:{hosts}) ?(?:/|slash) ?[\w~%.!?=&#-]*[\w=&#-]",
        re.IGNORECASE,
    )


def _addresses(doc: Document, knowledge: Knowledge) -> Iterator[Found]:
    if not any(word.kind is WordKind.URL for word in doc.words):
        return
    plain = load(_LEXICON).groups["plain"].terms
    unsuitable = load(_LEXICON).groups["unsuitable"].terms
    for word in doc.words:
        parts = _ADDRESS.fullmatch(word.text) if word.kind is WordKind.URL else None
        if not parts:
            continue
        scheme, user, host, path = parts[1], parts[2], parts[3].casefold(), parts[4]
        written = _ADDRESS.match(doc.source(word.span))
        if knowledge.owns_domain(host) and (not written or written[3].isascii()):
            continue
        if any(name in host for name in unsuitable):
            yield word.span, _UNSUITABLE, Confidence.MEDIUM, "the list of unsuitable sites"
        elif scheme and _IP.fullmatch(host):
            yield word.span, _HIDDEN, Confidence.HIGH, "an address of numbers"
        elif "xn--" in host or (written and not written[3].isascii()):
            yield word.span, _HIDDEN, Confidence.HIGH, "letters of other scripts in the site's name"
        elif scheme and user:
            yield word.span, _HIDDEN, Confidence.HIGH, "a name before an @ that stands for another site"
        elif _BRIEF_HOST.fullmatch(host) and _CODE.fullmatch(path) and not any(_within(host, other) for other in plain):
            yield word.span, _HIDDEN, Confidence.MEDIUM, "a short address with a code for its path"


def _calls(doc: Document, knowledge: Knowledge) -> Iterator[Found]:
    """Calls to click where no address is to be seen."""
    if any(word.kind is WordKind.URL for word in doc.words) or doc.links:
        return
    for match in load(_LEXICON).find(doc, knowledge.slots(doc), "bare-calls"):
        yield match.span, _HIDDEN, Confidence.MEDIUM, "no address beside the call to click"


def _host(address: str) -> str:
    """The host of a web address; empty for e-mail, telephone and places on the same site."""
    if address.startswith(("mailto:", "tel:", "#", "/", ".")):
        return ""
    parts = _ADDRESS.fullmatch(address.strip("<> "))
    return parts[3].casefold().removeprefix("www.") if parts else ""


def _within(host: str, other: str) -> bool:
    return host == other or host.endswith("." + other)


DETECTOR = Detector("link", (CONCERN,), find, reads=PUBLISHED)

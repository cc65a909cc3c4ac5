"""Paid, gifted or affiliate content.

What it finds: Labels such as a leading AD or #gifted; gifts said or let slip ("sent me this for free");
discount codes, referral links and commission; interests in a product that is praised.
Why it matters: The Digital Markets, Competition and Consumers Act 2024 and the advertising (CAP) Code, rule
2, ask that advertising be obvious; and staff who accept gifts must usually declare them to the employer.
Not flagged: Things bought with one's own money, gifted pupils, sponsored walks, donations to the school,
lessons on codes.
"""

from collections.abc import Iterator

from checkpost.knowledge import Knowledge
from checkpost.model import Confidence, Hit, ProseSpan
from checkpost.patterns import late
from checkpost.rules import Detector, passages, phrase_hits
from checkpost.text.document import Document

CONCERN = "conduct/paid-promotion"

_TAGS = frozenset(
    {
        "ad",
        "advert",
        "gifted",
        "sponsored",
        "paidpartnership",
        "paidad",
        "adgifted",
        "prgift",
        "affiliate",
        "spon",
        "sp",
    }
    | {"affiliatelink", "brandambassador", "collab", "paidpromotion", "gift", "freebie"}
)
_LABEL = late(
    r"(?:^|\n)[\W_]{0,4}(?:AD|Ad|ADVERT|GIFTED|SPONSORED|PAID AD)\s?(?:[|:/–—•]|-\s|\n|\(|$)"
    r"|[(\[]\s?(?:AD|Ad|ad|gifted|Gifted)\s?[)\]]"
    r"|(?:^|\n)[\W_]{0,4}(?:AD|Ad|GIFTED|Gifted)\s?[^\w\s,.;!?'’\"()&-]"
)
_CODE = late(
    r"(?:\b(?:code|quote|use|enter|with)\s{1,2}[\"']?|(?<![\w#@]))(?=[A-Z]{0,14}\d)([A-Z]{3,14}\d{1,3})[\"']?"
    r"(?=[^.!?\n]{0,40}(?:%|\boff\b|\bdiscount|\bsave|\bfree\b|\btenner\b|\bfiver\b|£\d))"
)
_CODE_AFTER = late(
    r"(?:%|\boff\b|\bdiscount|£\d)[^.!?\n]{0,40}\b(?:code|quote|with|using|use)\s{1,2}[\"']?([A-Z]{3,14}\d{0,3})\b"
)

# What stands in small letters in every text with a label, and in every text with a code.
_MAY_BE_LABEL = late(r"(?<![^\W_])(?:ad|advert|gifted|sponsored|paid ad)\b")
_MAY_BE_CODE = late(r"[%£]|off|discount|save|free|tenner|fiver")


def find(doc: Document, knowledge: Knowledge) -> Iterator[Hit]:
    """Yield a hit for every label, gift, code and commission."""
    yield from passages(doc, _signs(doc, knowledge), reach=2)


def _signs(doc: Document, knowledge: Knowledge) -> Iterator[Hit]:
    yield from phrase_hits(doc, knowledge, "paid_promotion")
    for tag in doc.tags:
        if tag.text.casefold().replace("_", "") in _TAGS:
            yield _hit(doc, tag.span, "This tag marks paid or gifted content.", "a tag for advertisements")
    for match in _LABEL.finditer(doc.prose) if _MAY_BE_LABEL.search(doc.lower) else ():
        yield _hit(doc, ProseSpan(*match.span()), "This label marks an advertisement.", "an advertising label")
    for pattern in (_CODE, _CODE_AFTER) if _MAY_BE_CODE.search(doc.lower) else ():
        for match in pattern.finditer(doc.prose):
            yield _hit(
                doc,
                ProseSpan(*match.span(1)),
                "This is a discount code.",
                "letters and digits beside a discount",
            )


def _hit(doc: Document, span: ProseSpan, message: str, evidence: str) -> Hit:
    return Hit(
        concern=CONCERN,
        message=message,
        part=doc.part.name,
        span=span,
        confidence=Confidence.MEDIUM,
        evidence=(evidence,),
    )


DETECTOR = Detector("paid-promotion", (CONCERN,), find)

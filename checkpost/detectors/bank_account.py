"""Bank accounts: sort code and account number.

What it finds: A sort code (three pairs of digits) with an account number of eight digits near it, in either
order, or one of the two where the words near it say what it is.
Why it matters: With a name, the two are enough to set up payments in fraud; families' details reach us in
confidence.
Not flagged: Dates and scores, which look like sort codes; eight digits that nothing explains (UKPRN,
references); talk about bank details.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from checkpost.knowledge import Knowledge
from checkpost.labelled import Number, matches, nearest, number_hits, shapes
from checkpost.model import Confidence, Hit, ProseSpan
from checkpost.rules import EVERYWHERE, Detector
from checkpost.text.document import Document

CONCERN = "personal-data/financial"

_GAP = 60  # characters between the two: ", account number is "
_CLOSE = 3
_SORT = r"(?<![\w+£$#.,/-])(?<!\d )(?:\d{2}(?P<gap>[ -])\d{2}(?P=gap)\d{2}|\d{6})(?![\w%]|[,./:-]\d| \d\d\b)"
_ACCOUNT = r"(?<![\w+£$#.,/-])(?:\d{8}|(?<!\d )\d{4}[ -]\d{4})(?![\w%]|[,./:-]\d| \d{3})"
_SORT_CODE = Number(
    concern=CONCERN,
    message="This looks like the sort code of a bank account.",
    words="sort-code",
    digits=6,
    shape=re.compile(_SORT),
    alone=None,
    needs_words=True,
    within=4,
    check="its shape",
)
_ACCOUNT_NUMBER = Number(
    concern=CONCERN,
    message="This looks like the number of a bank account.",
    words="bank",
    digits=8,
    shape=re.compile(_ACCOUNT),
    alone=None,
    needs_words=True,
    within=5,
    check="its shape",
)


def find(doc: Document, knowledge: Knowledge) -> Iterator[Hit]:
    """Yield one hit for every pair of sort code and account number, and for either where it is called so."""
    pairs = list(_pairs(doc))
    labels = matches(doc, knowledge, "identifiers", "payment") if pairs else []
    found: list[ProseSpan] = []
    for span, is_plain in pairs:
        label = nearest(doc, span, labels)
        named = label is not None and label.group.name in ("bank", "sort-code", "payment")
        if named or (is_plain and label is None):
            found.append(span)
            yield Hit(
                concern=CONCERN,
                message="These are the details of a bank account.",
                part=doc.part.name,
                span=span,
                confidence=Confidence.HIGH if named else Confidence.MEDIUM,
                evidence=("a sort code and an account number", *(("the words near them",) if named else ())),
                replacement="[bank details removed]",
            )
    for number in (_SORT_CODE, _ACCOUNT_NUMBER):
        for hit in number_hits(doc, knowledge, number):
            if hit.span and not _is_inside(hit.span, found):
                yield hit


def _is_inside(span: ProseSpan, found: Sequence[ProseSpan]) -> bool:
    at = bisect_left(found, span.start, key=lambda pair: pair.end - 1)
    return at < len(found) and span.overlaps(found[at])


def _pairs(doc: Document) -> Iterator[tuple[ProseSpan, bool]]:
    """From the first to the last digit of a sort code and an account number near it.

    Second comes whether it looks like nothing else: a sort code in pairs, and the account right after it.
    """
    if doc.digits < _SORT_CODE.digits + _ACCOUNT_NUMBER.digits:
        return
    accounts = list(shapes(doc, _ACCOUNT_NUMBER.shape))
    for code in shapes(doc, _SORT_CODE.shape):
        at = bisect_left(accounts, code.start - _GAP, key=lambda account: account.end)
        for account in accounts[at : at + 3]:
            start, end = min(code.start, account.start), max(code.end, account.end)
            between = end - start - (code.end - code.start) - (account.end - account.start)
            if 0 < between <= _GAP:
                yield ProseSpan(start, end), between <= _CLOSE and code.end - code.start > 6
                break


DETECTOR = Detector("bank-account", (CONCERN,), find, reads=EVERYWHERE)

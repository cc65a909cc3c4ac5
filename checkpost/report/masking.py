"""Hides the matched text in reports: it is the very data that must not leak."""

import re

from checkpost.model import Finding
from checkpost.patterns import late

_POSITION = late(
    r"(?:latitude|longitude|GPSPosition|GPSCoordinates|ISO6709|LocationInformation)(?:\[\d+\])?$", re.IGNORECASE
)
_NUMBER = r"\d+(?:\.\d+)?(?:/\d+)?"
_COORDINATE = late(
    rf"(?<![\d.])(?:(?P<decimal>\d{{1,3}}\.\d+)(?![\d/])|(?P<degrees>{_NUMBER})"
    rf"(?:\s*(?:deg|[°º,\s])\s*(?P<minutes>{_NUMBER})\s*['′]?(?:[\s,]*(?P<seconds>{_NUMBER})\s*[\"″]?)?)?)"
)
_RUN_TOGETHER = late(r"\d{4,}(?![\d/])")  # degrees and minutes in one number: 5322.83
_LONGEST = 12  # so that the mask of a long word does not give its length away


def mask(match: str) -> str:
    """Keep the first character of each word, so that the author knows it and nobody else does.

    >>> mask("Megan Rowntree, 07700 900123")
    'M•••• R••••••• 0•••• 9•••••'
    """
    words = match.split()[:8]
    return " ".join(word[0] + "•" * min(len(word.rstrip(".,;:")) - 1, _LONGEST) for word in words)


def mask_span(text: str) -> str:
    """Mask in place: as long as the text, so that carets under it still point right.

    >>> mask_span("Megan Rowntree")
    'M•••• R•••••••'
    """
    return "".join(
        character if not character.isalnum() or at == 0 or not text[at - 1].isalnum() else "•"
        for at, character in enumerate(text)
    )


def shown_match(finding: Finding, *, show: bool) -> str | None:
    """What was found, masked unless it may be shown; None for an absence."""
    if finding.match is None:
        return None
    return unmasked(finding.match, finding.part) if show else mask(finding.match)


def unmasked(text: str, part: str) -> str:
    """A text as it is shown where nothing is masked. A position is never told closer than to about a kilometre.

    >>> unmasked("+53.3806-001.4702/", "images[0].metadata.GPSCoordinates")
    '+53.38-1.47/'
    """
    return _COORDINATE.sub(_rounded, text) if _POSITION.search(part) else text


def _rounded(match: re.Match[str]) -> str:
    parts = match["decimal"] or match["degrees"], match["minutes"], match["seconds"]
    if _RUN_TOGETHER.match(match[0]):
        return "•" * _LONGEST
    return f"{sum(_number(part) / 60.0**power for power, part in enumerate(parts) if part):.2f}"


def _number(text: str) -> float:
    above, _, below = text.partition("/")
    return float(above) / (float(below or 1) or 1)

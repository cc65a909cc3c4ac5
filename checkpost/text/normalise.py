"""Undoes what hides words from a reader that compares characters.

That is: invisible characters, full-width and styled letters, emoji digits, look-alike letters of other scripts,
typographic quotes.

Case, accents and digits stay: they are evidence. `words.fold` takes those away for comparing.
"""

import re
import unicodedata
from collections.abc import Iterator

from checkpost.text.offsets import OffsetMap

# Letters that readers of Latin take for Latin ones. Source: Unicode Technical Standard 39, confusables.
_LOOKALIKES = str.maketrans(
    "АВЕЅІЈКМНОРСТУХаеѕіјорсухԁһӏΑΒΕΖΗΙΚΜΝΟΡΤΥΧονυ",
    "ABESIJKMHOPCTYXaesijopcyxdhlABEZHIKMNOPTYXovu",
)
_PUNCTUATION = {
    "‘": "'", "’": "'", "‚": "'", "‛": "'", "ʼ": "'", "′": "'", "＇": "'",
    "“": '"', "”": '"', "„": '"', "‟": '"', "«": '"', "»": '"',
    "‐": "-", "‑": "-", "‒": "-", "−": "-", "﹣": "-",
}  # fmt: skip
_KEPT = frozenset("™®©℠№ªº")  # NFKC would join these to the word before them
_WORD = re.compile(r"[^\W\d_]+")
_STRANGE = re.compile(r"[\x00-\x7f]?[^\x00-\x7f]+")  # with the character whose look they may change
_LOOKS = "\ufe0e\ufe0f\u20e3"  # variation selectors, and the frame of an emoji digit


def normalise(text: str) -> tuple[str, OffsetMap]:
    r"""Normalise a text; returns it with its map back.

    >>> normalise("Ｊａｙ\u200bden’s 4️⃣")[0]
    "Jayden's 4"
    """
    if text.isascii():
        return text, OffsetMap.identity(len(text))
    plain, offsets = OffsetMap.of_pieces(_pieces(text), len(text))
    return _latin_lookalikes(plain), offsets


def _pieces(text: str) -> Iterator[tuple[str, int, int]]:
    """What stands for each stretch of a text: ASCII as it is, and each other character with what belongs to it."""
    at = 0
    for strange in _STRANGE.finditer(text):
        yield text[at : strange.start()], at, strange.start()
        for start, end in _clusters(text, *strange.span()):
            yield _character(text[start:end]), start, end
        at = strange.end()
    yield text[at:], at, len(text)


def _clusters(text: str, first: int, after: int) -> list[tuple[int, int]]:
    """Each character with what follows it to change its look: combining marks, the frame of an emoji digit."""
    starts = [i for i in range(first, after) if i == first or not (unicodedata.combining(text[i]) or text[i] in _LOOKS)]
    return list(zip(starts, [*starts[1:], after], strict=True))


def _character(cluster: str) -> str:
    if cluster.isascii() or cluster in _KEPT:
        return cluster
    if cluster in _PUNCTUATION:
        return _PUNCTUATION[cluster]
    if len(cluster) > 1:
        return _bare(cluster.rstrip(_LOOKS))
    first = cluster[0]
    category = unicodedata.category(first)
    if category == "Cf" or first in _LOOKS:
        return ""  # zero-width spaces and joiners, soft hyphens, bidi controls, variation selectors
    if category == "Zs":
        return " "
    return unicodedata.normalize("NFC", unicodedata.normalize("NFKC", cluster))


def _bare(cluster: str) -> str:
    """A character with its accents, and without marks that only strike it through or crowd it."""
    if len(cluster) < 2:
        return _character(cluster) if cluster else ""
    plain = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", cluster))
    if plain[:1].isascii() or "LATIN" in unicodedata.name(plain[0], ""):
        plain = plain[0] + "".join(c for c in plain[1:] if not unicodedata.combining(c))
    return plain


def _latin_lookalikes(text: str) -> str:
    """Turn look-alike letters into Latin ones, in words that mix scripts or stand among Latin words.

    A text that is really Greek or Cyrillic is left alone: its words hold letters with no Latin twin.
    """
    if text.isascii():
        return text
    latin_text = sum(c.isascii() and c.isalpha() for c in text) * 2 > sum(c.isalpha() for c in text)

    def twin(match: re.Match[str]) -> str:
        word = match[0]
        if word.isascii():
            return word
        turned = word.translate(_LOOKALIKES)
        mixed = any(c.isascii() for c in word)
        return turned if turned != word and (mixed or (latin_text and turned.isascii())) else word

    return _WORD.sub(twin, text)

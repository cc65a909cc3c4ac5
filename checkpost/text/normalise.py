"""Undoes what hides words from a reader that compares characters.

That is: invisible characters, full-width and styled letters, emoji digits, look-alike letters of other scripts,
typographic quotes.

Case, accents and digits stay: they are evidence. `words.fold` takes those away for comparing.
"""

import re
import unicodedata

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
_LOOKS = "\ufe0e\ufe0f\u20e3"  # variation selectors, and the frame of an emoji digit


def normalise(text: str) -> tuple[str, OffsetMap]:
    r"""Normalise a text; returns it with its map back.

    >>> normalise("Ｊａｙ\u200bden’s 4️⃣")[0]
    "Jayden's 4"
    """
    if text.isascii():
        return text, OffsetMap.identity(len(text))
    pieces = [(_character(text[start:end]), start, end) for start, end in _clusters(text)]
    plain, offsets = OffsetMap.of_pieces(pieces, len(text))
    return _latin_lookalikes(plain), offsets


def _clusters(text: str) -> list[tuple[int, int]]:
    """Each character with what follows it to change its look: combining marks, the frame of an emoji digit."""
    starts = [i for i, c in enumerate(text) if i == 0 or not (unicodedata.combining(c) or c in _LOOKS)]
    return list(zip(starts, [*starts[1:], len(text)], strict=True))


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

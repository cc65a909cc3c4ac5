"""Identifiers to plant in a text, and the ways in which people hide them from a machine and not from a reader.

Each way is a function from an identifier to what is written in its place.
"""

import re
from collections.abc import Callable, Mapping

HYPHENS = "-‐‑‒−﹣－"
DASHES = HYPHENS + "–—―"
SPACES = "\u00a0\u2002\u2007\u2009\u200a\u202f\u205f\u3000"
INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad"
_TWINS = str.maketrans("aceopxyiABCEHIKMOPTX", "асеорхуіАВСЕНІКМОРТХ")
_SAID = dict(zip("0123456789", "oh one two three four five six seven eight nine".split(), strict=True))
_LEET = str.maketrans("aeiost", "431057")

Change = Callable[[str], str]


def _full_width(text: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


def _groups(text: str, between: str) -> str:
    """Other marks in place of the spaces and hyphens between groups."""
    return re.sub("[ -]", between, text)


def _each(text: str, between: str) -> str:
    """A mark between all letters and digits."""
    return between.join(re.sub(r"[^\w]", "", text))


def _inside(mark: str) -> Change:
    """A mark after every few characters."""
    return lambda text: mark.join(text[at : at + 3] for at in range(0, len(text), 3))


def _between(mark: str) -> Change:
    return lambda text: _groups(text, mark)


def said(digits: str) -> str:
    """Digits in words, as people say phone numbers: "oh seven seven double oh"."""
    runs = [match[0] for match in re.finditer(r"(\d)\1?", re.sub(r"\D", "", digits))]
    return " ".join(("double " if len(run) == 2 else "") + _SAID[run[0]] for run in runs)


# Ways to hide that fit any identifier.
ANY: Mapping[str, Change] = {
    "as it is": str,
    "full width": _full_width,
    "mixed case": lambda text: "".join(c.upper() if at % 2 else c.lower() for at, c in enumerate(text)),
    "emphasis inside": lambda text: re.sub(r"\w{2,}", r"**\g<0>**", text, count=1),
    "struck through": lambda text: "".join(c + "\u0336" if c.isalnum() else c for c in text),
    "crowded": lambda text: "".join(c + "\u0353\u035a" if c.isalnum() else c for c in text),
    **{f"invisible U+{ord(mark):04X}": _inside(mark) for mark in INVISIBLE},
}
# Ways to hide the digits.
DIGITS: Mapping[str, Change] = {
    "keycap digits": lambda text: re.sub(r"\d", "\\g<0>\ufe0f\u20e3", text),
    "mathematical digits": lambda text: re.sub(r"\d", lambda d: chr(0x1D7CE + int(d[0])), text),
    "each digit spaced": lambda text: _each(text, " "),
    "each digit dotted": lambda text: _each(text, "."),
    "each digit dashed": lambda text: _each(text, "-"),
    "dotted groups": lambda text: _groups(text, "."),
}
GROUPS: Mapping[str, Change] = {
    **{f"space U+{ord(mark):04X}": _between(mark) for mark in SPACES},
    "a line's end in the middle": lambda text: re.sub("[ -]", "\n", text, count=1),
    "wide spaces": lambda text: _groups(text, "  "),
}
JOINED: Mapping[str, Change] = {f"dash U+{ord(mark):04X}": _between(mark) for mark in DASHES}
HYPHENED: Mapping[str, Change] = {f"hyphen U+{ord(mark):04X}": _between(mark) for mark in HYPHENS}
LETTERS: Mapping[str, Change] = {"look-alike letters": lambda text: text.translate(_TWINS)}
SAID: Mapping[str, Change] = {"said in words": said}
ADDRESS: Mapping[str, Change] = {
    "at and dot": lambda text: text.replace("@", " at ").replace(".", " dot "),
    "(at) and (dot)": lambda text: text.replace("@", " (at) ").replace(".", " (dot) "),
    "[at] and [dot]": lambda text: text.replace("@", "[at]").replace(".", "[dot]"),
    "AT and DOT": lambda text: text.replace("@", " AT ").replace(".", " DOT "),
    "spaced at": lambda text: text.replace("@", " @ "),
}
NAME: Mapping[str, Change] = {
    "leet": lambda text: text[0] + text[1:].translate(_LEET),
    "each letter spaced": lambda text: "  ".join(" ".join(word) for word in text.split()),
    "each letter dotted": lambda text: " ".join(".".join(word) for word in text.split()),
    "capitals": str.upper,
    "small letters": str.lower,
}

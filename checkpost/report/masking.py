"""Hides the matched text in reports: it is the very data that must not leak."""

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

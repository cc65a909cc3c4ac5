"""The one door to spaCy, which costs over half a second to import: nothing here runs until a detector asks for names.

The model that ships (`checkpost.encoder`) needs no spaCy. Where `[check] name-model` names an installed spaCy pipeline,
that one is asked for names in its stead.
"""

from functools import cache
from typing import TYPE_CHECKING

from checkpost.errors import InputError
from checkpost.model import ProseSpan

if TYPE_CHECKING:
    from spacy.language import Language


@cache
def _pipeline(name: str) -> "Language":
    import spacy  # noqa: PLC0415  (dear to import)

    try:
        return spacy.load(name, exclude=["parser", "lemmatizer", "attribute_ruler"])
    except (OSError, ImportError, ValueError) as error:
        raise InputError(
            f'the name model "{name}" cannot be loaded ({str(error).splitlines()[0]}). Install it, or take name-model '
            "out of checkpost.toml."
        ) from error


def person_spans(prose: str, model: str) -> tuple[ProseSpan, ...]:
    """Where a spaCy pipeline sees people named.

    Raises:
        InputError: The pipeline is not installed or does not load.
    """
    found = _pipeline(model)(prose)
    return tuple(ProseSpan(e.start_char, e.end_char) for e in found.ents if e.label_ in ("PERSON", "PER"))

"""What the model read in a text: names, and what each sentence carries."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Name:
    """A name: code-point offsets into the text (`end` exclusive), PERSON, ORG or LOCATION, and how probable that is."""

    start: int
    end: int
    kind: str
    probability: float


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: code-point offsets, the calibrated probability of every label, and how sure the model is of some.

    `sure` holds the labels that are worth reporting, each "high", "medium" or "low".
    """

    start: int
    end: int
    probability: Mapping[str, float]
    sure: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reading:
    """All that the model says of one text."""

    names: tuple[Name, ...] = ()
    sentences: tuple[Sentence, ...] = ()

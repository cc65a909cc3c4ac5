"""How grave, how sure, and what then: the scales of a report."""

from enum import StrEnum


class Severity(StrEnum):
    """How a policy ranks a breach. Set by packs, never by detectors."""

    BLOCK = "block"
    REVIEW = "review"
    ADVISE = "advise"

    @property
    def rank(self) -> int:
        """0 for advise, 2 for block: the greater, the graver."""
        return ("advise", "review", "block").index(self.value)

    def softened(self) -> "Severity":
        """One step down: what a finding of low confidence carries."""
        return Severity.REVIEW if self is Severity.BLOCK else Severity.ADVISE


class Confidence(StrEnum):
    """How sure a detector is that it sees what it says. Set by detectors, never by packs."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"

    @property
    def rank(self) -> int:
        """0 for low, 2 for high."""
        return ("low", "medium", "high").index(self.value)


class Verdict(StrEnum):
    """The answer to "may I post this?"."""

    BLOCK = "block"
    REVIEW = "review"
    CLEAR = "clear"

    @property
    def words(self) -> str:
        """The verdict as a person says it."""
        return {"block": "Do not post", "review": "Get approval first", "clear": "OK to post"}[self.value]

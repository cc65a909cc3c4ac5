"""What a rule and the model say of sentences next to one another is one finding."""

from checkpost.merge import in_passages, merge
from checkpost.model import Confidence, Hit, Part, ProseSpan
from checkpost.text.document import Document

TEXT = "They lied. We waited. They lied again. It rained. It poured. It snowed. They lied once more."
DOC = Document.of(Part("text", TEXT))


def said(words: str, concern: str = "conduct/rumour", **kwargs: object) -> tuple[str, Hit]:
    start = TEXT.index(words)
    return "rule", Hit(concern, words, "text", ProseSpan(start, start + len(words)), **kwargs)  # type: ignore[arg-type]


def spans(hits: list[tuple[str, Hit]]) -> list[str]:
    return [DOC.text(hit.span) for _, hit in hits if hit.span]


def test_near_ones_are_joined_and_far_ones_are_not() -> None:
    hits = [said("They lied."), said("They lied again."), said("They lied once more.")]
    assert spans(in_passages(hits, [DOC])) == ["They lied. We waited. They lied again.", "They lied once more."]


def test_the_surer_one_speaks_and_all_evidence_is_kept() -> None:
    rough = said("They lied.", confidence=Confidence.LOW, evidence=("the model",), rough=True)
    fine = said("They lied again.", confidence=Confidence.HIGH, evidence=("a list",))
    [(_, hit)] = in_passages([rough, fine], [DOC])
    assert (hit.message, hit.confidence, hit.rough) == ("They lied again.", Confidence.HIGH, False)
    assert set(hit.evidence) == {"the model", "a list"}


def test_words_keep_their_places() -> None:
    for concern in ("conduct/abuse", "confidential/term", "people/staff"):
        hits = [said("They lied.", concern), said("They lied again.", concern)]
        assert spans(in_passages(hits, [DOC])) == ["They lied.", "They lied again."]


def test_what_can_be_replaced_is_not_widened() -> None:
    hits = [said("They lied.", replacement="[removed]"), said("They lied again.")]
    assert len(in_passages(hits, [DOC])) == 2


def test_what_the_model_hears_around_a_rules_words_is_part_of_what_is_said() -> None:
    rough = said("We waited. They lied again.", evidence=("the model",), rough=True)
    assert spans(merge([said("They lied again."), rough])) == ["We waited. They lied again."]


def test_words_are_not_widened_by_what_the_model_hears_around_them() -> None:
    rough = said("We waited. They lied again.", "conduct/abuse", rough=True)
    assert spans(merge([said("lied again", "conduct/abuse"), rough])) == ["lied again"]

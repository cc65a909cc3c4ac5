"""A draft is measured against what each policy in force prescribes, and a miss is put to that policy only."""

from dataclasses import replace

from checkpost.drafts.fields import record
from checkpost.inferences.disclaimer import INFERENCE as DISCLAIMER
from checkpost.inferences.platform import INFERENCE as PLATFORM
from checkpost.knowledge import Standard
from checkpost.model import Hit
from checkpost.rules import Case, Inference
from checkpost.text.document import Document
from tests.organisation import engine

STRICT = Standard("strict", ("the views expressed are mine alone",), disclaimer_exact=True)
EASY = Standard("easy", ("views are my own",))
LISTS = Standard("lists", approved_platforms=("facebook", "X"))


def infer(rule: Inference, standards: tuple[Standard, ...], **post: object) -> list[Hit]:
    draft = record({"id": "case", **post}, "case", "case", None)
    knowledge = replace(engine().knowledge, standards=standards)
    return list(rule.infer(Case(draft, tuple(Document.of(part) for part in draft.parts), (), knowledge)))


def test_a_wording_that_one_policy_accepts_is_put_to_the_other_only() -> None:
    hits = infer(DISCLAIMER, (STRICT, EASY), account="personal", text="I teach. Views are my own.")
    assert [hit.policies for hit in hits] == [frozenset({"strict"})]


def test_a_joke_falls_short_of_every_policy() -> None:
    hits = infer(DISCLAIMER, (STRICT, EASY), account="personal", text="I teach. Opinions mine, blame the cat")
    assert [(hit.concern, hit.policies) for hit in hits] == [("identity/disclaimer-wording", None)]


def test_the_exact_wording_satisfies_every_policy() -> None:
    post = {"account": "personal", "text": "I teach. The views expressed are mine alone!"}
    assert infer(DISCLAIMER, (STRICT, EASY), **post) == []


def test_a_platform_that_is_on_no_list() -> None:
    hits = infer(PLATFORM, (LISTS,), account="organisation", platform="Snapchat", text="Open evening tonight")
    assert [(hit.concern, hit.span) for hit in hits] == [("context/platform", None)]


def test_a_platform_on_a_list_under_another_name() -> None:
    post = {"account": "organisation", "platform": "Twitter", "text": "Open evening tonight"}
    assert infer(PLATFORM, (LISTS,), **post) == []


def test_a_private_post_on_any_platform() -> None:
    assert infer(PLATFORM, (LISTS,), account="personal", platform="snapchat", text="Bread, day two") == []

"""What a sentence means to do, as a small trained model reads it.

What it finds: Sentences that abuse, demean, threaten, run down, complain, gossip, campaign, solicit, promote or
recommend; that tell what is known through work only; that tell a sensitive fact about somebody; that open
private contact with learners; in words that no list holds.
Why it matters: The politest sentence can do the most harm, and lists of words cannot see it. The model was
trained on sentences written for checkpost and on public sets (MODEL_CARD.md); it runs on your computer.
Not flagged: What the model is not sure of. It errs more than rules do, and says how sure it is: where a rule
saw the same, both stand as evidence of one finding. Contact among former colleagues and friends.
"""

from collections.abc import Iterator

from checkpost.encoder.labels import CONCERNS
from checkpost.knowledge import Knowledge
from checkpost.lexicon import load
from checkpost.model import Hit
from checkpost.rules import Detector, passages
from checkpost.text.document import Document
from checkpost.witness import VOICED, sentence_hits

LABELS = tuple(label for label in CONCERNS if label != "spokesperson")  # that depends on the account: an inference


def find(doc: Document, knowledge: Knowledge) -> Iterator[Hit]:
    """Yield a hit for every passage whose sentences the model is sure enough carry a label."""
    grown_ups = load("contact").has(doc, knowledge.slots(doc), "grown-ups")  # as the rule on private contact has it
    labels = (label for label in LABELS if not (grown_ups and label == "learner-contact"))
    yield from passages(doc, sentence_hits(doc, knowledge, *labels))


# Alternative texts describe what is in a picture: "a test paper", "two people hugging" are no tone of voice.
DETECTOR = Detector("tone", tuple(CONCERNS[label] for label in LABELS), find, reads=VOICED)

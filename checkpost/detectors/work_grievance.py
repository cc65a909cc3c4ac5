"""A grievance about work, aired in public.

What it finds: Complaints about one's own pay, hours, caseload or cover; decisions over the author's head;
advice that blames the one who asked, or a token in place of help; verdicts on the employer's policies.
Why it matters: Policies ask that grievances go through the grievance procedure, where they can be answered;
in public they bind nobody and may cost the author dear. The law protects whistleblowers, and union work has
its own protection.
Not flagged: Being tired, laughing about a wet Wednesday, news and research about workload in the sector,
advice to others.
"""

from collections.abc import Iterator

from checkpost.knowledge import Knowledge
from checkpost.model import Hit
from checkpost.rules import Detector, in_sentences, passages, phrase_hits
from checkpost.text.document import Document


def find(doc: Document, knowledge: Knowledge) -> Iterator[Hit]:
    """Yield a hit for every complaint."""
    yield from passages(doc, in_sentences(doc, phrase_hits(doc, knowledge, "work_grievance")), reach=2)


DETECTOR = Detector("work-grievance", ("conduct/grievance",), find)

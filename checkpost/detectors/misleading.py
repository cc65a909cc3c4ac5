"""Claims about courses and schools that nothing bears out.

What it finds: A job, a pass or a grade guaranteed to whoever comes; the writer's own school as the best in
the country.
Why it matters: The advertising rules (CAP Code, section 3) ask that claims can be proved, and learners choose
by them.
Not flagged: Claims with a source (rated, voted, awarded, published), what can't be guaranteed, the Youth
Guarantee, a guaranteed interview.
"""

from collections.abc import Iterator

from checkpost.knowledge import Knowledge
from checkpost.model import Hit
from checkpost.rules import Detector, passages, phrase_hits
from checkpost.text.document import Document


def find(doc: Document, knowledge: Knowledge) -> Iterator[Hit]:
    """Yield a hit for every claim."""
    yield from passages(doc, phrase_hits(doc, knowledge, "misleading"))


DETECTOR = Detector("misleading", ("conduct/misleading",), find)

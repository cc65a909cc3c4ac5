"""Chain letters, hoaxes and junk to pass on.

What it finds: "Send to five people", "retweet to twenty schools by midnight", passing on or else, copy and
paste, and hoaxes about fees and giveaways.
Why it matters: Such messages waste readers' time, frighten children, and often carry a false warning or a
fraud.
Not flagged: Helplines, charities, missing people, and asking others to spread the word of an open evening.
"""

from collections.abc import Iterator

from checkpost.knowledge import Knowledge
from checkpost.model import Hit
from checkpost.rules import Detector, passages, phrase_hits
from checkpost.text.document import Document


def find(doc: Document, knowledge: Knowledge) -> Iterator[Hit]:
    """Yield a hit for every request of the kind."""
    yield from passages(doc, phrase_hits(doc, knowledge, "chain_mail"), reach=2)


DETECTOR = Detector("chain-mail", ("conduct/chain-mail",), find)

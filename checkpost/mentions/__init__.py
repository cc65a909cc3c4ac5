"""Where people of the roster are named in a document, in every form that people write.

The roster's forms are looked up over words run together, so that hyphens, apostrophes, spaces and accents
make no difference. Names that are also ordinary words count only where capitals and neighbours make them
names.
"""

from checkpost.mentions.calls import Calls
from checkpost.mentions.reading import Mention, Reading
from checkpost.mentions.runs import Runs
from checkpost.mentions.shorthand import Shorthand
from checkpost.mentions.slips import Slips
from checkpost.mentions.tags import Tags
from checkpost.roster import Roster
from checkpost.text.document import Document

__all__ = ["Mention", "find"]


def find(doc: Document, roster: Roster) -> tuple[Mention, ...]:
    """Every mention, in reading order, the longest at each place."""
    if not roster:
        return ()
    reading = Reading(doc, roster)
    found = [*Runs(reading).find(), *Tags(reading).find()]
    found.extend(mention for mention in Slips(reading).find() if not _taken(found).intersection(mention.indexes))
    found.extend(Shorthand(reading).find(_taken(found)))
    among_learners = any(mention.entry.kind == "learner" and mention.how != "title" for mention in found)
    first_names = list(Calls(reading).find(_taken(found), among_learners=among_learners))
    if not among_learners and any(mention.entry.kind == "learner" for mention in first_names):
        first_names = list(Calls(reading).find(_taken(found), among_learners=True))
    found.extend(first_names)
    return tuple(sorted(found, key=lambda mention: mention.span.start))


def _taken(found: list[Mention]) -> set[int]:
    return {at for mention in found for at in mention.indexes}

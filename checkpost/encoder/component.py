"""The model as a spaCy component: `nlp.add_pipe("checkpost_encoder")` in any English pipeline.

It adds its names to `doc.ents` (those already there keep their place) and sets `doc._.checkpost_labels`: every label
with the highest probability that any sentence of the text has for it.
"""

from collections.abc import Iterable, Iterator

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import filter_spans, minibatch

from checkpost.encoder.reading import Reading
from checkpost.encoder.runtime import Encoder, load


class Component:
    """Reads documents with the model that ships."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder

    def __call__(self, doc: Doc) -> Doc:
        """Read one document."""
        return _annotated(doc, self._encoder.read([doc.text])[0])

    def pipe(self, stream: Iterable[Doc], batch_size: int = 128) -> Iterator[Doc]:
        """Read many."""
        for docs in minibatch(stream, size=batch_size):  # type: ignore[no-untyped-call]
            for doc, reading in zip(docs, self._encoder.read([doc.text for doc in docs]), strict=True):
                yield _annotated(doc, reading)


def _annotated(doc: Doc, reading: Reading) -> Doc:
    spans = (doc.char_span(n.start, n.end, label=n.kind, alignment_mode="expand") for n in reading.names)
    taken = {token.i for span in doc.ents for token in span}
    fresh = [span for span in spans if span is not None and taken.isdisjoint(token.i for token in span)]
    doc.ents = (*doc.ents, *filter_spans(fresh))
    labels: dict[str, float] = {}
    for sentence in reading.sentences:
        for label, probability in sentence.probability.items():
            labels[label] = max(probability, labels.get(label, 0.0))
    doc._.checkpost_labels = labels
    return doc


@Language.factory("checkpost_encoder", assigns=["doc.ents", "doc._.checkpost_labels"])
def make(nlp: Language, name: str) -> Component:  # noqa: ARG001  (spaCy's signature)
    """Make the component."""
    if not Doc.has_extension("checkpost_labels"):
        Doc.set_extension("checkpost_labels", default={})
    return Component(load())

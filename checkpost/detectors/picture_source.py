"""Pictures that a program generated, by their own details.

What it finds: IPTC's DigitalSourceType of a generative model (in XMP or in Content Credentials), the fields that
IPTC keeps for prompts and AI systems, the settings that Stable Diffusion, ComfyUI and their like write into PNG, and
the names of such programs in the fields for software, credit and creator.
Why it matters: Readers take a picture on a school's page for the real classroom and real children. Sources: IPTC
Digital Source Type NewsCodes, IPTC Photo Metadata Standard 2025.1.
Not flagged: Photographs, scans, drawings and screenshots; pictures that a program only touched up; a caption or
title that speaks of AI.
"""

import re
from collections.abc import Iterator

from checkpost.knowledge import Knowledge
from checkpost.lexicon import load
from checkpost.model import Confidence, Hit, PartKind
from checkpost.patterns import late
from checkpost.phrases import NO_SLOTS
from checkpost.rules import Detector
from checkpost.text.document import Document

CONCERN = "image/ai-made"
_GENERATED = late(
    r"(?:^|/)(?:trainedAlgorithmicMedia|compositeWithTrainedAlgorithmicMedia|compositeSynthetic|algorithmicMedia)$"
    r"|\bcreated using generative ai\b",
    re.IGNORECASE,
)
_TELLING = frozenset(
    {"AIPromptInformation", "AIPromptWriterName", "AISystemUsed", "AISystemVersionUsed", "AIGC"}
    | {"invokeai_metadata", "sd-metadata", "Dream"}
)
_SETTINGS = frozenset({"parameters", "prompt", "workflow", "UserComment", "Comment", "generation_data", "caption"})
_RECIPE = late(
    r"\bsteps: ?\d{1,4}, ?sampler:|\bnegative prompt:.{0,4000}\bcfg scale:"
    r"|\"(?:class_type|sampler|cfg_scale)\" ?:",
    re.IGNORECASE | re.DOTALL,
)
_MAKERS = frozenset(
    "Software ProcessingSoftware CreatorTool Credit Creator Artist Author By-line Source Encoder".split()
)


def find(doc: Document, _knowledge: Knowledge) -> Iterator[Hit]:
    """Yield at most one hit for a field."""
    field = doc.part.field.rpartition(".")[2]
    value = doc.part.source.strip()
    if field == "DigitalSourceType" and _GENERATED.search(value):
        yield _hit(doc, "the kind of source that the file states")
    elif field in _TELLING:
        yield _hit(doc, "a field that only generated pictures have")
    elif field in _SETTINGS and _RECIPE.search(value[:20_000]):
        yield _hit(doc, "a program's settings for generating it")
    elif field in _MAKERS and load("generators").has(doc, NO_SLOTS, "generator"):
        yield _hit(doc, "the program that made it")


def _hit(doc: Document, evidence: str) -> Hit:
    message = "This picture's own details say that a program generated it."
    return Hit(CONCERN, message, doc.part.name, confidence=Confidence.HIGH, evidence=(evidence,))


DETECTOR = Detector("picture-source", (CONCERN,), find, reads=frozenset({PartKind.METADATA, PartKind.CAPTION}))

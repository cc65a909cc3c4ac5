"""Pictures without alternative text.

What it finds: A picture with a file and no alt text, or an empty one.
Why it matters: People who use a screen reader get nothing from such a picture. The Web Content Accessibility
Guidelines (1.1.1) ask for a description, and public bodies' sites must meet them by law.
Not flagged: A picture with alt text, however short; one that the draft only describes, without a file; a
picture that is checked by itself, with no draft.
"""

from collections.abc import Iterator

from checkpost.model import Confidence, Hit
from checkpost.rules import Case, Inference

CONCERN = "image/alt-text-missing"


def infer(case: Case) -> Iterator[Hit]:
    """Yield a hit for every picture that nothing describes."""
    for index, image in enumerate(() if case.post.is_picture else case.post.images):
        if image.file and not (image.alt or "").strip():
            message = "This picture has no alt text: say in a sentence what matters in it, and name nobody."
            yield Hit(CONCERN, message, f"images[{index}]", confidence=Confidence.HIGH)


INFERENCE = Inference("alt-text", (CONCERN,), infer)

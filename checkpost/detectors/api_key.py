"""Keys and tokens of programs.

What it finds: Keys with a prefix that their issuer gives them (AWS, GitHub, GitLab, Google, Microsoft,
OpenAI, Slack, Stripe and others), JSON Web Tokens, private keys, and long random strings that are called a
key, token or secret.
Why it matters: A program needs nothing else to act in the organisation's name, and robots search public posts
for keys.
Not flagged: Placeholders ("your-api-key-here"); identifiers of commits, files and pictures; musical, answer
and map keys.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from checkpost.knowledge import Knowledge
from checkpost.model import Confidence, Hit, ProseSpan
from checkpost.patterns import late
from checkpost.rules import EVERYWHERE, Detector
from checkpost.text.document import Document

CONCERN = "personal-data/credentials"

# As the issuers document them. Each count is bounded, so that no input takes more than linear time.
_ISSUED = late(
    r"(?<![\w-])(?:"
    r"(?:AKIA|ASIA|AGPA|AIDA|AROA)[A-Z0-9]{16}"
    r"|gh[pousr]_\w{20,255}|github_pat_\w{20,255}|glpat-[\w-]{20,64}"
    r"|AIza[\w-]{35}|ya29\.[\w-]{20,255}|GOCSPX-[\w-]{20,40}"
    r"|xox[abeprs]-[\w-]{10,255}|xapp-[\w-]{20,255}"
    r"|[spr]k_(?:live|test)_\w{10,255}|[a-z]{2,12}_(?:live|test|prod|sandbox|secret|token|key|pat)_[A-Za-z0-9]{10,255}"
    r"|whsec_\w{16,64}"
    r"|sk-[\w-]{20,255}|hf_\w{20,64}|npm_\w{30,40}|pypi-[\w-]{30,255}|dop_v1_\w{40,80}|shpat_\w{20,64}"
    r"|SG\.[\w-]{16,32}\.[\w-]{16,64}|key-[0-9a-f]{32}|[0-9a-f]{32}-us\d{1,2}|EAA[A-Za-z0-9]{60,255}"
    r"|eyJ[\w-]{8,2000}\.eyJ[\w-]{8,4000}(?:\.[\w-]{0,2000})?"
    r")(?![\w-])"
    r"|-----BEGIN (?:[A-Z]{2,10} ){0,2}PRIVATE KEY-----"
    r"|(?:AccountKey|SharedAccessKey|SharedAccessSignature)=[\w+/=%&-]{20,255}"
)
_CALLED = late(
    r"\b(?:api|access|secret|auth|private|client|encryption|bearer|service|account|ssh|webhook|integration|master)?"
    r"[ _-]?(?:key|token|secret|bearer)\b[\"'`]{0,2}"
    r"(?: (?:is|was|in use|for [\w.-]{1,30}))?\s{0,2}[:=]?\s{0,3}[\"'`]{0,2}"
    r"(?P<key>[\w+/.=~-]{16,512})",
    re.IGNORECASE,
)

_MAY_BE = late(r"[\w+/.=~%&-]{15}|-----BEGIN ")  # no key is shorter


def find(doc: Document, knowledge: Knowledge) -> Iterator[Hit]:
    """Yield a hit for every key, by its issuer's prefix or by what it is called."""
    del knowledge
    if not _MAY_BE.search(doc.prose):
        return
    found = [ProseSpan(*match.span()) for match in _ISSUED.finditer(doc.prose)]
    for span in found:
        yield _hit(doc, span, Confidence.HIGH, "its issuer's prefix")
    for match in _CALLED.finditer(doc.prose):
        span = ProseSpan(*match.span("key"))
        if _is_random(match["key"]) and not any(span.overlaps(other) for other in found):
            yield _hit(doc, span, Confidence.MEDIUM, "a long random string that is called a key")


def _is_random(text: str) -> bool:
    """Whether letters and digits alternate as they do in no word, name or date."""
    changes = sum(one.isdigit() != other.isdigit() for one, other in pairwise(text))
    return changes >= 4 and sum(c.isalpha() for c in text) >= 4


def _hit(doc: Document, span: ProseSpan, confidence: Confidence, evidence: str) -> Hit:
    return Hit(
        concern=CONCERN,
        message="This looks like a key that lets a program into an account.",
        part=doc.part.name,
        span=span,
        confidence=confidence,
        evidence=(evidence,),
        replacement="[key removed]",
    )


DETECTOR = Detector("api-key", (CONCERN,), find, reads=EVERYWHERE)

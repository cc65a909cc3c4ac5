"""Links that let in whoever follows them.

What it finds: A web address that carries a passcode, token, signature or key: Zoom's `pwd=`, shared files
with `sig=`, webhooks, links that log in or reset a password, a user name and password before the host.
Why it matters: Anybody who reads the post can join the meeting, open the file or take over the account.
Not flagged: Ordinary links, and parameters that only count visits or pick a page (`utm_…`, `key=maths`,
`id=42`).
"""

import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlsplit

from checkpost.knowledge import Knowledge
from checkpost.model import Confidence, Hit
from checkpost.patterns import late
from checkpost.rules import EVERYWHERE, Detector
from checkpost.text.document import Document
from checkpost.text.words import WordKind

CONCERN = "personal-data/credentials"

# Parameters that hold a secret, by the fewest characters that one takes.
_SECRETS = {
    name: least
    for least, names in (
        (1, "pwd passwd password passcode meetingpassword"),
        (
            4,
            "pass pw pin secret client_secret otp invitecode invite_code joincode join_code accesscode access_code",
        ),
        (
            6,
            "token access_token id_token refresh_token reset_token share_token auth auth_token authkey auth_key tk",
        ),
        (
            6,
            "jwt bearer sig signature x-amz-signature x-goog-signature hmac apikey api_key api-key access_key",
        ),
        (8, "session sessionid session_id phpsessid magic resourcekey invite"),
        (12, "key"),
        (16, "code hash ticket sid"),
    )
    for name in names.split(" ")
}
_HOOKS = late(
    r"teams\.(?:microsoft|live)\.com/(?:meet|l/meetup-join)/[^\s?]{1,300}\?(?:[^\s&]{1,200}&){0,9}p=\w{4}"
    r"|hooks\.slack\.com/services/\w|discord(?:app)?\.com/api/webhooks/\d|\.webhook\.office\.com/webhookb2/\w"
    r"|/(?:reset|magic|login|signin|activate|verify|invite|setup)[\w-]*/(?=[a-z-]*\d)[\w.~-]{16}",
    re.IGNORECASE,
)


def find(doc: Document, knowledge: Knowledge) -> Iterator[Hit]:
    """Yield a hit for every link that carries a secret."""
    del knowledge
    for word in doc.words:
        if word.kind is not WordKind.URL:
            continue
        evidence = _secret(word.text)
        if evidence:
            yield Hit(
                concern=CONCERN,
                message="This link carries its own key: whoever reads it gets in.",
                part=doc.part.name,
                span=word.span,
                confidence=Confidence.HIGH,
                evidence=(evidence,),
                replacement=_without_secrets(word.text),
            )


def _without_secrets(url: str) -> str:
    """The address without what lets its reader in, or words in its place where it is nothing without that."""
    bare = re.sub(r"(?<=//)[^\s/@]+@", "", url)
    head, mark, fragment = bare.partition("#")
    head, query_mark, query = head.partition("?")
    kept = [pair for pair in query.split("&") if pair and pair.partition("=")[0].lower() not in _SECRETS]
    bare = head + (query_mark + "&".join(kept) if kept else "")
    if fragment and "=" not in fragment:
        bare += mark + fragment
    return "[link removed]" if bare == url or _secret(bare) else bare


def _secret(url: str) -> str | None:
    """What in a web address lets its reader in."""
    try:
        parts = urlsplit(url if "://" in url else f"https://{url}")
    except ValueError:
        return None
    if parts.username and parts.password:
        return "a user name and password before the host"
    if _HOOKS.search(url):
        return "a secret in its path"
    for name, value in (*parse_qsl(parts.query), *parse_qsl(parts.fragment)):
        least = _SECRETS.get(name.lower())
        if least and len(value) >= least and (least == 1 or not value.isalpha() or value != value.lower()):
            return f'the parameter "{name.lower()}"'
    return None


DETECTOR = Detector("token-link", (CONCERN,), find, reads=EVERYWHERE)

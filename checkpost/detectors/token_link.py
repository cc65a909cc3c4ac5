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
from checkpost.rules import EVERYWHERE, Detector
from checkpost.text.document import Document
from checkpost.text.words import WordKind

CONCERN = "personal-data/credentials"

# Parameters that hold a secret, with the fewest characters that one takes.
_SECRETS = {
    "pwd": 1, "passwd": 1, "password": 1, "passcode": 1, "pass": 4, "pw": 4, "pin": 4, "p": 16,
    "token": 6, "access_token": 6, "id_token": 6, "refresh_token": 6, "auth": 6, "auth_token": 6, "authkey": 6,
    "auth_key": 6, "jwt": 6, "bearer": 6, "session": 8, "sessionid": 8, "session_id": 8, "phpsessid": 8, "sid": 16,
    "sig": 6, "signature": 6, "x-amz-signature": 6, "x-goog-signature": 6, "hmac": 6, "sas": 6,
    "key": 12, "apikey": 6, "api_key": 6, "api-key": 6, "access_key": 6, "accesskey": 6, "secret": 4,
    "client_secret": 4, "resourcekey": 6, "invite": 6, "invitecode": 4, "invite_code": 4, "joincode": 4,
    "join_code": 4, "authuser_token": 6, "reset_token": 4, "magic": 8, "otp": 4, "ticket": 16, "code": 16,
    "tk": 6, "hash": 16, "share_token": 4, "accesscode": 4, "access_code": 4, "meetingpassword": 1, "authcode": 4,
}  # fmt: skip
_HOOKS = re.compile(
    r"hooks\.slack\.com/services/\w|discord(?:app)?\.com/api/webhooks/\d|\.webhook\.office\.com/webhookb2/\w"
    r"|(?:chat\.whatsapp\.com|discord\.gg|t\.me/\+|t\.me/joinchat/)/?[\w-]{8}"
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
            )


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

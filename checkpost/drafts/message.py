"""Reads e-mail messages (.eml): the subject, the text, and the pictures attached.

Other attachments are named as not checked. Where a message has its text twice, as plain text and as HTML, the plain
one is read.
"""

from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from checkpost.drafts.embedded import Embedded, with_pictures
from checkpost.drafts.origin import Origin
from checkpost.drafts.written import Written, draft
from checkpost.errors import InputError
from checkpost.model import Markup, Medium, NotChecked, Part, Post

_SIGNATURES = frozenset(("application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature"))
_MOST_PARTS = 1000
_UNREAD = "it was not read: save it beside the draft, and check it too."


def read(data: bytes, origin: Origin) -> Iterator[Post]:
    """The draft in a message.

    Raises:
        InputError: It is no message, or has no text.
    """
    message = message_from_bytes(data, policy=policy.default)
    if not isinstance(message, EmailMessage) or not message.keys():
        raise InputError("it does not begin like an e-mail message.")
    body, text = _body(message)
    subject = _header(message, "subject")
    others = (Part("subject", subject, medium=Medium.MESSAGE, label="subject"),) if subject.strip() else ()
    leaves = [part for part in _leaves(message) if part is not body]
    pictures = [Embedded(_name(part), _bytes(part)) for part in leaves if part.get_content_maintype() == "image"]
    markup = Markup.HTML if body is not None and body.get_content_subtype() == "html" else Markup.PLAIN
    found = Written(text, markup, Medium.MESSAGE, others)

    def make(images: list[dict[str, Any]]) -> Post:
        return draft(found, origin, images)

    post = with_pictures(pictures, make)
    yield replace(post, not_checked=(*post.not_checked, *_unread(leaves), *_damaged(message)))


def _body(message: EmailMessage) -> tuple[EmailMessage | None, str]:
    """The part that is the message's text: the plain one, unless it is empty."""
    for kind in ("plain", "html"):
        part = message.get_body((kind,))
        if isinstance(part, EmailMessage):
            text = _text(part)
            if text.strip():
                return part, text
    return None, ""


def _text(part: EmailMessage) -> str:
    try:
        return str(part.get_content())
    except (LookupError, UnicodeError, ValueError):  # a character set that nobody knows
        return _bytes(part).decode("utf-8", "replace")


def _bytes(part: EmailMessage) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _header(message: EmailMessage, name: str) -> str:
    try:
        return str(message.get(name, ""))
    except (ValueError, LookupError, IndexError, AttributeError):  # email's parser stumbles over some broken headers
        return ""


def _leaves(message: EmailMessage) -> Iterator[EmailMessage]:
    """The parts that hold something. A message that is attached is one of them."""
    stack, count = [message], 0
    while stack and count < _MOST_PARTS:
        part = stack.pop()
        count += 1
        if part.get_content_maintype() == "multipart" and part.is_multipart():
            stack.extend(part for part in reversed(list(part.iter_parts())) if isinstance(part, EmailMessage))
        else:
            yield part


def _unread(leaves: list[EmailMessage]) -> Iterator[NotChecked]:
    for part in leaves:
        kind = part.get_content_type()
        is_other_text = kind in ("text/plain", "text/html") and not part.get_filename() and not part.is_attachment()
        if not is_other_text and part.get_content_maintype() != "image" and kind not in _SIGNATURES:
            yield NotChecked(f'attachment "{_name(part)}"', _UNREAD)


def _damaged(message: EmailMessage) -> Iterator[NotChecked]:
    if any(part.defects for part in _leaves(message)) or message.defects:
        yield NotChecked("the message", "it is damaged, so not all of it may have been read.")


def _name(part: EmailMessage) -> str:
    try:
        name = part.get_filename()
    except (ValueError, LookupError, IndexError, AttributeError):
        name = None
    return name or part.get_content_type()

"""Network addresses of people's devices.

What it finds: An IP address (version 4 or 6) or a device's MAC address. An address inside a private network
counts where words such as "laptop" or "IP" are near it.
Why it matters: It points to a household or to the machine that a learner carries; online identifiers can be
personal data (UK GDPR, recital 30; CJEU C-582/14, Breyer).
Not flagged: Versions, builds and section numbers; addresses that mean no device (127.0.0.1, netmasks, public
name servers, whole networks such as 192.168.1.0/24 in a computing lesson).
"""

import re
from collections.abc import Iterator
from ipaddress import AddressValueError, IPv4Address, IPv6Address

from checkpost.knowledge import Knowledge
from checkpost.labelled import Number, number_hits
from checkpost.model import Confidence, Hit
from checkpost.rules import EVERYWHERE, Detector
from checkpost.text.document import Document

CONCERN = "personal-data/online-identifier"

# Public name servers, everybody's router, and the example of every lesson.
_PUBLIC = frozenset(
    {"8.8.8.8", "8.8.4.4", "1.1.1.1", "1.0.0.1", "9.9.9.9", "1.2.3.4"}
    | {"192.168.0.1", "192.168.1.1", "192.168.1.254", "10.0.0.1", "192.168.0.254"}
)


def _is_device(text: str) -> bool:
    """Whether an IPv4 address can be one machine's."""
    try:
        address = IPv4Address(text)
    except AddressValueError:
        return False
    unusual = address.is_loopback or address.is_unspecified or address.is_multicast or address.is_link_local
    return not unusual and not text.startswith("255.") and not text.endswith((".0", ".255")) and text not in _PUBLIC


def _stands_alone(text: str) -> bool:
    """Whether an IPv4 address is neither private nor like the number of a section or a version."""
    parts = [int(part) for part in text.split(".")]
    private = parts[0] == 10 or parts[:2] == [192, 168] or (parts[0] == 172 and 16 <= parts[1] <= 31)
    return not private and sum(part > 31 for part in parts) >= 2


def _is_ipv6(text: str) -> bool:
    try:
        address = IPv6Address(text)
    except AddressValueError:
        return False
    return not (address.is_loopback or address.is_unspecified) and len(text) > 6


def _is_mac(text: str) -> bool:
    digits = re.sub(r"[:.-]", "", text).lower()
    return len(set(digits)) > 2 and not digits.startswith("01005e")


# What stands in every text with one, if only in small letters: dots between figures, two colons, pairs between hyphens.
_MAY_BE = re.compile(r"\d\.\d{1,3}\.\d|:[\da-f:]*:|[\da-f]{2}-[\da-f]{2}-|[\da-f]{4}\.[\da-f]{4}\.")
_KINDS = (
    Number(
        concern=CONCERN,
        message="This IP address can point to a person's device.",
        words="network",
        shape=re.compile(r"(?<![\w.:/-])(?:\d{1,3}\.){3}\d{1,3}(?![\w/-]|\.\d)", re.ASCII),
        is_valid=_is_device,
        stands_alone=_stands_alone,
        unchecked=None,
        check="its shape",
        others="versions",
    ),
    Number(
        concern=CONCERN,
        message="This IP address can point to a person's device.",
        words="network",
        shape=re.compile(
            r"(?<![\w.:])(?=[\da-f]*:[\da-f:]*:)[\da-f]{0,4}(?::[\da-f]{0,4}){2,7}(?!\w|:\w)", re.IGNORECASE
        ),
        is_valid=_is_ipv6,
        unchecked=None,
        check="its shape",
    ),
    Number(
        concern=CONCERN,
        message="This is the address of one device.",
        words="network",
        shape=re.compile(
            r"(?<![\w:.-])(?:[\da-f]{2}(?:(?P<gap>[:-])[\da-f]{2})(?:(?P=gap)[\da-f]{2}){4}"
            r"|[\da-f]{4}\.[\da-f]{4}\.[\da-f]{4})"
            r"(?![\w-]|:\w)",
            re.IGNORECASE,
        ),
        is_valid=_is_mac,
        stands_alone=lambda text: re.search("[a-f]", text, re.IGNORECASE) is not None,
        alone=Confidence.HIGH,
        unchecked=None,
        check="its shape",
    ),
)


def find(doc: Document, knowledge: Knowledge) -> Iterator[Hit]:
    """Yield a hit for every address that can be a device's."""
    if _MAY_BE.search(doc.lower):
        for number in _KINDS:
            yield from number_hits(doc, knowledge, number)


DETECTOR = Detector("network-address", (CONCERN,), find, reads=EVERYWHERE)

"""Marks of one device, or of its owner, in a picture's hidden fields.

What it finds: The owner's name that a camera was set up with, serial numbers of camera and lens, a computer's
name that is a person's, and file paths that hold a person's user name.
Why it matters: A serial number links pictures from different places to the same person, and an owner's name
says who it is. Fields: EXIF 2.3 (CIPA DC-008), and the names that ExifTool gives makers' own.
Not flagged: Make and model; serial numbers that the camera left blank; an owner that is the organisation or
an office of it; a computer named after its kind ("iPhone 15", "macOS 14").
"""

import re
from collections.abc import Iterator

from checkpost.knowledge import Knowledge
from checkpost.model import Confidence, Hit, PartKind
from checkpost.rules import Detector
from checkpost.text.document import Document

CONCERN = "image/device"
_OWNERS = frozenset(
    {"CameraOwnerName", "OwnerName", "CameraOwner", "UserName", "DeviceOwner", "ComputerName", "DeviceName"}
)
_SERIALS = frozenset(
    {"BodySerialNumber", "SerialNumber", "CameraSerialNumber", "CameraBodySerialNumber", "DeviceSerialNumber"}
    | {"LensSerialNumber", "InternalSerialNumber", "SerialNumberHash", "IMEI", "MACAddress"}
)
_BLANK = re.compile(r"[\W0_]*|n/?a|none|unknown|default|xxx+|null|undefined", re.IGNORECASE)
_OFFICE = re.compile(
    r"\b(?:school|college|academy|trust|university|office|department|dept|media team|marketing|comms|library"
    r"|communications|canon|nikon|sony|olympus|panasonic|owner|user|admin|camera)\b",
    re.IGNORECASE,
)
_USER_PATH = re.compile(
    r"(?:[A-Z]:[\\/]{1,2}|[\\/])(?:Users|home|Documents and Settings)[\\/]{1,2}([^\\/\s][^\\/\n]{0,60})[\\/]",
    re.IGNORECASE,
)
_SHARED = frozenset({"public", "default", "shared", "all users", "guest", "admin", "administrator", "user"})
_PERSONS_COMPUTER = re.compile(
    r"\b\w{2,40}(?:['’]s|s)[\s-](?:iphone|ipad|i?mac|macbook|laptop|pc|phone|galaxy|pixel|computer)\b",
    re.IGNORECASE,
)


def find(doc: Document, knowledge: Knowledge) -> Iterator[Hit]:
    """Yield at most one hit for a field."""
    name = doc.part.field.rpartition(".")[2]
    value = doc.prose.strip()
    if name in _SERIALS and not _BLANK.fullmatch(value):
        yield _hit(doc, "A serial number of one device is embedded in this picture.", "a serial number")
    elif name in _OWNERS and not _BLANK.fullmatch(value):
        if not _OFFICE.search(value) and not knowledge.slots(doc)["organisation"]:
            yield _hit(doc, "The name of the device's owner is embedded in this picture.", "an owner's name")
    elif name == "HostComputer" and _PERSONS_COMPUTER.search(value):
        yield _hit(doc, "The computer that this picture passed through is named after a person.", "a computer's name")
    elif any(match[1].strip().casefold() not in _SHARED for match in _USER_PATH.finditer(value)):
        yield _hit(doc, "A file path in this picture holds somebody's user name.", "a path with a user name")


def _hit(doc: Document, message: str, evidence: str) -> Hit:
    return Hit(
        concern=CONCERN,
        message=message,
        part=doc.part.name,
        confidence=Confidence.HIGH,
        evidence=(evidence,),
    )


DETECTOR = Detector("picture-device", (CONCERN,), find, reads=frozenset({PartKind.METADATA}))

"""Content Credentials (C2PA 2.1, in JUMBF boxes of ISO 19566-5): how a picture was made, by whom, and its previews.

Read are the assertions in JSON, the kind of source that any assertion names, and the previews of the picture and
of what it was made from. Signatures are not verified: what a credential says is shown, not vouched for. Own code:
c2pa-python brings 53 MB to verify what need not be verified here.
"""

import json
import re
from collections.abc import Iterator, Mapping

from checkpost.image.block import Block

_SOURCE_TYPE = re.compile(rb"cv\.iptc\.org/newscodes/digitalsourcetype/([A-Za-z]{1,60})")
_SOURCE_URL = "http://cv.iptc.org/newscodes/digitalsourcetype/"
_MAX_DEPTH = 8
_MAX_BOXES = 2000
_MAX_JSON = 256 * 1024
_MAX_LABEL = 512
_PEOPLE = ("author", "creator", "contributor", "editor")


def read(data: bytes) -> Iterator[Block | Mapping[str, object]]:
    """The fields of a manifest store, one mapping an assertion, and its previews as blocks."""
    kinds = dict.fromkeys(found.decode() for found in _SOURCE_TYPE.findall(data))
    if kinds:
        yield {"DigitalSourceType": [_SOURCE_URL + kind for kind in kinds]}
    yield from _assertions(data, 0, len(data), "", 0)


def _assertions(data: bytes, start: int, end: int, label: str, depth: int) -> Iterator[Block | Mapping[str, object]]:
    at = start
    for _ in range(_MAX_BOXES):
        size, kind = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        if at + 8 > end or size < 8:
            return
        if at + size > end:
            yield Block("damage", key="its C2PA block")
            size = end - at
        if kind == b"jumb" and depth < _MAX_DEPTH:
            yield from _assertions(data, at + 8, at + size, "", depth + 1)
        elif kind == b"jumd":  # 16 bytes of type, flags, and a label that a zero ends
            label = data[at + 25 : at + min(size, _MAX_LABEL)].partition(b"\0")[0].decode("utf-8", "replace")
        elif kind == b"json":
            yield _fields(data[at + 8 : at + min(size, _MAX_JSON)])
        elif kind == b"bidb" and label.startswith("c2pa.thumbnail"):
            yield Block("preview", data[at + 8 : at + size])
        at += size


def _fields(content: bytes) -> Mapping[str, object]:
    """An assertion's properties, without the prefixes of their vocabularies; one that is cut off is no JSON."""
    data = json.loads(content)
    if not isinstance(data, dict):
        return {}
    found: dict[str, object] = {}
    for key, value in data.items():
        name = key.rpartition(":")[2]
        if key.startswith("@") or not name:
            continue
        found[name[:1].upper() + name[1:]] = _names(value) if name in _PEOPLE else value
    return found


def _names(value: object) -> object:
    """The names of people whom schema.org describes as objects."""
    people = value if isinstance(value, list) else [value]
    return [person.get("name") if isinstance(person, dict) else person for person in people]

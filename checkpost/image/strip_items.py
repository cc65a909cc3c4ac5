"""Takes the preview pictures out of HEIC and AVIF: items of their own, which viewers show in lists.

The box that lists the items is written anew without them, in its old size, and their pixels are overwritten
(ISO 14496-12, section 8.11; ISO 23008-12, section 6.4.4). No other item moves.
"""

import struct
from collections.abc import Iterator, Mapping

from checkpost.errors import InputError
from checkpost.image.boxes import Box, boxed, boxes


def previews(data: bytes, inside: Mapping[bytes, Box]) -> frozenset[int]:
    """The numbers of the items that are previews of others, and of what these are put together from."""
    if not {b"iref", b"iinf", b"iloc"} <= inside.keys():
        return frozenset()
    references = list(_references(data, inside[b"iref"]))
    found = {source for kind, source, _ in references if kind == b"thmb"}
    found.update(
        target for kind, source, targets in references if kind == b"dimg" and source in found for target in targets
    )
    found.update(source for kind, source, targets in references if kind == b"auxl" and found.issuperset(targets))
    for kind, source, targets in references:
        if kind == b"dimg" and source not in found:  # tiles of a picture that stays
            found.difference_update(targets)
    return frozenset(found - _primary(data, inside.get(b"pitm")))


def _primary(data: bytes, box: Box | None) -> set[int]:
    """The number of the picture that is shown."""
    return {_number(data, box.start + 4, 4 if data[box.start] else 2)} if box else set()


def without(data: bytes, start: int, end: int, gone: frozenset[int]) -> bytes:
    """The boxes between two places without some items; free space makes up for them.

    Raises:
        InputError: The lists are not as the standard has them.
    """
    written = b"".join(_written(data, box, gone) for box in boxes(data, start, end))
    spare = end - start - len(written)
    if spare < 8:
        raise InputError("its list of pictures is damaged.")
    return written + struct.pack(">I", spare) + b"free" + bytes(spare - 8)


def _written(data: bytes, box: Box, gone: frozenset[int]) -> bytes:
    content = data[box.start : box.end]
    rewrite = {b"iinf": _infos, b"iloc": _places, b"iref": _refs, b"iprp": _properties}.get(box.kind)
    return boxed(box.kind, rewrite(content, gone) if rewrite else content)


def _infos(content: bytes, gone: frozenset[int]) -> bytes:
    width = 2 if content[0] == 0 else 4
    kept = []
    for box in boxes(content, 4 + width, len(content)):
        size = 4 if content[box.start] >= 3 else 2
        if _number(content, box.start + 4, size) not in gone:
            kept.append(boxed(box.kind, content[box.start : box.end]))
    return content[:4] + len(kept).to_bytes(width, "big") + b"".join(kept)


def _places(content: bytes, gone: frozenset[int]) -> bytes:
    version = content[0]
    sizes = _number(content, 4, 2)
    offset_size, length_size, base_size, index_size = (sizes >> shift & 15 for shift in (12, 8, 4, 0))
    width = 4 if version == 2 else 2
    extent = offset_size + length_size + (index_size if version else 0)
    at, kept = 6 + width, []
    for _ in range(_number(content, 6, width)):
        head = width + (2 if version else 0) + 2 + base_size
        size = head + 2 + _number(content, at + head, 2) * extent
        if _number(content, at, width) not in gone:
            kept.append(content[at : at + size])
        at += size
    if at > len(content):
        raise InputError("its list of pictures is damaged.")
    return content[:6] + len(kept).to_bytes(width, "big") + b"".join(kept)


def _references(data: bytes, box: Box) -> Iterator[tuple[bytes, int, list[int]]]:
    """The references between items: kind, number of the one, numbers of the others."""
    width = 4 if data[box.start] else 2
    for inner in boxes(data, box.start + 4, box.end):
        count = _number(data, inner.start + width, 2)
        first = inner.start + width + 2
        if first + count * width > inner.end:
            raise InputError("its list of pictures is damaged.")
        targets = [_number(data, first + at * width, width) for at in range(count)]
        yield inner.kind, _number(data, inner.start, width), targets


def _refs(content: bytes, gone: frozenset[int]) -> bytes:
    width = 4 if content[0] else 2
    kept = b""
    for kind, source, targets in _references(content, Box(b"iref", 0, len(content))):
        left = [target for target in targets if target not in gone]
        if source not in gone and left:
            numbers = b"".join(number.to_bytes(width, "big") for number in left)
            kept += boxed(kind, source.to_bytes(width, "big") + struct.pack(">H", len(left)) + numbers)
    return content[:4] + kept


def _properties(content: bytes, gone: frozenset[int]) -> bytes:
    return b"".join(
        boxed(box.kind, _associations(content[box.start : box.end], gone))
        if box.kind == b"ipma"
        else boxed(box.kind, content[box.start : box.end])
        for box in boxes(content, 0, len(content))
    )


def _associations(content: bytes, gone: frozenset[int]) -> bytes:
    """Which properties an item has (ISO 23008-12, section 9.3.2)."""
    width, each = (4 if content[0] else 2), (2 if content[3] & 1 else 1)
    at, kept = 8, []
    for _ in range(_number(content, 4, 4)):
        size = width + 1 + _number(content, at + width, 1) * each
        if at + size > len(content):
            raise InputError("its list of pictures is damaged.")
        if _number(content, at, width) not in gone:
            kept.append(content[at : at + size])
        at += size
    return content[:4] + struct.pack(">I", len(kept)) + b"".join(kept)


def _number(data: bytes, at: int, size: int) -> int:
    return int.from_bytes(data[at : at + size], "big")

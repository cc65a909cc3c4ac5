"""Pictures inside a document or a message: unpacked for as long as they are read."""

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Any

from checkpost.model import Post

_MOST = 100


@dataclass(frozen=True, slots=True)
class Embedded:
    """A picture's name, bytes and alternative text."""

    name: str
    data: bytes
    alt: str = ""


def with_pictures(pictures: Sequence[Embedded], make: Callable[[list[dict[str, Any]]], Post]) -> Post:
    """The post that `make` makes of declared pictures, with these pictures unpacked and declared.

    The pictures then go by their names alone: no file of theirs is left.
    """
    if not pictures:
        return make([])
    with tempfile.TemporaryDirectory(prefix="checkpost-") as folder:
        declared = []
        for number, picture in enumerate(pictures[:_MOST]):
            name = PurePosixPath(picture.name.replace("\\", "/")).name.replace("\0", "") or "picture"
            path = Path(folder, str(number), name[-100:])
            path.parent.mkdir()
            path.write_bytes(picture.data)
            declared.append({"file": str(path), **({"alt": picture.alt} if picture.alt else {})})
        post = make(declared)
        images = tuple(
            replace(image, file=Path(image.file).name, path=None)
            if image.file and image.file.startswith(folder)
            else image
            for image in post.images
        )
        return replace(post, images=images)

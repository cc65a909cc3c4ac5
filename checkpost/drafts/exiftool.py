"""Asks exiftool about pictures too, where checkpost.toml says so (`[check] exiftool = true`) and it is installed.

It reads more kinds of makers' notes than checkpost does. What checkpost itself reads goes first.
"""

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

from checkpost.drafts.fields import image_parts
from checkpost.drafts.pictures import exiftool_items, people_only, warnings_of, without_groups
from checkpost.model import Image, NotChecked, PartKind, Post

_OPTIONS = ("-json", "-G1", "-struct", "-n", "-charset", "filename=utf8", "-api", "largefilesupport=1")
_SECONDS = 60


def joined(post: Post) -> Post:
    """A post whose pictures also have the fields that exiftool finds. What it cannot read is not checked."""
    if not any(image.path for image in post.images):
        return post
    program = shutil.which("exiftool")
    if program is None:
        why = "checkpost.toml asks for exiftool, and it is not installed: install it, or take the line out."
        return replace(post, not_checked=(*post.not_checked, NotChecked("exiftool", why)))
    faults: list[NotChecked] = []
    images = tuple(_joined(program, image, f"images[{index}]", faults) for index, image in enumerate(post.images))
    written = (part for part in post.parts if part.kind is PartKind.TEXT)
    return replace(
        post,
        images=images,
        parts=(*written, *(part for index, image in enumerate(images) for part in image_parts(index, image))),
        not_checked=(*post.not_checked, *faults),
    )


def _joined(program: str, image: Image, where: str, faults: list[NotChecked]) -> Image:
    if image.path is None:
        return image
    items = exiftool_items(_output(program, image.path))
    if not items:
        faults.append(NotChecked(where, "exiftool gave no answer about this picture."))
        return image
    faults.extend(NotChecked(f"{where}.{fault.what}", fault.why) for fault in warnings_of(items[0]))
    known = {str(value) for value in image.metadata.values()}  # exiftool has other names for some fields
    added = {name: value for name, value in people_only(without_groups(items[0])).items() if str(value) not in known}
    return replace(image, metadata={**added, **image.metadata})


def _output(program: str, path: Path) -> bytes:
    command = [program, *_OPTIONS, "--", str(path.resolve())]
    try:
        return subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False).stdout  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return b""

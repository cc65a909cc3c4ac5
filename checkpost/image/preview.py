"""Compares the small previews hidden in a file with the picture itself.

Whoever crops a picture with a simple program may leave the preview of the whole in it. Both are decoded small and
grey with Pillow, and brought to the same mean, so that a picture that was only brightened is no other. Cameras put
black bars around a preview of another shape, and may turn it: every such placing is tried, and the nearest counts.
"""

import io
import warnings
from collections.abc import Iterator

from PIL import Image, ImageChops, ImageStat

DIFFERENT = 20.0  # grey levels of 255; hardly a camera's own file lies between 15 and 35
_FORMATS = ("JPEG", "PNG", "WEBP", "AVIF", "TIFF", "GIF")  # not EPS, for which Pillow starts Ghostscript
_SIDE = 64
_BAR = 24  # grey levels of a bar at most
_MAX_JPEG, _MAX_OTHER = 120_000_000, 24_000_000  # pixels: a JPEG is decoded at an eighth, all else whole
_MAX_PROGRESSIVE = 40_000_000  # pixels: such a JPEG is held whole before it is made smaller


class NotComparedError(ValueError):
    """A picture or a preview that can't be decoded within bounds."""


def difference(picture: bytes, previews: list[bytes]) -> float:
    """By how many grey levels the preview most unlike a picture differs from it; 0.0 where there is none.

    Raises:
        NotComparedError: The picture, or a preview, cannot be decoded.
    """
    whole = _small(picture)
    return max((_difference(whole, _small(preview)) for preview in previews), default=0.0)


def _small(data: bytes) -> Image.Image:
    """A picture in grey, small, in its own shape."""
    Image.init()  # all that may be opened must be known first, where formats are named
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of large pictures, whose bounds are here, and of broken extras
            with Image.open(io.BytesIO(data), formats=_FORMATS) as image:
                _check_size(image)
                image.draft("L", (4 * _SIDE, 4 * _SIDE))
                image.thumbnail((4 * _SIDE, 4 * _SIDE))
                return image.getchannel(0) if image.mode == "LAB" else image.convert("L")
    except Exception as error:  # Pillow's decoders raise whatever their libraries do
        raise NotComparedError from error


def _check_size(image: Image.Image) -> None:
    limit = _MAX_OTHER
    if image.format in ("JPEG", "MPO"):
        limit = _MAX_PROGRESSIVE if image.info.get("progressive") else _MAX_JPEG
    if image.width * image.height > limit:
        raise NotComparedError


def _difference(picture: Image.Image, preview: Image.Image) -> float:
    candidates = [_level(candidate) for candidate in (preview, _without_bars(preview))]
    return min(_mean(_level(turned), candidate) for turned in _turned(picture) for candidate in candidates)


def _turned(picture: Image.Image) -> Iterator[Image.Image]:
    yield picture
    for way in (Image.Transpose.ROTATE_90, Image.Transpose.ROTATE_180, Image.Transpose.ROTATE_270):
        yield picture.transpose(way)


def _without_bars(preview: Image.Image) -> Image.Image:
    box = preview.point(lambda grey: 255 if grey > _BAR else 0).getbbox()
    return preview.crop(box) if box else preview


def _level(image: Image.Image) -> Image.Image:
    """A picture stretched to a square, around the middle of the greys."""
    square = image.resize((_SIDE, _SIDE))
    mean = ImageStat.Stat(square).mean[0]
    return square.point(lambda grey: grey - mean + 128)


def _mean(one: Image.Image, other: Image.Image) -> float:
    return ImageStat.Stat(ImageChops.difference(one, other)).mean[0]

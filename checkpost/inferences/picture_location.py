"""Where a picture was taken, embedded in it.

What it finds: A GPS position (EXIF, XMP, QuickTime; decimals, degrees and minutes, rationals), and the fields
that name the place: City, Sub-location, LocationShown, LocationCreated.
Why it matters: Anybody who saves the file may read where it was taken, be that a home, a school or a refuge;
platforms that remove it still receive it. Fields: EXIF 2.3 (CIPA DC-008), IPTC Photo Metadata Standard.
Not flagged: A country alone; the direction or altitude of the camera; fields that are empty. A position of 0,
0 or one that cannot be on Earth is a weak hint: a camera without reception writes such.
"""

import re
from collections.abc import Iterator, Mapping

from checkpost.model import Confidence, Hit, PartKind
from checkpost.rules import Case, Inference
from checkpost.text.document import Document

CONCERN = "image/location"
_POSITIONS = (
    *("GPSLatitude", "GPSPosition", "GPSCoordinates", "LocationISO6709", "LocationInformation"),
    *("GPSLongitude", "GPSDestLatitude", "latitude", "longitude"),
)
_PLACES = frozenset(
    {"Sub-location", "Sublocation", "Location", "LocationName", "LocationShown", "LocationCreated", "City"}
    | {"GPSAreaInformation", "Landmark", "HometownCity", "State", "Province-State", "ProvinceState"}
    | {"ContentLocationName"}
)
_COUNTRIES = frozenset(
    {"uk", "gb", "gbr", "united kingdom", "great britain", "england", "scotland", "wales", "cymru"}
    | {"northern ireland", "n/a", "none", "unknown"}
)
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:/\d+)?")


def infer(case: Case) -> Iterator[Hit]:
    """Yield one hit for a picture's position, and one for the place that it names."""
    for index in range(len(case.post.images)):
        fields: dict[str, Document] = {}
        places: list[Document] = []
        for doc in case.of_image(index):
            if doc.part.kind is PartKind.METADATA and doc.prose.strip():
                path = doc.part.field.split(".")
                fields.setdefault(path[-1], doc)
                if not _PLACES.isdisjoint(path) and path[-1] not in _POSITIONS and _names_a_place(path[-1], doc.prose):
                    places.append(doc)
        position = next((name for name in _POSITIONS if name in fields), None)
        if position:
            sure = _is_on_earth(fields)
            yield Hit(
                concern=CONCERN,
                message="The position where this picture was taken is embedded in it."
                if sure
                else "This picture has a field for its position, with a value that makes no sense.",
                part=fields[position].part.name,
                confidence=Confidence.HIGH if sure else Confidence.LOW,
                evidence=("map coordinates",),
            )
        if places:
            yield Hit(
                concern=CONCERN,
                message="The name of the place where this picture was taken is embedded in it.",
                part=places[0].part.name,
                confidence=Confidence.MEDIUM,
                evidence=("a place name",),
            )


def _names_a_place(field: str, value: str) -> bool:
    if field in ("CountryName", "CountryCode", "WorldRegion", "Country", "LocationId"):
        return False
    return value.strip().casefold() not in _COUNTRIES and any(c.isalpha() for c in value)


def _is_on_earth(fields: Mapping[str, Document]) -> bool:
    """Whether the latitude, and the longitude where there is one, are possible and not both 0."""
    values = []
    for name, limit in (("GPSLatitude", 90), ("GPSLongitude", 180)):
        if name in fields:
            degrees = _degrees(fields[name].prose)
            if degrees is None or abs(degrees) > limit:
                return False
            values.append(degrees)
    if values:
        return any(values)
    return any(
        _number(number) for name in _POSITIONS if name in fields for number in _NUMBER.findall(fields[name].prose)
    )


def _degrees(text: str) -> float | None:
    """Degrees from `53.38`, `53 deg 22' 16.3" N`, `53,22.27N` or `53/1 22/1 163/10`."""
    parts = [_number(part) for part in _NUMBER.findall(text)[:3]]
    if not parts or None in parts:
        return None
    return sum((abs(part) / 60.0**power for power, part in enumerate(parts) if part is not None), 0.0)


def _number(text: str) -> float | None:
    above, _, below = text.partition("/")
    if below and float(below) == 0:
        return None
    return float(above) / float(below or 1)


INFERENCE = Inference("picture-location", (CONCERN,), infer)

"""Where a picture was taken, embedded in it.

What it finds: A GPS position (EXIF, XMP, QuickTime; decimals, degrees and minutes, rationals), and the fields
that name the place: City, Sub-location, LocationShown, LocationCreated. The report gives a position to about a
kilometre or, near a place under [sites] in checkpost.toml, by that place's name.
Why it matters: Anybody who saves the file may read where it was taken, be that a home, a school or a refuge;
platforms that remove it still receive it. Fields: EXIF 2.3 (CIPA DC-008), IPTC Photo Metadata Standard.
Not flagged: A country alone; the direction or altitude of the camera; fields that are empty. A position of 0,
0 or one that cannot be on Earth is a weak hint: a camera without reception writes such.
"""

import math
import re
from collections.abc import Iterator, Mapping

from checkpost.config import Site
from checkpost.model import Confidence, Hit, PartKind
from checkpost.rules import Case, Inference
from checkpost.text.document import Document

CONCERN = "image/location"
_POSITIONS = (
    *("GPSLatitude", "GPSPosition", "GPSCoordinates", "LocationISO6709", "LocationInformation"),
    *("GPSLongitude", "GPSDestLatitude", "latitude", "longitude"),
)
_PAIRS = _POSITIONS[1:5]
_PLACES = frozenset(
    {"Sub-location", "Sublocation", "Location", "LocationName", "LocationShown", "LocationCreated", "City"}
    | {"GPSAreaInformation", "Landmark", "HometownCity", "State", "Province-State", "ProvinceState"}
    | {"ContentLocationName", "LocationBody", "LocationNote"}
    | {f"Location{kind}{part}" for kind in ("Shown", "Created") for part in ("City", "Sublocation", "ProvinceState")}
)
_HOME_TOWN = "The home town that the camera was set to is embedded in this picture."
_COUNTRIES = frozenset(
    {"uk", "gb", "gbr", "united kingdom", "great britain", "england", "scotland", "wales", "cymru"}
    | {"northern ireland", "n/a", "none", "unknown"}
)
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:/\d+)?")
_SIGNED = re.compile(r"[+-]?\d{1,3}(?:\.\d+)?")
_HEMISPHERE = re.compile(r"[SW]\s*$", re.IGNORECASE)
_NEAR = 0.5  # kilometres from a site's position: schools have fields, and phones err
_KM = 111.2  # kilometres in a degree of latitude
_TAKEN = frozenset({"DateTimeOriginal", "SubSecDateTimeOriginal", "CreateDate", "CreationDate", "DateCreated"})


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
                message=_message(fields, case.knowledge.sites)
                if sure
                else "This picture has a field for its position, with a value that makes no sense.",
                part=fields[position].part.name,
                confidence=Confidence.HIGH if sure else Confidence.LOW,
                evidence=("map coordinates",),
            )
        if places:
            yield Hit(
                concern=CONCERN,
                message=_HOME_TOWN
                if places[0].part.field == "HometownCity"
                else "The name of the place where this picture was taken is embedded in it.",
                part=places[0].part.name,
                confidence=Confidence.MEDIUM,
                evidence=("a place name",),
            )


def _message(fields: Mapping[str, Document], sites: tuple[Site, ...]) -> str:
    """Where it was taken: at a site, or to about a kilometre, which tells its author enough and nobody a door."""
    what = "The position where this picture was taken is embedded in it"
    if any(name in fields and ":" in fields[name].prose for name in _TAKEN):
        what = "The position where this picture was taken, and the minute, are embedded in it"
    point = _point(fields)
    if point is None:
        return f"{what}."
    near = min(sites, key=lambda site: _kilometres(site, point), default=None)
    if near and _kilometres(near, point) <= _NEAR:
        return f"{what}: at {near.name}."
    latitude, longitude = point
    north, east = "N" if latitude >= 0 else "S", "E" if longitude >= 0 else "W"
    return f"{what}: within about 1 km of {abs(latitude):.2f}° {north}, {abs(longitude):.2f}° {east}."


def _kilometres(site: Site, point: tuple[float, float]) -> float:
    """How far a point is from a site: on a plane, which over a few kilometres is near enough."""
    north = (point[0] - site.latitude) * _KM
    east = (point[1] - site.longitude) * _KM * math.cos(math.radians(site.latitude))
    return math.hypot(north, east)


def _point(fields: Mapping[str, Document]) -> tuple[float, float] | None:
    """Latitude and longitude in degrees, south and west below 0; None where one is missing."""
    found = []
    for name in ("GPSLatitude", "GPSLongitude"):
        degrees = _degrees(fields[name].prose) if name in fields else None
        if degrees is not None:
            ref = fields[f"{name}Ref"].prose if f"{name}Ref" in fields else ""
            text = fields[name].prose
            negative = text.startswith("-") or bool(_HEMISPHERE.search(text)) or ref[:1].upper() in ("S", "W")
            found.append(-degrees if negative else degrees)
    if len(found) < 2:
        pair = next((fields[name].prose for name in _PAIRS if name in fields), "")
        numbers = _SIGNED.findall(pair)
        if "deg" in pair or "°" in pair or len(numbers) < 2:
            return None
        found = [float(number) for number in numbers[:2]]
    return found[0], found[1]


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

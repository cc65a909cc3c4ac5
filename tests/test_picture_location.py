"""The report says where a picture was taken to about a kilometre, or at which of the organisation's places."""

from dataclasses import replace
from typing import Any

import pytest

from checkpost.config import Site
from checkpost.drafts.fields import record
from checkpost.engine import Engine
from checkpost.report.formats import Format, render
from checkpost.report.look import Look
from checkpost.report.masking import unmasked
from tests.organisation import engine

SITES = (Site("Hazelbrook Academy", 53.3811, -1.4701), Site("Meadowbank Primary", 53.4200, -1.5000))


def message(metadata: dict[str, Any]) -> str:
    base = engine()
    with_sites = Engine(base.config, base.packs, replace(base.knowledge, sites=SITES))
    post = record({"text": "", "images": [{"metadata": metadata}]}, "post", "post", None)
    (found,) = [item.message for item in with_sites.check_post(post).findings if item.concern == "image/location"]
    return found


@pytest.mark.parametrize(
    ("metadata", "where"),
    [
        ({"GPSLatitude": 53.38251, "GPSLongitude": -1.47119}, "at Hazelbrook Academy."),
        ({"GPSLatitude": "53,25.2N", "GPSLongitude": "1,30.0W"}, "at Meadowbank Primary."),
        ({"GPSCoordinates": "+53.3811-001.4701+090.1/"}, "at Hazelbrook Academy."),
        ({"GPSPosition": "53.3811 -1.4701"}, "at Hazelbrook Academy."),
        ({"GPSLatitude": 53.3811, "GPSLongitude": 1.4701, "GPSLongitudeRef": "W"}, "at Hazelbrook Academy."),
        ({"GPSLatitude": 53.39251, "GPSLongitude": -1.47119}, "within about 1 km of 53.39° N, 1.47° W."),
        ({"GPSLatitude": "33 deg 51' 24.5\" S", "GPSLongitude": "151 deg 12' 34.0\" E"}, "33.86° S, 151.21° E."),
        ({"GPSLatitude": 53.39251}, "is embedded in it."),
        ({"GPSPosition": "53 deg 22' 50.16\" N, 1 deg 28' 12.72\" W"}, "is embedded in it."),
    ],
)
def test_where(metadata: dict[str, Any], where: str) -> None:
    found = message(metadata)
    assert found.endswith(where)
    assert "53.3925" not in found, "never to the metre"


def test_a_home_town_is_not_said_to_be_where_the_picture_was_taken() -> None:
    assert "home town" in message({"HometownCity": "London"})
    assert "was taken" in message({"City": "London", "HometownCity": "London"})


def test_when() -> None:
    position = {"GPSLatitude": 53.39251, "GPSLongitude": -1.47119}
    assert "the minute" in message({**position, "DateTimeOriginal": "2026:05:14 10:12:00"})
    assert "the minute" not in message({**position, "DateTimeOriginal": "2026-05-14"})


@pytest.mark.parametrize("output_format", Format)
@pytest.mark.parametrize("show", [True, False])
def test_no_report_tells_a_position_closer_than_a_kilometre(output_format: Format, show: bool) -> None:
    metadata = {"GPSLatitude": 53.39251, "GPSLongitude": -1.47119, "GPSPosition": "53.39251 -1.47119"}
    post = record({"text": "", "images": [{"metadata": metadata}]}, "post", "post", None)
    text = render(engine().check([post]), output_format, Look(show_matches=show))
    assert "53.392" not in text
    assert "1.471" not in text


@pytest.mark.parametrize(
    ("field", "text", "shown"),
    [
        ("GPSLatitude", "53.39251", "53.39"),
        ("GPSLongitude[1]", "-1.47119", "-1.47"),
        ("GPSLatitude", "53 deg 22' 50.16\" N", "53.38 N"),
        ("GPSLatitude", "53,22.836N", "53.38N"),
        ("GPSLatitude", "53/1 22/1 5016/100", "53.38"),
        ("GPSLatitude", "53/0 0/0 0/0", "53.00"),
        ("GPSPosition", "53.39251 -1.47119", "53.39 -1.47"),
        ("GPSPosition", "53 deg 22' 50.16\" N, 1 deg 28' 12.72\" W", "53.38 N, 1.47 W"),
        ("GPSCoordinates", "+53.3806-001.4702+090.100/", "+53.38-1.47+90.10/"),
        ("LocationISO6709", "+5322.8360-00128.2120/", "+••••••••••••-••••••••••••/"),
        ("LocationInformation", "Longitude=-1.47119 Latitude=53.39251", "Longitude=-1.47 Latitude=53.39"),
        ("SerialNumber", "53.39251", "53.39251"),
    ],
)
def test_a_position_as_it_is_shown(field: str, text: str, shown: str) -> None:
    assert unmasked(text, f"images[0].metadata.{field}") == shown

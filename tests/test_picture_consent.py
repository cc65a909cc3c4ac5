"""The learner list's columns of consent decide where the draft says nothing."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from checkpost import roster
from checkpost.drafts.fields import record
from checkpost.engine import Engine
from tests.organisation import engine

LEARNERS = """name,photo_consent,consent_until,consent_channels
Ottoline Hart,yes,,
Bram Vickers,no,,
Cosima Lund,expired,,
Dorian Pike,yes,2024-07-31,
Edda Rowe,yes,,website; Twitter and newsletter
Fenn Astley,,,
"""


@pytest.fixture(scope="module")
def with_list(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    path: Path = tmp_path_factory.mktemp("roster") / "learners.csv"
    path.write_text(LEARNERS)
    base = engine()
    return Engine(base.config, base.packs, replace(base.knowledge, roster=roster.load(path, None)))


@pytest.mark.parametrize("how", ["declared", "face", "field"])
@pytest.mark.parametrize(
    ("name", "platform", "says"),
    [
        ("Ottoline Hart", "facebook", None),
        ("Bram Vickers", "facebook", "may not be shown"),
        ("Cosima Lund", "facebook", "may not be shown"),
        ("Dorian Pike", "facebook", "run out"),
        ("Edda Rowe", "facebook", "other channels"),
        ("Edda Rowe", "x", None),
        ("Fenn Astley", "facebook", "agreed to be shown"),
    ],
)
def test_consent(with_list: Engine, how: str, name: str, platform: str, says: str | None) -> None:
    shown: dict[str, dict[str, Any]] = {
        "declared": {"people": [{"name": name, "role": "learner"}]},
        "face": {"metadata": {"RegionInfo": {"RegionList": [{"Type": "Face", "Name": name}]}}},
        "field": {"metadata": {"PersonInImage": [name]}},
    }
    image = {"alt": "x", **shown[how]}
    data = {"text": "A day out", "account": "organisation", "platform": platform, "images": [image]}
    report = with_list.check_post(record(data, "post", "post", None))
    found = [item.message for item in report.findings if item.concern == "image/consent-missing"]
    assert len(found) == (1 if says else 0)
    assert all(says in message for message in found if says)

"""A lexicon can use another's groups: they lend their words, and raise no concern of their own."""

from pathlib import Path

import pytest

from checkpost.errors import DataError
from checkpost.lexicon import read
from checkpost.model import Part
from checkpost.text.document import Document

SHARED = """
title = "Shared"
note = "For the test."
source = "made up"
[[group]]
name = "animals"
note = "Who."
concern = "conduct/abuse"
terms = ["cat", "{number} dogs"]
"""
USER = """
title = "User"
note = "For the test."
source = "made up"
uses = ["shared"]
[[group]]
name = "lazy"
note = "What."
concern = "conduct/disparagement"
terms = ["<animals> sleep|sleeps"]
"""


def found(folder: Path, text: str) -> list[str]:
    doc = Document.of(Part("text", text))
    return [doc.text(match.span) for match in read(folder / "user.toml").find(doc, {})]


def test_groups_of_another_lexicon(tmp_path: Path) -> None:
    (tmp_path / "shared.toml").write_text(SHARED, encoding="utf-8")
    (tmp_path / "user.toml").write_text(USER, encoding="utf-8")
    expected = ["cat sleeps", "4 dogs sleep"]
    assert found(tmp_path, "A cat. The cat sleeps, 4 dogs sleep, dogs sleep.") == expected


def test_a_lexicon_that_is_not_there(tmp_path: Path) -> None:
    (tmp_path / "user.toml").write_text(USER, encoding="utf-8")
    with pytest.raises(DataError, match="cannot be read"):
        found(tmp_path, "A cat")

"""The fictional organisation that the tests share with the examples."""

from functools import cache
from pathlib import Path

from checkpost.config import Config, load
from checkpost.engine import Engine

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = ROOT / "examples"


@cache
def config() -> Config:
    return load(EXAMPLES / "checkpost.toml")


@cache
def engine() -> Engine:
    return Engine.of(config())

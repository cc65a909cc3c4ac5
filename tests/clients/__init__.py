"""Programs that really read the reports. `.ci/run` installs them; without one, the tests that need it are skipped."""

import os
import shutil
from pathlib import Path
from typing import NoReturn

import pytest

_MODULES = Path(__file__).parent / "node_modules"


def program(name: str) -> str:
    """A program's path."""
    return shutil.which(name) or _missing(f"{name} (a Debian package)")


def module_file(path: str) -> Path:
    """A file of a package that package.json names."""
    file = _MODULES / path
    if not file.is_file():
        _missing(f"{path} (npm install in tests/clients)")
    return file


def _missing(what: str) -> NoReturn:
    if os.environ.get("CHECKPOST_CLIENTS") == "required":
        pytest.fail(f"{what} is not installed.")
    pytest.skip(f"{what} is not installed.")

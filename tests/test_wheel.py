"""The wheel, in a fresh environment away from the source tree, is the same program."""

import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

from tests.organisation import EXAMPLES, ROOT


def test_the_installed_wheel_gives_the_same_report(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--outdir", str(tmp_path), str(ROOT)],
        check=True,
        capture_output=True,
    )
    (wheel,) = tmp_path.glob("*.whl")
    assert wheel.stat().st_size < 40 * 1024 * 1024
    home = tmp_path / "fresh"
    venv.create(home, with_pip=True)
    binaries = home / ("Scripts" if os.name == "nt" else "bin")
    subprocess.run([binaries / "python", "-m", "pip", "install", "-q", str(wheel)], check=True, capture_output=True)
    shutil.copytree(EXAMPLES, tmp_path / "away" / "examples")
    command = ["check", "examples", "--format", "json"]
    environ = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}

    def report(program: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*program, *command], cwd=folder, capture_output=True, text=True, env=environ, check=False
        )

    installed = report([str(binaries / "checkpost")], tmp_path / "away")
    source = report([sys.executable, "-m", "checkpost"], ROOT)
    assert installed.returncode == source.returncode == 1, installed.stderr
    assert installed.stdout == source.stdout
    assert '"posts": 5' in installed.stdout

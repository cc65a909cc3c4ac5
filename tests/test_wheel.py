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
    environ = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}

    def report(program: list[str], folder: Path, output_format: str) -> subprocess.CompletedProcess[str]:
        command = [*program, "check", "examples", "--format", output_format]
        return subprocess.run(command, cwd=folder, capture_output=True, text=True, env=environ, check=False)

    for output_format, sample in (("json", '"posts": 5'), ("html", "<article")):
        installed = report([str(binaries / "checkpost")], tmp_path / "away", output_format)
        source = report([sys.executable, "-m", "checkpost"], ROOT, output_format)
        assert installed.returncode == source.returncode == 1, installed.stderr
        assert installed.stdout == source.stdout
        assert sample in installed.stdout

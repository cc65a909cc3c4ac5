"""Writes what is generated: the README's screenshot and the README's help texts. `--check` only says what is stale.

    python docs/generate.py [--check]

The screenshot is drawn from the program's own report of examples/sports-day.md.
"""

import argparse
import io
import re
import subprocess
import sys
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import TerminalTheme

from checkpost import check
from checkpost.report.terminal import Look, view

ROOT = Path(__file__).resolve().parent.parent
DRAFT = Path("examples/sports-day.md")
THEME = TerminalTheme(
    (24, 26, 31), (222, 226, 230),
    [(24, 26, 31), (224, 86, 86), (120, 190, 110), (229, 192, 84), (97, 160, 230), (190, 130, 220), (86, 190, 200),
     (222, 226, 230)],
    [(110, 118, 129), (240, 110, 110), (140, 210, 130), (240, 210, 110), (120, 180, 245), (210, 150, 235),
     (110, 210, 220), (255, 255, 255)],
)  # fmt: skip


def screenshot() -> str:
    """The terminal report of the example, as an SVG."""
    console = Console(
        record=True, width=108, file=io.StringIO(), force_terminal=True, color_system="truecolor", markup=False,
        highlight=False, emoji=False, legacy_windows=False,
    )  # fmt: skip
    console.print(f"$ checkpost {DRAFT}\n", style="bold")
    console.print(view(check([DRAFT]), Look(colour=True, show_matches=True, width=108)))
    svg = console.export_svg(title="checkpost", theme=THEME, unique_id="checkpost")
    return re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)  # a font from the web is not fetched


def with_help(readme: str) -> str:
    """The README with each `<!-- help: … -->` block holding what the program prints."""

    def block(match: re.Match[str]) -> str:
        arguments = match[1].split()
        command = [sys.executable, "-m", "checkpost", *arguments]
        printed = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT, env=ENVIRONMENT).stdout
        return f"<!-- help: {match[1]} -->\n```\n{printed.strip()}\n```\n<!-- end -->"

    return re.sub(r"<!-- help: (.*?) -->\n.*?<!-- end -->", block, readme, flags=re.DOTALL)


ENVIRONMENT = {"COLUMNS": "100", "NO_COLOR": "1", "PATH": "", "PYTHONPATH": str(ROOT)}


def main() -> int:
    """Write, or with `--check` compare; the exit code is the number of stale files."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="change nothing, and fail if anything is stale")
    arguments = parser.parse_args()
    readme = ROOT / "README.md"
    wanted = {
        ROOT / "docs" / "report.svg": screenshot(),
        readme: with_help(readme.read_text(encoding="utf-8")),
    }
    stale = [path for path, text in wanted.items() if not path.is_file() or path.read_text(encoding="utf-8") != text]
    for path in stale:
        if arguments.check:
            print(f"{path.relative_to(ROOT)} is stale: run python docs/generate.py")
        else:
            path.write_text(wanted[path], encoding="utf-8")
            print(f"wrote {path.relative_to(ROOT)}")
    return len(stale) if arguments.check else 0


if __name__ == "__main__":
    sys.exit(main())

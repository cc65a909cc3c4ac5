"""How fast checkpost answers: cold starts, one post, and posts a second, in one run.

    python bench/speed.py [--posts 1000]

Figures are wall-clock seconds on this machine; the fastest of a few runs, as the others measure what else it was doing.
"""

import argparse
import platform
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from checkpost.config import load
from checkpost.engine import Engine
from checkpost.model import Markup, Part, Post

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
SHORT = (
    "What a day at Hazelbrook! My Year 9s ran their hearts out, and somebody broke the school record in the 800 m. "
    "Huge thanks to everybody who cheered us. #SportsDay"
)
LONG = SHORT.replace("cheered us.", "brought ice lollies, cheered, or lent us a stopwatch. See you next year!")


def fastest(runs: int, call: Callable[[], object]) -> float:
    """Seconds that the fastest of some runs took."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        call()
        times.append(time.perf_counter() - start)
    return min(times)


def cold(*arguments: str) -> float:
    """Seconds of a whole process."""
    return fastest(5, lambda: subprocess.run([sys.executable, *arguments], capture_output=True, check=False))


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--posts", type=int, default=1000)
    posts = parser.parse_args().posts
    engine = Engine.of(load(EXAMPLES / "checkpost.toml"))
    print(f"Python {platform.python_version()}, {platform.machine()}")
    print(f"bare python                  {cold('-c', 'pass'):8.3f} s")
    print(f"import spacy                 {cold('-c', 'import spacy'):8.3f} s")
    print(f"checkpost --help             {cold('-m', 'checkpost', '--help'):8.3f} s")
    print(f"checkpost explain            {cold('-m', 'checkpost', 'explain', 'people/learner'):8.3f} s")
    print(f"checkpost sports-day.md      {cold('-m', 'checkpost', str(EXAMPLES / 'sports-day.md')):8.3f} s")
    for text in (SHORT, LONG):
        drafts = [Post(str(n), "bench", (Part("text", text, markup=Markup.MARKDOWN),)) for n in range(posts)]
        engine.check(drafts[:20])
        seconds = fastest(3, lambda drafts=drafts: engine.check(drafts))
        print(f"posts of {len(text.split())} words a second  {posts / seconds:8.0f}")


if __name__ == "__main__":
    main()

"""What a very long roster costs: reading it, reading its index from the cache, and each post; in one run.

    python bench/roster.py [--learners 100000]

Learners are made up here, in the columns that school systems export, a third of them with a middle name. Times are of
this machine, each the best of a few runs in a process of its own, as the others measure what else the machine does:
seconds on the wall, and beside them those that the processor spent. "Cold" is what the first check does: read the file,
index it, keep the index. What a roster adds to a post is the difference to the same posts checked with no roster, in
milliseconds of the processor's.
"""

import argparse
import csv
import json
import os
import platform
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

_ROOT = Path(__file__).resolve().parent.parent
_LISTS = _ROOT / "lexicons" / "names"
_RUNS = 5
_OPENERS = (
    "What a day at Hazelbrook! My Year 9s ran their hearts out, and somebody broke the school record in the 800 m.",
    "Huge thanks to everybody who came to the winter fair on Friday; the PTA raised enough for new benches.",
    "Our science club built a weather station this half term, and it has already measured its first gale.",
    "Rehearsals for the spring concert begin on Monday in the Main Hall. Bring your music, and a friend.",
    "Proud to see so many at the open evening. The robotics team let visitors drive, with no casualties at all.",
)
_MIDDLES = (
    "Well done {name} in 8B for the best poster.",
    "Special mention to {first} for staying calm when the lights went out.",
    "Photos will follow once everyone at home has said yes.",
    "There are still a few places left on the coach, so tell the office by Thursday.",
    "Thank you to Mrs {last} for the cake, and to the caretakers for the ladders.",
)
_ENDS = (
    "Huge thanks to everybody who brought ice lollies, cheered, or lent us a stopwatch. See you next year! #SportsDay",
    "Doors open at half past six, and the car park behind the gym is free after five. #TeamHazelbrook",
    "If you would like to help next time, there is a list on the board by the library. @hazelbrook_sci",
)

# Run in a process of its own: argument 1 is a folder with learners.csv and posts.json, 2 is "cold" or "kept".
_LOAD = """
import json, sys, time
from pathlib import Path
from checkpost import roster
from checkpost.names import short_forms
short_forms("thomas")
def memory(what):  # MiB now (VmRSS) or at most (VmHWM); known on Linux only
    lines = Path("/proc/self/status").read_text().split("\\n") if sys.platform == "linux" else []
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith(what)), float("nan"))
before = memory("VmRSS")
start = time.process_time(), time.perf_counter()
found = roster.load(Path(sys.argv[1]) / "learners.csv", None)
wall, busy = time.perf_counter() - start[1], time.process_time() - start[0]
print(json.dumps([wall, busy, len(found.entries), memory("VmRSS") - before, memory("VmHWM") - before]))
"""
_POSTS = """
import json, sys, time
from pathlib import Path
from checkpost.config import Config
from checkpost.engine import Engine
from checkpost.model import Markup, Part, Post
folder = Path(sys.argv[1])
texts = json.loads((folder / "posts.json").read_text(encoding="utf-8"))
posts = [Post(str(n), "bench", (Part("text", text, markup=Markup.MARKDOWN),)) for n, text in enumerate(texts)]
engine = Engine.of(Config(learners=folder / "learners.csv" if sys.argv[2] == "with" else None))
engine.check(posts[:50])
start = time.process_time()
engine.check(posts[50:])
print((time.process_time() - start) / (len(posts) - 50) * 1000)
"""


def names(file: str) -> list[str]:
    """Names of one of the project's lists, the commonest and the rare alike."""
    import tomllib  # noqa: PLC0415  (only the parent process makes learners)

    groups = tomllib.loads((_LISTS / file).read_text(encoding="utf-8"))["group"]
    return [term.title() for group in groups for term in group["terms"] if term.isalpha()]


def make_learners(path: Path, size: int, chance: random.Random) -> list[tuple[str, str]]:
    """Write a roster as a school system exports it; returns first and last names."""
    given, families = names("given.toml"), names("surnames.toml")
    # As in a real roll, a few names are borne by many and most by few, and families have made-up rare names as well.
    rare = [a + b.lower() for a in families[::7] for b in ("field", "ley", "worth", "by", "stone")]
    people = []
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["Forename", "Middle name", "Surname", "Known as", "Year group", "Reg group", "Photo consent"])
        for _ in range(size):
            first = given[int(len(given) * chance.random() ** 2)]
            last = (families if chance.random() < 0.7 else rare)[int(len(families) * chance.random() ** 2) % len(rare)]
            if chance.random() < 0.05:
                last += "-" + chance.choice(families)
            middle = chance.choice(given) if chance.random() < 0.33 else ""
            year = chance.randint(7, 13)
            consent = chance.choice(["Yes", "Yes", "No"])
            known = first[:4] if chance.random() < 0.04 else ""
            rows.writerow([first, middle, last, known, f"Year {year}", f"{year}{chance.choice('ABCDEF')}", consent])
            people.append((first, last))
    return people


def make_posts(people: list[tuple[str, str]], size: int, chance: random.Random) -> list[str]:
    """Posts of some sixty words; one in three names somebody."""
    posts = []
    for _ in range(size):
        first, last = chance.choice(people)
        middles = chance.sample(_MIDDLES, 2)
        text = " ".join((chance.choice(_OPENERS), *middles, chance.choice(_ENDS)))
        posts.append(text.format(name=f"{first} {last}", first=first, last=last))
    return posts


def ask(program: str, *arguments: str, home: Path) -> list[float]:
    """What a program run in a process of its own prints, as numbers."""
    environ = {**os.environ, "XDG_CACHE_HOME": str(home), "LOCALAPPDATA": str(home), "PYTHONPATH": str(_ROOT)}
    out = subprocess.run(
        [sys.executable, "-c", program, *arguments], capture_output=True, check=True, text=True, env=environ
    ).stdout
    found = json.loads(out)
    return found if isinstance(found, list) else [found]


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--learners", type=int, default=100_000)
    parser.add_argument("--posts", type=int, default=450)
    wanted = parser.parse_args()
    chance = random.Random(2026)  # noqa: S311  (made-up people, the same each time)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        people = make_learners(folder / "learners.csv", wanted.learners, chance)
        posts = make_posts(people, wanted.posts, chance)
        (folder / "posts.json").write_text(json.dumps(posts), encoding="utf-8")
        cold = min(ask(_LOAD, name, home=folder / f"cold{n}") for n in range(_RUNS))
        kept = min(ask(_LOAD, name, home=folder / "cold0") for _ in range(_RUNS))
        files = [file for file in (folder / "cold0").rglob("*") if file.is_file()]
        without, having = (
            min(ask(_POSTS, name, how, home=folder / "cold0")[0] for _ in range(_RUNS)) for how in ("without", "with")
        )
        started = time.strftime("%Y-%m-%d")
        words = sum(len(text.split()) for text in posts) / len(posts)
        print(f"{started}, Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores")
        print(f"learners                            {int(cold[2]):10,}")
        print(f"file                                {(folder / 'learners.csv').stat().st_size / 2**20:10.1f} MiB")
        print(f"cold: read, index, keep             {cold[0]:10.3f} s   (processor {cold[1]:.3f} s)")
        print(f"from the cache                      {kept[0]:10.3f} s   (processor {kept[1]:.3f} s)")
        print(f"memory, cold                        {cold[3]:10.1f} MiB (at most {cold[4]:.1f} while indexing)")
        print(f"memory, from the cache              {kept[3]:10.1f} MiB (at most {kept[4]:.1f} while reading)")
        if files:
            print(f"cache file                          {files[0].stat().st_size / 2**20:10.1f} MiB")
        print(f"a post of {words:.0f} words, no roster        {without:10.2f} ms")
        print(f"the same with the roster            {having:10.2f} ms")
        print(f"added to each post                  {having - without:10.2f} ms")


if __name__ == "__main__":
    main()

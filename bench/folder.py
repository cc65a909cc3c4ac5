"""How fast checkpost goes through a folder of drafts, on one core and on two, and how much memory it takes.

    python bench/folder.py [--drafts 5000] [--jobs 1 2]

Each line is a whole run of the program, start and report included. "CPU" is the processor time of all its processes.
On a machine that is busy with other things, wall time says little: "on free cores" is the speed-up that CPU time
allows, as each process has work until the end. Memory is the peak of the process that reads and reports, and of the
largest worker (Linux only).
"""

import argparse
import os
import platform
import resource
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
SENTENCES = (
    "What a day at Hazelbrook! My Year 9s ran their hearts out, and somebody broke the school record in the 800 m.",
    "Huge thanks to everybody who brought ice lollies, cheered, or lent us a stopwatch. See you next year! #SportsDay",
    "Our library is open until five every day this week, and there are still places in the chess club.",
    "If you have lost a blue lunch box, reception has it. So far nobody has asked for it.",
    "The choir sings in the market square on Saturday at eleven, whatever the weather does.",
    "Write to megan.r@postbox.example about the trip, please.",
    "Well done to all who took part in the science fair, and thank you for coming along.",
)


@dataclass(frozen=True, slots=True)
class Run:
    """What one run took: seconds, processor seconds, and megabytes at most in the first process and in a worker."""

    wall: float
    cpu: float
    first: float
    worker: float


def make_drafts(folder: Path, count: int) -> None:
    """Write drafts of three sentences each, no two alike."""
    for number in range(count):
        chosen = [SENTENCES[(number + step * step) % len(SENTENCES)] for step in range(3)]
        head = "---\naccount: organisation\nplatform: x\n---\n"
        path = folder / f"{number % 50:02}" / f"{number:05}.md"
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"{head}{' '.join(chosen)} ({number})\n", encoding="utf-8")


def run(folder: Path, jobs: int) -> Run:
    """Check a folder, and measure."""
    config = str(EXAMPLES / "checkpost.toml")
    command = [sys.executable, "-m", "checkpost", "check", str(folder), "--config", config, "--jobs", str(jobs)]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    with subprocess.Popen([*command, "--format", "json", "-o", os.devnull], stderr=subprocess.DEVNULL) as process:
        peaks: dict[int, float] = {}
        watcher = threading.Thread(target=watch, args=(process, peaks))
        watcher.start()
        if process.wait() not in (0, 1):  # nothing found, or something
            raise SystemExit(f"the run failed ({process.returncode})")
        wall = time.perf_counter() - start
        watcher.join()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    first = peaks.pop(process.pid, 0)
    return Run(wall, cpu, first, max(peaks.values(), default=0))


def watch(process: subprocess.Popen[bytes], peaks: dict[int, float]) -> None:
    """Note the peak of memory of a process and its children, until it ends."""
    while process.poll() is None:
        for pid in (process.pid, *children(process.pid)):
            try:
                status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
            except OSError:
                continue
            peak = next((line.split()[1] for line in status.splitlines() if line.startswith("VmHWM:")), "0")
            peaks[pid] = max(peaks.get(pid, 0), int(peak) / 1024)
        time.sleep(0.2)


def children(pid: int) -> list[int]:
    """The processes that a process started."""
    try:
        return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()]
    except OSError:
        return []


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--drafts", type=int, nargs="+", default=[1000, 5000])
    parser.add_argument("--jobs", type=int, nargs="+", default=[1, 2])
    options = parser.parse_args()
    print(f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores, ", end="")
    print(f"load {os.getloadavg()[0]:.1f} before the first run")
    print("drafts  jobs     wall      CPU  drafts/s  speed-up  on free cores  first process  a worker")
    for count in options.drafts:
        with tempfile.TemporaryDirectory() as folder:
            make_drafts(Path(folder), count)
            base = None
            for jobs in options.jobs:
                done = run(Path(folder), jobs)
                base = base or done
                print(
                    f"{count:6} {jobs:5} {done.wall:7.1f}s {done.cpu:7.1f}s {count / done.wall:9.0f} "
                    f"{base.wall / done.wall:8.2f}x {base.cpu * jobs / done.cpu:13.2f}x "
                    f"{done.first:11.0f} MB {done.worker:6.0f} MB",
                    flush=True,
                )


if __name__ == "__main__":
    main()

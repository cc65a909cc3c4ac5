"""Recall, precision and speed of checkpost beside presidio-analyzer and scrubadub, on the same labelled posts.

    python bench/peers.py --venv FOLDER [--posts 600]

FOLDER is a virtual environment of their own: `pip install presidio-analyzer scrubadub`. Posts are those of tests/cases
for the kinds of data that all could look for, and posts made up here with one identifier planted in each, and near
misses (order numbers, ISBNs, URNs, scores, versions). Numbers are invented or reserved. A label counts as found if any
finding of a kind that stands for it overlaps it; a finding counts as right if it overlaps any label. Findings of kinds
that nobody planted (URLs, dates that are no birth dates, names) are left out on all sides.
"""

import argparse
import json
import platform
import random
import re
import subprocess
import sys
import time
import tomllib
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from checkpost.config import Config
from checkpost.engine import Engine
from checkpost.identifiers import nhs, uln, upn
from checkpost.model import Markup, Part, Post

_ROOT = Path(__file__).resolve().parent.parent
_CASES = {
    "email_address": "e-mail", "phone_number": "phone", "national_insurance": "NI number", "nhs_number": "NHS number",
    "payment_card": "card", "iban": "IBAN", "network_address": "IP or MAC", "passport_number": "passport",
    "driving_licence": "driving licence", "vehicle_registration": "vehicle", "upn": "UPN", "uln": "ULN",
    "postal_address": "address", "birth_date": "birth date", "bank_account": "bank account",
    "exam_candidate": "candidate", "reference_number": "staff number", "credentials": "credentials",
}  # fmt: skip
_AROUND = ("Ring the office about {}.", "Found on the bus: {}. Whose?", "{} is what the form says.", "My note says {}!")
_MISSES = (
    "Order number 4471-2290-18 has shipped", "ISBN 978-0-14-103614-4 is on the reading list", "Our URN is 140522",
    "UKPRN 10007063 and LAESTAB 373/4001", "We won 24-17, 21-12 and 30-28", "Version 10.4.2.118 of the app is out",
    "Room B12 moves to C14 on 12-05-26", "Childline is on 0800 1111", "Charity number 1123456", "Year 9 read 1984",
)  # fmt: skip

# Read by the peers' own Python: posts on standard input, kinds of findings with places on standard output.
_PRESIDIO = """
import json, sys, time
import spacy
from importlib.metadata import version
from presidio_analyzer import AnalyzerEngine, RecognizerRegistry, predefined_recognizers as known
from presidio_analyzer.nlp_engine import SpacyNlpEngine
class Blank(SpacyNlpEngine):  # no trained pipeline: tokens and no entities
    def __init__(self):
        super().__init__()
        self.nlp = {"en": spacy.blank("en")}
registry = RecognizerRegistry(supported_languages=["en"])
for name in ("CreditCard", "Date", "Email", "Iban", "Ip", "MacAddress", "Nhs", "UkDrivingLicence", "UkNino",
             "UkPassport", "UkPostcode", "UkVehicleRegistration"):
    registry.add_recognizer(getattr(known, name + "Recognizer")())
registry.add_recognizer(known.PhoneRecognizer(supported_regions=("GB",)))
engine = AnalyzerEngine(registry=registry, nlp_engine=Blank(), supported_languages=["en"])
texts = json.load(sys.stdin)
read = lambda text: [(hit.entity_type, hit.start, hit.end) for hit in engine.analyze(text, "en")]
read(texts[0])
start = time.process_time()
found = [read(text) for text in texts]
print(json.dumps([version("presidio-analyzer"), time.process_time() - start, found]))
"""
_SCRUBADUB = """
import json, sys, time
from importlib.metadata import version
import scrubadub
scrubber = scrubadub.Scrubber(locale="en_GB")
texts = json.load(sys.stdin)
read = lambda text: [(filth.type, filth.beg, filth.end) for filth in scrubber.iter_filth(text)]
read(texts[0])
start = time.process_time()
found = [read(text) for text in texts]
print(json.dumps([version("scrubadub"), time.process_time() - start, found]))
"""
_LEFT_OUT = frozenset({"DATE_TIME", "URL", "url", "twitter"})  # of nothing planted; scrubadub's links are no secrets


@dataclass(frozen=True, slots=True)
class Labelled:
    """A post, and where in it data of which kind stands."""

    text: str
    kind: str
    spans: tuple[tuple[int, int], ...]


def of_cases() -> list[Labelled]:
    """The posts of the project's own cases whose spans are marked, and their near misses."""
    found = []
    for name, kind in _CASES.items():
        cases = tomllib.loads((_ROOT / "tests" / "cases" / f"{name}.toml").read_text(encoding="utf-8"))
        for case in (*cases.get("hit", []), *cases.get("clean", [])):
            if case.get("part", "text") == "text" and "text" in case:
                found.append(_unmark(case["text"], kind))  # noqa: PERF401  (plainer than two loops in one)
    return found


def _unmark(marked: str, kind: str) -> Labelled:
    text, spans, start = "", [], 0
    for piece in re.split("([⟦⟧])", marked):
        if piece == "⟦":
            start = len(text)
        elif piece == "⟧":
            spans.append((start, len(text)))
        else:
            text += piece
    return Labelled(text, kind, tuple(spans))


def made_up(size: int, chance: random.Random) -> list[Labelled]:
    """Posts with one identifier in a format that people write, or a near miss."""

    def digits(count: int) -> str:
        return "".join(chance.choice("0123456789") for _ in range(count))

    def valid(make: object, check: object) -> str:
        while True:
            text = make()  # type: ignore[operator]
            if check(text):  # type: ignore[operator]
                return str(text)

    phones = ["020 7946 0{}", "+44 20 7946 0{}", "(0114) 496 0{}", "0114-4960{}"]
    mails = ["kit.{}@example.com", "k{}@example.org", "k{}@hill.sch.uk", "kit.{} at example dot com"]
    letters = "ABCDEFGHJKLMNPQRTUVWXYZ"
    makers = {
        "phone": lambda: chance.choice(phones).format(digits(3)),
        "e-mail": lambda: chance.choice(mails).format(digits(2)),
        "NI number": lambda: f"her NI number, JK {digits(2)} {digits(2)} {digits(2)} C",
        "NHS number": lambda: "NHS number " + valid(lambda: "999" + digits(7), nhs.is_valid),
        "ULN": lambda: "ULN " + valid(lambda: "9" + digits(9), uln.is_valid),
        "UPN": lambda: "UPN " + valid(lambda: chance.choice(letters) + "37340012" + digits(4), upn.is_valid),
        "card": lambda: "card " + chance.choice(["4111 1111 1111 1111", "5555555555554444", "4012-8888-8888-1881"]),
        "IBAN": lambda: chance.choice(["GB82 WEST 1234 5698 7654 32", "GB82WEST12345698765432"]),
        "bank account": lambda: f"sort code 12-34-56, account {digits(8)}",
        "birth date": lambda: f"DOB {chance.randint(1, 28):02}/{chance.randint(1, 12):02}/{chance.randint(2008, 2015)}",
        "address": lambda: f"he lives at {chance.randint(2, 90)} Elm Road, S10 2AB",
        "driving licence": lambda: "driving licence MORGA753116SM9IJ",
        "passport": lambda: f"passport number {digits(9)}",
        "vehicle": lambda: "his car, registration AB12 CDE",
        "credentials": lambda: f"wifi password: Summer{digits(4)}!",
    }  # fmt: skip
    posts = []
    for _ in range(size):
        if chance.random() < 0.3:
            posts.append(Labelled(chance.choice(_MISSES), "near miss", ()))
            continue
        kind = chance.choice(sorted(makers))
        planted, around = makers[kind](), chance.choice(_AROUND)
        start = around.index("{}")
        posts.append(Labelled(around.format(planted), kind, ((start, start + len(planted)),)))
    return posts


def checkpost(texts: list[str]) -> tuple[str, float, list[list[tuple[str, int, int]]]]:
    """What checkpost finds of personal data."""
    engine = Engine.of(Config())

    def read(text: str) -> list[tuple[str, int, int]]:
        post = Post("p", "p", (Part("text", text, markup=Markup.PLAIN),))
        return [
            (finding.detector, finding.place.span.start, finding.place.span.end)
            for finding in engine.check_post(post).findings
            if finding.place and finding.concern.startswith("personal-data/") and finding.detector not in _OTHER
        ]

    read(texts[0])
    start = time.process_time()
    found = [read(text) for text in texts]
    return version("checkpost"), time.process_time() - start, found


_OTHER = frozenset({"special-category", "whereabouts", "private-handle"})  # of what somebody is or does


def figures(
    posts: list[Labelled], found: list[list[tuple[str, int, int]]]
) -> tuple[float, float, dict[str, list[int]]]:
    """Recall, precision, and hits and labels of each kind."""
    right = wrong = 0
    kinds: dict[str, list[int]] = {}
    for post, hits in zip(posts, found, strict=True):
        places = [(start, end) for kind, start, end in hits if kind not in _LEFT_OUT]
        for start, end in post.spans:
            counts = kinds.setdefault(post.kind, [0, 0])
            counts[0] += any(a < end and start < b for a, b in places)
            counts[1] += 1
        for a, b in places:
            good = any(a < end and start < b for start, end in post.spans)
            right, wrong = right + good, wrong + (not good)
    hit, labels = (sum(counts[at] for counts in kinds.values()) for at in (0, 1))
    return hit / labels, right / max(right + wrong, 1), kinds


def main() -> None:
    """Print the table, in Markdown."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--venv", type=Path, required=True)
    parser.add_argument("--posts", type=int, default=600)
    wanted = parser.parse_args()
    posts = [*of_cases(), *made_up(wanted.posts, random.Random(2026))]  # noqa: S311
    texts = [post.text for post in posts]
    python = wanted.venv / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    results = {"checkpost": checkpost(texts)}
    for name, program in (("presidio-analyzer", _PRESIDIO), ("scrubadub", _SCRUBADUB)):
        done = subprocess.run(
            [python, "-c", program], input=json.dumps(texts), capture_output=True, check=True, text=True
        )
        results[name] = tuple(json.loads(done.stdout.splitlines()[-1]))  # type: ignore[assignment]
    each = {name: figures(posts, found) for name, (_, _, found) in results.items()}
    labels = sum(len(post.spans) for post in posts)
    print(f"{time.strftime('%Y-%m-%d')}, Python {platform.python_version()}, {platform.machine()}: ", end="")
    print(f"{len(posts)} posts, {labels} labels.\n")
    print("| | " + " | ".join(f"{name} {results[name][0]}" for name in results) + " |")
    print("|---|" + "---:|" * len(results))
    print("| recall | " + " | ".join(f"{each[name][0]:.2f}" for name in results) + " |")
    print("| precision | " + " | ".join(f"{each[name][1]:.2f}" for name in results) + " |")
    print("| posts a second | " + " | ".join(f"{len(posts) / results[name][1]:,.0f}" for name in results) + " |")
    for kind in sorted(each["checkpost"][2]):
        row = (f"{each[name][2][kind][0]} of {each[name][2][kind][1]}" for name in results)
        print(f"| {kind} | " + " | ".join(row) + " |")


if __name__ == "__main__":
    main()

"""Cheap tests before patterns (`_MAY_BE…`, `"@" in doc.prose`, a count of digits) never keep out what they guard.

Each rule reads its cases, and texts made of what the patterns match, twice: as it is, and with all such gates open. No
list of them is kept: a constant is known by its name, and a document that holds every text and many digits opens those
that ask one.
"""

import importlib
import pkgutil
import random
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import fields, is_dataclass, replace
from functools import cache
from types import ModuleType
from typing import Any
from unittest import mock

import pytest

import checkpost
from checkpost.derived import Deriving
from checkpost.drafts.fields import record
from checkpost.knowledge import Knowledge
from checkpost.model import Hit, Markup, Part, Post
from checkpost.patterns import late
from checkpost.rules import Case, Detector, detectors
from checkpost.text.document import Document
from tests.organisation import engine
from tests.test_cases import IDS, RULES, cases_of, unbracket

_MANY = 1000
_GATE = "_MAY_BE"
_PATTERN = (re.Pattern, type(late("")))
_FEWEST = 15  # gates by name
_TEXTS = 150  # for each module
_parser: Any = importlib.import_module("re._parser")  # there is no public one


class Everything(str):
    """A text in which, if asked, every other stands."""

    __slots__ = ()

    def __contains__(self, other: str) -> bool:  # type: ignore[override]
        return True


class Lower:
    """A document's text in small letters, once it holds everything."""

    def __get__(self, doc: Document, owner: type[Document]) -> str:
        return Everything(_LOWER.func(doc))


_LOWER: Any = vars(Document)["lower"]
_OF: Callable[[type[Document], Part], Document] = vars(Document)["of"].__func__


@cache
def gates() -> Mapping[ModuleType, tuple[str, ...]]:
    """The modules that have gates, with the names of these."""
    names = [module.name for module in pkgutil.walk_packages(checkpost.__path__, "checkpost.")]
    modules = [importlib.import_module(name) for name in names if not name.endswith("__main__")]
    found = {module: tuple(name for name in vars(module) if name.startswith(_GATE)) for module in modules}
    return {module: names for module, names in found.items() if names}


def patterns(module: ModuleType) -> list[str]:
    """The patterns of a module, gates and all."""
    return [pattern.pattern for value in vars(module).values() for pattern in within(value)]


def written(parsed: Any, chance: random.Random) -> str:
    """A text that a parsed pattern matches, or would but for what must stand or not stand around it."""
    return "".join(_WAYS.get(str(kind), _nothing)(how, chance) for kind, how in parsed)


def _nothing(how: Any, chance: random.Random) -> str:  # noqa: ARG001  (places, and what is looked ahead to)
    return ""


def _repeated(how: Any, chance: random.Random) -> str:
    least, most, inner = how
    return "".join(written(inner, chance) for _ in range(chance.randint(least, min(int(most), least + 2))))


def _one_of(how: Any, chance: random.Random) -> str:
    if str(how[0][0]) == "NEGATE":
        fits = re.compile(r"[^\w\s]|\w")
        refused = {c for c in map(chr, range(32, 127)) if any(_is_in(c, one) for one in how[1:])}
        return chance.choice([c for c in map(chr, range(32, 127)) if c not in refused and fits.match(c)] or ["é"])
    kind, what = chance.choice(how)
    return chr(chance.randint(*what)) if str(kind) == "RANGE" else _WAYS[str(kind)](what, chance)


def _is_in(character: str, one: tuple[Any, Any]) -> bool:
    kind, what = one
    if str(kind) == "RANGE":
        return bool(what[0] <= ord(character) <= what[1])
    return character in _CLASSES[str(what)] if str(kind) == "CATEGORY" else ord(character) == what


_CLASSES = {
    "CATEGORY_DIGIT": "0123456789",
    "CATEGORY_WORD": "abkmyzAR_09é",
    "CATEGORY_SPACE": " \n",
    "CATEGORY_NOT_DIGIT": "a -",
    "CATEGORY_NOT_WORD": " .-",
    "CATEGORY_NOT_SPACE": "a9.-",
}
_WAYS: Mapping[str, Callable[[Any, random.Random], str]] = {
    "LITERAL": lambda how, _: chr(how),
    "NOT_LITERAL": lambda how, chance: chance.choice([c for c in "ab1 -" if ord(c) != how]),
    "ANY": lambda _, chance: chance.choice("ab1 -"),
    "CATEGORY": lambda how, chance: chance.choice(_CLASSES[str(how)]),
    "IN": _one_of,
    "BRANCH": lambda how, chance: written(chance.choice(how[1]), chance),
    "SUBPATTERN": lambda how, chance: written(how[3], chance),
    "ATOMIC_GROUP": written,
    **dict.fromkeys(("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"), _repeated),
}


def within(value: object) -> Iterator[re.Pattern[str]]:
    """The patterns that a constant is or holds."""
    if isinstance(value, _PATTERN) and isinstance(value.pattern, str):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from within(one)
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from within(getattr(value, field.name))


def rules_with(module: ModuleType) -> list[str]:
    """The detectors that stand in a module, or use something of it."""
    using = {rule: vars(importlib.import_module(found.find.__module__)) for rule, found in detectors().items()}
    return [
        rule
        for rule, names in using.items()
        if module in (importlib.import_module(names["__name__"]), *names.values())
        or any(getattr(value, "__module__", None) == module.__name__ for value in names.values())
    ]


@contextmanager
def open_gates() -> Iterator[None]:
    """All gates let everything through."""

    def everything(cls: type[Document], part: Part) -> Document:
        doc = _OF(cls, part)
        return replace(doc, prose=Everything(doc.prose))

    changes: list[Any] = []
    changes += [mock.patch.object(module, name, re.compile("")) for module in gates() for name in gates()[module]]
    changes.append(mock.patch.object(Document, "of", classmethod(everything)))
    changes.append(mock.patch.object(Document, "lower", Lower()))
    changes.append(mock.patch.object(Document, "digits", _MANY))
    for change in changes:
        change.start()
    try:
        yield
    finally:
        for change in changes:
            change.stop()


@cache
def knowledge() -> Knowledge:
    """What the tests' organisation knows, without the model: gates stand before rules."""
    found = replace(engine().knowledge)
    assert isinstance(found, Deriving)
    vars(found)["_encoder"] = "not asked"
    return found


def hits_of(rule: str, post: Post) -> list[Hit]:
    documents, found = tuple(map(Document.of, post.parts)), RULES[rule]
    if isinstance(found, Detector):
        return [hit for doc in documents if doc.part.kind in found.reads for hit in found.find(doc, knowledge())]
    return list(found.infer(Case(post, documents, (), knowledge())))


def words_of(post: Post) -> list[tuple[object, ...]]:
    return [(doc.prose, doc.words, doc.tags) for doc in map(Document.of, post.parts)]


def post_of(case: dict[str, Any]) -> Post:
    text, _ = unbracket(case.get("text", ""))
    return record({"id": "case", "text": text, **case.get("post", {})}, "case", "case", None)


def test_gates_are_found() -> None:
    assert sum(map(len, gates().values())) >= _FEWEST


def test_a_gate_that_is_too_narrow_is_noticed() -> None:
    post = Post("p", "p", (Part("text", "You utter sh!t", markup=Markup.MARKDOWN),))
    module = importlib.import_module("checkpost.detectors.abusive_language")
    with mock.patch.object(module, "_MAY_BE_MASKED", re.compile("nothing of the kind")):
        shut = hits_of("abusive-language", post)
        with open_gates():
            assert hits_of("abusive-language", post) != shut


@pytest.mark.parametrize("rule", IDS)
def test_no_gate_keeps_a_case_out(rule: str) -> None:
    cases = cases_of(rule)
    posts = [post_of(case) for case in (*cases.get("hit", ()), *cases.get("clean", ()))]
    shut = [hits_of(rule, post) for post in posts]
    with open_gates():
        assert [hits_of(rule, post) for post in posts] == shut


@pytest.mark.parametrize("module", gates(), ids=lambda module: module.__name__)
def test_no_gate_keeps_out_what_its_patterns_match(module: ModuleType) -> None:
    chance = random.Random(module.__name__)  # noqa: S311  (the same texts each time)
    rules, found = rules_with(module), patterns(module)
    for _ in range(_TEXTS):
        match = written(_parser.parse(chance.choice(found)), chance)
        text = chance.choice(("", "We met. ", "a")) + match + chance.choice(("", " x"))
        post = Post("p", "p", (Part("text", text, markup=Markup.MARKDOWN),))
        shut, split = [hits_of(rule, post) for rule in rules], words_of(post)
        with open_gates():
            assert [hits_of(rule, post) for rule in rules] == shut, text
            assert words_of(post) == split, text

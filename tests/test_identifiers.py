"""The check digits of identifiers agree with their published examples, and with no other digit."""

import doctest
import importlib
import pkgutil
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkpost import identifiers
from checkpost.identifiers import iban, luhn, nhs, uci, uln, upn

MODULES = [f"checkpost.identifiers.{module.name}" for module in pkgutil.iter_modules(identifiers.__path__)]


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_a_module_hold(name: str) -> None:
    failed, tried = doctest.testmod(importlib.import_module(name))
    assert (failed, tried > 0) == (0, True)


@pytest.mark.parametrize("name", MODULES)
@given(text=st.text(max_size=40))
def test_any_text_is_judged(name: str, text: str) -> None:
    module = importlib.import_module(name)
    assert module.is_valid(text) == module.is_valid(module.compact(text))


@given(st.from_regex(r"[0-9]{10}", fullmatch=True))
def test_no_number_is_both_an_nhs_number_and_a_uln(digits: str) -> None:
    assert not (nhs.is_valid(digits) and uln.is_valid(digits))


@pytest.mark.parametrize(
    ("module", "valid", "at"),
    [
        (nhs, "9990000018", 9),
        (uln, "9276308686", 9),
        (upn, "T373400121001", 0),
        (uci, "681990012058G", 12),
        (iban, "GB82WEST12345698765432", 3),
        (luhn, "4111111111111111", 15),
    ],
)
def test_one_check_character_fits_and_no_other(module: ModuleType, valid: str, at: int) -> None:
    characters = "0123456789" if valid[at].isdigit() else "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    fitting = [c for c in characters if module.is_valid(valid[:at] + c + valid[at + 1 :])]
    assert fitting == [valid[at]]

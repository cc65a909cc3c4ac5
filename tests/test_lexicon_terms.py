"""A term that could never match what its author meant is refused when the lexicon is read."""

import pytest

from checkpost.lexicon import compile_terms


@pytest.mark.parametrize("term", ["her|{given} dog", "the|<kin> dog", "hats?|caps on"])
def test_alternatives_are_words_only(term: str) -> None:
    with pytest.raises(ValueError, match="write a term for each"):
        compile_terms({"kin": ["mum"], "case": [term]})

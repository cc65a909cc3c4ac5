"""The pattern language of term lists: read by `written` into `pattern`s, found by `search` in a text's words.

    resign          the word, whatever its case, accents or possessive
    resign*         any word that begins so
    me|us|<kin>     any of these; words, stems, groups and classes may stand together
    really?         may be left out
    _               any one word
    ...             up to four words, in the same sentence
    <kin>           any term of the group `kin`
    {organisation}  a class of words known only at check time: see `SLOTS`

Words are compared by their folded keys, in one sentence, across punctuation; web and e-mail addresses are passed over.
"""

from checkpost.phrases.pattern import SLOTS, Group, Vocabulary
from checkpost.phrases.search import NO_SLOTS, Found, Search, Slots
from checkpost.phrases.written import compile_terms

__all__ = ["NO_SLOTS", "SLOTS", "Found", "Group", "Search", "Slots", "Vocabulary", "compile_terms"]

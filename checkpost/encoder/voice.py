"""Whether a text is spoken in somebody's own voice, as posts are, or tells of things, as prose does.

Much of what staff must not post is told in the words in which others write of schools: only that they speak of their
own makes it a complaint, or runs somebody down. So the model is believed sooner where somebody speaks.

>>> [is_voiced(text) for text in ("Three hours on fonts. THREE HOURS", "my class rocks", "gutted 😭", "who's in?!")]
[True, True, True, True]
>>> [is_voiced(text) for text in ("Leaders who listen keep their staff.", "The GCSE results were published.")]
[False, False]
"""

import re

_OF_ONESELF = r"(?<![\w@#])(?:i|i['’](?:m|ve|d|ll)|im|ive|me|my|mine|we|we['’](?:re|ve|d|ll)|us|our|ours|ur)\b"
_INTERJECTION = r"\b(?:lol|tbh|btw|omg|ugh|ffs|ngl|imo|haha\w*|honestly|seriously|frankly)\b"
_VOICE = re.compile(
    rf"(?i:{_OF_ONESELF}|{_INTERJECTION})"
    r"|[\U0001F300-\U0001FAFF\u2600-\u27BF#@!…]|\.\.\.|\?\?"
    r"|\A\s*[a-z]"  # no capital to begin with
    r"|[A-Z]{4} [A-Z]{2}"  # shouted
)


def is_voiced(text: str) -> bool:
    """Whether anything in a text shows that somebody speaks."""
    return _VOICE.search(text) is not None

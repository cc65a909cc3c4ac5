"""Names of accounts that stand in a text without an @: shaped like one, and said to be somebody's on a site."""

import re
from collections.abc import Iterator

from checkpost.model import ProseSpan
from checkpost.patterns import late

_SHAPED = late(  # letters with an underscore, a digit or a dot among them: "zo_flips09", "megplays2010"
    r"(?:(?<![\w@#/.-])|(?<=\s/))(?=[\w.-]{6,40}(?![\w@]))(?=[\w.-]*[^\W\d_]{3})"
    r"(?=[\w.-]*(?:_|\d{2}|\w\.[^\W\d]|[a-z](?-i:[A-Z])))[^\W\d_][\w-]*(?:\.\w+)*",
    re.ASCII,
)
_SITE = (
    "insta(?:gram)?|snap(?:chat)?|tik ?tok|discord|youtube|twitch|bereal|vsco|soundcloud|spotify|vinted|depop|etsy"
    "|wattpad|strava|kick|lichess|pinterest|reddit|bluesky|bsky|tumblr|twitter|facebook|fb|threads|telegram|kik"
    "|psn|steam|xbox|playstation|roblox|minecraft|fortnite|deviantart|bandcamp|goodreads|duolingo|ao3|chess\\.com"
)
_LED_BY = 60  # characters
_IS_CALLED = late(
    r"(?:\b(?:is|as|was|called|under|named|be|by)|['’]s|\b(?:s?he|they|i)s|[:=]"
    r"|\b(?:add|follow|find|challenge|message|friend|him|her|them))\s*[\"'“‘(]?$",
    re.IGNORECASE,
)
_ON_A_SITE = late(rf"#\d{{3,5}}\b|[\"'”’)]?,? (?:over |up )?on (?:the |there\b|here\b|[A-Z0-9]|(?:{_SITE})\b)")
_SITE_BEFORE = late(
    r"\b(?:server|app|channel|stream|chat|game|site|forum|leaderboard|world|lobby|quiz)\b[^.!?\n]{0,20}"
    r"\bas\s*[\"'“‘]?$|"
    r"\bon (?:there|here|it|[A-Z][\w.]*(?: [\w.]+){0,2}?),? "
    r"(?:as|is|under|called|by|at|he['’]?s|she['’]?s)\s*[\"'“‘]?$"
    rf"|\b(?:{_SITE})\b[^.!?\n]{{0,25}}\b(?:it['’]?s|is|as|under|called|at|he['’]?s|she['’]?s|they['’]?re)\s*[\"'“‘]?$",
    re.IGNORECASE,
)
_NAMING = (
    rf"\b(?:username|user name|gamertag|gamer tag|screen ?name|handle|account(?: name)?|{_SITE})(?: name| id| tag)?"
    rf"(?: is|['’]s|:| =|,| \()\s*[\"'“‘/]?|\bon (?:{_SITE})(?:,| as| under|:| [–—(-])\s*[\"'“‘/]?"
)
_NAMES_ACCOUNT = late(rf"(?:{_NAMING})$", re.IGNORECASE)
_NAMED_PLAINLY = late(rf"(?:{_NAMING})(?P<name>[a-z][a-z0-9]{{5,30}})\b(?!@|\.\w)", re.IGNORECASE)
_FILE = late(
    r"\.(?:jpe?g|png|gif|heic|docx?|xlsx?|pptx?|pdf|csv|txt|mp[34]|mov|zip|com|org|net|uk|py|html?)$", re.IGNORECASE
)


def usernames(prose: str) -> Iterator[ProseSpan]:
    """Where such names stand.

    >>> text = "Our keeper is saves_by_seb on ChessNest, and the file is called plan_2.docx on OneDrive."
    >>> [text[span.start : span.end] for span in usernames(text)]
    ['saves_by_seb']
    """
    for name in _SHAPED.finditer(prose):
        before = prose[max(name.start() - _LED_BY, 0) : name.start()]
        on_a_site = _ON_A_SITE.match(prose, name.end()) or _SITE_BEFORE.search(before)
        is_told = (_IS_CALLED.search(before) and on_a_site) or _NAMES_ACCOUNT.search(before)
        if is_told and not _FILE.search(name[0]):
            yield ProseSpan(*name.span())


def plain_names(prose: str) -> Iterator[ProseSpan]:
    """Where single words are given as names of accounts; only who bears them can tell whether they are.

    >>> text = "Her art is on Etsy as meganprints."
    >>> [text[span.start : span.end] for span in plain_names(text)]
    ['meganprints']
    """
    for name in _NAMED_PLAINLY.finditer(prose):
        yield ProseSpan(*name.span("name"))

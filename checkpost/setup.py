"""Writes a first `checkpost.toml` for an organisation."""

from collections.abc import Sequence
from pathlib import Path

from checkpost.config import FILE_NAME, shipped_policies
from checkpost.data import root
from checkpost.errors import CheckpostError, nearest


def write(folder: Path, name: str, aliases: Sequence[str], domains: Sequence[str], policies: Sequence[str]) -> Path:
    """Write `checkpost.toml` into a folder.

    Raises:
        CheckpostError: There is one already, or a policy is not one that ships.
    """
    path = folder / FILE_NAME
    for policy in policies:
        if policy not in shipped_policies() and not (folder / policy).is_file():
            raise CheckpostError(
                f'no shipped policy is called "{policy}".{nearest(policy, shipped_policies())} '
                f"Shipped: {', '.join(shipped_policies())}."
            )
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(_template(name, aliases, domains, policies or shipped_policies()))
    except FileExistsError as error:
        raise CheckpostError(f"{path} is there already, and was left as it is.") from error
    except OSError as error:
        raise CheckpostError(f"{path} cannot be written ({error.strerror}).") from error
    return path


def copy_policy(folder: Path, policy: str) -> Path:
    """Copy a shipped policy into a folder, under an id of its own, for editing.

    Raises:
        CheckpostError: It is not one that ships, or a file of that name is there already.
    """
    if policy not in shipped_policies():
        raise CheckpostError(f'no shipped policy is called "{policy}".{nearest(policy, shipped_policies())}')
    path = folder / f"our-{policy}.toml"
    text = (root() / "policies" / f"{policy}.toml").read_text(encoding="utf-8")
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text.replace(f'id = "{policy}"', f'id = "our-{policy}"', 1))
    except FileExistsError as error:
        raise CheckpostError(f"{path} is there already, and was left as it is.") from error
    except OSError as error:
        raise CheckpostError(f"{path} cannot be written ({error.strerror}).") from error
    return path


def _template(name: str, aliases: Sequence[str], domains: Sequence[str], policies: Sequence[str]) -> str:
    return f"""\
# Settings of checkpost for the drafts in this folder and the folders in it.
policies = {_list(policies)}    # ids of shipped policies, or paths of your own packs beside this file

[organisation]
name = {_text(name)}
aliases = {_list(aliases)}    # short names, schools and sites that people call it by
handles = []    # "@YourSchool"
hashtags = []    # "#YourSchool"
domains = {_list(domains)}
contacts = []    # phone numbers and addresses that you publish: never flagged

# Take the # off the lines that you need. The files stand beside this one.
# [people]
# learners = "learners.csv"    # columns: name, known_as, group, photo_consent, consent_until
# staff = "staff.csv"          # columns: name, known_as, role

# [lexicons]
# confidential = "confidential.txt"    # a term a line
# partners = "partners.txt"

# [sites]    # a picture taken there is said to be; latitude, longitude
# "Our school" = "53.3811, -1.4701"

# [check]
# fail-on = "review"    # or "block", or "advise"
# exiftool = true       # ask an installed exiftool about pictures too
"""


def _text(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in escaped) + '"'


def _list(values: Sequence[str]) -> str:
    return f"[{', '.join(_text(value) for value in values)}]"

"""Every pattern that the package compiles, as JSON lines of flags and pattern; run as a program of its own.

Patterns stand in constants, tables, dataclasses, closures and calls such as `re.sub`. So the compiler itself is watched
while the whole package is imported and has read posts that wake every rule.
"""

import importlib
import json
import pkgutil
import re
import sys
import tomllib
from typing import Any

_compile: Any = re._compile  # type: ignore[attr-defined]  # noqa: SLF001  (what re.compile, re.sub and the rest all call)
_seen: dict[tuple[str, int], None] = {}


def _watch(pattern: Any, flags: Any) -> Any:
    caller = sys._getframe(2)  # noqa: SLF001
    if isinstance(pattern, str) and str(caller.f_globals.get("__name__", "")).startswith("checkpost"):
        _seen[pattern, int(flags)] = None
    return _compile(pattern, flags)


def main() -> None:
    """Print them."""
    re._compile = _watch  # type: ignore[attr-defined]  # noqa: SLF001
    import checkpost.patterns  # noqa: PLC0415  (only now is the compiler watched)

    checkpost.patterns.late = re.compile  # what waits to be used is compiled, too
    for module in pkgutil.walk_packages(checkpost.__path__, "checkpost."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    from checkpost.model import Markup, Part, Post  # noqa: PLC0415
    from tests.organisation import ROOT, engine  # noqa: PLC0415

    for path in sorted((ROOT / "tests" / "cases").glob("*.toml")):
        for case in tomllib.loads(path.read_text(encoding="utf-8")).get("hit", [])[:4]:
            text = case.get("text", "").replace("⟦", "").replace("⟧", "")
            engine().check_post(Post("p", "p", (Part("text", text, markup=Markup.MARKDOWN),)))
    for pattern, flags in _seen:
        sys.stdout.write(json.dumps([pattern, flags]) + "\n")


if __name__ == "__main__":
    main()

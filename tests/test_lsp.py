"""The language server with a real editor (Neovim, headless), and its answers for other encodings."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types
from pygls.workspace import PositionCodec

from checkpost import api
from checkpost.lsp.answers import Checked, actions, diagnostics, hover
from checkpost.lsp.positions import Positions
from tests.clients import program
from tests.organisation import EXAMPLES

HEAD = "---\naccount: organisation\nplatform: x\n---\n"
SESSION = """
local out, python, draft, typed = unpack(vim.fn.json_decode(vim.env.CHECKPOST_SESSION))
local client = vim.lsp.start_client({ name = 'checkpost', cmd = { python, '-m', 'checkpost', 'lsp' } })
vim.cmd('edit ' .. draft)
vim.lsp.buf_attach_client(0, client)
local function wait(count) vim.wait(30000, function() return #vim.diagnostic.get(0) == count end, 20) end
wait(1)
local first = vim.diagnostic.get(0)
local found = first[1] or { lnum = 0, col = 0 }
vim.api.nvim_win_set_cursor(0, { found.lnum + 1, found.col })
local here = vim.lsp.util.make_range_params()
here.context = { diagnostics = {} }
local hover = vim.lsp.buf_request_sync(0, 'textDocument/hover', vim.lsp.util.make_position_params(), 10000)
local offered = vim.lsp.buf_request_sync(0, 'textDocument/codeAction', here, 10000)[client].result
vim.lsp.util.apply_workspace_edit(offered[1].edit, 'utf-16')
wait(0)
local fixed = vim.api.nvim_buf_get_lines(0, 0, -1, false)
vim.api.nvim_buf_set_lines(0, -1, -1, false, { typed })
wait(1)
local file = io.open(out, 'w')
file:write(vim.fn.json_encode({
  first = first, hover = hover[client].result, offered = offered, fixed = fixed, last = vim.diagnostic.get(0),
}))
file:close()
vim.cmd('qa!')
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("checkpost.toml", "learners.csv", "staff.csv", "confidential.txt", "partners.txt"):
        shutil.copy(EXAMPLES / name, tmp_path)
    return tmp_path


def checked(folder: Path, text: str, encoding: str = "utf-16") -> Checked:
    path = folder / "draft.md"
    reports = api.Checker.of(folder / "checkpost.toml").check_source(text, path).posts
    return Checked(path.as_uri(), 1, Positions(text, PositionCodec(encoding)), reports)


def test_neovim_shows_findings_applies_a_fix_and_follows_typing(folder: Path) -> None:
    nvim = program("nvim")
    line = "🎉🎉 Zażółć! Write to megan.r@postbox.example today."
    draft, out, script = folder / "draft.md", folder / "out.json", folder / "session.lua"
    draft.write_text(HEAD + line + "\n", encoding="utf-8")
    script.write_text(SESSION, encoding="utf-8")
    session = json.dumps([str(out), sys.executable, str(draft), "Or ring 🎈 07700 900123."])
    done = subprocess.run(
        [nvim, "--headless", "-u", "NONE", "-n", "-c", f"luafile {script}", "-c", "qa!"],
        capture_output=True,
        text=True,
        timeout=150,
        env={"CHECKPOST_SESSION": session, "PATH": "/usr/bin:/bin", "HOME": str(folder), "LC_ALL": "C.UTF-8"},
        check=False,
    )
    assert out.exists(), done.stderr
    seen: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))
    (first,) = seen["first"]
    assert first["lnum"] == 4
    shown = line.encode()[first["col"] : first["end_col"]].decode()
    assert shown == "megan.r@postbox.example", "Neovim counts bytes, and was told UTF-16 units"
    assert first["code"] == "personal-data/contact-details"
    assert "clt-2020" in seen["hover"]["contents"]["value"]
    assert "megan.r" not in "\n".join(seen["fixed"])
    assert seen["fixed"][4].startswith("🎉🎉 Zażółć! ")
    (last,) = seen["last"]
    assert "Or ring 🎈 07700 900123.".encode()[last["col"] : last["end_col"]].decode() == "07700 900123"


@pytest.mark.parametrize(("encoding", "column"), [("utf-8", 5), ("utf-16", 3), ("utf-32", 2)])
def test_columns_are_counted_as_agreed(folder: Path, encoding: str, column: int) -> None:
    found = diagnostics(checked(folder, f"{HEAD}🎈 07700 900123\n", encoding))
    assert {d.range.start.character for d in found if d.code == "personal-data/contact-details"} == {column}


def test_lines_are_the_editors(folder: Path) -> None:
    """Python splits lines at more than editors do."""
    found = diagnostics(checked(folder, f"{HEAD}one\u2028two\x0cthree\x85four\nRing 07700 900123.\r\nBye.\n"))
    assert {d.range.start.line for d in found if d.code == "personal-data/contact-details"} == {5}


def test_an_absence_is_shown_on_the_first_line(folder: Path) -> None:
    found = diagnostics(checked(folder, "My first week as a teacher at Hazelbrook Academy!\n"))
    absent = [d for d in found if d.code == "identity/disclaimer-missing"]
    assert [d.range.start.line for d in absent] == [0]


def test_what_was_not_checked_is_shown(folder: Path) -> None:
    found = diagnostics(checked(folder, HEAD.replace("platform", "platfrom") + "Hello.\n"))
    assert [d.severity for d in found if d.code == "not-checked"] == [types.DiagnosticSeverity.Warning]


def test_allowing_needs_a_reason(folder: Path) -> None:
    """The comment that the editor writes allows nothing until somebody says why."""
    text = f"{HEAD}Ring 07700 900123.\n"
    state = checked(folder, text)
    at = types.Position(4, 6)
    offered = actions(state, types.Range(at, at), ())
    edit = next(a.edit for a in offered if a.title.startswith("Allow this"))
    assert edit
    assert edit.document_changes
    (change,) = edit.document_changes
    assert isinstance(change, types.TextDocumentEdit)
    (insertion,) = change.edits
    assert isinstance(insertion, types.TextEdit)
    assert insertion.range.start == types.Position(4, 0)
    unfilled = f"{HEAD}{insertion.new_text}Ring 07700 900123.\n"
    assert any(d.code == "personal-data/contact-details" for d in diagnostics(checked(folder, unfilled)))
    filled = unfilled.replace('""', '"her own wish"', 1).replace('""', '"A. Rao"')
    assert not any(d.code == "personal-data/contact-details" for d in diagnostics(checked(folder, filled)))


def test_the_disclaimer_is_added_at_the_end_and_not_over_the_first_line(folder: Path) -> None:
    text = "---\naccount: personal\nplatform: x\n---\n🎉 I teach at Hazelbrook.\n\n"
    at = types.Position(0, 0)
    (action,) = [a for a in actions(checked(folder, text), types.Range(at, at), ()) if "at the end" in a.title]
    assert action.edit is not None
    assert action.edit.document_changes is not None
    (change,) = action.edit.document_changes
    assert isinstance(change, types.TextDocumentEdit)
    (edit,) = change.edits
    assert isinstance(edit, types.TextEdit)
    end = types.Position(4, len("🎉 I teach at Hazelbrook.") + 1)
    assert edit.range == types.Range(end, end)
    assert edit.new_text.startswith("\n\nThe views expressed are my own")


def test_no_fix_is_offered_that_would_tear_markup(folder: Path) -> None:
    state = checked(folder, f"{HEAD}Thanks, **Megan** Rowntree.\n")
    at = types.Position(4, 12)
    assert [action for action in actions(state, types.Range(at, at), ()) if action.title.startswith("Write")] == []


def test_only_what_is_asked_for_is_offered(folder: Path) -> None:
    state = checked(folder, f"{HEAD}Ring 07700 900123.\n")
    at = types.Position(4, 6)
    assert not actions(state, types.Range(at, at), ["refactor"])
    assert actions(state, types.Range(at, at), ["quickfix"])
    away = types.Position(0, 0)
    assert not actions(state, types.Range(away, away), ())
    assert hover(state, away) is None


def test_a_changed_roster_is_read_again(folder: Path) -> None:
    checker = api.Checker.of(folder / "checkpost.toml")
    assert not checker.is_stale()
    with (folder / "learners.csv").open("a") as roster:
        roster.write("Una Somebody,,Year 9,no,\n")
    assert checker.is_stale()

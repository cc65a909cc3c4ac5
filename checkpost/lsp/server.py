"""The language server: keeps one checker warm for each configuration, and checks what is typed when typing pauses."""

import asyncio
from pathlib import Path

from lsprotocol import types
from pygls.lsp.server import LanguageServer
from pygls.uris import to_fs_path

from checkpost import __version__, api, config
from checkpost.errors import CheckpostError
from checkpost.lsp.answers import Checked, actions, diagnostics, hover
from checkpost.lsp.positions import Positions
from checkpost.model import PostReport

_PAUSE = 0.25  # seconds without a keystroke before a document is checked


class Server(LanguageServer):
    """Checks the drafts that an editor has open."""

    def __init__(self) -> None:
        super().__init__("checkpost", __version__)
        self._checkers: dict[Path | None, api.Checker] = {}
        self._checked: dict[str, Checked] = {}
        self._waiting: dict[str, asyncio.Task[None]] = {}
        self._told = ""

    def opened(self, params: types.DidOpenTextDocumentParams) -> None:
        """Check a document that was opened."""
        self._schedule(params.text_document.uri, 0)

    def changed(self, params: types.DidChangeTextDocumentParams) -> None:
        """Check a document once its author pauses."""
        self._schedule(params.text_document.uri, _PAUSE)

    def saved(self, params: types.DidSaveTextDocumentParams) -> None:
        """Check a document again: a picture or the configuration may have changed beside it."""
        self._schedule(params.text_document.uri, 0)

    def closed(self, params: types.DidCloseTextDocumentParams) -> None:
        """Forget a document."""
        uri = params.text_document.uri
        if task := self._waiting.pop(uri, None):
            task.cancel()
        self._checked.pop(uri, None)
        self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, []))

    def hover(self, params: types.HoverParams) -> types.Hover | None:
        """What is known of the finding under the cursor."""
        checked = self._checked.get(params.text_document.uri)
        return hover(checked, params.position) if checked else None

    def actions(self, params: types.CodeActionParams) -> list[types.CodeAction]:
        """What can be done about the findings here."""
        checked = self._checked.get(params.text_document.uri)
        return actions(checked, params.range, params.context.only or ()) if checked else []

    def _schedule(self, uri: str, pause: float) -> None:
        if task := self._waiting.pop(uri, None):
            task.cancel()
        self._waiting[uri] = asyncio.get_running_loop().create_task(self._check(uri, pause))

    async def _check(self, uri: str, pause: float) -> None:
        await asyncio.sleep(pause)
        document = self.workspace.get_text_document(uri)
        text, version = document.source, document.version
        try:
            reports = await asyncio.to_thread(self._reports, Path(to_fs_path(uri) or "draft.md"), text)
        except CheckpostError as error:
            if str(error) != self._told:  # once, not at every keystroke
                self._told = str(error)
                self.window_show_message(types.ShowMessageParams(types.MessageType.Error, f"checkpost: {error}"))
            return
        checked = Checked(uri, version, Positions(text, self.workspace.position_codec), reports)
        self._checked[uri] = checked
        self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, diagnostics(checked), version))

    def _reports(self, path: Path, text: str) -> tuple[PostReport, ...]:
        """Check a document under the configuration nearest to it, loaded anew when one of its files has changed."""
        place = config.find(path)
        checker = self._checkers.get(place)
        if checker is None or checker.is_stale():
            checker = self._checkers[place] = api.Checker.of(place)
        return checker.check_source(text, path).posts


def server() -> Server:
    """A server with all its answers: pygls takes functions for them, and no methods."""
    ls = Server()

    @ls.feature(types.TEXT_DOCUMENT_DID_OPEN)
    async def _opened(params: types.DidOpenTextDocumentParams) -> None:
        ls.opened(params)

    @ls.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    async def _changed(params: types.DidChangeTextDocumentParams) -> None:
        ls.changed(params)

    @ls.feature(types.TEXT_DOCUMENT_DID_SAVE)
    async def _saved(params: types.DidSaveTextDocumentParams) -> None:
        ls.saved(params)

    @ls.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    async def _closed(params: types.DidCloseTextDocumentParams) -> None:
        ls.closed(params)

    @ls.feature(types.TEXT_DOCUMENT_HOVER)
    async def _hover(params: types.HoverParams) -> types.Hover | None:
        return ls.hover(params)

    quick = types.CodeActionOptions(code_action_kinds=[types.CodeActionKind.QuickFix])

    @ls.feature(types.TEXT_DOCUMENT_CODE_ACTION, quick)
    async def _actions(params: types.CodeActionParams) -> list[types.CodeAction]:
        return ls.actions(params)

    return ls


def serve() -> None:
    """Run the server on standard input and output, until the editor ends it."""
    server().start_io()

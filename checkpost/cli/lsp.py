"""`checkpost lsp`: checking while somebody writes."""


def lsp() -> None:
    """Run as a language server, for an editor to start: findings show as you write."""
    from checkpost.lsp.server import serve

    serve()

"""checkpost in an editor: the Language Server Protocol over the same api as the command line."""

"""From files, standard input and records to posts, with their pictures' metadata.

What cannot be read is never lost: it becomes a post that says so.
"""

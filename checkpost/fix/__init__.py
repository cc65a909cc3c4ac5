"""Mends drafts and pictures: replaces what findings name, and takes out what pictures give away."""

"""One module per rule over a whole post: combinations, and what is missing."""

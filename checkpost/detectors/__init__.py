"""One module per detector: what the text, or a metadata field, itself shows."""

"""One pure renderer per format: a Report in, text out."""

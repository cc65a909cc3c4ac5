"""From a file's bytes to documents that detectors can read: read, parse, normalise, split, all with exact offsets."""

"""The shapes and check digits of numbers that stand for one person, one module each.

Every module has `compact` (the number without spaces, in capitals) and `is_valid` (shape and check digit),
and says where its rule comes from. Whether a number in a text is meant as such is for the detectors to say.
"""

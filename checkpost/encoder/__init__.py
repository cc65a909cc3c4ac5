"""A small trained model that reads names and tone: its weights, and what runs them.

`runtime.load().read(texts)` gives readings; `component` makes it a spaCy component. MODEL_CARD.md says what it was made
from and how far it can be trusted. Nothing here is imported until a text is to be read.
"""

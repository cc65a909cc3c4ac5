"""What the model can say: the tags of a token, the labels of a sentence, and the concerns that these are."""

from collections.abc import Mapping
from types import MappingProxyType

TAGS = ("O", "B-PERSON", "I-PERSON", "B-ORG", "I-ORG", "B-LOCATION", "I-LOCATION")

LABELS = (
    *(
        "abuse",
        "discrimination",
        "harassment",
        "disparagement",
        "grievance",
        "rumour",
        "heated",
        "politics",
        "religion",
    ),
    *("solicitation", "incitement", "endorsement", "paid-promotion", "chain-mail", "sexual"),
    *("marked", "finance", "performance", "material"),
    *("special-category", "learner-contact", "spokesperson"),
)
_FAMILIES = {
    "confidential": ("marked", "finance", "performance", "material"),
    "personal-data": ("special-category",),
    "boundaries": ("learner-contact",),
    "identity": ("spokesperson",),
}
_FAMILY = {label: family for family, labels in _FAMILIES.items() for label in labels}

CONCERNS: Mapping[str, str] = MappingProxyType({label: f"{_FAMILY.get(label, 'conduct')}/{label}" for label in LABELS})

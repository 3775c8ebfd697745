"""The steps of the first days that may be taken or left. Consent is none of them: it is the one thing that is needed."""

DISPLAY, PLACE, PACE, CATEGORIES, WEEKS, KEYS, CONTACT = STEPS = (
    "display",
    "place",
    "pace",
    "categories",
    "weeks",
    "keys",
    "contact",
)

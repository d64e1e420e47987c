"""A colour for each label of our spans, which displaCy finds through the entry point `spacy_displacy_colors`."""

from __future__ import annotations

COLORS = {
    # sections
    "header": "#b3cde3",
    "subject": "#ccebc5",
    "addressees": "#decbe4",
    "preamble": "#e5d8bd",
    "body": "#f2f2f2",
    "recipients": "#d9d9f3",
    "signature": "#fbb4ae",
    "appendix": "#cfe8e8",
    "noise": "#d0d0d0",
    # parts of the head, of the recipients and of the signature
    "parent_agency": "#9ecae1",
    "issuer": "#6baed6",
    "number": "#fdd0a2",
    "place": "#c7e9c0",
    "urgency": "#fc9272",
    "secrecy": "#fb6a4a",
    "addressee": "#c994c7",
    "recipient": "#bcbddc",
    "archive": "#dadaeb",
    "on_behalf_of": "#fcc5c0",
    "position": "#fde0a5",
    "name": "#f4b6c2",
    # the body
    "directive": "#e6e6b8",
    # actors; a person has the colour that displaCy gives to persons
    "agency": "#7fc8f8",
    "unit": "#a0e0d6",
    "group": "#c5e1a5",
    "organization": "#ffd59e",
    "person": "#aa9cfc",
    "party": "#f48fb1",
    # references
    "reference": "#ffb380",
    "basis": "#ffcc99",
    "implements": "#ffe08a",
    "follows": "#f6e3a1",
    "replies_to": "#f5c396",
    "amends": "#f2a48b",
    "replaces": "#ee8f7a",
    "repeals": "#e57373",
    "attached": "#dcc7a1",
    "mentions": "#f0d9b5",
    # deadlines; a date has the colour that displaCy gives to dates
    "deadline": "#8fd9a8",
    "date": "#bfe1d9",
    "period": "#a5d6a7",
    "duration": "#b9e0a5",
    "recurring": "#98d8c8",
    "immediate": "#ffab91",
    # obligations and their parts
    "obligation": "#90caf9",
    "prohibition": "#ef9a9a",
    "permission": "#c8e6c9",
    "trigger": "#ffe082",
    "bearer": "#80cbc4",
    "coordinator": "#b2dfdb",
    "report_to": "#b3e5fc",
    "action": "#d1c4e9",
    "condition": "#ffecb3",
}
"""CSS colours, light enough for black letters. None changes the colour of a label that displaCy itself has one for."""

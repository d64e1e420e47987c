"""Words and forms of the field as data rows with examples and rejects, and small typed functions that read them."""

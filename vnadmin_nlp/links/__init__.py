"""Which document of a corpus each reference means, and what follows from it."""

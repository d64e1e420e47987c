"""Where the documents of a run come from, as one stream."""

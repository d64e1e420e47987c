"""The only place that chooses: overlaps, antecedents, who must do what."""

"""Training: models from gold documents, with the folds, figures and cards that say how good they are."""

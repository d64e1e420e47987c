"""Statistical proposers: trained models, and underthesea behind one door. What they propose is chosen in `resolve`."""

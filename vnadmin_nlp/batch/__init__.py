"""Many documents at once: worker processes, streams, and runs that can be stopped and taken up again."""

"""The layer stack at the left: cards, the palette that adds them, and the verbs behind both."""

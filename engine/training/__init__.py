"""Training: our own loop over epochs and steps."""

"""Image files: from anybody's bytes to the network's input."""

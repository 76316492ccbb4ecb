"""The window with the picture of the network, and its way into files."""

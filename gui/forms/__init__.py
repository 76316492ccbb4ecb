"""Forms that are built from declared parameters."""

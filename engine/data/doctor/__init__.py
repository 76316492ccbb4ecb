"""The dataset doctor: what is wrong with a dataset, why it matters, and what mends it. One check is one file."""

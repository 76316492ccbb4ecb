"""Datasets: where images come from, which class and split each belongs to, and their decoded pixels."""

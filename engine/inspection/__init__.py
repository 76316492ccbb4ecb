"""Inspection: what a trained network answers, and what happens inside it."""

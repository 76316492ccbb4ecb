"""Runs: one execution of a plan, and the folder it lives in."""

"""Pictures of every page: `python -m tests.gallery OUT`."""

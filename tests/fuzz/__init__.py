"""Damaged and hostile files by the thousand, each given to the reader that a person's file would meet."""

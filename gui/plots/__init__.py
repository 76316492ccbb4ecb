"""Charts and grids: what the pages draw with."""

"""The samples that come with the program, so that it can be tried at once and offline."""

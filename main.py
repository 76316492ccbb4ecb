"""The program: the window, or one of its verbs on the command line."""

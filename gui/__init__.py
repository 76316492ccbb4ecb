"""The window: views show and ask, controllers hold the verbs, the engine does the work."""

"""Item models: engine values as rows and columns for Qt."""

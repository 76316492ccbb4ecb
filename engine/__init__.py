"""The engine: everything Convoscope does, without a window. It knows no Qt."""

"""Code beside the stack: a network as the Keras script that a person would write, and back again, nothing ever run."""

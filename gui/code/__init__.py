"""The code beside the stack: the network's Keras script, which follows every edit and can be edited itself."""

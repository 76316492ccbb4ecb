"""What is this? Small moving pictures of what a layer does, drawn from its geometry and its settings."""

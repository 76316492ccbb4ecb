"""The few questions and notices that are windows of their own."""

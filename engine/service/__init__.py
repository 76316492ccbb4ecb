"""The service: runs jobs on threads, in this process or in a child, and says what happens."""

"""The four pages: Data, Train, Inspect, Runs. A page shows and asks; its controller holds the verbs."""

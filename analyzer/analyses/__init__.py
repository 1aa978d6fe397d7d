"""Questions to a graph, one module each."""

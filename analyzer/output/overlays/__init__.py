"""One instance painted on a graph: lines for diagrams, and JSON."""

"""What the two JavaScript readers share: literals, builders of flow nodes, the table of idioms. No parser is known here."""

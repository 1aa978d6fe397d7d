"""What changed between two graphs: trees of their normal forms, a matching of the two, and the edit script it implies."""

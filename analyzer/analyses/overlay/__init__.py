"""One instance's log painted on the graph of its workflow."""

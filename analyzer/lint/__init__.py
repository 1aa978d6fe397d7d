"""Rules, findings and what stands around them."""

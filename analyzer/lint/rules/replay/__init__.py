"""SG2xx: it runs differently when the instance is resumed."""

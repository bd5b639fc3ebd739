"""A subscription and a few words in, a message at its push service out (RFC 8030, 8291, 8292)."""

"""Standards of titles as dated conditions, who meets them, and the training that closes a gap."""

"""The log: all chains in one Merkle tree, and signed checkpoints of it that lie outside."""

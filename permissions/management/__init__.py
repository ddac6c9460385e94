"""Commands of accounts and rights."""

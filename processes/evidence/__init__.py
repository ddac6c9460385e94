"""Evidence: a case or entries with proofs, for whoever trusts neither us nor the operator."""

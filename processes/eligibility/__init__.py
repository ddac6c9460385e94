"""Whether a cadre meets the conditions of a post: pure checks over facts (procedures.md 11.2)."""

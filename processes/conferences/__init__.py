"""Conferences of bodies: who was called and came, what the tellers counted, what follows."""

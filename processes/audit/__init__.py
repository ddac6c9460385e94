"""The trail: entries, their chains, and what guards and checks them."""

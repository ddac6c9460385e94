"""The rotation programme: schemes and planned moves, missions, products, reviews, entitlements."""

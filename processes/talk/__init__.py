"""What people say about a case beside its procedure; no part of the decision until moved in."""

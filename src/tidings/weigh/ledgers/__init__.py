"""One module a ledger: what follows from claims by a stated rule."""

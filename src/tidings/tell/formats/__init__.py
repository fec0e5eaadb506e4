"""One small file an export."""

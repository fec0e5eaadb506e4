"""Where reading runs: in process, in a pool."""

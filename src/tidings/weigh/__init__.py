"""Origins, echoes, contradictions, grades and ledgers."""

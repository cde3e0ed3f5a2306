"""What happened: the append-only audit log, its order, its check and its reading. Imports nothing of ours."""

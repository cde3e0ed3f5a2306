"""What the administrator's pages show: record numbers, sign-in names and printed names of staff, nothing else."""

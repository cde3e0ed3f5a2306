"""Who is on call, who is paged about an alert and when, and the programs that see to it.

`rota` and `escalation` are pure: rows and a moment in, an answer out. Everything needs PostgreSQL and nothing else.
"""

"""Who may use the tables of `recommendations`. The portal's role may select its two views and nothing else."""

from clinic.database.grants import APPEND, PORTAL, Grant

GRANTS = {
    "recommendations_modelrelease": APPEND,
    "recommendations_intervention": APPEND,
    "recommendations_textsignature": APPEND,
    "recommendations_textwithdrawal": APPEND,
    "recommendations_unsafestep": APPEND,
    "recommendations_effectreport": APPEND,
    "recommendations_moodreading": APPEND,
    "recommendations_suggestion": Grant(insert=True, update=("state", "round")),
    "recommendations_pause": APPEND,
    "recommendations_answer": APPEND,
    "recommendations_opening": APPEND,
    "recommendations_review": APPEND,
    "recommendations_signedwords": APPEND,
    "recommendations_signature": APPEND,
    "recommendations_publication": APPEND,
    "recommendations_publicationstop": APPEND,
    "portal_publication": Grant(role=PORTAL),
    "portal_stop": Grant(role=PORTAL),
}

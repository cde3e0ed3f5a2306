"""What every command and task writes into the audit log, or why it writes nothing. One line each."""

COMMANDS: dict[str, str] = {
    "check_keys": "keys_checked",
    "createsuperuser": "It refuses, and does nothing else.",
    "danger_replay": "It reads a file of messages and writes another; nothing is stored, nobody's record is touched.",
    "describe_states": "It prints a page of the documentation from tables in the code.",
    "evaluate_danger": "It measures the detector on written examples and writes a page of the documentation.",
    "export_fhir": "record_exported",
    "import_fhir": "records_imported",
    "import_observations": "records_imported",
    "migrate": "It changes the shape of the database; what it runs is in the repository.",
    "publish_outbox": "It hands on what audited acts have asked for; a message holds ids and nothing else.",
    "seed_demo": "demonstration_seeded",
    "start_clinic": "role_granted",
    "train_danger": "It makes the file of a classifier from written examples; the release is signed on its page.",
    "verify_audit": "audit_verified",
}

TASKS: dict[str, str] = {
    "audit.tasks.sequence_entries": "It gives entries their places in the log itself.",
    "clinic.tasks.sign_of_life": "It writes the time at which a worker was alive, and nothing about anybody.",
    "clinic.tasks.mirror_ended_care": "It copies what an entry said when the end of the care was planned.",
    "clinic.tasks.forget_addresses": "It deletes addresses that slow no guessing any more; nobody has read them.",
    "clinic.tasks.replay_danger": "danger_change_replayed",
    "clinic.tasks.send_notices": "It tells staff what stands in the log already: an address, an access that ended.",
    "recommendations.tasks.look_again": "suggestion_withdrawn",
    "recommendations.tasks.score_everybody": "It only asks for the task below, through the outbox.",
    "recommendations.tasks.score_patients": "reading_scored",
}
"""By name: the action that stands in the log afterwards, or the sentence that says why there is none."""

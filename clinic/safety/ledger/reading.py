"""Reading a text for danger with the thresholds that this clinic has signed."""

from clinic.safety.detect import Detection, detect
from clinic.safety.ledger import active


def read(text: str, *, language: str | None) -> Detection:
    """What rules and classifier find in a text; asks the database nothing where a watch runs in this process."""
    return detect(text, language=language, thresholds=active.current().thresholds)

from datetime import UTC, datetime
from audit.record import record
from audit.sequence import sequence
from audit.verify import verify
from django.db import transaction
from tests.database import COMMITTED
@COMMITTED
def test_probe():
    with transaction.atomic():
        record(action="record_opened", at=datetime.now(UTC), by=None, role="software")
    sequence()
    assert verify().entries == 1

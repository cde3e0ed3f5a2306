"""Our own code cannot even ask for a change."""

import pytest

from audit.append_only import AppendOnlyError
from audit.models import AuditEntry, SequencedEntry


@pytest.mark.parametrize("model", [AuditEntry, SequencedEntry])
def test_rows_are_not_changed_or_deleted_in_bulk(model: type[AuditEntry] | type[SequencedEntry]) -> None:
    with pytest.raises(AppendOnlyError, match="append-only"):
        model.objects.update()
    with pytest.raises(AppendOnlyError, match="append-only"):
        model.objects.all().delete()
    with pytest.raises(AppendOnlyError, match="append-only"):
        model.objects.bulk_update([], [])


def test_one_row_is_neither_saved_again_nor_deleted() -> None:
    stored = AuditEntry(id=1)
    stored._state.adding = False
    with pytest.raises(AppendOnlyError):
        stored.save()
    with pytest.raises(AppendOnlyError):
        stored.delete()

"""Who somebody is, as an administrator may know it: staff by printed name, patients by record number."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from clinic.models.patient import Patient
from clinic.models.user import Role, StaffProfile, User


def printed(user: User | None) -> str:
    """The printed name of a member of staff whose profile was selected with them."""
    if user is None:
        return _("Software")
    profile = getattr(user, "staff", None)
    return profile.printed_name if profile else user.sign_in_name


@dataclass(frozen=True, slots=True)
class Names:
    """Printed names and record numbers of the people on a page."""

    staff: dict[UUID, str]
    patients: dict[UUID, str]

    def of(self, user_id: UUID | None, role: str) -> str:
        """How the log names whoever acted: a patient never by name, somebody unknown by a plain word."""
        if user_id is None:
            return _("Software")
        if role == Role.PATIENT:
            return self.patients.get(user_id, _("A patient"))
        return self.staff.get(user_id, _("A person"))

    def either(self, user_id: UUID | None) -> str:
        """A colleague's printed name or a patient's record number; "" for nobody."""
        if user_id is None:
            return ""
        return self.staff.get(user_id) or self.patients.get(user_id, _("A person"))


def names(user_ids: Iterable[UUID | None]) -> Names:
    """The names of these people: two queries for all of them."""
    wanted = {user_id for user_id in user_ids if user_id}
    staff = StaffProfile.objects.filter(user__in=wanted).values_list("user_id", "printed_name")
    patients = Patient.objects.filter(user__in=wanted).values_list("user_id", "record_number")
    return Names(dict(staff), {user_id: number for user_id, number in patients if user_id})

"""Who gets what at every address: one line each, for GET and for POST.

The five are: nobody (not signed in), the patient, the psychologist who treats them, another psychologist, an
administrator. They get: a `page`, a `form` (shown again, because an empty one was sent), `done` (sent on), `sign-in`
(sent or shown there), `none` (404, so that nobody learns what exists) or `no` (405, the other method is meant).
A safety alert that nobody has taken is for every psychologist on call; what it shows them is the safety pages' affair.
"""

WHO = ("nobody", "patient", "treating", "other", "administrator")

DOORS: dict[str, tuple[str, str]] = {
    "home": ("sign-in done done done done", "no no no no no"),
    "sign-in": ("page page page page page", "form form form form form"),
    "sign-out": ("sign-in no no no no", "sign-in sign-in sign-in sign-in sign-in"),
    "switch-role": ("sign-in no no no no", "sign-in done done done done"),
    "theme": ("no no no no no", "done done done done done"),
    "leave": ("page page page page page", "no no no no no"),
    "help": ("page page page page page", "no no no no no"),
    "healthz": ("page page page page page", "no no no no no"),
    "queue": ("sign-in none page page none", "sign-in none no no none"),
    "patients": ("sign-in none page page none", "sign-in none form form none"),
    "patient": ("sign-in none page none none", "sign-in none no no none"),
    "screening": ("sign-in none page none none", "sign-in none form none none"),
    "patient-ai": ("sign-in none no no none", "sign-in none done none none"),
    "author": ("sign-in none page none none", "sign-in none form none none"),
    "draft": ("sign-in none page none none", "sign-in none no no none"),
    "draft-edit": ("sign-in none page none none", "sign-in none form none none"),
    "draft-sign": ("sign-in none page none none", "sign-in none form none none"),
    "draft-reject": ("sign-in none page none none", "sign-in none form none none"),
    "draft-evidence": ("sign-in none no no none", "sign-in none none none none"),
    "publication-take-back": ("sign-in none no no none", "sign-in none done none none"),
    "publication-withdraw": ("sign-in none no no none", "sign-in none done none none"),
    "safety": ("sign-in none page page none", "sign-in none no no none"),
    "safety-alert": ("sign-in none page page none", "sign-in none no no none"),
    "safety-take": ("sign-in none done done none", "sign-in none done done none"),
    "safety-close": ("sign-in none done done none", "sign-in none form form none"),
    "portal-today": ("sign-in page none none none", "sign-in no none none none"),
    "portal-plan": ("sign-in page none none none", "sign-in no none none none"),
    "portal-check-in": ("sign-in page none none none", "sign-in form none none none"),
    "portal-check-in-correct": ("sign-in page none none none", "sign-in form none none none"),
    "portal-mood": ("sign-in page none none none", "sign-in no none none none"),
    "portal-about": ("sign-in page none none none", "sign-in done none none none"),
    "portal-looked": ("sign-in page none none none", "sign-in no none none none"),
    "portal-help": ("done page none none none", "done no none none none"),
    "manage-people": ("sign-in none none none page", "sign-in none none none no"),
    "manage-person-add": ("sign-in none none none page", "sign-in none none none form"),
    "manage-person": ("sign-in none none none page", "sign-in none none none no"),
    "manage-role-give": ("sign-in none none none done", "sign-in none none none done"),
    "manage-role-end": ("sign-in none none none done", "sign-in none none none done"),
    "manage-access-end": ("sign-in none none none done", "sign-in none none none done"),
    "manage-access-give": ("sign-in none none none done", "sign-in none none none done"),
    "manage-licence": ("sign-in none none none done", "sign-in none none none done"),
    "manage-password": ("sign-in none none none done", "sign-in none none none form"),
    "manage-teams": ("sign-in none none none page", "sign-in none none none form"),
    "manage-care-end": ("sign-in none none none done", "sign-in none none none done"),
    "manage-switch": ("sign-in none none none page", "sign-in none none none no"),
    "manage-switch-stop": ("sign-in none none none done", "sign-in none none none form"),
    "manage-switch-ask": ("sign-in none none none done", "sign-in none none none done"),
    "manage-switch-start": ("sign-in none none none done", "sign-in none none none done"),
    "manage-audit": ("sign-in none none none page", "sign-in none none none no"),
    "manage-audit-verify": ("sign-in none none none done", "sign-in none none none done"),
}

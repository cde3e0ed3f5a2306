"""Addresses of a draft, its decision, and what was signed."""

from django.urls import path

from dashboard.review import answer, aside, author, draft, edit, reject, sign, stops

RECORD = "patients/<slug:ref>/"
DRAFT = RECORD + "drafts/<uuid:draft>/"
PUBLICATION = RECORD + "publications/<uuid:publication>/"

urlpatterns = [
    path(RECORD + "write/", author.author, name="author"),
    path(DRAFT, draft.draft, name="draft"),
    path(DRAFT + "edit/", edit.edit, name="draft-edit"),
    path(DRAFT + "sign/", sign.sign, name="draft-sign"),
    path(DRAFT + "reject/", reject.reject, name="draft-reject"),
    path(DRAFT + "defer/", aside.defer, name="draft-defer"),
    path(DRAFT + "ask/", aside.ask, name="draft-ask"),
    path(DRAFT + "back/", aside.back, name="draft-back"),
    path(RECORD + "questions/<uuid:question>/", answer.question, name="question"),
    path(DRAFT + "evidence/", draft.evidence_opened, name="draft-evidence"),
    path(PUBLICATION + "take-back/", stops.take_back, name="publication-take-back"),
    path(PUBLICATION + "withdraw/", stops.withdraw, name="publication-withdraw"),
]

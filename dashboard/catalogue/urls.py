"""Addresses of the clinic's catalogue."""

from django.urls import path

from dashboard.catalogue import acts, edit, listed, text, unsafe

urlpatterns = [
    path("", listed.catalogue, name="catalogue"),
    path("new-step/", edit.propose, name="catalogue-new"),  # no code has a hyphen
    path("<slug:step>/", text.text, name="catalogue-text"),
    path("<slug:step>/edit/", edit.edit, name="catalogue-edit"),
    path("<slug:step>/sign/", acts.sign, name="catalogue-sign"),
    path("<slug:step>/withdraw/", acts.withdraw, name="catalogue-withdraw"),
    path("<slug:step>/unsafe/", unsafe.unsafe, name="catalogue-unsafe"),
]

"""All pages, package by package."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("dashboard.entrance.urls")),
    path("", include("dashboard.operations.urls")),
    path("", include("dashboard.caseload.urls")),
    path("", include("dashboard.review.urls")),
    path("catalogue/", include("dashboard.catalogue.urls")),
    path("safety/", include("dashboard.safety.urls")),
    path("my/", include("dashboard.portal.urls")),
    path("api/v1/", include("dashboard.api.urls")),
    path("manage/", include("dashboard.governance.urls")),
]

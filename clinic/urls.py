"""All addresses. The strings keep the import direction: dashboard stands above clinic."""

from django.urls import include, path

urlpatterns = [path("", include("dashboard.urls"))]

handler400 = "dashboard.entrance.errors.bad_request"
handler403 = "dashboard.entrance.errors.forbidden"
handler404 = "dashboard.entrance.errors.not_found"
handler500 = "dashboard.entrance.errors.server_error"

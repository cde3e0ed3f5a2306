"""Addresses of the entrance."""

from django.urls import path

from dashboard.entrance import views

urlpatterns = [
    path("", views.home, name="home"),
    path("sign-in/", views.sign_in, name="sign-in"),
    path("sign-out/", views.sign_out, name="sign-out"),
    path("role/", views.switch_role, name="switch-role"),
    path("colours/", views.theme, name="theme"),
    path("leave/", views.leave, name="leave"),
    path("help/", views.help_page, name="help"),
    path("healthz", views.healthz, name="healthz"),
]

"""Addresses of the entrance."""

from django.urls import path

from dashboard.entrance import join, kept, new_password, sessions, tokens, views

urlpatterns = [
    path("", views.home, name="home"),
    path("sign-in/", views.sign_in, name="sign-in"),
    path("sign-out/", views.sign_out, name="sign-out"),
    path("role/", views.switch_role, name="switch-role"),
    path("colours/", views.theme, name="theme"),
    path("language/", views.language, name="language"),
    path("sessions/", sessions.own, name="sessions"),
    path("leave/", views.leave, name="leave"),
    path("help/", views.help_page, name="help"),
    path("kept/", kept.kept, name="kept"),
    path("offline.js", kept.offline_script, name="offline-script"),
    path("join/", join.join, name="join"),
    path("join/<str:code>/", join.join_code, name="join-code"),
    path("password/", new_password.forgot, name="forgot-password"),
    path("password/<str:code>/", new_password.new_password, name="new-password"),
    path("tokens/", tokens.own, name="tokens"),
    path("tokens/<uuid:token_id>/revoke/", tokens.revoke, name="token-revoke"),
]

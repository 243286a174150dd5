"""The addresses of the site, told in order."""

from django.conf import settings
from django.contrib import admin
from django.contrib.auth.views import PasswordResetCompleteView, PasswordResetDoneView
from django.urls import URLPattern, URLResolver, include, path

from newsroom import counting, forgotten, sitemaps, views, well_known
from newsroom.dashboard.pages import dashboard
from newsroom.editor import upload_picture
from newsroom.mending import offer_repairs

handler500 = "newsroom.outage.server_error"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.home, name="home"),
    path("", include("articles.urls")),  # they are asked for most
    path("", include("committees.urls")),
    path("tim-kiem/", views.search, name="search"),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path("sitemap-<slug:section>.xml", sitemaps.section, name="sitemap-section"),
    path("robots.txt", well_known.robots, name="robots"),
    path(".well-known/security.txt", well_known.security, name="security"),
    path("manifest.webmanifest", well_known.manifest, name="manifest"),
    path("favicon.ico", well_known.icon, {"name": "favicon.ico"}, name="favicon"),
    path("apple-touch-icon.png", well_known.icon, {"name": "apple-touch-icon.png"}, name="touch-icon"),
    path("du-lieu/", views.data, name="data"),
    path("luot-truy-cap/", counting.visits, name="visits"),
    path("luot-truy-cap.json", counting.visit_numbers, name="visit-numbers"),
    path("dem/", counting.beacon, name="beacon"),
    path("trang/<slug:slug>/", views.page, name="page"),
    path("quan-tri/tai-anh-len/", upload_picture, name="editor-upload"),
    path("quan-tri/sua-chu/", offer_repairs, name="editor-repairs"),
    path("quan-tri/mat-khau/", forgotten.AskForPassword.as_view(), name="password_reset"),
    path("quan-tri/mat-khau/da-gui/", PasswordResetDoneView.as_view(), name="password_reset_done"),
    path("quan-tri/mat-khau/<uidb64>/<token>/", forgotten.ChoosePassword.as_view(), name="password_reset_confirm"),
    path("quan-tri/mat-khau/da-doi/", PasswordResetCompleteView.as_view(), name="password_reset_complete"),
    path("quan-tri/thong-ke/", admin.site.admin_view(dashboard), name="dashboard"),
    path("quan-tri/", admin.site.urls),
]

if settings.SERVE_MEDIA:
    # Where no web server in front does it.
    urlpatterns.append(path("media/<path:path>", views.stored))

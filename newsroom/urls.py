"""The addresses of the site, told in order."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("quan-tri/", admin.site.urls),
    path("", include("articles.urls")),
    path("", include("committees.urls")),
]

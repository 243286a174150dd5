"""The addresses of articles and of what gathers them. Each carries an id, so that a slug may change."""

from django.urls import path

from articles import views

app_name = "articles"
urlpatterns = [
    path("bai-viet/", views.articles, name="articles"),
    path("bai-viet/<slug:slug>-<int:pk>/", views.article, name="article"),
    path("xem-truoc/<str:token>/", views.preview, name="preview"),
    path("chuyen-muc/", views.categories, name="categories"),
    path("chuyen-muc/<slug:slug>-<int:pk>/", views.category, name="category"),
    path("the/", views.tags, name="tags"),
    path("the/<slug:slug>-<int:pk>/", views.tag, name="tag"),
    path("tac-gia/", views.authors, name="authors"),
    path("tac-gia/<slug:slug>-<int:pk>/", views.author, name="author"),
    path("dinh-chinh/", views.corrections, name="corrections"),
]

"""The addresses of articles and of what gathers them. Each carries an id, so that a slug may change."""

from django.urls import path

from articles import feeds, views
from articles.commenting import views as commenting
from articles.commenting.feeds import CommentsFeed
from articles.doubts import views as doubts
from articles.moderating import views as moderating
from newsroom.syndication import Atom, Rss

app_name = "articles"
urlpatterns = [
    path("bai-viet/", views.articles, name="articles"),
    path("bai-viet/<slug:slug>-<int:pk>/", views.article, name="article"),
    path("bai-viet/<slug:slug>-<int:pk>/luu/", views.article_save, name="article_save"),
    path("bai-viet/<slug:slug>-<int:pk>/binh-luan/", commenting.comments, name="comments"),
    path("bai-viet/<slug:slug>-<int:pk>/binh-luan/<int:comment>/", commenting.comment, name="comment"),
    path("bai-viet/<slug:slug>-<int:pk>/binh-luan/da-gui/<str:token>/", commenting.comment_sent, name="comment_sent"),
    path("binh-luan/<int:pk>/bao-cao/", moderating.comment_report, name="comment_report"),
    path("binh-luan/bao-cao/da-gui/", moderating.comment_reported, name="comment_reported"),
    path("so-lieu/<int:pk>/bao-sai/", doubts.figure_report, name="figure_report"),
    path("so-lieu/bao-sai/da-gui/", doubts.figure_reported, name="figure_reported"),
    path("xem-truoc/<str:token>/", views.preview, name="preview"),
    path("chuyen-muc/", views.categories, name="categories"),
    path("chuyen-muc/<slug:slug>-<int:pk>/", views.category, name="category"),
    path("the/", views.tags, name="tags"),
    path("the/<slug:slug>-<int:pk>/", views.tag, name="tag"),
    path("tac-gia/", views.authors, name="authors"),
    path("tac-gia/<slug:slug>-<int:pk>/", views.author, name="author"),
    path("dinh-chinh/", views.corrections, name="corrections"),
]
# A feed is subscribed to for years: its address holds no slug that may change.
for name, kind in {"rss": Rss, "atom": Atom}.items():
    urlpatterns += [
        path(f"{name}/", feeds.ArticlesFeed.as_view(kind), name=name),
        path(f"{name}/chuyen-muc-<int:pk>/", feeds.CategoryFeed.as_view(kind), name=f"category-{name}"),
        path(f"{name}/to-chuc-<int:pk>/", feeds.CommitteeFeed.as_view(kind), name=f"committee-{name}"),
        path(f"{name}/binh-luan-bai-<int:pk>/", CommentsFeed.as_view(kind), name=f"comments-{name}"),
        path(f"{name}/dinh-chinh/", feeds.CorrectionsFeed.as_view(kind), name=f"corrections-{name}"),
    ]

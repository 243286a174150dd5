"""The addresses of committees and of what is known of them. Each carries an id, so that a slug may change."""

from django.urls import path

from committees import diary, feeds, views
from newsroom.syndication import Atom, Rss

app_name = "committees"
urlpatterns = [
    path("to-chuc/", views.committees, name="committees"),
    path("to-chuc/<slug:slug>-<int:pk>/", views.committee, name="committee"),
    path("to-chuc/<slug:slug>-<int:pk>/lich.ics", diary.committee_file, name="committee-file"),
    path("hoi-nghi/", views.conferences, name="conferences"),
    path("hoi-nghi/<slug:slug>-<int:pk>/", views.conference, name="conference"),
    path("hoi-nghi/<slug:slug>-<int:pk>/lich.ics", diary.conference_file, name="conference-file"),
    path("lich/", diary.calendar, name="calendar"),
    path("lich/<int:year>/<int:month>/", diary.month, name="month"),
    path("lich.ics", diary.calendar_file, name="calendar-file"),
    path("khen-thuong/", views.awards, name="awards"),
    path("khen-thuong/<slug:slug>-<int:pk>/", views.award, name="award"),
    path("so-lieu/", views.statistics, name="statistics"),
    path("so-lieu/<slug:slug>-<int:pk>/", views.statistic, name="statistic"),
    path("chi-tieu/", views.targets, name="targets"),
    path("chi-so/", views.indicators, name="indicators"),
    path("chi-so/<slug:slug>-<int:pk>/", views.indicator, name="indicator"),
    path("van-ban/", views.documents, name="documents"),
    path("van-ban/<slug:slug>-<int:pk>/", views.document, name="document"),
    path("rss/chi-so-<int:pk>/", feeds.IndicatorFeed.as_view(Rss), name="indicator-rss"),
    path("atom/chi-so-<int:pk>/", feeds.IndicatorFeed.as_view(Atom), name="indicator-atom"),
]

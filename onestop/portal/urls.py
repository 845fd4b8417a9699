from django.urls import path

from onestop.portal import tracking
from onestop.portal.views import home

urlpatterns = [
    path("", home, name="home"),
    path("tra-cuu/", tracking.search, name="tracking"),
    path("tra-cuu/<str:code>/", tracking.case, name="tracked_case"),
]

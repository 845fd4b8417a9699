from django.urls import path

from onestop.portal.views import home

urlpatterns = [path("", home, name="home")]

from django.urls import URLPattern, URLResolver, include, path
from django.views.i18n import set_language

from onestop.health import healthz

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("onestop.portal.urls")),
    path("", include("onestop.administration.urls")),
    path("", include("receipts.urls")),
    path("", include("onestop.desk.urls")),
    path("healthz", healthz, name="healthz"),
    path("ngon-ngu/", set_language, name="set_language"),
]

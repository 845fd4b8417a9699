from django.urls import include, path

urlpatterns = [
    path("quay/", include("onestop.desk.counter_urls")),
    path("xu-ly/", include("onestop.desk.casework_urls")),
]

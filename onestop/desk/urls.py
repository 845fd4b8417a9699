from django.urls import include, path

urlpatterns = [
    path("xu-ly/", include("onestop.desk.casework_urls")),
]

from django.urls import path

from receipts import views

app_name = "receipts"
urlpatterns = [
    path("xac-thuc/", views.verify, name="verify"),
    path("xac-thuc/<str:token>/", views.paper, name="paper"),
]

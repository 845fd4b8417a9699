from django.urls import path

from onestop.desk import casework, casework_acts

app_name = "casework"
urlpatterns = [
    path("", casework.my_work, name="worklist"),
    path("<str:code>/", casework.case, name="case"),
    path("<str:code>/viec/<int:task_id>/", casework_acts.act, name="act"),
    path("<str:code>/co-mat/", casework.presence, name="presence"),
    path("<str:code>/phieu-kiem-soat/", casework.control_sheet, name="control_sheet"),
    path("<str:code>/giay/<str:token>/", casework.paper, name="paper"),
]

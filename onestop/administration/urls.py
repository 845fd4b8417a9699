from django.urls import path

from onestop.administration import agencies, index, people, stand_ins
from onestop.administration.sign_in import SignIn, SignOut

app_name = "administration"
urlpatterns = [
    path("dang-nhap/", SignIn.as_view(), name="sign_in"),
    path("dang-xuat/", SignOut.as_view(), name="sign_out"),
    path("quan-tri/", index.index, name="index"),
    path("quan-tri/nguoi-dung/", people.people, name="people"),
    path("quan-tri/nguoi-dung/<int:user_id>/", people.person, name="person"),
    path("quan-tri/nguoi-dung/<int:user_id>/giao-vi-tri/", people.grant, name="grant"),
    path("quan-tri/nguoi-dung/<int:user_id>/vi-tri/<int:post_id>/ket-thuc/", people.end, name="end_post"),
    path("quan-tri/co-quan/", agencies.agencies, name="agencies"),
    path("quan-tri/co-quan/<slug:key>/", agencies.agency, name="agency"),
    path("quan-tri/uy-quyen/", stand_ins.stand_ins, name="stand_ins"),
    path("quan-tri/uy-quyen/<int:stand_in_id>/thu-hoi/", stand_ins.revoke, name="revoke"),
]

from django.urls import path

from onestop.desk import reception, returning

app_name = "counter"
urlpatterns = [
    path("", reception.counter_home, name="home"),
    path("tiep-nhan/", reception.intake, name="intake"),
    path("luot/<uuid:key>/", reception.decided, name="decided"),
    path("giay/<str:token>/", reception.paper, name="paper"),
    path("tra-ket-qua/", returning.waiting_results, name="returning"),
    path("tra-ket-qua/<str:code>/", returning.hand_over, name="hand_over"),
    path("so-theo-doi/", returning.case_register, name="register"),
    path("so-theo-doi.xlsx", returning.case_register_xlsx, name="register_xlsx"),
    path("so-theo-doi/in/", returning.print_register, name="print_register"),
    path("tim/", returning.finding, name="finding"),
]

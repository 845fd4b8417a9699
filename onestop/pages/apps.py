from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "onestop.pages"
    label = "pages"
    verbose_name = "Trang"

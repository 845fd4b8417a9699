from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "onestop.notices"
    label = "notices"
    verbose_name = "Báo tin"
    default_auto_field = "django.db.models.BigAutoField"

from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "onestop.desk"
    label = "desk"
    verbose_name = "Quầy và xử lý"
    default_auto_field = "django.db.models.BigAutoField"

from django.apps import AppConfig


class AdministrationConfig(AppConfig):
    name = "onestop.administration"
    label = "administration"
    verbose_name = "Quản trị"
    default_auto_field = "django.db.models.BigAutoField"

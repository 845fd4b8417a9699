from django.apps import AppConfig


class AgenciesConfig(AppConfig):
    name = "onestop.agencies"
    label = "agencies"
    verbose_name = "Cơ quan và vị trí"
    default_auto_field = "django.db.models.BigAutoField"

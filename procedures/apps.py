from django.apps import AppConfig


class ProceduresConfig(AppConfig):
    name = "procedures"
    label = "procedures"
    verbose_name = "Danh mục thủ tục"
    default_auto_field = "django.db.models.BigAutoField"

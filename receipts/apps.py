from django.apps import AppConfig


class ReceiptsConfig(AppConfig):
    name = "receipts"
    label = "receipts"
    verbose_name = "Giấy tờ"
    default_auto_field = "django.db.models.BigAutoField"

"""How a file comes in and a result goes out."""

from django.db.models import IntegerChoices
from django.utils.translation import gettext_lazy as _


class Channel(IntegerChoices):
    """Hình thức nộp; the numbers are the national codes of the channel (danh mục hình thức nộp hồ sơ)."""

    DIRECT = 1, _("Trực tiếp")
    ONLINE = 2, _("Trực tuyến")
    POST = 3, _("Bưu chính công ích")

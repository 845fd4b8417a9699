from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class AgencyKind(models.TextChoices):
    """Loại cơ quan."""

    PROVINCE = "province", _("UBND tỉnh")
    DEPARTMENT = "department", _("Sở, ban, ngành")
    DEPARTMENT_UNIT = "department_unit", _("Phòng, chi nhánh thuộc sở")
    PROVINCE_CENTRE = "province_centre", _("Trung tâm Phục vụ hành chính công tỉnh")
    COMMUNE = "commune", _("UBND xã, phường")
    COMMUNE_CENTRE = "commune_centre", _("Trung tâm Phục vụ hành chính công xã, phường")
    COMMUNE_UNIT = "commune_unit", _("Phòng chuyên môn xã, phường")
    COMMUNE_POLICE = "commune_police", _("Công an xã, phường")
    POLICE = "police", _("Công an tỉnh")
    TAX = "tax", _("Thuế tỉnh")
    SOCIAL_INSURANCE = "social_insurance", _("Bảo hiểm xã hội")
    DISTRICT = "district", _("Huyện (đã kết thúc hoạt động)")
    FORMER_COMMUNE = "former_commune", _("Xã, phường trước 01/7/2025")


class Role(models.TextChoices):
    """Vị trí công tác."""

    CLERK = "clerk", _("Cán bộ tiếp nhận")
    OFFICER = "officer", _("Chuyên viên")
    HEAD = "head", _("Lãnh đạo")
    SUPERVISOR = "supervisor", _("Giám sát")
    EDITOR = "editor", _("Biên tập danh mục")
    ADMINISTRATOR = "administrator", _("Quản trị")


class Agency(models.Model):
    """Cơ quan, đơn vị: one office of the tree, with the days from and to which it exists."""

    code = models.CharField(_("Mã định danh"), max_length=35, unique=True)
    code_is_provisional = models.BooleanField(default=False)
    name = models.CharField(_("Tên"), max_length=200)
    short_name = models.CharField(_("Tên gọn"), max_length=100)
    kind = models.CharField(max_length=20, choices=AgencyKind.choices)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    gso_code = models.CharField(max_length=10, blank=True)
    is_difficult_area = models.BooleanField(null=True)
    address = models.CharField(max_length=300, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name

    @property
    def is_counter(self) -> bool:
        return self.kind in (AgencyKind.PROVINCE_CENTRE, AgencyKind.COMMUNE_CENTRE)


class Post(models.Model):
    """Vị trí: a role held by a person at an agency from a day to a day."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="posts")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="posts")
    role = models.CharField(max_length=20, choices=Role.choices)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.get_role_display()} · {self.agency}"

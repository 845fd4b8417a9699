from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import F, Func, Value
from django.db.models.functions import Concat, Lower
from django.utils.translation import gettext_lazy as _

from onestop.accounts.names import ACCENTED, BASE


class User(AbstractUser):
    """Người dùng: a person who signs in."""

    full_name = models.CharField(_("Họ và tên"), max_length=150)
    phone = models.CharField(_("Điện thoại"), max_length=20, blank=True)
    # Name and user name without accents; the database keeps it, so no writer can forget it.
    search_text = models.GeneratedField(
        expression=Lower(
            Func(
                Concat(F("full_name"), Value(" "), F("username")),
                Value(ACCENTED),
                Value(BASE),
                function="translate",
                output_field=models.TextField(),
            )
        ),
        output_field=models.TextField(),
        db_persist=True,
    )

    REQUIRED_FIELDS = ["full_name", "email"]

    def __str__(self) -> str:
        return self.full_name or self.username

"""The least Django does for the same kind of work, in one file: settings, models, views, addresses.

The middleware is what `startproject` gives. Nothing is checked but the session and the CSRF token.
"""

import os

import django
import environ
from django.conf import settings

settings.configure(
    SECRET_KEY=os.environ["BENCH_SECRET_KEY"],
    ALLOWED_HOSTS=["127.0.0.1"],
    ROOT_URLCONF=__name__,
    INSTALLED_APPS=[
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "django.contrib.sessions",
        "django.contrib.messages",
        "onestop.accounts",
    ],
    AUTH_USER_MODEL="accounts.User",
    MIDDLEWARE=[
        "django.middleware.security.SecurityMiddleware",
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
        "django.middleware.clickjacking.XFrameOptionsMiddleware",
    ],
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "OPTIONS": {
                "loaders": [
                    (
                        "django.template.loaders.locmem.Loader",
                        {
                            "one.html": "<!doctype html><title>Hồ sơ</title><h1>{{ case.code }}</h1>"
                            "<dl><dt>Người nộp<dd>{{ case.applicant_name }}<dt>Nhận<dd>{{ case.received_at }}"
                            "<dt>Hẹn trả<dd>{{ case.due_at }}</dl>",
                            "list.html": "<!doctype html><title>Hồ sơ</title><p>{{ request.user }}<table>"
                            "{% for code, name, received, due in rows %}<tr><td><a href='/one/{{ code }}/'>"
                            "{{ code }}</a><td>{{ name }}<td>{{ received }}<td>{{ due }}{% endfor %}</table>",
                        },
                    )
                ],
                "context_processors": [
                    "django.template.context_processors.request",
                    "django.contrib.auth.context_processors.auth",
                    "django.contrib.messages.context_processors.messages",
                ],
            },
        }
    ],
    DATABASES={
        "default": environ.Env().db_url("DATABASE_URL") | {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
    },
    TIME_ZONE="Asia/Ho_Chi_Minh",
    USE_TZ=True,
    LANGUAGE_CODE="vi",
)
django.setup()

from django.contrib.auth.decorators import login_required  # noqa: E402
from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.db import connection, models, transaction  # noqa: E402
from django.http import HttpRequest, HttpResponse  # noqa: E402
from django.shortcuts import get_object_or_404, redirect, render  # noqa: E402
from django.urls import path  # noqa: E402
from django.utils import timezone  # noqa: E402


class Counter(models.Model):
    last = models.IntegerField(default=0)

    class Meta:
        app_label = "bench"


class Row(models.Model):
    number = models.IntegerField(unique=True)
    name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        app_label = "bench"


class Case(models.Model):
    """Some columns of the shop's own table, so that both read equally many rows."""

    code = models.CharField(max_length=50)
    applicant_name = models.CharField(max_length=200)
    receiving_id = models.BigIntegerField()
    received_at = models.DateTimeField()
    due_at = models.DateTimeField()

    class Meta:
        app_label = "bench"
        managed = False
        db_table = "workflows_case"


@login_required
def accept(request: HttpRequest) -> HttpResponse:
    """One row with the next number of the counter."""
    with transaction.atomic():
        counter = Counter.objects.select_for_update().get(pk=1)
        counter.last += 1
        counter.save(update_fields=["last"])
        row = Row.objects.create(number=counter.last, name=request.POST["ten"], at=timezone.now())
    return redirect(f"/row/{row.number}/")


def one(request: HttpRequest, code: str) -> HttpResponse:
    return render(request, "one.html", {"case": get_object_or_404(Case, code=code)})


@login_required
def newest(request: HttpRequest, receiving_id: int) -> HttpResponse:
    """The fifty newest cases of a counter."""
    cases = Case.objects.filter(receiving_id=receiving_id).order_by("-received_at")
    rows = cases.values_list("code", "applicant_name", "received_at", "due_at")[:50]
    return render(request, "list.html", {"rows": rows})


urlpatterns = [
    path("accept/", accept),
    path("one/<str:code>/", one),
    path("list/<int:receiving_id>/", newest),
]
with connection.schema_editor() as editor:
    for model in (Counter, Row):
        editor.create_model(model)
Counter.objects.create(pk=1)
# The workers open connections of their own.
connection.close()
application = get_wsgi_application()

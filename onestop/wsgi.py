import contextlib
import os

from django.core.wsgi import get_wsgi_application

from receipts.render import warm

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onestop.settings")
application = get_wsgi_application()
# The first receipt of the day waits for no fonts; without Pango the shop serves all the same.
with contextlib.suppress(OSError):
    warm()

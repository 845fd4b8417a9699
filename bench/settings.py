"""The shop's settings, and this package as an app: viewflow finds flows only inside apps."""

from onestop.settings import *  # noqa: F403
from onestop.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "bench"]

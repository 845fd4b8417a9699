"""Static files under a name that carries their hash, so that browsers may keep them for ever."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStaticFiles(CompressedManifestStaticFilesStorage):
    """Imports between JavaScript modules get the hashed names too."""

    support_js_module_import_aggregation = True

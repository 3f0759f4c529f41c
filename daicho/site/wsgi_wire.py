"""電文の入口 — the WSGI application of the wire listener; runs in a worker of granian."""

import os

from daicho.site.launch.lifeline import end_with_parent

end_with_parent(os.getppid())
os.environ["DAICHO_LISTENER"] = "wire"
os.environ["DJANGO_SETTINGS_MODULE"] = f"daicho.site.settings.{os.environ['DAICHO_SYSTEM']}"

from django.core.wsgi import get_wsgi_application  # noqa: E402

application = get_wsgi_application()

"""画面の入口 — the WSGI application of the screens listener; runs in a worker of granian."""

import gc
import os

from daicho.site.launch.lifeline import end_with_parent

end_with_parent(os.getppid())
os.environ["DAICHO_LISTENER"] = "screens"
os.environ["DJANGO_SETTINGS_MODULE"] = f"daicho.site.settings.{os.environ['DAICHO_SYSTEM']}"

from django.core.wsgi import get_wsgi_application  # noqa: E402

application = get_wsgi_application()

from daicho.ui.environment import compile_all  # noqa: E402

compile_all()  # nobody's page waits for it, and a template that is wrong is found now

# What a process has when it begins it keeps: without this the collector walks all of it again and again in the middle of requests.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 10, 10)  # a page makes thousands of objects and few cycles: looking for them after each 700 took a twentieth of its time

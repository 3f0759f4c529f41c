"""照合ページの入口 — the WSGI application of the public's page; runs in a worker of granian, without Django. decision 0046."""

import os

from daicho.site.launch.lifeline import end_with_parent

end_with_parent(os.getppid())

from daicho.check_page import config  # noqa: E402
from daicho.check_page.app import Application  # noqa: E402
from daicho.check_page.entries import Entries  # noqa: E402

page = config.read()
application = Application(page, Entries(page).find)

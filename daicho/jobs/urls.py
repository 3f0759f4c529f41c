"""処理の道順 — the paths of these screens, in every system alike."""

from django.urls import path

from daicho.jobs.screens.pages import cancel, job_page, jobs_page, reserve

app_name = "jobs"
urlpatterns = [
    path("", jobs_page, name="jobs"),
    path("<int:number>/", job_page, name="job"),
    path("<int:number>/reserve/", reserve, name="reserve"),
    path("<int:number>/cancel/<int:reservation>/", cancel, name="cancel"),
]

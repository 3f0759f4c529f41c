"""市の設定の道順 — the paths of these screens; a system that follows another only shows. What is changed stands in them as a code of ours. G-29."""

from django.urls import path

from daicho.city.screens.changes import approve, change, changes, decline, withdraw
from daicho.city.screens.dictionaries import dictionaries, dictionary, dictionary_row
from daicho.city.screens.dictionary_changes import approve_dictionary, decline_dictionary, dictionary_change, dictionary_changes, withdraw_dictionary
from daicho.city.screens.dictionary_proposing import change_row, end_row, new_row, take_edition
from daicho.city.screens.places import places
from daicho.city.screens.proposing import end_thing, new_thing, propose
from daicho.city.screens.settings import settings_page
from daicho.city.screens.thing import thing
from daicho.outbox.leading import follows

app_name = "city"
_SHOWN = [
    path("", settings_page, name="settings"),
    path("places/", places, name="places"),
    path("<str:about>/<str:key>/", thing, name="thing"),
]
_CHANGED = [
    path("changes/", changes, name="changes"),
    path("changes/<int:no>/", change, name="change"),
    path("changes/<int:no>/approve/", approve, name="approve"),
    path("changes/<int:no>/decline/", decline, name="decline"),
    path("changes/<int:no>/withdraw/", withdraw, name="withdraw"),
    path("dictionaries/", dictionaries, name="dictionaries"),
    path("dictionaries/changes/", dictionary_changes, name="dictionary_changes"),
    path("dictionaries/changes/<int:no>/", dictionary_change, name="dictionary_change"),
    path("dictionaries/changes/<int:no>/approve/", approve_dictionary, name="approve_dictionary"),
    path("dictionaries/changes/<int:no>/decline/", decline_dictionary, name="decline_dictionary"),
    path("dictionaries/changes/<int:no>/withdraw/", withdraw_dictionary, name="withdraw_dictionary"),
    path("dictionaries/<str:code>/", dictionary, name="dictionary"),
    path("dictionaries/<str:code>/take/", take_edition, name="take_edition"),
    path("dictionaries/<str:code>/new/", new_row, name="new_row"),
    path("dictionaries/<str:code>/<int:no>/", dictionary_row, name="dictionary_row"),
    path("dictionaries/<str:code>/<int:no>/change/", change_row, name="change_row"),
    path("dictionaries/<str:code>/<int:no>/end/", end_row, name="end_row"),
    path("new/<str:about>/", new_thing, name="new"),
    path("<str:about>/<str:key>/change/", propose, name="propose"),
    path("<str:about>/<str:key>/end/", end_thing, name="end"),
]
urlpatterns = _SHOWN if follows() else [*_CHANGED, *_SHOWN]

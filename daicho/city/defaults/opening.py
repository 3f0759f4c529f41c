"""開庁の設定 — the city's own closed days. 地方自治法第4条の2."""

from daicho.city.defaults.declaration import Default, Topic
from daicho.city.kinds import Days

TOPIC = Topic("opening", "開庁", (Default("closed_days_own", "市だけの休日（日付と理由）", {}, "小樽市の休日を定める条例により市が入れる", Days()),))

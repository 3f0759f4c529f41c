"""まとめて交付の設定 — how many people need no approval, and how long its files are kept. F-2-17; design §6; decision 0052."""

from daicho.city.defaults.declaration import OWN, Topic, number

TOPIC = Topic(
    "bulk",
    "まとめて交付",
    (
        number("bulk_days", "承認の要る人数を数える期間（日。申請の時からさかのぼる）", 30, 1, 366, f"{OWN}（評価書F-2-17。人数と期間は市が定める）"),
        number("bulk_people_officer", "承認なしでまとめて交付できる人数（期間内、職員一人）", 50, 0, 100000, f"{OWN}（評価書F-2-17）"),
        number("bulk_people_city", "承認なしでまとめて交付できる人数（期間内、市全体）", 300, 0, 100000, f"{OWN}（評価書F-2-17）"),
        number("bulk_approval_days", "承認してから作成を始めるまでの期限（日）", 3, 1, 30, f"{OWN}（評価書F-2-17。承認には期限がある）"),
        number("bulk_file_copies", "まとめて交付の一つのファイルに入れる通数", 50, 1, 200, OWN),
        number("bulk_keep_days", "まとめて交付のファイルを置く日数", 7, 1, 60, f"{OWN}（設計6章。期限のないファイルは作らない）"),
    ),
)

"""書出しと取込み — replicas out for comparison with the original, a whole city's in; lists edition by edition. G-20, F-1-59, S3-06, S3-08, S3-10; F-1-17, F-2-13."""

import csv
import hashlib
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db import connection

from daicho import audit, chukan, clock
from daicho.chukan.commands import erase_expired, import_inquirers, import_provisions, import_replicas
from daicho.chukan.commands.replicas import opened
from daicho.chukan.models import ExportedFile, Inquiry, ListEdition, ListedProvision, Person, Replica
from daicho.chukan.permissions import ChukanPermission
from daicho.chukan.queries.exporting import export_replicas
from daicho.chukan.rules.content import text_of
from daicho.chukan.rules.rows import BadFile
from daicho.contracts.layouts import layout
from tests.chukan.sending import CODE, OTHER_NO, ask, deliver, load_lists, obtain_code, other, put, replica
from tests.chukan.sending import opened as asker_opened
from tests.contracts.chukan_samples import INTEGRATED_NO, REPLICA
from tests.staff.people import trail

DATA = Path(chukan.__file__).parent / "data"
LOADER = audit.Actor.system("import", ChukanPermission.LIST_IMPORT, ChukanPermission.REPLICA_ACCEPT)


def rows_of(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as opened_file:
        return list(csv.DictReader(opened_file))


def write_replicas(file: Path, *told) -> Path:
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(layout("replica"))
        writer.writerows([text_of(getattr(one, name)) or "" for name in layout("replica")] for one in told)
    return file


@pytest.mark.django_db
class Test原本照合のための書出し:
    """G-20, F-1-59: the replica side of the comparison."""

    def test_最新の副本を住民記録の鍵で並べ統合宛名番号も符号も書かない(self, officer, tmp_path):
        deliver(replica())
        deliver(replica(address="色内1丁目1番1号"))
        deliver(other())
        obtain_code()
        made = export_replicas(officer, tmp_path / "out.csv", purpose="原本照合")
        rows = rows_of(tmp_path / "out.csv")
        assert [(row["register_key"], row["version_no"], row["address"]) for row in rows] == [
            (REPLICA.register_key, "2", "色内1丁目1番1号"), ("f" * 32, "1", REPLICA.address),
        ]  # fmt: skip
        assert made.rows == 2
        text = (tmp_path / "out.csv").read_text("utf-8")
        assert not any(number in text for number in (INTEGRATED_NO, OTHER_NO, CODE))

    def test_書き出した項目は全て送られたとおり(self, officer, tmp_path):
        """F-1-59, G-20: Every item of 住民票関係情報 can be compared with the original, IVS and uncertain dates too."""
        told = replica(withheld_from=date(2026, 4, 1), former_surname="佐藤")
        deliver(told)
        export_replicas(officer, tmp_path / "out.csv", purpose="原本照合")
        [row] = rows_of(tmp_path / "out.csv")
        shared = [name for name in layout("replica_export") if name in layout("replica")]
        assert len(shared) == 21
        assert {name: row[name] for name in shared} == {name: text_of(getattr(told, name)) or "" for name in shared}

    def test_資料は管理者と利用目的と要約値と廃棄期限とともに登録される(self, officer, tmp_path):
        """F-1-17, F-2-13."""
        deliver(replica())
        made = export_replicas(officer, tmp_path / "out.csv", purpose="原本照合", keep_days=7)
        [kept] = ExportedFile.objects.all()
        assert (kept.owner, kept.purpose, kept.rows, kept.expires_on) == ("chukan1", "原本照合", 1, clock.today() + timedelta(7))
        assert kept.digest == hashlib.sha256((tmp_path / "out.csv").read_bytes()).hexdigest() == made.digest
        begun, ended = trail(ChukanPermission.REPLICA_EXPORT)
        assert (begun[0], begun[3]["step"], ended[3]["step"], ended[3]["file"]) == ("done", "begin", "end", str(kept.pk))
        assert oct((tmp_path / "out.csv").stat().st_mode)[-3:] == "600"

    def test_消去された人は内容なしで並ぶ(self, officer, tmp_path):
        deliver(replica(state="removed", removed_on=date(2010, 4, 1)))
        erase_expired(audit.Actor.system("job", ChukanPermission.EXPIRED_ERASE), clock.today())
        export_replicas(officer, tmp_path / "out.csv", purpose="原本照合")
        [row] = rows_of(tmp_path / "out.csv")
        assert (row["state"], row["removed_on"], bool(row["erased_at"]), row["name_kanji"], row["address"]) == ("removed", "2010-04-01", True, "", "")

    def test_権限も目的もなければ作らない(self, officer, nobody, tmp_path):
        deliver(replica())
        with pytest.raises(audit.Refused):
            export_replicas(nobody, tmp_path / "out.csv", purpose="原本照合")
        with pytest.raises(ValueError, match="purpose"):
            export_replicas(officer, tmp_path / "out.csv", purpose=" ")
        (tmp_path / "there.csv").touch()
        with pytest.raises(FileExistsError):
            export_replicas(officer, tmp_path / "there.csv", purpose="原本照合")
        assert (sorted(path.name for path in tmp_path.iterdir()), ExportedFile.objects.count()) == (["there.csv"], 0)

    def test_問合せの数は人数に比例しない(self, officer, tmp_path, django_assert_max_num_queries):
        for no in range(30):
            deliver(replica(integrated_atena_no=f"{no:015}", register_key=f"{no:032x}"))
        with django_assert_max_num_queries(20):
            assert export_replicas(officer, tmp_path / "out.csv", purpose="原本照合").rows == 30


@pytest.mark.django_db
class Test副本の初期登録:
    """S3-06: import with form check."""

    def test_書き出した形の一市分を取り込む(self, tmp_path):
        now = clock.now()
        people = [replica(integrated_atena_no=f"{no:015}", register_key=f"{no:032x}") for no in range(60)]
        assert import_replicas(LOADER, write_replicas(tmp_path / "in.csv", *people)) == 60
        assert (Person.objects.count(), Replica.objects.count()) == (60, 60)
        kept = Replica.objects.get(person__integrated_atena_no=f"{7:015}")
        assert (opened(kept), kept.version_no, kept.received_at >= now) == (people[7], 1, True)

    def test_取り込んだ人に後の副本が続き符号と照会も働く(self, tmp_path):
        import_replicas(LOADER, write_replicas(tmp_path / "in.csv", replica()))
        deliver(replica(address="色内1丁目1番1号"))
        assert list(Replica.objects.order_by("version_no").values_list("version_no", flat=True)) == [1, 2]
        load_lists()
        obtain_code()
        asked = ask()
        assert asker_opened(asked, put(asked))["state"] == "current"

    def test_誤りを全て挙げ一人も取り込まない(self, tmp_path):
        file = write_replicas(tmp_path / "in.csv", replica(), other(sex_code="7", birth_date="x"), other(register_key=REPLICA.register_key))
        text = file.read_text("utf-8").replace("dummy", "")
        file.write_text(text + text.splitlines()[1].replace("2026-", "令和-", 1) + "\n", encoding="utf-8")
        with pytest.raises(BadFile) as bad:
            import_replicas(LOADER, file)
        assert [(fault.row_no, fault.item) for fault in bad.value.bad][:3] == [(3, "birth_date"), (3, "sex_code"), (4, "integrated_atena_no")]
        assert {fault.row_no for fault in bad.value.bad} == {3, 4, 5}
        assert not any("葛" in fault.reason or "x" in fault.reason for fault in bad.value.bad)
        assert (Person.objects.count(), Replica.objects.count()) == (0, 0)

    def test_知らない列のある表は取り込まない(self, tmp_path):
        (tmp_path / "in.csv").write_text("integrated_atena_no,juminhyo_code\n", encoding="utf-8")
        with pytest.raises(ValueError, match="unknown juminhyo_code"):
            import_replicas(LOADER, tmp_path / "in.csv")

    def test_職員は取り込めない(self, officer, tmp_path):
        with pytest.raises(audit.Refused):
            import_replicas(officer, write_replicas(tmp_path / "in.csv", replica()))


@pytest.mark.django_db
class Test照合リストの取込み:
    """E-01, S3-08, S3-10."""

    def test_別紙の行数は評価書のとおり(self):
        """Assessment §I-5② and its history: 57, 58, 58 items of 別表第二; 60 of 主務省令第2条の表."""
        load_lists()
        per_law = Counter(ListedProvision.objects.values_list("law_version", flat=True))
        assert per_law == {"beppyo2_2017": 57, "beppyo2_2020": 58, "beppyo2_2021": 58, "order2_2025": 60}

    def test_確かめていない行は許可する行に数えない(self):
        """The provision table: of the 60 rows 25 are graded H or M."""
        load_lists()
        assert ListedProvision.objects.filter(law_version="order2_2025", decided=True).count() == 25

    def test_新しい版が効き古い版は判定した記録のために残る(self, tmp_path):
        load_lists()
        deliver(replica())
        obtain_code()
        assert put(ask())["result"] == "answered"
        shorter = tmp_path / "list.csv"
        lines = (DATA / "provision_list.csv").read_text("utf-8").splitlines()
        shorter.write_text("\n".join(line for line in lines if ",O2-48," not in line) + "\n", encoding="utf-8")
        import_provisions(LOADER, shorter)
        answer = put(ask())
        assert (answer["result"], answer["reasons"]) == ("refused", ["not_listed"])
        assert list(ListEdition.objects.filter(kind="provisions").order_by("edition_no").values_list("edition_no", "rows")) == [(1, 233), (2, 232)]
        assert Inquiry.objects.order_by("received_at").first().provision.edition.edition_no == 1

    @pytest.mark.parametrize(
        ("changed", "item"),
        [
            ({"valid_from": "令和7年"}, "valid_from"),
            ({"valid_to": "2000-01-01"}, "valid_to"),
            ({"inquirer_kinds": "king"}, "inquirer_kinds"),
            ({"items": "relationship individual_number"}, "items"),
            ({"items": "integrated_atena_no"}, "items"),
            ({"decided": "maybe"}, "decided"),
            ({"inquirer_ja": ""}, "decided"),
            ({"item_no": ""}, "item_no"),
            ({"affair_code": "X" * 17}, "affair_code"),
        ],
    )
    def test_誤った行があれば取り込まない(self, tmp_path, changed, item):
        row = next(row for row in rows_of(DATA / "provision_list.csv") if row["affair_code"] == "O2-48")
        with (tmp_path / "list.csv").open("w", encoding="utf-8", newline="") as out:
            writer = csv.DictWriter(out, row)
            writer.writeheader()
            writer.writerow({**row, **changed})
        with pytest.raises(BadFile) as bad:
            import_provisions(LOADER, tmp_path / "list.csv")
        assert ([fault.item for fault in bad.value.bad], ListEdition.objects.count()) == ([item], 0)

    def test_同じ項の期間が重なれば取り込まない(self, tmp_path):
        row = next(row for row in rows_of(DATA / "provision_list.csv") if row["affair_code"] == "O2-48")
        with (tmp_path / "list.csv").open("w", encoding="utf-8", newline="") as out:
            writer = csv.DictWriter(out, row)
            writer.writeheader()
            writer.writerows([row, {**row, "law_version": "other", "valid_from": "2026-01-01"}])
        with pytest.raises(BadFile, match="1 faults"):
            import_provisions(LOADER, tmp_path / "list.csv")

    def test_機関の種別は符号表のものだけ(self, tmp_path):
        (tmp_path / "in.csv").write_text("institution_code,name_ja,kinds,valid_from,valid_to\nC1,市長,king,2026-04-01,\n", encoding="utf-8")
        with pytest.raises(BadFile):
            import_inquirers(LOADER, tmp_path / "in.csv")

    def test_取込みは権限のある処理だけができる(self, officer):
        with pytest.raises(audit.Refused):
            import_provisions(officer, DATA / "provision_list.csv")


@pytest.mark.django_db
def test_取り込んだ人の氏名も表に平文で残らない(tmp_path):
    import_replicas(LOADER, write_replicas(tmp_path / "in.csv", *(replica(integrated_atena_no=f"{no:015}", register_key=f"{no:032x}") for no in range(60))))
    with connection.cursor() as cursor:
        for table in ("chukan_replica", "chukan_person", "vault_payload"):
            cursor.execute(f"SELECT count(*) FROM {table} t WHERE t::text LIKE ANY(%s)", [["%花子%", "%花園%"]])
            assert cursor.fetchone() == (0,)

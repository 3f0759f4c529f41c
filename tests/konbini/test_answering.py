"""回答 — the centre asks, and gets a certificate of the right people as they are now, or a coded refusal. 住民基本台帳法第12条; S5-02, S5-03; G-21."""

import uuid
from dataclasses import replace
from datetime import date, timedelta

import pytest

from daicho import audit, clock
from daicho.city.permissions import CityPermission
from daicho.konbini.models import Answer, CertifiedPerson
from daicho.outbox.models import Notice
from daicho.values.made_up import made_up_user_certificate_serial
from tests.city.deciding import decide_setting
from tests.contracts.convenience_samples import FAMILY, HANAKO, ICHIRO, MINH, SERIAL, TARO
from tests.konbini.sending import HOUSEHOLD, ask, beat, hold, paper_of, put, question, tell

pytestmark = pytest.mark.django_db


def city_decides(key: str, value: object) -> None:
    """A setting from today."""
    enterer, approver = (audit.Actor.system(f"city.{name}", *CityPermission) for name in ("enterer", "approver"))  # as it comes from residents (G-29)
    decide_setting(enterer, approver, key, value, clock.today())


class Test交付:
    def test_本人の住民票の写しを請求に結び付けて返す(self, family):
        """S5-02: the paper says who, where, by whom it is certified, and under which number."""
        answer = ask(shown=("01", "02", "03"))
        paper = paper_of(answer)
        assert (answer.code, answer.pages, answer.fee_yen) == ("A00", 1, 300)
        for said in (
            "花園太郎",
            "ハナゾノタロウ",
            "昭和55年3月9日",
            "北海道小樽市花園2丁目12番1号",
            "見本荘101号",
            "世帯主",
            "北海道小樽市長",
            "令和8年4月10日",
        ):
            assert said in paper, said
        assert "".join(answer.certificate_no.split()) in paper
        assert "花子" not in paper

    def test_世帯全員の住民票の写しは世帯の全員を順に載せる(self, family):
        answer = ask(certificate_kind=HOUSEHOLD, shown=("01", "02"))
        paper = paper_of(answer)
        assert answer.code == "A00"
        assert paper.index("ハナゾノタロウ") < paper.index("ハナゾノハナコ") < paper.index("ハナゾノイチロウ")
        assert "世帯全員" in paper

    def test_選ばれない事項は省略する(self, family):
        """法12条5項."""
        paper = paper_of(ask())
        assert "【省略】" in paper
        assert "札幌市中央区南一条西一丁目1番地" not in paper.replace("転入前住所北海道札幌市中央区南一条西一丁目1番地", "")

    def test_外国人住民の写しは選ばれた事項を記載する(self, family):
        tell(MINH)
        paper = paper_of(ask(user_certificate_serial=MINH.user_certificate_serial, shown=("01", "02", "11", "12", "13", "14", "15")))
        for said in ("TRANVANMINH", "1990年1月2日", "ベトナム", "中長期在留者", "技術・人文知識・国際業務", "2028年4月30日", "備考の一行"):
            assert said in paper, said

    def test_日本人の写しに外国人の事項を選んでも妨げにならない(self, family):
        assert ask(shown=("01", "11", "13")).code == "A00"

    def test_番号も履歴も個別記載事項も載らない(self, family):
        """domain §4.6: neither can be asked for, and the boxes say 【省略】."""
        assert {ask(shown=(code,)).code for code in ("04", "05", "06", "20", "99", "juminhyo_code")} == {"K09"}
        paper = paper_of(ask(shown=("01", "02", "03")))
        assert "住民票コード【省略】" in paper
        assert "個人番号【省略】" in paper

    def test_発行番号は日ごとの連番で欠けない(self, family):
        """N-5.5-03, -05: a refusal takes no number."""
        numbers = [ask().certificate_no]
        tell(replace(TARO, history_no=2, entries=replace(TARO.entries, name_kanji="花園　\U000e0100太郎")))
        assert ask().code == "K06"
        tell(replace(TARO, history_no=3))
        numbers.append(ask().certificate_no)
        assert [number.split()[-1] for number in numbers] == ["001", "002"]

    def test_転居すると新しい住所で交付する(self, family):
        """N-4.0.8-23 for a shop: what was registered is what is printed."""
        tell(replace(TARO, history_no=2, entries=replace(TARO.entries, address="北海道小樽市色内1丁目3番5号", address_building=None, moved_within_city=True)))
        paper = paper_of(ask())
        assert "色内1丁目3番5号" in paper
        assert "見本荘" not in paper

    def test_古い履歴番号の通知は新しい記録を戻さない(self, family):
        tell(replace(TARO, history_no=5, entries=replace(TARO.entries, address="北海道小樽市色内1丁目3番5号")))
        tell(replace(TARO, history_no=4))
        assert "色内" in paper_of(ask())

    def test_住民記録が復元され入れ直されれば入れ直した住所で交付し失われた記録は遅れて届いても戻らない(self, family):
        """Decision 0019: 2 and 3 were told and are lost; what is entered again is 101, above all that was told."""
        lost = [replace(TARO, history_no=no, entries=replace(TARO.entries, address=f"北海道小樽市花園{no}丁目1番1号")) for no in (2, 3)]
        tell(lost[0])
        tell(replace(TARO, history_no=101, entries=replace(TARO.entries, address="北海道小樽市色内1丁目3番5号")), epoch=str(uuid.uuid4()))
        assert "色内1丁目3番5号" in paper_of(ask())
        tell(lost[1])
        assert "色内1丁目3番5号" in paper_of(ask())


class Test断り:
    """One code for each reason (S5-03), recorded, and without a paper."""

    def code(self, **changes):
        answer = ask(**changes)
        assert (answer.document, answer.certificate_no, answer.document_digest) == (None, None, None) or answer.code == "A00"
        return answer.code

    def test_発行禁止の人には交付せず解除されると交付する(self, family):
        """N-3.1-18: no officer sends anything by hand."""
        tell(replace(TARO, history_no=2, is_prohibited=True))
        assert self.code() == "K01"
        tell(replace(TARO, history_no=3, is_prohibited=False))
        assert self.code() == "A00"

    def test_発行禁止の人を含む世帯全員の写しは別の世帯員にも交付しない(self, family):
        """N-3.4-02, domain §7: 世帯全員分に対象者が含まれる写し."""
        tell(replace(HANAKO, history_no=2, is_prohibited=True))
        assert self.code(certificate_kind=HOUSEHOLD) == "K01"
        assert self.code() == "A00"

    def test_発行禁止は他のどの理由よりも先に同じ符号で答える(self, family):
        """std 3.4: whatever else holds of a protected person, the centre sees the same code."""
        hold(TARO.atena_no)
        tell(replace(TARO, history_no=2, is_prohibited=True, closes_on=date(2026, 5, 1)))
        beat(waiting=1, atena_nos=(TARO.atena_no,))
        assert self.code() == "K01"

    def test_仮登録中の人には交付しない(self, family):
        """S5-03, decision 0016."""
        hold(TARO.atena_no)
        assert self.code() == "K02"
        hold(TARO.atena_no, is_held=False)
        assert self.code() == "A00"

    def test_仮登録中の人を含む世帯全員の写しも交付しない(self, family):
        hold(ICHIRO.atena_no)
        assert [self.code(certificate_kind=HOUSEHOLD), self.code()] == ["K02", "A00"]

    def test_市が選べば仮登録中は仮登録前の内容で交付する(self, family):
        """N-4.0.8-18: nothing of the 仮登録 was told, so what is printed is what was before it."""
        city_decides("konbini_while_provisional", "as_before")
        hold(TARO.atena_no)
        assert "花園2丁目12番1号" in paper_of(ask())

    def test_転出予定の人には交付しない(self, family):
        """domain §4.6."""
        tell(replace(TARO, history_no=2, closes_on=date(2026, 4, 20)))
        assert [self.code(), self.code(certificate_kind=HOUSEHOLD, user_certificate_serial=HANAKO.user_certificate_serial)] == ["K03", "K03"]

    def test_市が選べば転出予定の人にも交付する(self, family):
        city_decides("konbini_for_leaving", True)
        tell(replace(TARO, history_no=2, closes_on=date(2026, 4, 20)))
        assert self.code() == "A00"

    def test_消除された人には交付せず記載は残っていない(self, family):
        tell(replace(TARO, history_no=2, closes_on=date(2026, 4, 10), entries=None))
        assert self.code() == "K04"
        assert CertifiedPerson.objects.get(atena_no=TARO.atena_no).entries_ref is None

    def test_予定の日が来れば知らせがなくても消除である(self, family):
        tell(replace(TARO, history_no=2, closes_on=date(2026, 4, 11)))
        with clock.at(clock.now() + timedelta(days=1)):
            beat()
            assert self.code() == "K04"

    def test_消除された人は残る世帯員の写しに載らない(self, family):
        tell(replace(ICHIRO, history_no=2, closes_on=date(2026, 4, 9), entries=None))
        paper = paper_of(ask(certificate_kind=HOUSEHOLD))
        assert ("ハナゾノハナコ" in paper, "イチロウ" in paper) == (True, False)

    def test_十五歳未満の人のカードでは交付しない(self, family):
        """domain §4.6. 一郎 was born on 2月29日 of a common year, and is thirteen."""
        tell(replace(ICHIRO, history_no=2, user_certificate_serial=str(made_up_user_certificate_serial(3))))
        assert self.code(user_certificate_serial=str(made_up_user_certificate_serial(3))) == "K05"

    def test_書体にない字のある人には交付しない(self, family):
        """Never printed as something else (design §7)."""
        tell(replace(TARO, history_no=2, entries=replace(TARO.entries, name_kanji="葛\U000e0100城　太郎")))
        assert self.code() == "K06"

    def test_法の求めるとおりに書けない事項が選ばれたら交付しない(self, family):
        tell(replace(TARO, history_no=2, entries=replace(TARO.entries, relationship="?", unprintable=("relationship",))))
        assert [self.code(shown=("02",)), self.code(shown=("01",))] == ["K06", "A00"]

    def test_並び順のない世帯の全員の写しは窓口へ案内する(self, family):
        tell(replace(ICHIRO, history_no=2, order_in_household=2))
        assert [self.code(certificate_kind=HOUSEHOLD), self.code()] == ["K06", "A00"]

    def test_知らないカードには対象者なしと答える(self, family):
        assert self.code(user_certificate_serial="NOBODYSCARD1") == "K07"

    def test_知らない種別と載せられない事項(self, family):
        assert [self.code(certificate_kind="99"), self.code(shown=("01", "77"))] == ["K08", "K09"]

    def test_住民記録が黙ると交付せず戻ると交付する(self, family):
        """Issue 3: silent for the dated number of seconds."""
        with clock.at(clock.now() + timedelta(seconds=30)):
            assert self.code() == "A00"
        with clock.at(clock.now() + timedelta(seconds=31)):
            assert self.code() == "K10"
            beat()
            assert self.code() == "A00"

    def test_黙っているとみなす秒数は市の設定である(self, family):
        city_decides("konbini_silent_after_seconds", 120)
        with clock.at(clock.now() + timedelta(seconds=119)):
            assert self.code() == "A00"

    def test_生存信号を一度も聞かなければ交付しない(self, city):
        tell(*FAMILY)
        assert self.code() == "K10"

    def test_古い生存信号を送り直しても生き返らない(self, family):
        old = clock.now()
        with clock.at(clock.now() + timedelta(seconds=60)):
            beat(at=old)
            beat(at=old - timedelta(seconds=5))
            assert self.code() == "K10"

    def test_知らせの届いていない人だけを断る(self, family):
        tell(MINH)
        beat(waiting=1, atena_nos=(TARO.atena_no,), household_nos=(TARO.household_no,))
        assert self.code() == "K11"
        assert self.code(user_certificate_serial=MINH.user_certificate_serial) == "A00"

    def test_知らない人が入ってくる世帯の全員の写しを断る(self, family):
        """Somebody whom this room does not know yet is on the way into the household: the paper would lack them."""
        beat(waiting=1, atena_nos=("1000000999",), household_nos=(TARO.household_no,))
        assert [self.code(certificate_kind=HOUSEHOLD), self.code()] == ["K11", "A00"]

    def test_名を挙げきれないほど待っていれば誰にも交付しない(self, family):
        beat(waiting=900, all_wait=True)
        assert self.code() == "K11"

    def test_受け取ったはずの通知がなければ誰にも交付しない(self, family):
        """A restore from a backup: the register says what we acknowledged, and our receipts lack it."""
        beat(last_epoch="0e8a2b1c-0000-4000-8000-000000000001", last_notice_id="0e8a2b1c-0000-4000-8000-000000000002")
        assert self.code() == "K11"

    def test_一枚のカードで一日に交付できる通数は市の設定である(self, family):
        city_decides("konbini_per_card_per_day", 2)
        assert [self.code() for _ in range(3)] == ["A00", "A00", "K13"]
        assert self.code(user_certificate_serial=HANAKO.user_certificate_serial) == "A00"
        with clock.at(clock.now() + timedelta(days=1)):
            beat()
            assert self.code() == "A00"

    def test_期限を過ぎた請求には交付しない(self, family):
        assert self.code(deadline=clock.now() - timedelta(seconds=1)) == "K14"

    def test_認証できなかったカードには交付せず誰のものかも調べない(self, family):
        assert [self.code(card_result=code) for code in ("01", "02", "03", "77")] == ["K15"] * 4
        assert not Answer.objects.exclude(person=None).exists()

    def test_請求の形をなさない電文は受け付けない(self, family):
        replies = [put(question(**bad)) for bad in ({"request_no": ""}, {"request_no": "x" * 61}, {"shop_code": "あ" * 21}, {"terminal_code": "\n"})]
        assert {(reply.status, reply.code) for reply in replies} == {("refused", "form")}
        assert Answer.objects.count() == 0


class Test同じ請求番号:
    """Idempotent: never two different papers."""

    def test_同じ紙を返し通数にも履歴にも数えない(self, family):
        city_decides("konbini_per_card_per_day", 1)
        first, again = ask(request_no="r1"), ask(request_no="r1")
        assert (again.document, again.certificate_no) == (first.document, first.certificate_no)
        assert again.request_digest != first.request_digest
        assert again.binding != first.binding
        assert Answer.objects.count() == 2
        assert Notice.objects.filter(kind="convenience_issued").count() == 1

    def test_記録が変わった後は別の紙を作らず断る(self, family):
        ask(request_no="r1")
        tell(replace(TARO, history_no=2, entries=replace(TARO.entries, address="北海道小樽市色内1丁目3番5号")))
        assert [ask(request_no="r1").code, ask().code] == ["K16", "A00"]

    def test_内容の違う請求は断る(self, family):
        ask(request_no="r1")
        changed = [{"certificate_kind": HOUSEHOLD}, {"shown": ("01",)}, {"terminal_code": "K02"}, {"user_certificate_serial": HANAKO.user_certificate_serial}]
        assert [ask(request_no="r1", **one).code for one in changed] == ["K16"] * 4

    def test_断った請求は断ったままである(self, family):
        hold(TARO.atena_no)
        assert ask(request_no="r1").code == "K02"
        hold(TARO.atena_no, is_held=False)
        assert [ask(request_no="r1").code, ask().code] == ["K02", "A00"]

    def test_交付の後に発行禁止となれば同じ請求番号でも渡さない(self, family):
        ask(request_no="r1")
        tell(replace(TARO, history_no=2, is_prohibited=True))
        assert ask(request_no="r1").code == "K01"

    def test_同じ照会番号の電文は二度答えない(self, family):
        asked = question()
        assert [put(asked).status, put(asked).code] == ["acknowledged", "replayed"]


def test_交付も断りも記録し住民記録へ知らせる(family):
    """S5-03, F-1-43, std 1.3.8."""
    ask(certificate_kind=HOUSEHOLD, request_no="r1", shown=("01",))
    hold(TARO.atena_no)
    ask(request_no="r2")
    ask(request_no="r3", user_certificate_serial="NOBODYSCARD1")
    rows = list(Answer.objects.order_by("pk").values_list("request_no", "code", "person__atena_no", "on_paper"))
    everybody = [[one.atena_no, 1] for one in FAMILY]
    assert rows == [("r1", "A00", TARO.atena_no, everybody), ("r2", "K02", TARO.atena_no, []), ("r3", "K07", None, [])]
    told = [notice.kind for notice in Notice.objects.filter(destination="residents")]
    assert told == ["convenience_issued"] * 2  # of r3 there is nobody to tell of


def test_番号は電文の外のどこにも残らない(family):
    """F-0-18: a card's serial number lies in the vault alone."""
    from django.db import connection

    ask()
    with connection.cursor() as cursor:
        cursor.execute("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'")
        for (table,) in cursor.fetchall():
            cursor.execute(f'SELECT count(*) FROM "{table}" t WHERE t::text LIKE %s', [f"%{SERIAL}%"])
            assert cursor.fetchone() == (0,), table

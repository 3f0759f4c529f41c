"""証明書の設定 — fees, what is shown, and the city's words on paper. 標準5.1, 5.3, 5.6–5.8."""

from daicho.certificates.catalogue import ALL_CERTIFICATES
from daicho.certificates.entries_certificate import CHOICES_OF_REMOVED
from daicho.certificates.juminhyo_entries import HISTORY, OMISSIBLE
from daicho.certificates.removed_sheet import CONFIRMED
from daicho.city.defaults.declaration import OWN, Default, Topic, number, one_of, text, yes_no
from daicho.city.kinds import Printers, SomeOf, WebAddress

FEES = "小樽市の公表値（2024年3月）"
_SAMPLES = "公開された証明書の実例（標準の帳票章20は未入手）"
_SENTENCES = {said.setting: said for definition in ALL_CERTIFICATES for said in definition.certifications}
"""認証文: each certificate brings its own, some share one."""

TOPIC = Topic(
    "certificates",
    "証明書",
    (
        number("fee_juminhyo_yen", "住民票の写しの手数料（円）", 300, 0, 10000, FEES),
        number("fee_removed_sheet_yen", "除票の写し・改製原住民票の写しの手数料（円）", 300, 0, 10000, FEES),
        number("fee_entries_certificate_yen", "記載事項証明書の手数料（円）", 300, 0, 10000, FEES),
        Default(
            "juminhyo_shown_by_default",
            "住民票・除票の写しの交付画面で、はじめから記載とする事項（ほかは省略）",
            [],
            "標準5.1（選べる）。値は法第12条第5項（特別の請求がなければ省略）",
            SomeOf({item.omissible.value: item.ja for item in (*OMISSIBLE, CONFIRMED, *HISTORY)}),
        ),
        Default(
            "entries_shown_by_default",
            "記載事項証明書の交付画面で、はじめから選ぶ事項（ほかは載らない）",
            [item.omissible.value for item in CHOICES_OF_REMOVED if item.shown_by_default],
            f"標準5.1（選べる）。値は{OWN}",
            SomeOf({item.omissible.value: item.ja for item in CHOICES_OF_REMOVED}),
        ),
        yes_no("foreign_kana", "外国人住民の氏名と通称にフリガナを付ける", False, "標準5.3（任意）。法定の記載事項ではない"),
        one_of(
            "text_overflow",
            "縮めても欄に収まらない項目の印字",
            "refuse",
            "標準5.8（限界まで又は空白を選べる）。選ぶまで交付しないのは自前",
            refuse="交付しない",
            as_far_as_it_fits="入る所まで印字する",
            blank="空白にする",
        ),
        text("text_blank", "値のない項目の文言", "【空欄】", _SAMPLES),
        text("text_omitted", "省略した項目の文言", "【省略】", _SAMPLES),
        text("text_surname_blank", "氏の無いときの文言", "【氏空欄】", _SAMPLES),
        text("text_given_name_blank", "名の無いときの文言", "【名空欄】", _SAMPLES),
        text("text_uncertified_furigana", "公証されていない振り仮名の文言", "********", _SAMPLES),
        text("text_below_is_blank", "余白の文言", "以下余白", "spec/domain.md §4.2"),
        text("text_official_use", "公用の文言", "公用", "標準5.7"),
        text("text_fixed_note", "証明書に加える固定文言（任意）", "", "標準5.6", may_be_empty=True),
        Default("terminal_printers", "端末ごとのプリンタとトレイ", [], "標準10.7（プリンタとトレイを指定できる）", Printers()),
        one_of(
            "issue_output_default",
            "証明書の出力の初期値（その場で変えられる）",
            "paper",
            "標準10.7（既定値を設定できる）",
            paper="紙に印刷する",
            electronic="電子（署名付きPDF）で渡す",
        ),
        number("copies_at_once", "一度に交付できる部数", 10, 1, 50, f"{OWN}（標準10.7。部数を設定できる）"),
        number("paper_unconfirmed_days", "印刷を確認していない交付を端末の一覧に残す日数", 7, 1, 90, OWN),
        Default(
            "check_page_address",
            "照合ページのアドレス（証明書の二次元コードが導く先。末尾は/check/）",
            "",
            f"{OWN}（空のままでは本番では交付できない。決定0046）",
            WebAddress(),
        ),
        number("issue_history_years", "交付履歴を照会できる期間（交付の日からの年数）", 5, 1, 150, f"{OWN}（標準1.3.8。市区町村が定める期間）"),
        *(text(key, said.ja, said.text, _SAMPLES) for key, said in _SENTENCES.items()),
        number("fee_move_out_yen", "転出証明書と転出証明書に準ずる証明書の手数料（円）", 0, 0, 10000, f"{OWN}（多くの市区町村で無料。小樽市の公表値に無い）"),
        one_of(
            "move_out_certificate_at_once",
            "転出の本登録のあとの転出証明書の印刷",
            "at_once",
            "標準4.1.3.0.3（一連の流れの中で自動で出る）",
            at_once="結果の画面を開いたとき、すぐに出す",
            by_button="結果の画面のボタンで出す",
        ),
        number("fee_wide_area_yen", "広域交付の住民票の写しの手数料（円）", 300, 0, 10000, FEES),
        number("wide_area_answer_seconds", "広域交付の照会に回答を待つ秒数", 8, 2, 15, f"{OWN}（窓口で待てる長さ）"),
        text("text_wide_area", "広域交付の写しに載せる文言", "広域交付", OWN),
        text("text_reissued", "再交付の文言", "再交付", "標準4.1.3.0.3"),
        text(
            "text_to_be_attached",
            "転出証明書に準ずる証明書に添える文言",
            "この証明書は、転入届に添付すべき書類として発行したものです。",
            "標準4.1.3.0.3（旨は標準、文言は自前）",
        ),
        text("text_left_specially", "特例による転出の証明書の文言", "特例による転出処理済", "標準4.1.3.0.4"),
        text(
            "text_to_move_in",
            "転出証明書で知らせる、転入の届出の案内",
            "新しい住所に住み始めた日から14日以内に、この証明書を添えて、転入先の市区町村に転入届をしてください（住民基本台帳法第22条）。",
            OWN,
        ),
        number("fee_absence_yen", "不在住証明の手数料（円）", 300, 0, 10000, FEES),
        number("fee_discarded_yen", "廃棄済証明の手数料（円）", 300, 0, 10000, f"{OWN}（不在住証明と同じ額。小樽市の公表値に無い）"),
    ),
)

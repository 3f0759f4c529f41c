"""修正 — what the 戸籍 tells, what is put right, names on request, nationality, sheets written anew. 令12条, 30条の13-16; 標準4.2.3, 4.5; domain 2.1."""

from __future__ import annotations

from tests.law.diary import Items, Person, told_together
from tests.law.entering import OF_FOREIGNERS, OF_IMMIGRATION_LAW, OF_JAPANESE
from tests.law.ruling import HEAD, Ruling, day_of, written

BY_REGISTER = frozenset({
    "marriage", "divorce", "adoption", "adoption_dissolved", "special_adoption", "recognition", "register_entry", "register_branch", "register_transfer",
    "surname_change", "given_name_change", "furigana", "sex_change", "register_correction",
})  # fmt: skip
NEVER_BLANK = ("birth_date", "registered_domicile", "family_register_head_name", "address", "became_resident_date", "foreign_resident_since_date")


def correct(ruling: Ruling) -> None:
    """婚姻 … 戸籍訂正, 職権修正, 軽微な修正: of each what the form says, and nothing else."""
    for _, member, person in ruling.residents():
        says = {name: written(value) for name, value in member.values.items()}
        ruling.refuse("変わる事項がない", not says)
        ruling.grounds += may_be_written(ruling, ruling.now(person)["resident_kind"], says)
        furigana(ruling, person, says)
        ruling.say(person, in_items(says))


def furigana(ruling: Ruling, person: Person, says: Items) -> None:
    """法7条1号の2: the 振り仮名 of the 戸籍, which a foreigner has not."""
    if ruling.filing.code != "furigana":
        return
    ruling.refuse("外国人に戸籍の振り仮名はない（法7条1号の2）", ruling.now(person)["resident_kind"] == "2")
    notarised = says.get("kana_notarised") in {"both", "surname", "given"}
    ruling.refuse("公証された振り仮名がない（法7条1号の2）", notarised and says.get("name_kana", ruling.now(person)["name_kana"]) is None)


def in_items(says: Items) -> Items:
    """Dates as days; the two halves of 公証 are one item of the model."""
    return {name: day_of(value) if name in {*NEVER_BLANK, "address_changed_date"} and day_of(value) else value for name, value in says.items()}


def may_be_written(ruling: Ruling, kind: object, says: Items) -> list[str]:
    """What a sheet of this 住民種別 cannot say (標準1.1.1, 1.1.2, 1.1.6; domain 11)."""
    foreign = kind == "2"
    others, since = (OF_JAPANESE, "became_resident_date") if foreign else (OF_FOREIGNERS, "foreign_resident_since_date")
    return [
        *("日本人に在留項目、外国人に本籍・旧氏（domain 11）" for name in others if says.get(name) is not None),
        *("日本人に外国人住民となった日、外国人に住民となった日（標準1.1.1、1.1.2）" for name in (since,) if says.get(name) is not None),
        *("空欄にできない事項（標準1.1.6）" for name in NEVER_BLANK if name in says and says[name] is None and name not in (*others, since)),
    ]


def mend(ruling: Ruling) -> None:
    """誤記修正: tells in the place of the fact that was wrong, of what that fact said, what the sheet of then could say (標準4.2.3.3)."""
    for _, member, person in ruling.residents():
        says = {name: written(value) for name, value in member.values.items() if name != "wrong_history_no"}
        wrong = next((f for f in person.facts if f.number == member.text("wrong_history_no")), None)
        ruling.refuse("変わる事項がない", not says)
        stay = person.stay_now(ruling.today)
        if ruling.refuse("誤記のあった異動がない（標準4.2.3.3）", wrong is None or wrong.cancelled is not None or wrong.stay != stay) or wrong is None:
            continue
        ruling.refuse("その異動で記載した事項でない（標準4.2.3.3）", not wrong.opens and not set(says) <= set(wrong.says))
        then = told_together(f for f in person.telling(wrong.stay) if f.told_at() <= wrong.told_at()) or {}
        ruling.grounds += may_be_written(ruling, then["resident_kind"], says)
        ruling.say(person, in_items(says), instead=wrong)


def naturalise(ruling: Ruling) -> None:
    """帰化, 国籍取得: the foreigner's sheet is removed, the Japanese one carries on what the person is and where they live (標準4.5.3, 4.5.4)."""
    for _, member, person in ruling.residents():
        now = ruling.now(person)
        ruling.refuse("帰化・国籍取得は外国人だけ（国籍法3条、4条）", now["resident_kind"] != "2")
        ruling.refuse("戸籍の表示は空欄にできない（標準1.1.6）", any(member.text(n) is None for n in ("registered_domicile", "family_register_head_name")))
        ruling.refuse("氏名がない（戸籍法102条の2）", member.text("name_kanji") is None)
        says: Items = {
            **dict.fromkeys((*OF_FOREIGNERS, *OF_IMMIGRATION_LAW)), "foreign_alias_kana": None, "foreign_resident_since_date": None, "resident_kind": "1",
            "became_resident_date": now["foreign_resident_since_date"], "name_kana": member.text("name_kana"), "sheet": None,
        }  # fmt: skip
        says |= {name: member.text(name) for name in ("name_kanji", "registered_domicile", "family_register_head_name")}
        says |= {"kana_notarised": member.text("kana_notarised")} if member.text("name_kana") else {}
        ruling.say(person, says | _relationship(member.text("relationship")))


def lose_nationality(ruling: Ruling) -> None:
    """国籍喪失: 外国人住民となった日 is the later of the loss and 住民となった日; 経過滞在者 (標準4.5.5)."""
    for _, member, person in ruling.residents():
        now = ruling.now(person)
        ruling.refuse("国籍喪失は日本人だけ（国籍法11条）", now["resident_kind"] != "1")
        ruling.refuse("国籍・地域がない", member.text("nationality_code") is None)
        since = max(ruling.day, now["became_resident_date"] or ruling.day)
        says: Items = {
            **dict.fromkeys(OF_JAPANESE), "former_surname_kana": None, "became_resident_date": None, "foreign_resident_since_date": since, "resident_kind": "2",
            "article_30_45_class_code": "6", "name_kanji": None, "name_kana": None, "kana_notarised": None, "sheet": None,
            "foreign_name_alphabet": member.text("foreign_name_alphabet"), "nationality_code": member.text("nationality_code"),
        }  # fmt: skip
        ruling.say(person, says | _relationship(member.text("relationship")))


def _relationship(word: str | None) -> Items:
    return {} if word is None else {"relationship": word}


def rename(ruling: Ruling) -> None:
    """住所・本籍の表示の変更: a place got another name, and nobody moved (法8条; 標準4.2.3.2, 9.7). Of who lived there on the day."""
    for _, member, person in ruling.residents():
        now = ruling.now(person)
        ruling.refuse("変わる事項がない", all(now[name] == value for name, value in member.values.items()))
        ruling.refuse("実施日より後に住民となった者（標準9.7）", ruling.day < now["opened_on"])
        ruling.say(person, dict(member.values))


def write_anew(ruling: Ruling) -> None:
    """改製, 再製: another sheet that says the same (令16条, 16条の2)."""
    for _, _, person in ruling.residents():
        ruling.say(person, {"sheet": None})


def related_30_48(ruling: Ruling) -> None:
    """法30条の48: a foreigner who is not 世帯主, under a foreign 世帯主. Without one nothing is
    stopped (N-4.0.4-04). The papers of 30条の49 the officer answers for [K?]."""
    for _, member, person in ruling.residents():
        now = ruling.now(person)
        heads = [one for p in ruling.city.members(now["household_no"]) if (one := ruling.now(p))["relationship"] == HEAD]
        ruling.refuse("新しい続柄がない（法30条の48）", member.text("relationship") is None)
        ruling.refuse("世帯主は自分の続柄を届け出ない（法30条の48）", now["relationship"] == HEAD)
        fits = now["resident_kind"] == "2" and all(head["resident_kind"] == "2" for head in heads)
        ruling.refuse("外国人世帯主の世帯の外国人だけ（法30条の48）", not fits)
        ruling.say(person, {"relationship": member.text("relationship")})


def alias(ruling: Ruling) -> None:
    """通称 (令30条の16): one, of foreigners. That it is used is shown by papers; whether they were seen the officer answers for [K?]."""
    enters = ruling.filing.code == "alias_entry"
    for _, member, person in ruling.residents():
        now = ruling.now(person)
        ruling.refuse("通称は外国人だけ（令30条の16）", now["resident_kind"] != "2" and enters)
        ruling.refuse("通称は1つ（令30条の16）", enters and now["foreign_alias"] is not None)
        ruling.refuse("通称の記載がない", not enters and now["foreign_alias"] is None)
        ruling.say(person, {"foreign_alias": member.text("foreign_alias"), "foreign_alias_kana": member.text("foreign_alias_kana")})


def former_surname(ruling: Ruling) -> None:
    """旧氏 (令30条の13, 30条の14): one, of Japanese; changed only where there is one; after a deletion only when the 氏 changed since."""
    code = ruling.filing.code
    for _, member, person in ruling.residents():
        now, new = ruling.now(person), member.text("former_surname")
        ruling.refuse("旧氏は日本人だけ（令30条の13）", now["resident_kind"] == "2")
        ruling.refuse("旧氏は1つ（令30条の13）", code == "former_surname_entry" and now["former_surname"] is not None)
        ruling.refuse("旧氏の記載がない（令30条の14）", code != "former_surname_entry" and now["former_surname"] is None)
        ruling.refuse("いまの氏は旧氏でない（令30条の13）", new is not None and str(now["name_kanji"] or "").partition("　")[0] == new)
        enters = code == "former_surname_entry"
        ruling.refuse("削除の後は氏の変更があってから（令30条の14）", enters and deleted(person))
        ruling.say(person, {"former_surname": new, "former_surname_kana": member.text("former_surname_kana")})


def deleted(person: Person) -> bool:
    """Whether a 旧氏 was deleted since the 氏 last changed, in the order of recording. Who empties what is empty deletes none."""
    former, surname, is_deleted = None, None, False
    for fact in person.facts:
        if fact.cancelled is not None:
            continue
        if "name_kanji" in fact.says:
            new = str(fact.says["name_kanji"] or "").partition("　")[0]
            surname, is_deleted = new, is_deleted and new == surname
        if "former_surname" in fact.says:
            is_deleted = is_deleted or (fact.says["former_surname"] is None and not fact.opens and former is not None)
            former = fact.says["former_surname"]
    return is_deleted


def manage(ruling: Ruling) -> None:
    """管理項目: what is kept beside the 住民票 of a resident, of either kind (標準1.1.1, 1.1.2)."""
    for _, member, person in ruling.residents():
        ruling.refuse("変わる事項がない", not member.values)
        ruling.say(person, {name: written(value) for name, value in member.values.items()})


def department(ruling: Ruling) -> None:
    """個別記載事項 of 国民健康保険 (法7条10号): what contradicts itself is refused."""
    for _, member, person in ruling.persons():
        last = person.last()
        now = person.now(ruling.today) or (last[1] if last else {})
        after = {**now, **{name: written(value) for name, value in member.values.items()}}
        has, since, until = (after.get(f"nhi_{name}") for name in ("qualified_flag", "acquired_date", "lost_date"))
        ruling.refuse("消除された者の異動（domain 11）", person.now(ruling.today) is None)
        ruling.refuse("資格があるのに取得日がない（法7条10号）", bool(has) and since is None)
        ruling.refuse("資格があるのに喪失日がある（法7条10号）", bool(has) and until is not None)
        ruling.refuse("喪失日が取得日より前（法7条10号）", until is not None and (since is None or until < since))
        ruling.refuse("取得日が処理日より後", since is not None and since > ruling.today)
        ruling.refuse("資格があるのに非該当（法7条10号）", bool(has) and bool(after.get("nhi_not_applicable_flag")))
        ruling.refuse("記載する事項がない", not member.values)
        ruling.say(person, {name: written(value) for name, value in member.values.items()})

"""届書 — filings thrown by the dice for every event, mostly of those it can be about, now and then of anybody and with anything. See lives.py."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from daicho.residents.rules.definitions import EventDefinition
from daicho.residents.rules.filing import CLEARED, Member
from daicho.residents.rules.vocabulary import CARDS_ABROAD, DE_FACTO_HEADS, MINOR_CORRECTIONS, REMOVALS_EX_OFFICIO
from daicho.values.dates import JapaneseDate
from tests.law import entering, recording
from tests.law.diary import Items, Person
from tests.law.ruling import CITY, HEAD, City

Paper = tuple[list[Member], dict[str, object]]
ADDRESSES = ("花園1番", "色内2番", "稲穂3番")
WORDS = ("妻", "夫", "子", "子", "父", "母", "兄", "子の子", "妻（未届）の子", "同居人", "縁故者")
UNLAWFUL_WORDS = ("孫", "世帯主の子", "子の子の子の子の子", "準世帯主", HEAD)
SURNAMES = ("小樽", "手宮", "奥沢", "朝里")


@dataclass
class Forms:
    dice: random.Random
    city: City
    numbers: int = 0

    def paper(self, definition: EventDefinition) -> Paper | None:
        """A form filled in; None when the town has nobody of whom it could be."""
        return PAPERS[definition.code](self, definition)

    def now_and_then(self, chance: float = 0.06) -> bool:
        return self.dice.random() < chance

    def number(self) -> int:
        self.numbers += 1
        return self.numbers

    # People ------------------------------------------------------------------------------------------------------------------

    def items(self, person: Person) -> Items:
        return person.now(self.city.today) or {}

    def anybody(self) -> list[str]:
        return sorted(self.city.people)

    def residents(self, fits: Callable[[Items], bool] = lambda items: True) -> list[str]:
        """Those of whom it can be; now and then anybody, also who was removed."""
        if self.now_and_then():
            return self.anybody()
        return sorted(p.no for p in self.city.residents() if fits(self.items(p)))

    def home(self) -> str | None:
        homes = sorted({str(self.items(p)["household_no"]) for p in self.city.residents()})
        return self.dice.choice(homes) if homes else None

    def household(self, home: object) -> list[str]:
        return [p.no for p in self.city.members(home)]

    def some(self, home: object, *, part: bool = False) -> list[str]:
        """Some of a household; with `part` not all of it, mostly. Now and then one of another place is among them."""
        people = self.household(home)
        most = max(1, len(people) - (1 if part and not self.now_and_then(0.2) else 0))
        chosen = self.dice.sample(people, self.dice.randint(1, most))
        return [*chosen, self.dice.choice(self.anybody())] if self.now_and_then(0.04) else chosen

    def word(self) -> str | None:
        if self.now_and_then(0.05):
            return self.dice.choice(UNLAWFUL_WORDS)
        return None if self.now_and_then(0.03) else self.dice.choice(WORDS)

    def together(self, people: Sequence[str | None]) -> list[Member]:
        """A head, mostly, and others."""
        first = HEAD if not self.now_and_then(0.1) else self.word()
        return [Member(no, {"relationship": first if at == 0 else self.word()}) for at, no in enumerate(people)]

    def into(self, address: str | None = None, but: object = None) -> str | None:
        """Another household, of the same address when one is given; now and then any, or one that is not there."""
        if self.now_and_then(0.04):
            return self.dice.choice(("世帯999", "世帯1", "世帯2"))
        near = {str(i["household_no"]) for p in self.city.residents() if (i := self.items(p)) and (address is None or i["address"] == address)}
        near -= {str(but)} if not self.now_and_then(0.1) else set()
        return self.dice.choice(sorted(near)) if near else self.home()

    def address_of(self, home: object) -> str:
        there = self.city.members(home)
        return str(self.items(there[0])["address"]).removeprefix(CITY) if there and not self.now_and_then(0.04) else self.dice.choice(ADDRESSES)

    # 記載 ----------------------------------------------------------------------------------------------------------------------

    def enter(self, definition: EventDefinition) -> Paper:
        code = definition.code
        former = [p.no for p in self.city.people.values() if p.now(self.city.today) is None]
        if self.now_and_then(0.05):
            former = self.anybody()
        back: list[str | None] = [self.dice.choice(former)] if former and self.now_and_then(0.4) and code != "birth" else []
        if code == "birth" and former and self.now_and_then(0.04):
            back = [self.dice.choice(former)]
        count = self.dice.choice((1, 1, 2, 3, 4)) if code != "birth" else self.dice.choice((1, 1, 1, 2))
        into = self.into() if self.now_and_then(0.9 if code == "birth" else 0.35) else None
        people = self.together((back + [None] * 4)[:count])
        if into:
            people = [Member(m.atena_no, {"relationship": self.word()}) for m in people]
        foreign = code in entering.FOREIGNERS_FILE or (code not in {"register_founding"} and self.now_and_then(0.35))
        if self.now_and_then(0.03):
            foreign = not foreign
        members = [self.newcomer(m, code, foreign=foreign) for m in people]
        values: dict[str, object] = {"household_choice": "existing", "household_no": into} if into else {"household_choice": "new"}
        if not (code == "birth" and into) or self.now_and_then(0.03):
            values["address"] = self.address_of(into) if into else self.dice.choice(ADDRESSES)
        if self.now_and_then(0.02):
            values.pop("address", None)
        return members, values | self._by_code(code)

    def _by_code(self, code: str) -> dict[str, object]:
        if code == "domestic_move_in":
            return {"previous_municipality_code": "012033" if self.now_and_then(0.03) else self.dice.choice(("012041", None)), "previous_address": "北海道旭川市1番"}
        if code == "move_in_from_abroad":
            return {"previous_country": "不明", "papers_seen": True}
        if code in entering.FOREIGNERS_FILE:
            return {"papers_seen": not self.now_and_then(0.04)}
        return {"ground": "family_register", "reason": "調査"} | ({} if code == "birth" else {"previous_address": "不明"})

    def newcomer(self, who: Member, code: str, *, foreign: bool) -> Member:
        number = self.number()
        born = self.city.today - timedelta(days=self.dice.randint(400, 30_000))
        said: dict[str, object] = {**who.values, "sex_code": self.dice.choice("12")}
        if foreign:
            said |= {"resident_kind": "2", "foreign_name_alphabet": f"NAME {number}", "nationality_code": "USA"}
            if code != "birth":
                said |= {"article_30_45_class_code": "5" if self.now_and_then(0.03) else self.dice.choice("1123"), "residence_card_no": 5_000_000 + number}
                said |= {"residence_period": "90日"} if not self.now_and_then(0.04) else {}
            said |= {"foreign_alias": f"通称{number}", "foreign_alias_kana": "ツウショウ"} if code != "birth" and self.now_and_then(0.1) else {}
        else:
            said |= {"resident_kind": "1", "name_kanji": f"{self.dice.choice(SURNAMES)}　{number}", "name_kana": "オタル　ナ"}
            said |= {"registered_domicile": "北海道小樽市花園1番", "family_register_head_name": "小樽　一"}
        if self.now_and_then(0.06):
            self.spoil(said, foreign=foreign)
        if code == "birth":
            return Member(who.atena_no, said)
        said["birth_date"] = JapaneseDate.of(born, western=foreign)
        person = self.city.people.get(who.atena_no or "")
        if code == "domestic_move_in" and not self.now_and_then(0.03):
            said["juminhyo_code"] = (entering._former_code(person) if person else None) or 7_000_000 + number
            known = [p.last() for p in self.city.people.values()]
            if self.now_and_then(0.04) and (codes := [one[1]["juminhyo_code"] for one in known if one]):
                said["juminhyo_code"] = self.dice.choice(codes)
        return Member(who.atena_no, said)

    def spoil(self, said: dict[str, object], *, foreign: bool) -> None:
        """Something that the law does not let stand."""
        if foreign:
            said |= self.dice.choice(({"registered_domicile": "なし"}, {"former_surname": "旧"}, {"article_30_45_class_code": None}, {"residence_card_no": None}))
        else:
            wrongs: tuple[dict[str, object], ...] = ({"registered_domicile": None}, {"family_register_head_name": None}, {"foreign_alias": "通称"}, {"nationality_code": "USA"})
            said |= self.dice.choice(wrongs)

    # 転居・転出・世帯 -------------------------------------------------------------------------------------------------------------

    def relocate(self, definition: EventDefinition) -> Paper | None:
        if (home := self.home()) is None:
            return None
        people, address = self.some(home), self.dice.choice(ADDRESSES)
        if self.now_and_then(0.4):
            people = self.household(home)
            if not self.now_and_then(0.3):
                return [Member(no) for no in people], {"address": address, "household_choice": "same"}
        if self.now_and_then(0.4) and (into := self.into(but=home)):
            lodgers = [Member(no, {"relationship": self.word()}) for no in people]
            return lodgers, {"address": self.address_of(into), "household_choice": "existing", "household_no": into}
        choice = "same" if self.now_and_then(0.04) else "new"
        return self.together(people), {"address": address, "household_choice": choice}

    def leave(self, definition: EventDefinition) -> Paper | None:
        if (home := self.home()) is None:
            return None
        members = [Member(no) for no in self.some(home)]
        if definition.code == "move_out":
            return members, {"planned_municipality_code": "012033" if self.now_and_then(0.04) else "012041", "planned_address": "北海道旭川市2番"}
        return members, {"planned_country": "アメリカ合衆国", "card": self.dice.choice([code for code, _ in CARDS_ABROAD])}

    def notice(self, definition: EventDefinition) -> Paper | None:
        left = [p.no for p in self.city.people.values() if (last := p.last()) and last[1]["closed_on"]]
        people = left if left and not self.now_and_then() else self.anybody()
        return ([Member(self.dice.choice(people))], {"confirmed_address": f"北海道旭川市{self.number()}番"}) if people else None

    def change_head(self, definition: EventDefinition) -> Paper | None:
        if (home := self.home()) is None:
            return None
        people = self.household(home) if not self.now_and_then() else self.some(home)
        self.dice.shuffle(people)
        return self.together(people), {"reason": "届出がない"}

    def split(self, definition: EventDefinition) -> Paper | None:
        homes = sorted({str(self.items(p)["household_no"]) for p in self.city.residents()})
        large = [home for home in homes if len(self.household(home)) > 1]
        home = self.dice.choice(large) if large and not self.now_and_then() else self.home()
        return (self.together(self.some(home, part=True)), {}) if home else None

    def join(self, definition: EventDefinition) -> Paper | None:
        """世帯合併 of all, 世帯変更 of some."""
        pairs = [
            (str(a["household_no"]), b["household_no"]) for p in self.city.residents() for q in self.city.residents()
            if (a := self.items(p))["address"] == (b := self.items(q))["address"] and a["household_no"] != b["household_no"]
        ]  # fmt: skip
        whole = definition.code == "household_merge"
        if not whole:
            pairs = [pair for pair in pairs if len(self.household(pair[0])) > 1] or pairs
        home, into = self.dice.choice(pairs) if pairs and not self.now_and_then() else (self.home(), self.into())
        if home is None:
            return None
        people = self.household(home) if whole and not self.now_and_then(0.1) else self.some(home, part=not whole)
        return [Member(no, {"relationship": self.word()}) for no in people], {"household_no": into}

    def order(self, definition: EventDefinition) -> Paper | None:
        if (home := self.home()) is None:
            return None
        people, by_rule = self.household(home) if not self.now_and_then() else self.some(home), self.now_and_then(0.5)
        places = self.dice.sample(range(1, len(people) + 1 + (self.now_and_then(0.1))), len(people))
        members = [Member(no, {} if by_rule else {"place": str(place)}) for no, place in zip(people, places, strict=True)]
        return members, {"way": "by_rule" if by_rule else "as_written"}

    def de_facto(self, definition: EventDefinition) -> Paper | None:
        if (home := self.home()) is None:
            return None
        named = {"name": self.dice.choice(("園　長一", "園　長二"))} if self.now_and_then(0.7) else {}
        return [Member(no) for no in self.some(home)], {"who": self.dice.choice([code for code, _ in DE_FACTO_HEADS]), **named}

    # 消除・回復 -----------------------------------------------------------------------------------------------------------------

    def one(self, definition: EventDefinition) -> Paper | None:
        people = self.residents()
        chosen = self.dice.sample(people, min(len(people), 2 if self.now_and_then(0.03) else 1))
        return ([Member(no) for no in chosen], {"ground": "article_9_2"}) if chosen else None

    def remove(self, definition: EventDefinition) -> Paper | None:
        if (home := self.home()) is None:
            return None
        why = self.dice.choice([code for code, _ in REMOVALS_EX_OFFICIO])
        return [Member(no) for no in self.some(home)], {"ground": why, "reason": "実態調査"}

    def restore(self, definition: EventDefinition) -> Paper | None:
        gone = [p for p in self.city.people.values() if p.now(self.city.today) is None]
        if not gone or self.now_and_then(0.04):
            gone = list(self.city.people.values())
        if not gone:
            return None
        person = self.dice.choice(gone)
        last = person.last()
        near = self.into(str(last[1]["address"])) if last else self.into()
        if near and self.now_and_then(0.6):
            return [Member(person.no, {"relationship": self.word()})], {"household_choice": "existing", "household_no": near, "reason": "生存"}
        return self.together([person.no]), {"household_choice": "new", "reason": "生存"}

    # 修正 ----------------------------------------------------------------------------------------------------------------------

    def value_of(self, name: str) -> object:
        number, day = self.number(), self.city.today - timedelta(days=self.dice.randint(1, 3000))
        return {
            "name_kanji": f"{self.dice.choice(SURNAMES)}　{number}", "name_kana": "アタラシイ　ナ", "kana_notarised": self.dice.choice(("both", "given", "none")),
            "registered_domicile": f"本籍{number}番", "family_register_head_name": f"筆頭　者{number}", "relationship": HEAD if self.now_and_then(0.1) else self.word() or "子",
            "sex_code": self.dice.choice("12"), "address_building": f"方書{number}", "remarks": f"備考{number}", "previous_address": f"前の住所{number}",
            "former_surname": f"旧{number}", "foreign_name_alphabet": f"NAME {number}", "foreign_alias": f"通称{number}", "nationality_code": "KOR",
            "address": CITY + self.dice.choice(ADDRESSES), "became_resident_date": JapaneseDate.of(day), "foreign_resident_since_date": JapaneseDate.of(day),
            "address_changed_date": JapaneseDate.of(day),
        }.get(name)  # fmt: skip

    def said(self, no: str, definition: EventDefinition, names: Sequence[str] | None = None) -> Member:
        """Some fields of the form that suit the person."""
        person = self.city.people[no]
        foreign = self.items(person).get("resident_kind") == "2"
        strange = {"registered_domicile", "family_register_head_name", "former_surname", "became_resident_date", "name_kanji", "name_kana", "kana_notarised"}
        strange = strange if foreign else {"foreign_name_alphabet", "foreign_alias", "nationality_code", "foreign_resident_since_date"}
        if not self.now_and_then(0.04):
            strange |= {"address"}
        fields = [f.name for f in definition.member_fields] if names is None else names
        known = [name for name in fields if self.value_of(name) is not None and (name not in strange or self.now_and_then(0.03))]
        chosen = self.dice.sample(known, self.dice.randint(min(0 if self.now_and_then(0.03) else 1, len(known)), min(3, len(known))))
        clearable = {f.name for f in definition.member_fields if f.clearable and f.name != "kana_notarised"}  # of 公証 「空欄」 says nothing
        return Member(no, {name: CLEARED if name in clearable and self.now_and_then(0.05) else self.value_of(name) for name in chosen})

    def by_register(self, definition: EventDefinition) -> Paper | None:
        if (home := self.home()) is None:
            return None
        members = [self.said(no, definition) for no in self.some(home)]
        if definition.code == "furigana":
            members = [Member(m.atena_no, {"kana_notarised": "both", **({} if self.now_and_then(0.1) else {"name_kana": "ヨミ　カタ"})}) for m in members]
        return members, {"ground": "family_register", "reason": "届出"}

    def correct(self, definition: EventDefinition) -> Paper | None:
        """職権修正; 軽微な修正 mostly of the address of the whole household."""
        if (home := self.home()) is None:
            return None
        if definition.code == "ex_officio_correction" or self.now_and_then(0.3):
            members = [self.said(no, definition) for no in self.some(home)]
        else:
            people, address = self.household(home) if not self.now_and_then(0.1) else self.some(home), f"{CITY}町{self.number()}番"
            members = [Member(no, {"address": address}) for no in people]
        return members, {"ground": self.dice.choice([code for code, _ in MINOR_CORRECTIONS]), "reason": "住居表示"}

    def mend(self, definition: EventDefinition) -> Paper | None:
        people = self.residents()
        if not people:
            return None
        person = self.city.people[self.dice.choice(people)]
        facts = [f for f in person.facts if f.number]
        if not facts:
            return None
        wrong = self.dice.choice(facts)
        said = self.said(person.no, definition, [f.name for f in definition.member_fields if f.name in wrong.says] if not self.now_and_then() else None)
        return [Member(person.no, {"wrong_history_no": wrong.number, **said.values})], {"reason": "転記の誤り"}

    def nationality(self, definition: EventDefinition) -> Paper | None:
        loses, number = definition.code == "nationality_loss", self.number()
        people = self.residents(lambda items: items["resident_kind"] == ("1" if loses else "2"))
        if self.now_and_then(0.05):
            people = self.residents()
        if not people:
            return None
        as_foreign = {"foreign_name_alphabet": f"LOST {number}", "nationality_code": "USA"}
        as_japanese = {"name_kanji": f"帰化　{number}", "name_kana": "キカ　ナ", "registered_domicile": "不明", "family_register_head_name": "不明"}
        said = as_foreign if loses else as_japanese
        if self.now_and_then(0.05):
            said.pop(self.dice.choice(sorted(said)))
        return [Member(self.dice.choice(people), said)], {"ground": "family_register"}

    def anew(self, definition: EventDefinition) -> Paper | None:
        home = self.home()
        return ([Member(no) for no in self.some(home)], {"reason": "改製"}) if home else None

    def name_on_request(self, definition: EventDefinition) -> Paper | None:
        entry = "foreign_alias" if definition.code.startswith("alias") else "former_surname"
        enters, foreign = definition.code.endswith("entry"), entry == "foreign_alias"
        people = self.residents(lambda items: (items["resident_kind"] == "2") == foreign and (items[entry] is None) == enters)
        people = people or self.residents()
        if not people:
            return None
        name = self.dice.choice(SURNAMES) if entry == "former_surname" else f"通称{self.number()}"
        values = {} if definition.code.endswith("deletion") else {entry: name, f"{entry}_kana": "ナ"}
        return [Member(self.dice.choice(people), values)], {"papers_seen": not self.now_and_then()} if definition.code == "alias_entry" else {}

    def related(self, definition: EventDefinition) -> Paper | None:
        def fits(items: Items) -> bool:
            heads = [self.items(p) for p in self.city.members(items["household_no"]) if self.items(p)["relationship"] == HEAD]
            return items["resident_kind"] == "2" and items["relationship"] != HEAD and any(h["resident_kind"] == "2" for h in heads)

        people = self.residents(fits) or (self.residents() if self.now_and_then(0.3) else [])
        return ([Member(self.dice.choice(people), {"relationship": self.word()})], {"papers_seen": not self.now_and_then()}) if people else None

    def insured(self, definition: EventDefinition) -> Paper | None:
        people = self.residents()
        if not people:
            return None
        since, has = self.day_before(), self.now_and_then(0.6)
        said: dict[str, object] = {"nhi_qualified_flag": has, "nhi_acquired_date": since, "nhi_lost_date": None if has else since + timedelta(days=self.dice.randint(-5, 40))}
        if self.now_and_then(0.2):
            said.pop(self.dice.choice(sorted(said)))
        if self.now_and_then(0.1):
            said["nhi_not_applicable_flag"] = True
        return [Member(self.dice.choice(people), said)], {}

    def day_before(self) -> date:
        return self.city.today - timedelta(days=self.dice.choice((0, 1, 30, 400, -3)))


PAPERS: dict[str, Callable[[Forms, EventDefinition], Paper | None]] = {
    **dict.fromkeys(entering.ENTRIES, Forms.enter),
    **dict.fromkeys(recording.BY_REGISTER, Forms.by_register),
    **dict.fromkeys(("move_out", "move_out_abroad"), Forms.leave),
    **dict.fromkeys(("head_change", "head_ex_officio"), Forms.change_head),
    **dict.fromkeys(("household_merge", "household_change"), Forms.join),
    **dict.fromkeys(("death", "disappearance"), Forms.one),
    **dict.fromkeys(("ex_officio_correction", "minor_correction"), Forms.correct),
    **dict.fromkeys(("naturalisation", "nationality_acquisition", "nationality_loss"), Forms.nationality),
    **dict.fromkeys(("sheet_renewal", "sheet_remaking"), Forms.anew),
    **dict.fromkeys(
        ("alias_entry", "alias_deletion", "former_surname_entry", "former_surname_change", "former_surname_deletion"), Forms.name_on_request
    ),
    "relocation": Forms.relocate,
    "move_in_notice_received": Forms.notice,
    "household_split": Forms.split,
    "member_order": Forms.order,
    "de_facto_head": Forms.de_facto,
    "ex_officio_removal": Forms.remove,
    "restoration": Forms.restore,
    "mend": Forms.mend,
    "relationship_30_48": Forms.related,
    "department_entry": Forms.insured,
}
"""How every event is filed, but the 取消し (of an event of the history) and what the turning of the days brings (lives.py)."""

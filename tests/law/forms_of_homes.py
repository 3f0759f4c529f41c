"""暮らしの届書 — filings of who comes, moves, leaves, parts, joins, dies and is restored. See forms.py."""

from __future__ import annotations

from datetime import timedelta

from daicho.residents.rules.definitions import EventDefinition
from daicho.residents.rules.filing import Member
from daicho.residents.rules.vocabulary import CARDS_ABROAD, DE_FACTO_HEADS, REMOVALS_EX_OFFICIO
from daicho.values.dates import JapaneseDate
from tests.law import entering
from tests.law.townspeople import ADDRESSES, SURNAMES, Paper, Townspeople


class FormsOfHomes(Townspeople):
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
            return {
                "previous_municipality_code": "012033" if self.now_and_then(0.03) else self.dice.choice(("012041", None)),
                "previous_address": "北海道旭川市1番",
            }
        if code == "move_in_from_abroad":
            return {"previous_country": "不明", "papers_seen": True}
        if code in entering.FOREIGNERS_FILE:
            fixed = {"address_fixed_on": JapaneseDate.of(self.city.today - timedelta(days=500))} if code == "entry_30_47" and self.now_and_then(0.5) else {}
            return {"papers_seen": not self.now_and_then(0.04), **fixed}
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
        if self.now_and_then(0.08):
            said["became_resident_date"] = JapaneseDate.of(self.city.today - timedelta(days=self.dice.choice((-1, 0, 20, 400))))
        person = self.city.people.get(who.atena_no or "")
        if code == "domestic_move_in" and not self.now_and_then(0.03):
            said["juminhyo_code"] = (entering.former_code(person) if person else None) or 7_000_000 + number
            known = [p.last() for p in self.city.people.values()]
            if self.now_and_then(0.04) and (codes := [one[1]["juminhyo_code"] for one in known if one]):
                said["juminhyo_code"] = self.dice.choice(codes)
        return Member(who.atena_no, said)

    def spoil(self, said: dict[str, object], *, foreign: bool) -> None:
        """Something that the law does not let stand."""
        if foreign:
            said |= self.dice.choice(
                ({"registered_domicile": "なし"}, {"former_surname": "旧"}, {"article_30_45_class_code": None}, {"residence_card_no": None})
            )
        else:
            wrongs: tuple[dict[str, object], ...] = (
                {"registered_domicile": None},
                {"family_register_head_name": None},
                {"foreign_alias": "通称"},
                {"nationality_code": "USA"},
            )
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
        if definition.code == "special_move_out":
            members = [Member(m.atena_no, {"holds_card": not self.now_and_then() if at == 0 else self.now_and_then(0.3)}) for at, m in enumerate(members)]
        if definition.code != "move_out_abroad":
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

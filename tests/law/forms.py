"""届書 — filings thrown by the dice for every event, mostly of those it can be about, now and then of anybody and with anything. See lives.py."""

from __future__ import annotations

from collections.abc import Callable

from daicho.residents.rules.definitions import EventDefinition
from tests.law import entering, recording
from tests.law.forms_of_homes import FormsOfHomes
from tests.law.forms_of_numbers import OF_NUMBERS, FormsOfNumbers
from tests.law.forms_of_records import FormsOfRecords
from tests.law.townspeople import Paper


class Forms(FormsOfHomes, FormsOfNumbers, FormsOfRecords):
    """Every form of the house."""

    def paper(self, definition: EventDefinition) -> Paper | None:
        """A form filled in; None when the town has nobody of whom it could be."""
        return PAPERS[definition.code](self, definition)


PAPERS: dict[str, Callable[[Forms, EventDefinition], Paper | None]] = {
    **dict.fromkeys(entering.ENTRIES, Forms.enter),
    **dict.fromkeys(recording.BY_REGISTER, Forms.by_register),
    **dict.fromkeys(("move_out", "move_out_abroad", "special_move_out"), Forms.leave),
    **dict.fromkeys(("head_change", "head_ex_officio"), Forms.change_head),
    **dict.fromkeys(("household_merge", "household_change"), Forms.join),
    **dict.fromkeys(("death", "disappearance"), Forms.one),
    **dict.fromkeys(("ex_officio_correction", "minor_correction"), Forms.correct),
    **dict.fromkeys(("naturalisation", "nationality_acquisition", "nationality_loss"), Forms.nationality),
    **dict.fromkeys(("sheet_renewal", "sheet_remaking"), Forms.anew),
    **dict.fromkeys(("alias_entry", "alias_deletion", "former_surname_entry", "former_surname_change", "former_surname_deletion"), Forms.name_on_request),
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
    "managed_items": Forms.manage,
    "removed_sheet_correction": Forms.correct_removed,
    "address_renamed": Forms.rename,
    "residence_status_changed": Forms.change_status,
    **dict.fromkeys(("residence_ended", "residence_notification", "special_permanent_certificate"), Forms.of_foreigner),
    **dict.fromkeys(OF_NUMBERS, Forms.number_of),
    "caution_entry": Forms.caution,
    "removed_sheet_error": Forms.wrong_on_removed_sheet,
}
"""How every event is filed, but the 取消し (of an event of the history) and what the turning of the days brings (lives.py)."""

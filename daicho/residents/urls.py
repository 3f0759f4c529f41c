"""住民記録の道順 — the paths of this room's screens: each screen keeps its own short list, this file joins them. F-0-12.

In an address lie only opaque ids, never a name, a number or a word searched for. The screens name one another by:
`home` · `visit` (受付の開始) · `search` · `person` (uuid) · `certificate` (uuid) · `filing_menu` · `filing_start` (code) ·
`filing_start_with` (code, uuid of a person) · `filing` (uuid) · `waiting` · `examination` (uuid) · `filing_result` (uuid) ·
`history` (uuid) · `history_cancel` (uuid, 履歴番号) · `person_audit` (uuid) · `notices` · `received` · `received_notice` (uuid) · `missing` ·
`headless` · `headless_household` (uuid of a member) · `awaited` · `surveys` · `survey` (uuid) · `survey_new` (uuid of a person) · `problems` ·
`renamings` · `renaming_new` · `renaming` (uuid) · `commissioner` · `commissioner_notice` (uuid) · `immigration` · `immigration_notice` (uuid) ·
`residence_terms` · `fuhyo` · `blocks` (uuid of a person) · `block_new` · `block_change` · `supports` · `support` (uuid of a case) ·
`support_new` (uuid of a person) · `support_edit` · `history_spell` (uuid, number of the 在住) · `household_history` (uuid) · `events_find` · `events_found` ·
`issues_find` · `issues_found` · `disposal` (uuid) · `issue_correction` (uuid) · `doubles` · `double` (uuid) · `union` (uuid) · `notes` (uuid of a person) · `column` (uuid of a person) ·
`paper` · `paper_stock` · `print_result` (uuid of a copy) · `move_out_paper` (uuid of a person) ·
`person_papers` (uuid) · `event_papers` (uuid of a person, 履歴番号) · `event_letter` (uuid of a person, 履歴番号, code of the letter) ·
`principal_notice` (uuid of a person) · `principal_letters` · `absence`; what only puts letters out: screens/case_letters.py.
"""

from daicho.residents.screens import (
    absence,
    awaited,
    blocks,
    cancelling,
    card_move_in,
    case_letters,
    certificate,
    commissioner,
    doubles,
    draft,
    draft_people,
    event_letters,
    events_found,
    examination,
    filing_form,
    form_papers,
    fuhyo,
    headless,
    history,
    home,
    immigration,
    integrated_column,
    issue_corrections,
    issues,
    mending,
    missing,
    move_out_paper,
    notices,
    officer_notes,
    paper_here,
    paper_stock,
    person,
    person_audit,
    principal_letters,
    principal_notice,
    print_results,
    problems,
    received,
    renaming,
    residence_terms,
    search,
    support,
    surveys,
    unions,
    visit,
    waiting,
)

app_name = "residents"
urlpatterns = [
    *home.ROUTES,
    *visit.ROUTES,
    *search.ROUTES,
    *person.ROUTES,
    *history.ROUTES,
    *events_found.ROUTES,
    *officer_notes.ROUTES,
    *integrated_column.ROUTES,
    *cancelling.ROUTES,
    *mending.ROUTES,
    *certificate.ROUTES,
    *move_out_paper.ROUTES,
    *absence.ROUTES,
    *person_audit.ROUTES,
    *notices.ROUTES,
    *filing_form.ROUTES,
    *draft.ROUTES,
    *draft_people.ROUTES,
    *card_move_in.ROUTES,
    *waiting.ROUTES,
    *examination.ROUTES,
    *event_letters.ROUTES,
    *form_papers.ROUTES,
    *missing.ROUTES,
    *received.ROUTES,
    *headless.ROUTES,
    *fuhyo.ROUTES,
    *awaited.ROUTES,
    *surveys.ROUTES,
    *problems.ROUTES,
    *renaming.ROUTES,
    *commissioner.ROUTES,
    *immigration.ROUTES,
    *residence_terms.ROUTES,
    *blocks.ROUTES,
    *support.ROUTES,
    *issues.ROUTES,
    *issue_corrections.ROUTES,
    *paper_here.ROUTES,
    *paper_stock.ROUTES,
    *print_results.ROUTES,
    *doubles.ROUTES,
    *unions.ROUTES,
    *principal_notice.ROUTES,
    *principal_letters.ROUTES,
    *case_letters.ROUTES,
]

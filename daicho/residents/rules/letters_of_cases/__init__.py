"""事案の通知書の中身 — what each letter that comes of a case says, made of what was read. Pure; one file a matter; definitions: daicho/certificates/letters/.

Whoever is protected is marked where another office learns an address; nothing here is ever addressed to an opponent (spec/domain.md §7).
"""

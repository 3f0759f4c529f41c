"""除票用データベース — the store to which 除票 are moved five years after their removal: a schema with tables of its own. 標準1.1.5, 9.3; decision 0033.

Each of its tables inherits from the living one of the same name, so that every reading finds both by the same statement, and a column that is
added to one is added to the other. An index is not: the migration that adds one to a living table adds it here too (tests/architecture).
"""

ARCHIVE = "removed_sheets"
TABLES = ("residents_annulment", "residents_sheetversion", "residents_sheetcurrent", "residents_searchterm")
"""What of a 除票 lies there: its versions, what was annulled of them, the sheet as it stands, and the words by which it is found."""
